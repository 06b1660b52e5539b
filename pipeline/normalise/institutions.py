"""Institutions: the nominative of a name, its kind, acronym, patron, number and seat."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.normalise.locations import nominative_location
from pipeline.normalise.phrase_features import Grammar
from pipeline.normalise.phrase_words import is_acronym, read_word
from pipeline.normalise.phrases import (
    Candidate,
    find_candidates,
    make_name,
    prepare,
    rank_candidates,
    ranked_rule,
)
from pipeline.normalise.place_words import known_places, read_place_word, town_names
from pipeline.places import place_names
from pipeline.records import Name
from pipeline.remembered import PHRASES
from pipeline.tables import Row, load_table

_WORD = re.compile(r"[^\W_]+(?:[-‐‑'’.][^\W_]+)*\.?|[^\w\s]")
_QUOTED = re.compile(r"[„“\"»«”'’‚][^„“\"»«”]*[”\"«»“]")
_ROMAN = re.compile(r"[IVXLC]+")


@dataclass(frozen=True, slots=True)
class InstitutionParts:
    """What a body's name says about it.

    Attributes:
        kind: Kind of body of `institution_kinds`; empty when unknown.
        acronym: The acronym in the name, or the usual one of its kind, or its capitals' initials.
        patron: After `im.` or `pw.`, as it stands there.
        number: Arabic or Roman number of a school, a library branch.
        seat: The place inside the name, in the nominative.
        head: The key of `institution_kinds` that the name starts with.
        public: Whether it is a body of the state or a local government.
    """

    kind: str = ""
    acronym: str = ""
    patron: str = ""
    number: str = ""
    seat: str = ""
    head: str = ""
    public: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    start: int
    end: int
    quoted: bool

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()


@cache
def institution_grammar() -> Grammar:
    """Return what institutions need from the phrase rules."""
    heads = {_head_noun(row["head"]) for row in load_table("institution_kinds")}
    return Grammar(label="institution", lexicon=read_place_word, heads=frozenset(heads))


def nominative_institution(form: str, *, left: str = "", right: str = "") -> Name:
    """Return the nominative of a body's name: head and what agrees with it, the rest as it stands.

    Args:
        form: The name as it stands in the text.
        left: Up to 80 characters before it.
        right: Up to 80 characters after it.

    >>> nominative_institution("Domu Kultury w Ozimku").nominative
    'Dom Kultury w Ozimku'
    """
    grammar = institution_grammar()
    clean = prepare(form, grammar)
    ranked = rank_candidates(clean, grammar, left=left)
    if not ranked:
        return Name(form=form, nominative=clean, label="institution")
    return make_name(form, ranked, "institution", ranked_rule(ranked[0].candidate, grammar))


def institution_candidates(form: str, *, left: str = "") -> list[Candidate]:
    """Return every reading of the form, for training."""
    grammar = institution_grammar()
    return list(find_candidates(prepare(form, grammar), grammar, left=left))


def _head_noun(head: str) -> str:
    """Return the first noun of a kind's name: `gminny ośrodek kultury` -> `ośrodek`."""
    words = head.split()
    for word in words:
        reading = read_word(word)
        if not any(item.lemma == word or item.cases & {"nom"} for item in reading.adjectives):
            return word
    return words[0]


@lru_cache(maxsize=PHRASES)
def classify_institution(nominative: str) -> InstitutionParts:
    """Return what the name of a body says about it.

    >>> classify_institution("Szkoła Podstawowa nr 2 im. Jana Pawła II w Łochowie").patron
    'Jana Pawła II'
    """
    pieces = _split_pieces(nominative)
    row = _find_kind(pieces)
    span = find_seat(nominative)
    seat = "" if span is None else _nominative_seat(nominative, span)
    return InstitutionParts(
        kind=row["kind"] if row else "",
        acronym=_find_acronym(pieces, row, span),
        patron=_find_patron(nominative, pieces, span),
        number=_find_number(pieces),
        seat=seat,
        head=row["head"] if row else "",
        public=row is not None and row["public"] == "yes",
    )


def _nominative_seat(nominative: str, span: tuple[int, int]) -> str:
    """Return the seat inside a body's name in the nominative: as it stands in `OSP Raszowa`, else a known place."""
    left, form = nominative[: span[0]], nominative[span[0] : span[1]]
    before = left.split()[-1].lower() if left.split() else ""
    if _markers().get(before) not in ("seat", "unit") and form in place_names():
        return form
    name = nominative_location(form, left=left)
    return next(
        (place for place in (name.nominative, *name.alternatives) if place in place_names()), name.nominative
    )


