"""Make `teryt_units.tsv` and `localities.tsv` from the official files of TERYT.

    python -m pipeline.training.teryt_tables TERC.csv SIMC.csv[.xz] data/tables

TERC is taken in its address edition, which has no rows for mixed gminas (they are the pair of a town and
a rural part, RODZ 4 and 5) and none for the gminas of the five cities that are divided into districts.
"""

import csv
import lzma
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import typer

Row = dict[str, str]

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
_LICENCE = "# licence: public register, open and free of charge; the source is to be named"


def read_register(path: Path) -> list[Row]:
    """Read one official file: UTF-8 with a mark, semicolons, a header; `.xz` is unpacked."""
    if path.suffix == ".xz":
        with lzma.open(path, "rt", encoding="utf-8-sig", newline="") as lines:
            return list(csv.DictReader(lines, delimiter=";"))
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=";"))


def make_units(terc: Iterable[Row]) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield teryt, name, kind, adjective, parent of every voivodeship, powiat and gmina."""
    rows = list(terc)
    divided = {row["WOJ"] + row["POW"] for row in rows if row["GMI"] and row["RODZ"] in "89"}
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


def write_table(path: Path, source: str, header: str, rows: Iterable[tuple[str, ...]]) -> None:
    """Write one table in the format of `pipeline.tables`."""
    lines = sorted("\t".join(row) for row in rows)
    text = "\n".join([f"# source: {source}", _LICENCE, header.replace(" ", "\t"), *lines])
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def main(terc: Path, simc: Path, tables: Path) -> None:
    """Write both tables into the folder `tables`."""
    terc_rows, simc_rows = read_register(terc), read_register(simc)
    units = list(make_units(terc_rows))
    state = f"TERYT, Statistics Poland (GUS): {{}}, state of {terc_rows[0]['STAN_NA']}"
    write_table(tables / "teryt_units.tsv", state.format("TERC"), "teryt name kind adjective parent", units)
    localities = make_localities(simc_rows, (unit[0] for unit in units))
    state = f"TERYT, Statistics Poland (GUS): SIMC, state of {simc_rows[0]['STAN_NA']}"
    write_table(tables / "localities.tsv", state, "simc name terc kind", localities)


if __name__ == "__main__":
    typer.run(main)
