"""Make `data/tables/given_names.tsv` from the PESEL register's forename lists."""

import argparse
import csv
import lzma
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TextIO

from pipeline.normalise.letter_case import natural_case
from pipeline.tables import table_path

AT_LEAST = 10
"""Forenames of fewer persons are left out: rare ones are often mistyped."""

_GENDERS = {"MĘŻCZYZNA": "m", "KOBIETA": "f"}
_HEADER = (
    "# source: PESEL register, first forenames of living persons, dane.gov.pl, {}, count at least {}\n"
    "# licence: public register, open data (reported as CC0 1.0)\n"
    "name\tgender*\tcount\n"
)

GivenNames = Mapping[tuple[str, str], int]
"""Number of persons by (name in natural case, gender f or m)."""


def open_register(path: Path) -> TextIO:
    """Open a register's file as text; `.xz` is unpacked."""
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def read_forenames(path: Path) -> Iterator[tuple[tuple[str, str], int]]:
    """Yield ((name in natural case, gender), number of persons) from one list of the register.

    Raises:
        ValueError: A line is not a name, MĘŻCZYZNA or KOBIETA, and a count; a header is allowed.
    """
    with open_register(path) as lines:
        for number, cells in enumerate(csv.reader(lines), 1):
            if len(cells) != 3 or (cells[1] not in _GENDERS and number > 1):
                raise ValueError(f"line {number} is not a forename, MĘŻCZYZNA or KOBIETA, and a count")
            if cells[1] in _GENDERS:
                name = natural_case(" ".join(cells[0].split()))
                yield (name, _GENDERS[cells[1]]), int(cells[2])


def make_given_names(counts: GivenNames, *, state: str, at_least: int = AT_LEAST) -> str:
    """Return the whole table as text; `state` is the year or day of the register."""
    rows = [
        f"{name}\t{gender}\t{count}"
        for (name, gender), count in counts.items()
        if count >= at_least and " " not in name
    ]
    return _HEADER.format(state, at_least) + "\n".join(sorted(rows)) + "\n"


def main() -> None:
    """Write the table from the register files given on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--state", required=True, help="year or day of the register")
    parser.add_argument("--at-least", type=int, default=AT_LEAST)
    options = parser.parse_args()
    counts = dict(pair for path in options.files for pair in read_forenames(path))
    table = make_given_names(counts, state=options.state, at_least=options.at_least)
    table_path("given_names").write_text(table, encoding="utf-8")


if __name__ == "__main__":
    main()
