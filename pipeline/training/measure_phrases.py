"""Measure the nominatives of institutions, locations and roles.

    python -m pipeline.training.measure_phrases --nkjp FILE --slavicner FILE --polem FILE --gold FOLDER

NKJP is measured on its development documents; `--final` takes the test documents and the gold's test part
instead. Every figure is of names as they stand, case included, and ignoring letter case.
"""

import json
import lzma
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from pipeline.normalise.institutions import nominative_institution
from pipeline.normalise.locations import nominative_location
from pipeline.normalise.roles import nominative_role
from pipeline.records import Name
from pipeline.training.gold import load_gold
from pipeline.training.phrase_weights import Example, kpwr_examples, nkjp_examples

_SLAVICNER = {"ORG": "institution", "LOC": "location"}
_NOMINATIVES = {
    "institution": nominative_institution,
    "location": nominative_location,
    "role": nominative_role,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One measured name."""

    example: Example
    name: Name

    @property
    def is_exact(self) -> bool:
        """Say whether the nominative is right, letter case included."""
        return self.name.nominative == " ".join(self.example.nominative.split())

    @property
    def is_right(self) -> bool:
        """Say whether the nominative is right, letter case left out."""
        return self.name.nominative.lower() == " ".join(self.example.nominative.lower().split())


def slavicner_examples(path: Path) -> Iterator[Example]:
    """Yield bodies and places of slavicner-dev with their context."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            for mention in document["mentions"]:
                if label := _SLAVICNER.get(mention["label"]):
                    left = document["text"][max(0, mention["start"] - 80) : mention["start"]]
                    yield Example(label, mention["text"], mention["lemma"], left)  # type: ignore[arg-type]


def gold_part(folder: Path, part: str) -> Iterator[Example]:
    """Yield bodies, places and offices of one part of the gold with their context."""
    for article in load_gold(folder, part):
        for mention in article.mentions:
            if mention.label != "person":
                left = article.text[max(0, mention.start - 80) : mention.start]
                near = (article.municipality,) if article.municipality else ()
                yield Example(mention.label, mention.text, mention.lemma, left, near=near)


def measure(examples: Iterable[Example]) -> list[Outcome]:
    """Run the three functions over the examples."""
    return [Outcome(item, _name(item)) for item in examples]


def _name(example: Example) -> Name:
    if example.label == "location":
        return nominative_location(example.form, left=example.left, near=example.near)
    return _NOMINATIVES[example.label](example.form, left=example.left)


def table_rows(name: str, outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Yield a row a label: all and inflected names, with and without letter case."""
    by_label: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_label[outcome.example.label].append(outcome)
    for label, group in sorted(by_label.items()):
        inflected = [item for item in group if item.example.form.lower() != item.example.nominative.lower()]
        cells = [f"{name:14} {label:12}"]
        for part in (group, inflected):
            exact = sum(item.is_exact for item in part) / max(len(part), 1)
            right = sum(item.is_right for item in part) / max(len(part), 1)
            cells.append(f"{len(part):6} {exact:.3f} {right:.3f}")
        yield " | ".join(cells)


def error_rows(outcomes: Iterable[Outcome], *, limit: int) -> Iterator[str]:
    """Yield the most frequent errors, letter case left out."""
    counts = Counter(
        (item.example.label, item.example.form, item.name.nominative, item.example.nominative)
        for item in outcomes
        if not item.is_right
    )
    for (label, form, got, wanted), count in counts.most_common(limit):
        yield f"{count:4} {label}: {form!r} gave {got!r}, wanted {wanted!r}"


def names_per_second(examples: Iterable[Example]) -> float:
    """Return how many different names a second of processor time the functions take, warm tables."""
    forms = sorted({(item.label, item.form) for item in examples})
    start = time.process_time()
    for label, form in forms:
        _NOMINATIVES[label](form)
    return len(forms) / (time.process_time() - start)


def main(
    nkjp: Annotated[Path | None, typer.Option()] = None,
    slavicner: Annotated[Path | None, typer.Option()] = None,
    polem: Annotated[Path | None, typer.Option()] = None,
    gold: Annotated[Path | None, typer.Option()] = None,
    final: Annotated[bool, typer.Option()] = False,
    errors: Annotated[int, typer.Option(help="How many errors to print for each set.")] = 0,
) -> None:
    """Print a table: label, then number, exact share and share without letter case, all and inflected."""
    sets: dict[str, Iterable[Example]] = {}
    if nkjp:
        sets["NKJP"] = list(nkjp_examples(nkjp, part="test" if final else "dev"))
        typer.echo(f"names/s: {names_per_second(sets['NKJP']):.0f}")
    if slavicner:
        sets["slavicner"] = slavicner_examples(slavicner)
    if polem:
        sets["polem"] = kpwr_examples(polem)
    if gold:
        for part in ("test",) if final else ("train", "dev"):
            sets[f"gold {part}"] = gold_part(gold, part)
    for name, examples in sets.items():
        outcomes = measure(examples)
        for row in table_rows(name, outcomes):
            typer.echo(row)
        for row in error_rows(outcomes, limit=errors):
            typer.echo(row)


if __name__ == "__main__":
    typer.run(main)
