"""Text cut at its mentions, so that a page can mark the words; long texts cut into pages."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from pipeline.export.report.facts import Facts, Row
from pipeline.export.report.shares import MAX_BYTES, weigh

_LONGEST_QUOTE = 1_200
_BEFORE = 200  # letters kept before the first marked word of a long quote
_PIECE = 4_000  # letters of unmarked text that stay in one piece
_PARTS = {"institution": ("institution_id", "institution_lemma"), "location": ("location_id", "place_lemma")}
FOLDERS = {"person": "people", "institution": "institutions", "location": "places"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `label` is empty where nothing is marked, `entity_id` where no page exists."""

    text: str
    label: str = ""
    lemma: str = ""
    entity_id: str = ""
    start: int = 0

    @property
    def folder(self) -> str:
        """The folder of the entity's page."""
        return FOLDERS.get(self.label, "")


@dataclass(frozen=True, slots=True)
class Quote:
    """One sentence that states an office, with its words marked, and the statements that it makes."""

    row: Row
    pieces: tuple[Piece, ...]
    article: Row
    page: int
    anchor: int | None


class Texts:
    """The articles' texts, cut at mentions, with the page on which each offset is found.

    Args:
        facts: What holds the articles.
        are_shown: Whether article pages hold their texts; else there is nothing on them to point at.
    """

    def __init__(self, facts: Facts, *, are_shown: bool = True) -> None:
        self._facts = facts
        self.are_shown = are_shown
        self._starts = cache(self._find_starts)

    def pages(self, article_id: str) -> list[list[Piece]]:
        """Return the pieces of an article, page by page; most have one page."""
        if not self.are_shown:
            return [[]]
        pages: list[list[Piece]] = [[] for _ in self._starts(article_id)]
        for piece in self._cut(article_id):
            pages[self.page_of(article_id, piece.start) - 1].append(piece)
        return pages

    def page_of(self, article_id: str, start: int) -> int:
        """Return the page, from 1, on which an offset stands."""
        return bisect_right(self._starts(article_id), start)

    def quote(self, rows: Sequence[Row], affiliation: Row) -> Quote:
        """Return a sentence with the words marked that state an affiliation.

        Args:
            rows: Evidence of one sentence.
            affiliation: What it states.
        """
        first = rows[0]
        mentions = [
            mention
            for mention in self._facts.mentions.get(first["article_id"], ())
            if first["start"] <= mention["start"] < first["end"]
        ]
        said = _stated(mentions, rows, affiliation)
        pieces = tuple(_shorten(list(self._mark(first["sentence"], first["start"], said))))
        anchor = next((mention["start"] for mention in said if mention["label"] == "person"), first["start"])
        if not self.are_shown:
            return Quote(first, pieces, self._facts.articles[first["article_id"]], 1, None)
        page = self.page_of(first["article_id"], anchor)
        return Quote(first, pieces, self._facts.articles[first["article_id"]], page, anchor)

    def _cut(self, article_id: str) -> Iterator[Piece]:
        text = str(self._facts.articles[article_id]["text"])
        return self._mark(text, 0, self._facts.mentions.get(article_id, ()))

    def _mark(self, text: str, offset: int, mentions: Iterable[Row]) -> Iterator[Piece]:
        """Yield the pieces of a text that starts at `offset`; a mention that does not fit it is left out."""
        last = 0
        for mention in mentions:
            start, end = mention["start"] - offset, mention["end"] - offset
            if start < last or text[start:end] != mention["text"]:
                continue
            yield from _plain(text, last, start, offset)
            entity_id = self._entity(mention)
            yield Piece(
                text[start:end], mention["label"], mention["lemma"] or "", entity_id, mention["start"]
            )
            last = end
        yield from _plain(text, last, len(text), offset)

    def _entity(self, mention: Row) -> str:
        facts = self._facts
        known = {"person": facts.actors, "institution": facts.institutions, "location": facts.locations}
        entity_id = mention["entity_id"]
        return entity_id if entity_id in known.get(mention["label"], ()) else ""

    def _find_starts(self, article_id: str) -> list[int]:
        starts, total = [0], 0
        for piece in self._cut(article_id):
            size = weigh(piece.text, piece.lemma) if piece.label else weigh(piece.text) - 400
            if total and total + size > MAX_BYTES:
                starts.append(piece.start)
                total = 0
            total += size
        return starts


def _plain(text: str, start: int, end: int, offset: int) -> Iterator[Piece]:
    for place in range(start, end, _PIECE):
        yield Piece(text[place : min(place + _PIECE, end)], start=place + offset)


def _stated(mentions: Sequence[Row], rows: Sequence[Row], affiliation: Row) -> list[Row]:
    """Return the words by which a sentence states an affiliation: of equal ones those nearest the person."""
    people = [
        mention
        for mention in mentions
        if mention["label"] == "person"
        and (mention["entity_id"] == affiliation["actor_id"] or mention["text"] == rows[0]["person_text"])
    ]
    found = {mention["mention_id"]: mention for mention in people}
    for row, label in product(rows, ("role", "institution", "location")):
        fitting = [
            mention for mention in mentions if mention["label"] == label and _fits(mention, row, affiliation)
        ]
        if fitting:
            nearest = min(fitting, key=lambda mention: (_distance(mention, people), mention["start"]))
            found[nearest["mention_id"]] = nearest
    return sorted(found.values(), key=lambda mention: mention["start"])


def _fits(mention: Row, row: Row, affiliation: Row) -> bool:
    if mention["label"] == "role":
        return bool(mention["text"] == row["role_text"])
    key, lemma = _PARTS[mention["label"]]
    is_same = mention["entity_id"] is not None and mention["entity_id"] == affiliation[key]
    return bool(is_same or (row[lemma] and mention["lemma"] == row[lemma]))


def _distance(mention: Row, people: Sequence[Row]) -> int:
    gaps = (max(mention["start"] - person["end"], person["start"] - mention["end"]) for person in people)
    return int(min(gaps, default=0))


def _shorten(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Cut what stands long before and after the marked words of a very long sentence."""
    if sum(len(piece.text) for piece in pieces) <= _LONGEST_QUOTE:
        yield from pieces
        return
    first = next((place for place, piece in enumerate(pieces) if piece.label), 0)
    before = "".join(piece.text for piece in pieces[:first])[-_BEFORE:]
    if before:
        yield Piece("… " + before)
    left = _LONGEST_QUOTE
    for piece in pieces[first:]:
        if left <= 0:
            break
        yield piece if piece.label else Piece(piece.text[:left], start=piece.start)
        left -= len(piece.text)
    if left < 0:
        yield Piece(" …")