@cache
def _kinds() -> tuple[dict[str, Row], dict[str, Row], int]:
    heads: dict[str, Row] = {}
    acronyms: dict[str, Row] = {}
    for row in load_table("institution_kinds"):
        heads[row["head"]] = row
        for acronym in filter(None, row["acronym"].split("|")):
            # The shortest name that has this acronym is the plainest reading of it.
            if acronym not in acronyms or len(row["head"]) < len(acronyms[acronym]["head"]):
                acronyms[acronym] = row
    return heads, acronyms, max(len(head.split()) for head in heads)


def _find_kind(pieces: Sequence[_Piece]) -> Row | None:
    """Return the kind whose name stands earliest in the body's name; the longest of those."""
    heads, acronyms, longest = _kinds()
    words = [piece.text.lower() for piece in pieces if not piece.quoted]
    plain = [piece.text for piece in pieces if not piece.quoted]
    for start in range(min(len(words), 6)):
        for length in range(min(longest, len(words) - start), 0, -1):
            if row := heads.get(" ".join(words[start : start + length]).replace(" ,", ",")):
                return row
        for length in (2, 1):
            if row := acronyms.get(" ".join(plain[start : start + length])):
                return row
    return None


def _find_acronym(pieces: Sequence[_Piece], row: Row | None, seat: tuple[int, int] | None) -> str:
    plain = [piece for piece in pieces if not piece.quoted]
    if plain and is_acronym(plain[0].text) and not _ROMAN.fullmatch(plain[0].text):
        return plain[0].text
    if row and row["acronym"]:
        return row["acronym"].split("|")[0]
    end = seat[0] if seat else len("".join(piece.text for piece in pieces)) + len(pieces) * 2
    initials = [
        piece.text[0] if piece.is_capital else piece.text[0].lower()
        for piece in _name_proper(plain)
        if piece.end <= end and (piece.is_capital or (len(piece.text) == 1 and piece.text.isalpha()))
    ]
    return "".join(initials).removesuffix("w") if len(initials) > 2 else ""


def _name_proper(pieces: Sequence[_Piece]) -> Sequence[_Piece]:
    """Return the pieces before the patron, the number and the seat."""
    opens = _markers()
    for at, piece in enumerate(pieces):
        if opens.get(piece.text.lower()) in ("patron", "number", "seat") or not piece.text[0].isalpha():
            return pieces[:at]
    return pieces


def _find_patron(name: str, pieces: Sequence[_Piece], seat: tuple[int, int] | None) -> str:
    opens = _markers()
    for at, piece in enumerate(pieces[:-1]):
        if not piece.quoted and opens.get(piece.text.lower()) == "patron":
            first = pieces[at + 1].start
            ends = [len(name)]
            ends += [item.start for item in pieces[at + 1 :] if opens.get(item.text) in ("seat", "number")]
            ends += [item.start for item in pieces[at + 2 :] if item.text in ("-", "–", "—")]
            if seat and seat[0] > first:
                ends.append(seat[0])
            return name[first : min(ends)].strip(" ,-–")
    return ""


def _find_number(pieces: Sequence[_Piece]) -> str:
    opens = _markers()
    for one, two in zip(pieces, pieces[1:], strict=False):
        if opens.get(one.text.lower()) == "number" and two.text[0].isalnum():
            return two.text
    if pieces and _ROMAN.fullmatch(pieces[0].text):
        return pieces[0].text
    return ""


@cache
def _markers() -> dict[str, str]:
    return {row["word"]: row["opens"] for row in load_table("institution_markers")}


def _split_pieces(form: str) -> list[_Piece]:
    quoted = [match.span() for match in _QUOTED.finditer(form)]
    return [
        _Piece(match[0], *match.span(), any(start <= match.start() < end for start, end in quoted))
        for match in _WORD.finditer(form)
    ]


@lru_cache(maxsize=PHRASES)
def find_seat(form: str) -> tuple[int, int] | None:
    """Return the span of the seat inside a body's name as it stands in the text, or None.

    >>> form = "Domu Kultury w Ozimku"
    >>> form[slice(*find_seat(form))]
    'Ozimku'
    """
    pieces = [piece for piece in _split_pieces(form) if not piece.quoted]
    return (
        _seat_after_preposition(pieces)
        or _seat_of_unit(pieces)
        or _seat_after_noun(pieces)
        or _seat_at_end(form, pieces)
    )


