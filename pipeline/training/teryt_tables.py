"""Make `teryt_units.tsv` and `localities.tsv` from the official files of TERYT.

    python -m pipeline.training.teryt_tables TERC.csv SIMC.csv[.xz] data/tables

TERC is taken in its address edition, which has no rows for mixed gminas (they are the pair of a town and
a rural part, RODZ 4 and 5) and none for the gminas of the five cities that are divided into districts.
"""

import csv
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import typer

from pipeline.training.registers import open_register

Row = dict[str, str]

TERC_COLUMNS = ("WOJ", "POW", "GMI", "RODZ", "NAZWA", "NAZWA_DOD", "STAN_NA")
SIMC_COLUMNS = ("WOJ", "POW", "GMI", "RODZ_GMI", "RM", "NAZWA", "SYM", "SYMPOD", "STAN_NA")

_UNIT_KINDS = {"1": "urban", "2": "rural", "4": "mixed"}
_LOCALITY_KINDS = {
    "01": "village",
    "02": "hamlet",
    "03": "colony",
    "04": "settlement",
    "05": "forest settlement",
    "06": "estate",
    "07": "shelter",
    "95": "district",
    "96": "town",
    "98": "district",
}
_UNITS = "teryt\tname\tkind\tadjective\tparent"
_LOCALITIES = "simc\tname\tterc\tkind"
_LICENCE = "# licence: public register, open and free of charge; the source is to be named"


def read_register(path: Path) -> list[Row]:
    """Read one official file: UTF-8 with a mark, semicolons, a header; `.xz` is unpacked."""
    with open_register(path) as lines:
        return list(csv.DictReader(lines, delimiter=";"))


def make_units(terc: Iterable[Row]) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield teryt, name, kind, adjective, parent of every voivodeship, powiat and gmina."""
    rows = list(terc)
    divided = {row["WOJ"] + row["POW"] for row in rows if row["GMI"] and row["RODZ"] in "89"}
    # The official edition has a row for the gmina of a divided city, the address edition has none.
    divided -= {row["WOJ"] + row["POW"] for row in rows if row["RODZ"] == "1"}
    for row in rows:
        name, voivodeship = unicodedata.normalize("NFC", row["NAZWA"]), row["WOJ"]
        powiat = voivodeship + row["POW"]
        if not row["POW"]:
            yield voivodeship, name.lower(), "voivodeship", name.lower().removesuffix("e"), ""
        elif not row["GMI"] and row["NAZWA_DOD"] == "powiat":
            yield powiat, name, "powiat", name, voivodeship
        elif not row["GMI"]:
            yield powiat, name, "city powiat", "", voivodeship
            if powiat in divided:
                yield f"{powiat}011", name, "urban", "", powiat
        elif kind := _UNIT_KINDS.get(row["RODZ"]):
            code = "3" if kind == "mixed" else row["RODZ"]
            yield powiat + row["GMI"] + code, name, kind, "", powiat


def make_localities(simc: Iterable[Row], units: Iterable[str]) -> Iterator[tuple[str, str, str, str]]:
    """Yield simc, name, terc, kind of every locality of its own.

    SIMC may be older than TERC: a locality gets the gmina that has its first six digits today, and an
    empty code when there is none.
    """
    gminas = {code[:6]: code for code in units if len(code) == 7}
    for row in simc:
        if row["SYM"] != row["SYMPOD"]:
            continue
        powiat = row["WOJ"] + row["POW"]
        terc = f"{powiat}011" if row["RODZ_GMI"] in "89" else gminas.get(powiat + row["GMI"])
        # The five divided cities stand in SIMC under the number 01, without a district.
        terc = terc or gminas.get(f"{powiat}01", "")
        name = unicodedata.normalize("NFC", " ".join(row["NAZWA"].split()))
        yield row["SYM"], name, terc, _LOCALITY_KINDS.get(row["RM"], "village")


def recode_localities(rows: Iterable[Row], units: Iterable[str]) -> Iterator[tuple[str, str, str, str]]:
    """Yield known localities with the codes that their gminas have among these units."""
    codes = set(units)
    gminas = {code[:6]: code for code in codes if len(code) == 7}
    for row in rows:
        terc = row["terc"] if row["terc"] in codes else gminas.get(row["terc"][:6], "")
        yield row["simc"], row["name"], terc, row["kind"]


def write_units(folder: Path, units: Collection[tuple[str, ...]], state: str) -> Path:
    """Write `teryt_units.tsv`; `state` is the day of the register."""
    return _write_table(folder / "teryt_units.tsv", f"TERC, state of {state}", _UNITS, units)


def write_localities(folder: Path, localities: Iterable[tuple[str, ...]], state: str) -> Path:
    """Write `localities.tsv`; `state` is the day of the register."""
    return _write_table(folder / "localities.tsv", f"SIMC, state of {state}", _LOCALITIES, localities)


def _write_table(path: Path, register: str, header: str, rows: Iterable[tuple[str, ...]]) -> Path:
    lines = sorted("\t".join(row) for row in rows)
    source = f"# source: TERYT, Statistics Poland (GUS): {register}"
    text = "\n".join([source, _LICENCE, header, *lines])
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
    return path


def main(terc: Path, simc: Path, tables: Path) -> None:
    """Write both tables into the folder `tables`."""
    terc_rows, simc_rows = read_register(terc), read_register(simc)
    units = list(make_units(terc_rows))
    write_units(tables, units, terc_rows[0]["STAN_NA"])
    localities = make_localities(simc_rows, (unit[0] for unit in units))
    write_localities(tables, localities, simc_rows[0]["STAN_NA"])


if __name__ == "__main__":
    typer.run(main)
