"""Learn which gender, number and case a name has by the words beside it: `name_contexts.tsv`."""

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from pipeline.morphology import CASES
from pipeline.normalise.contexts import left_keys, right_keys
from pipeline.normalise.slots import NUMBERS, SLOT_COUNT, slot_index
from pipeline.tables import table_path
from pipeline.training.name_corpora import NamedPerson, read_nkjp_people

_HEADER = (
    "# source: counts made from NKJP1M 1.2, gold tags of personal names and the words beside them\n"
    "# licence: CC BY 3.0 PL\n"
    "context\tcounts\n"
)
_LEAST_WORD = 8
_LEAST_CLASS = 5


def count_contexts(people: Iterable[NamedPerson]) -> dict[str, Counter[int]]:
    """Count the slots of names by what stands to the left (`<`) and right (`>`); `*` is all."""
    counts: dict[str, Counter[int]] = {"*": Counter()}
    for person in people:
        slot = tag_slot(person.tag)
        if slot is not None:
            for key in ("*", *left_keys(person.left), *right_keys(person.right)):
                counts.setdefault(key, Counter())[slot] += 1
    return counts


def tag_slot(tag: str) -> int | None:
    """Return the slot of a tag such as `subst:sg:gen:m1`, or None when it names no person's."""
    values = tag.split(":")
    if values[0] not in ("subst", "adj") or len(values) < 4:
        return None
    _, number, case, gender, *_ = values
    if number not in NUMBERS or case not in CASES or gender == "n":
        return None
    return slot_index("f" if gender == "f" else "m", number, case)


def main() -> None:
    """Write the table from the corpus given on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nkjp", type=Path, required=True, help="nkjp1m.jsonl.xz")
    counts = count_contexts(read_nkjp_people(parser.parse_args().nkjp, "train"))
    rows = [
        f"{key}\t{' '.join(str(slots[slot]) for slot in range(SLOT_COUNT))}"
        for key, slots in counts.items()
        if slots.total() >= (_LEAST_CLASS if key[1:2] == ":" else _LEAST_WORD)
    ]
    table_path("name_contexts").write_text(_HEADER + "\n".join(sorted(rows)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
