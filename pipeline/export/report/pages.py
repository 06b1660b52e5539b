"""Every page of the report: its file, its template, and what the template needs."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from pipeline.export.report.facts import Facts, Row
from pipeline.export.report.lists import MOST_LISTED, Page, list_pages, number_pages, row_weight
from pipeline.export.report.marks import Quote, Texts
from pipeline.export.report.network import draw_network
from pipeline.export.report.places import draw_tiles, unit_name
from pipeline.export.report.safe import file_id, web_address
from pipeline.export.report.shares import share_out, together, weigh
from pipeline.export.report.timeline import Bar, Scale, make_bar, make_scale

_MOST_OFFICES = 120
_MOST_QUOTES = 150
_MOST_COMPANIONS = 24
_ON_OVERVIEW = 10


@dataclass(frozen=True, slots=True)
class Office:
    """An affiliation with the rows that it points to and its place on the timeline."""

    row: Row
    actor: Row
    institution: Row | None
    location: Row | None
    bar: Bar | None


class Book:
    """All pages of one dataset but the one about the data; `texts` keeps the articles' whole texts."""

    def __init__(self, facts: Facts, *, texts: bool = True) -> None:
        self.facts = facts
        self.texts = Texts(facts, are_shown=texts)
        self._parts_of = _group_by(facts.institutions.values(), "parent_id")
        self._seated_in = _group_by(facts.institutions.values(), "location_id")

    def pages(self) -> Iterator[Page]:
        """Yield every page."""
        facts = self.facts
        yield self.overview()
        yield from list_pages(facts)
        for actor in facts.actors.values():
            yield from self.actor_pages(actor)
        for institution in facts.institutions.values():
            yield from self.institution_pages(institution)
        for location in facts.locations.values():
            yield from self.place_pages(location)
        for article in facts.articles.values():
            yield from self.article_pages(article)

    def overview(self) -> Page:
        """Return the first page: search, counts, the map, what is new, who is named most."""
        facts = self.facts
        newest = sorted(facts.affiliations.values(), key=lambda row: row["affiliation_id"])
        newest.sort(key=lambda row: row["first_seen"] or date.min, reverse=True)
        context = {
            "tiles": draw_tiles(facts.voivodeship.values()),
            "n_elsewhere": len(facts.actors) - len(facts.voivodeship),
            "latest": [self._office(row, None) for row in newest[:_ON_OVERVIEW]],
            "top_people": _most_named(facts.actors.values()),
            "top_bodies": _most_named(facts.institutions.values()),
            "counts": {
                "people": len(facts.actors),
                "institutions": len(facts.institutions),
                "places": len(facts.locations),
                "articles": len(facts.articles),
            },
            "n_offices": len(facts.affiliations),
            "period": _period(facts),
        }
        return Page("index", "overview.html", context)

    def actor_pages(self, actor: Row) -> Iterator[Page]:
        """Yield the page of a person; more where the sentences are many."""
        facts, actor_id = self.facts, actor["actor_id"]
        offices, scale = self._offices(actor_id)
        quotes = [(office, quote) for office in offices for quote in self._quotes(office)]
        companions = facts.companions(actor_id)
        parts = together(
            share_out(offices, _office_weight, most=_MOST_OFFICES),
            [_by_office(part) for part in share_out(quotes, _quote_weight, most=_MOST_QUOTES)],
            self._articles(actor_id),
        )
        shared = {
            "actor": actor,
            "scale": scale,
            "companions": [(facts.actors[other], count) for other, count in companions[:_MOST_COMPANIONS]],
            "n_companions": len(companions),
            "network": draw_network(facts, actor_id, companions),
            "voivodeship": facts.voivodeship.get(actor_id),
            "signs": self._signs(actor_id, offices),
        }
        names = ("offices", "quotes", "articles")
        yield from number_pages(f"people/{file_id(actor_id)}", "actor.html", parts, names, shared)

    def institution_pages(self, institution: Row) -> Iterator[Page]:
        """Yield the page of a body: its people through time, its parts, its articles."""
        facts, key = self.facts, institution["institution_id"]
        offices, scale = self._offices(key)
        parts = together(share_out(offices, _office_weight, most=_MOST_OFFICES), self._articles(key))
        shared = {
            "institution": institution,
            "scale": scale,
            "parent": facts.institutions.get(institution["parent_id"]),
            "seat": facts.locations.get(institution["location_id"]),
            "children": self._parts_of.get(key, [])[:MOST_LISTED],
        }
        base = f"institutions/{file_id(key)}"
        yield from number_pages(base, "institution.html", parts, ("offices", "articles"), shared)

    def place_pages(self, location: Row) -> Iterator[Page]:
        """Yield the page of a place: its offices, the bodies that sit there, its articles."""
        key = location["location_id"]
        offices, scale = self._offices(key)
        parts = together(
            share_out(offices, _office_weight, most=_MOST_OFFICES),
            share_out(self._seated_in.get(key, []), row_weight, most=MOST_LISTED),
            self._articles(key),
        )
        shared = {"location": location, "scale": scale}
        names = ("offices", "seated", "articles")
        yield from number_pages(f"places/{file_id(key)}", "place.html", parts, names, shared)

    def article_pages(self, article: Row) -> Iterator[Page]:
        """Yield the page of an article, its mentions marked."""
        key = article["article_id"]
        people = [self.facts.actors[actor_id] for actor_id in self.facts.people_in[key]]
        parts = together(self.texts.pages(key), share_out(people, row_weight, most=MOST_LISTED))
        shared = {
            "article": article,
            "address": web_address(article["url"]) or web_address(article["source"]),
            "has_text": self.texts.are_shown,
        }
        yield from number_pages(
            f"articles/{file_id(key)}", "article.html", parts, ("pieces", "people"), shared
        )

    def _offices(self, owner_id: str) -> tuple[list[Office], Scale | None]:
        rows = self.facts.held.get(owner_id, ())
        scale = make_scale(rows)
        return [self._office(row, scale) for row in rows], scale

    def _office(self, row: Row, scale: Scale | None) -> Office:
        facts = self.facts
        days = [
            day
            for said in facts.said.get(row["affiliation_id"], ())
            if (day := facts.articles[said["article_id"]]["published"])
        ]
        return Office(
            row=row,
            actor=facts.actors[row["actor_id"]],
            institution=facts.institutions.get(row["institution_id"]),
            location=facts.locations.get(row["location_id"]),
            bar=make_bar(row, days, scale) if scale else None,
        )

    def _quotes(self, office: Office) -> Iterator[Quote]:
        sentences: dict[tuple[Any, ...], list[Row]] = {}
        for row in self.facts.said.get(office.row["affiliation_id"], ()):
            sentences.setdefault((row["article_id"], row["start"], row["end"]), []).append(row)
        return (self.texts.quote(rows, office.row) for rows in sentences.values())

    def _articles(self, entity_id: str) -> list[list[Row]]:
        rows = [self.facts.articles[key] for key in self.facts.articles_of.get(entity_id, ())]
        return share_out(rows, row_weight, most=MOST_LISTED)

    def _signs(self, actor_id: str, offices: Sequence[Office]) -> dict[str, Any] | None:
        """Return what speaks for one person across articles: names, gminas, offices; None for one article."""
        named_in = self.facts.articles_of.get(actor_id, ())
        if len(named_in) < 2:
            return None
        names = Counter(
            mention["lemma"]
            for key in named_in
            for mention in self.facts.mentions[key]
            if mention["entity_id"] == actor_id
        )
        towns = Counter(unit_name(self.facts.articles[key]["municipality_teryt"]) for key in named_in)
        repeated = [office for office in offices if office.row["n_articles"] > 1]
        return {
            "names": names.most_common(_ON_OVERVIEW),
            "towns": [(town, n) for town, n in towns.most_common(_ON_OVERVIEW) if town],
            "repeated": sorted(repeated, key=lambda office: -office.row["n_articles"])[:_ON_OVERVIEW],
        }


def _most_named(rows: Iterable[Row]) -> list[Row]:
    ordered = sorted(rows, key=lambda row: (-row["n_articles"], -row["n_mentions"], row["name"]))
    return ordered[:_ON_OVERVIEW]


def _period(facts: Facts) -> tuple[date, date] | None:
    days = [row["published"] for row in facts.articles.values() if row["published"]]
    return (min(days), max(days)) if days else None


def _group_by(rows: Iterable[Row], key: str) -> Mapping[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        if row[key]:
            groups.setdefault(row[key], []).append(row)
    return groups


def _office_weight(office: Office) -> int:
    linked = [row["name"] for row in (office.institution, office.location) if row]
    dots = len(office.bar.dots) * 50 if office.bar else 0
    return 1_500 + dots + weigh(office.row["role"], office.actor["name"], *linked)


def _quote_weight(item: tuple[Office, Quote]) -> int:
    office, quote = item
    return 1_000 + weigh(*(piece.text for piece in quote.pieces), quote.article["title"], office.row["role"])


def _by_office(quotes: Iterable[tuple[Office, Quote]]) -> list[tuple[Office, list[Quote]]]:
    return [(office, [quote for _, quote in group]) for office, group in groupby(quotes, key=itemgetter(0))]
