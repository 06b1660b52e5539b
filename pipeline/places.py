"""Names of localities and units in any case, by the register and by learned endings."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.tables import load_table

LONGEST_ENDING = 9


@cache
def place_names() -> frozenset[str]:
    """Return the name of every locality and unit of the registers."""
    names = {row["name"] for row in load_table("localities")}
    return frozenset(names | {row["name"] for row in load_table("teryt_units")})


@dataclass(frozen=True, slots=True)
class Change:
    """How a form becomes its nominative: letters lost, letters gained, and what the form was."""

    cut: int
    add: str
    number: str
    case: str
    gender: str
    count: int


@cache
def place_changes() -> dict[str, list[Change]]:
    """Return the changes that each ending may undergo."""
    changes: dict[str, list[Change]] = defaultdict(list)
    for row in load_table("place_endings"):
        cut, add, number, case, gender = row["change"].split(" ")
        change = Change(int(cut), "" if add == "-" else add, number, case, gender, int(row["count"]))
        changes[row["ending"]].append(change)
    return changes


def possible_changes(form: str) -> Iterator[Change]:
    """Yield every change that the endings of a form allow, the longest ending first."""
    changes, lower = place_changes(), form[-LONGEST_ENDING:].lower()
    for length in range(min(LONGEST_ENDING, len(form) - 1), 0, -1):
        yield from changes.get(lower[-length:], ())
