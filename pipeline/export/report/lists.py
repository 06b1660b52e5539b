"""Pages of lists, and the numbering of pages that share one subject."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.export.report.facts import Facts, Row
from pipeline.export.report.places import draw_tiles
from pipeline.export.report.safe import source_name, web_address
from pipeline.export.report.shares import share_out, weigh

MOST_LISTED = 400
_HEADLINE = 80
_LABEL = 16
_STROKE = str.maketrans({"ł": "l\u0338", "Ł": "L\u0338"})


@dataclass(frozen=True, slots=True)
class Page:
    """One file: `base` without `.html`, the template, and its values; `number` counts from 1.

    Attributes:
        labels: What to call each page of the same subject; without any, its number.
    """

    base: str
    template: str
    context: dict[str, Any]
    number: int = 1
    count: int = 1
    labels: tuple[str, ...] = ()

    def file(self, number: int) -> str:
        """Return the file of the n-th page of the same subject."""
        return f"{self.base}.html" if number == 1 else f"{self.base}.p{number}.html"

    @property
    def path(self) -> str:
        """The file, from the report's folder."""
        return self.file(self.number)


def number_pages(
    base: str, template: str, parts: Sequence[tuple[Any, ...]], names: Sequence[str], shared: dict[str, Any]
) -> Iterator[Page]:
    """Yield the pages of one subject: `parts` holds what stands on each, in the order of `names`."""
    for number, values in enumerate(parts, 1):
        yield Page(base, template, shared | dict(zip(names, values, strict=True)), number, len(parts))


def list_pages(facts: Facts) -> Iterator[Page]:
    """Yield the lists of people, bodies and places by alphabet, and of articles by date."""
    people = sorted(facts.actors.values(), key=_person_order)
    yield from _share_list("people", "people", people)
    for tile in draw_tiles(facts.voivodeship.values()):
        at_home = [row for row in people if facts.voivodeship.get(row["actor_id"]) == tile.teryt]
        if at_home:
            yield from _share_list(f"voivodeship-{tile.teryt}", "people", at_home, voivodeship=tile.name)
    bodies = sorted(facts.institutions.values(), key=lambda row: polish_order(row["name"]))
    yield from _share_list("institutions", "institutions", bodies)
    places = sorted(facts.locations.values(), key=lambda row: polish_order(row["name"]))
    yield from _share_list("places", "places", places)
    articles = sorted(facts.articles.values(), key=lambda row: str(row["article_id"]))
    articles.sort(key=lambda row: row["published"] or date.min, reverse=True)
    yield from _share_list("articles", "articles", articles)


def row_weight(row: Row) -> int:
    """Return the bytes that a row takes in a list."""
    return weigh(row.get("name"), row.get("headline"), row.get("title"))


def article_title(article: Row) -> str:
    """Return an article's headline, or how its text begins."""
    text = " ".join((article["title"] or str(article["text"])[: 4 * _HEADLINE]).split())
    return text if len(text) <= 2 * _HEADLINE else text[:_HEADLINE].rsplit(" ", 1)[0] + "…"


def article_source(article: Row) -> str:
    """Return how the article's source is named to readers."""
    return source_name(web_address(article["url"]) or article["source"])


def polish_order(text: str) -> tuple[tuple[str, str], ...]:
    """Return a key that sorts as the Polish alphabet does, whatever the machine's locale.

    >>> sorted(["Żak", "Zych", "Łata", "Lis", "Ćwik"], key=polish_order)
    ['Ćwik', 'Lis', 'Łata', 'Zych', 'Żak']
    """
    letters: list[tuple[str, str]] = []
    for character in unicodedata.normalize("NFD", text.translate(_STROKE).casefold()):
        if unicodedata.category(character) == "Mn" and letters:
            letters[-1] = (letters[-1][0], letters[-1][1] + character)
        else:
            letters.append((character, ""))
    return tuple(letters)


def _person_order(row: Row) -> tuple[Any, ...]:
    return polish_order(row["surname"] or row["name"]), polish_order(row["name"]), str(row["actor_id"])


def _share_list(base: str, kind: str, rows: Sequence[Row], *, voivodeship: str = "") -> Iterator[Page]:
    parts = share_out(rows, row_weight, most=MOST_LISTED)
    labels = () if kind == "articles" else tuple(_range_label(part) for part in parts if part)
    for number, part in enumerate(parts, 1):
        context = {"kind": kind, "rows": part, "total": len(rows), "voivodeship": voivodeship}
        yield Page(base, "list.html", context, number, len(parts), labels)


def _range_label(rows: Sequence[Row]) -> str:
    """Return what a page of an alphabetical list holds: its first and last name."""
    ends = [str(row.get("surname") or row["name"])[:_LABEL] for row in (rows[0], rows[-1])]
    return " – ".join(ends)
