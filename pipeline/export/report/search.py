"""The search index: scripts of a few hundred kilobytes, since a page on disk may not fetch data."""

from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.export.report.facts import Facts, Row
from pipeline.export.report.marks import FOLDERS
from pipeline.export.report.places import unit_names
from pipeline.export.report.safe import clean, file_id, script_json
from pipeline.export.report.shares import share_out

_LONGEST = 160
_MOST_NAMES = 8
Entry = list[Any]


def make_entries(facts: Facts) -> list[Entry]:
    """Return one entry a person, institution and place: kind, file, name, caption, other names, where, articles."""
    people = (
        _entry("person", row["actor_id"], row, row["headline"], facts.voivodeship.get(row["actor_id"]))
        for row in facts.actors.values()
    )
    bodies = (
        _entry("institution", row["institution_id"], row, _where(row), (row["teryt"] or "")[:2])
        for row in facts.institutions.values()
    )
    places = (
        _entry("location", row["location_id"], row, _where(row), (row["teryt"] or "")[:2])
        for row in facts.locations.values()
    )
    return sorted([*people, *bodies, *places], key=lambda entry: (-entry[6], entry[2], entry[1]))


def index_scripts(facts: Facts) -> Iterator[str]:
    """Yield the text of each script of the index."""
    for part in share_out(make_entries(facts), lambda entry: len(script_json(entry).encode()), most=100_000):
        yield f"civicSearch.add({script_json(part)});\n"


def _entry(label: str, entity_id: str, row: Row, caption: str | None, where: str | None) -> Entry:
    others = [row.get("birth_name"), row.get("acronym"), *row.get("aliases", ())]
    return [
        list(FOLDERS).index(label),
        file_id(entity_id),
        _short(row["name"]),
        _short(caption),
        _short(" ".join(name for name in others[: _MOST_NAMES + 2] if name)),
        where or "",
        int(row["n_articles"]),
    ]


def _where(row: Row) -> str:
    gmina, powiat, voivodeship = unit_names(row["teryt"])
    names: Sequence[str] = [name for name in (gmina, powiat, voivodeship) if name]
    return ", ".join(dict.fromkeys(names))


def _short(text: str | None) -> str:
    return str(clean(text or ""))[:_LONGEST]
