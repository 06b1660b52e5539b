"""Voivodeships and the names behind TERYT codes, for tiles and captions."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pipeline.tables import load_table

_SHADES = 5


@dataclass(frozen=True, slots=True)
class Tile:
    """One voivodeship of the tile map; `shade` is 0 (nobody) to 5 (most people)."""

    teryt: str
    name: str
    short: str
    column: int
    row: int
    count: int
    shade: int


def draw_tiles(codes: Iterable[str]) -> list[Tile]:
    """Return the 16 voivodeships with the number of people at home in each.

    Args:
        codes: TERC of a voivodeship for each person.

    Source: data/tables/voivodeship_tiles.tsv.
    """
    counts = Counter(codes)
    most = max(counts.values(), default=1)
    return [
        Tile(
            teryt=row["teryt"],
            name=unit_name(row["teryt"]),
            short=row["short"],
            column=int(row["column"]),
            row=int(row["row"]),
            count=counts[row["teryt"]],
            shade=-int(-_SHADES * (counts[row["teryt"]] / most) ** 0.5 // 1),
        )
        for row in sorted(load_table("voivodeship_tiles"), key=lambda row: (row["row"], row["column"]))
    ]


def unit_name(teryt: str | None) -> str:
    """Return the name of a voivodeship, powiat or gmina; empty for an unknown code."""
    return _units().get(teryt or "", "")


def unit_names(teryt: str | None) -> tuple[str, str, str]:
    """Return the names of the gmina, powiat and voivodeship that a code lies in; empty where it ends before."""
    code = teryt or ""
    parts = (code[:7] if len(code) == 7 else "", code[:4] if len(code) >= 4 else "", code[:2])
    return unit_name(parts[0]), unit_name(parts[1]), unit_name(parts[2])


@cache
def _units() -> dict[str, str]:
    return {row["teryt"]: row["name"] for row in load_table("teryt_units")}