def _seat_after_preposition(pieces: Sequence[_Piece]) -> tuple[int, int] | None:
    """Find `w Ozimku`, `we Frankfurcie nad Odrą`, the last such."""
    opens = _markers()
    for at in range(len(pieces) - 2, 0, -1):
        if opens.get(pieces[at].text.lower()) == "seat":
            end = _end_of_place(pieces, at + 1)
            if end and _may_be_place(pieces[at + 1 : end]):
                return pieces[at + 1].start, pieces[end - 1].end
    return None


def _seat_of_unit(pieces: Sequence[_Piece]) -> tuple[int, int] | None:
    """Find `Gminy Kije`, `Miasta i Gminy Wronki`, `Miasta Opola`."""
    opens = _markers()
    for at in range(1, len(pieces) - 1):
        if opens.get(pieces[at].text.lower()) != "unit" or not pieces[at].is_capital:
            continue
        end = _end_of_place(pieces, at + 1)
        if end:
            both = (
                at > 2
                and opens.get(pieces[at - 2].text.lower()) == "unit"
                and pieces[at - 1].text in ("i", "I")
            )
            # Beside a town's own name `Miasta` is a common noun; `Gminy` names the unit.
            alone = not both and pieces[at].text.lower().startswith("m")
            first = pieces[at - 2] if both else pieces[at + 1 if alone else at]
            return first.start, pieces[end - 1].end
    return None


def _seat_after_noun(pieces: Sequence[_Piece]) -> tuple[int, int] | None:
    """Find a place that ends the name after a word which asks for one: `Towarzystwo Miłośników Niedoradza`."""
    opens = _markers()
    for at in range(len(pieces) - 1):
        if opens.get(pieces[at].text.lower()) != "place":
            continue
        end = _end_of_place(pieces, at + 1)
        if end == len(pieces) and known_places(pieces[end - 1].text):
            return pieces[at + 1].start, pieces[end - 1].end
    return None


def _seat_at_end(form: str, pieces: Sequence[_Piece]) -> tuple[int, int] | None:
    """Find a place in the nominative that ends the name: `OSP Kłodnica`, `Ruch Ryki`."""
    opens = _markers()
    if not pieces or any(opens.get(piece.text.lower()) == "patron" for piece in pieces):
        return None
    for at in range(max(1, len(pieces) - 4), len(pieces)):
        tail = pieces[at:]
        name = form[tail[0].start : tail[-1].end]
        natural = " ".join(word.capitalize() if word.isupper() else word for word in name.split())
        if not all(piece.text[0].isalpha() for piece in tail) or natural not in place_names():
            continue
        if is_acronym(pieces[0].text) or natural in town_names() or _is_only_place(tail):
            return tail[0].start, tail[-1].end
    return None


def _is_only_place(pieces: Sequence[_Piece]) -> bool:
    """Say whether no word of a place's name is a common word, as `Nadzieja` is."""
    words = [read_word(piece.text) for piece in pieces]
    return not any(
        noun.nominative[:1].islower() for word in words for noun in word.nouns if noun.case == "nom"
    ) and not any(word.adjectives for word in words)


def _end_of_place(pieces: Sequence[_Piece], start: int) -> int:
    """Return where a place's name ends that starts at `start`; 0 when none does."""
    end = start
    while end < len(pieces) and pieces[end].is_capital and pieces[end].text[-1] != ".":
        end += 1
        rivers = _markers().get(pieces[end].text.lower()) == "river" if end + 1 < len(pieces) else False
        if rivers and pieces[end + 1].is_capital:
            end += 2
            break
        if end + 1 < len(pieces) and pieces[end].text in "-–" and pieces[end + 1].is_capital:
            end += 1
        elif not _goes_on(pieces, start, end):
            break
    return end if end > start else 0


def _goes_on(pieces: Sequence[_Piece], start: int, end: int) -> bool:
    """Say whether the next capitalised word belongs to the place and is no acronym of a body."""
    return end - start < 4 and end < len(pieces) and pieces[end].is_capital and not _is_body(pieces[end].text)


def _is_body(text: str) -> bool:
    return is_acronym(text) and text in _kinds()[1]


def _may_be_place(pieces: Sequence[_Piece]) -> bool:
    """Say whether the first word can name a place: it is no common word, or the register has it."""
    word = read_place_word(pieces[0].text)
    if any(
        "nazwa_geograficzna" in noun.names or noun.source in ("gazetteer", "ending") for noun in word.nouns
    ):
        return True
    is_common = any(noun.nominative[:1].islower() for noun in word.nouns)
    return not is_common or (bool(word.adjectives) and len(pieces) > 1)
