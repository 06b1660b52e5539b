"""Make `data/tables/given_names.tsv` from the PESEL register's forename lists."""

import argparse
import csv
import lzma
from collections.abc import Iterator
from pathlib import Path

from pipeline.normalise.letter_case import natural_case
from pipeline.tables import table_path

_HEADER = (
    "# source: PESEL register, first forenames of living persons, dane.gov.pl, 2023, count at least {}\n"
    "# licence: public register, open data (reported as CC0 1.0)\n"
    "name\tgender*\tcount\n"
)


def read_forenames(path: Path) -> Iterator[tuple[str, int]]:
    """Yield (name in natural case, number of persons) from one list of the register."""
    with lzma.open(path, "rt", encoding="utf-8-sig", newline="") as lines:
        for name, _, count in csv.reader(lines):
            yield natural_case(" ".join(name.split())), int(count)


def make_given_names(male: Path, female: Path, *, at_least: int) -> str:
    """Return the whole table as text."""
    rows = [
        f"{name}\t{gender}\t{count}"
        for path, gender in ((male, "m"), (female, "f"))
        for name, count in read_forenames(path)
        if count >= at_least and " " not in name
    ]
    return _HEADER.format(at_least) + "\n".join(sorted(rows)) + "\n"


def main() -> None:
    """Write the table from the register files given on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--male", type=Path, required=True)
    parser.add_argument("--female", type=Path, required=True)
    parser.add_argument("--at-least", type=int, default=10)
    options = parser.parse_args()
    table = make_given_names(options.male, options.female, at_least=options.at_least)
    table_path("given_names").write_text(table, encoding="utf-8")


if __name__ == "__main__":
    main()
