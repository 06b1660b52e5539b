"""Learn how place names decline, from the forms that the dictionary knows for localities.

    python -m pipeline.training.place_endings data/tables/place_endings.tsv

A row says: a form with this ending loses `cut` letters, gains `add`, and was in this number, case and
gender so many times.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import typer

from pipeline.morphology import analyse, inflect
from pipeline.tables import load_table

_CONTEXT = 3
_LEAST_COUNT = 4
_LEAST_SHARE = 0.02


def place_paradigms() -> Iterator[tuple[str, str, str]]:
    """Yield form, nominative, and `number case gender` of every locality that the dictionary knows."""
    names = sorted({row["name"] for row in load_table("localities") if row["name"].isalpha()})
    for name in names:
        lexemes = {
            item.lexeme
            for item in analyse(name)
            if item.lemma == name and item.is_name("nazwa_geograficzna") and "nom" in item.cases
        }
        for lexeme in sorted(lexemes):
            for item in inflect(lexeme):
                plural_only = item.tag.endswith(":pt")
                if not item.is_name("nazwa_geograficzna") or len(item.numbers) != 1 or len(item.cases) > 4:
                    continue
                if item.numbers == {"pl"} and not plural_only:
                    continue
                for case in sorted(item.cases - {"voc"}):
                    yield item.form, name, f"{min(item.numbers)} {case} {min(item.genders)}"


def split_change(form: str, nominative: str) -> tuple[int, int, str]:
    """Return how many letters are common, how many the form loses, and what it gains."""
    common = 0
    while common < min(len(form), len(nominative)) and form[common] == nominative[common]:
        common += 1
    return common, len(form) - common, nominative[common:]


def count_endings(paradigms: Iterator[tuple[str, str, str]]) -> Counter[tuple[str, str]]:
    """Count (ending, change) pairs, each ending with zero to three letters before the change."""
    counts: Counter[tuple[str, str]] = Counter()
    for form, nominative, slot in paradigms:
        common, cut, add = split_change(form, nominative)
        for length in range(cut, min(len(form) - 1, cut + _CONTEXT) + 1):
            counts[form[len(form) - length :] if length else "", f"{cut} {add or '-'} {slot}"] += 1
    return counts


def prune(counts: Counter[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Leave out rare changes, and endings that say nothing more than their shorter ones."""
    totals: Counter[str] = Counter()
    for (ending, _), count in counts.items():
        totals[ending] += count
    return {
        (ending, change): count
        for (ending, change), count in counts.items()
        if ending and count >= _LEAST_COUNT and count >= _LEAST_SHARE * totals[ending]
    }


def main(target: Path) -> None:
    """Write the table `place_endings`."""
    kept = prune(count_endings(place_paradigms()))
    rows = sorted(f"{ending}\t{change}\t{count}" for (ending, change), count in kept.items())
    head = [
        "# source: forms that Morfeusz 2 (SGJP) gives for the localities of SIMC (TERYT, GUS)",
        "# licence: BSD-2-Clause (SGJP); public register (SIMC)",
        "ending\tchange*\tcount",
    ]
    target.write_text("\n".join([*head, *rows]) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    typer.run(main)
