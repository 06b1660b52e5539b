"""Learn the weights that choose between the readings of a name: `data/tables/phrase_weights.tsv`.

    python -m pipeline.training.phrase_weights NKJP.jsonl.xz KPWR.tsv.xz data/gold data/tables

A conditional model over the readings of each name; readings that give the same nominative count
together. Names come from the train documents of NKJP1M, the train part of KPWr's names (no context) and
the train part of the gold.
"""

import json
import lzma
import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import typer

from pipeline.normalise.institutions import institution_candidates
from pipeline.normalise.locations import location_candidates
from pipeline.normalise.phrases import Candidate
from pipeline.normalise.roles import role_candidates
from pipeline.records import Label
from pipeline.training.corpora import nkjp_split
from pipeline.training.gold import load_gold

_EPOCHS = 10
_RATE = 0.15
_DECAY = 2e-5
_SMALLEST = 0.05
_LEAST = 3
_NKJP = {"orgName": "institution", "placeName": "location", "geogName": "location"}
_KPWR = {"nam_org": "institution", "nam_loc": "location", "nam_fac": "location"}


@dataclass(frozen=True, slots=True)
class Example:
    """A name in its text with its nominative."""

    label: Label
    form: str
    nominative: str
    left: str = ""
    weight: float = 1.0
    near: tuple[str, ...] = ()


Reading = tuple[bool, tuple[str, ...]]


def nkjp_examples(path: Path, *, part: str = "train") -> Iterator[Example]:
    """Yield the outermost, whole, not derived names of one part of NKJP1M."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            if nkjp_split(document["id"]) != part:
                continue
            for entity in document["entities"]:
                label = _NKJP.get(entity["label"])
                if label and entity.get("outer") and not entity.get("derived") and not entity.get("parts"):
                    start, end, text = entity["start"], entity["end"], document["text"]
                    yield Example(label, text[start:end], entity["base"], text[max(0, start - 80) : start])  # type: ignore[arg-type]


def kpwr_examples(path: Path) -> Iterator[Example]:
    """Yield the names of one part of KPWr's lemmas; they have no context."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            lemma, form, *_, kind, _last = line.rstrip("\n").split("\t")
            if label := _KPWR.get(kind[:7]):
                yield Example(label, form, lemma, weight=0.3)  # type: ignore[arg-type]


def gold_examples(folder: Path) -> Iterator[Example]:
    """Yield the names of the gold's train part."""
    for article in load_gold(folder, "train"):
        for mention in article.mentions:
            if mention.label != "person":
                left = article.text[max(0, mention.start - 80) : mention.start]
                near = (article.municipality,) if article.municipality else ()
                yield Example(mention.label, mention.text, mention.lemma, left, 2.0, near)


def _candidates(example: Example) -> list[Candidate]:
    if example.label == "location":
        return location_candidates(example.form, left=example.left, near=example.near)
    find = institution_candidates if example.label == "institution" else role_candidates
    return find(example.form, left=example.left)


def read_examples(examples: Iterable[Example]) -> Iterator[tuple[float, Label, list[Reading]]]:
    """Yield weight, label and readings of each example whose nominative is among several readings."""
    for example in examples:
        wanted = " ".join(example.nominative.lower().split())
        readings = [(item.nominative.lower() == wanted, item.features) for item in _candidates(example)]
        rights = {right for right, _ in readings}
        if rights == {True, False}:
            yield example.weight, example.label, readings


def drop_rare(
    data: Iterable[tuple[float, Label, list[Reading]]],
) -> list[tuple[float, Label, list[Reading]]]:
    """Leave out features of single words that too few examples have."""
    whole = list(data)
    counts = Counter(
        name
        for _, _, readings in whole
        for name in {name for right, features in readings if right for name in features}
    )
    return [
        (
            importance,
            label,
            [
                (right, tuple(n for n in names if " " not in n or counts[n] >= _LEAST))
                for right, names in readings
            ],
        )
        for importance, label, readings in whole
    ]


def learn(data: list[tuple[float, Label, list[Reading]]]) -> dict[tuple[str, str], float]:
    """Return a weight by (label or `any`, feature)."""
    weights: dict[tuple[str, str], float] = defaultdict(float)
    squares: dict[tuple[str, str], float] = defaultdict(lambda: 1.0)
    order = random.Random(1)
    for _ in range(_EPOCHS):
        order.shuffle(data)
        for importance, label, readings in data:
            for key, step in _gradient(weights, label, readings).items():
                change = importance * step - _DECAY * weights[key]
                squares[key] += change * change
                weights[key] += _RATE * change / math.sqrt(squares[key])
    return weights


def _gradient(
    weights: dict[tuple[str, str], float], label: Label, readings: list[Reading]
) -> dict[tuple[str, str], float]:
    totals = [
        sum(weights.get(("any", name), 0.0) + weights.get((label, name), 0.0) for name in features)
        for _, features in readings
    ]
    top = max(totals)
    masses = [math.exp(total - top) for total in totals]
    whole = sum(masses)
    right = sum(mass for mass, (is_right, _) in zip(masses, readings, strict=True) if is_right)
    steps: dict[tuple[str, str], float] = defaultdict(float)
    for mass, (is_right, features) in zip(masses, readings, strict=True):
        step = (mass / right if is_right else 0.0) - mass / whole
        for name in features:
            steps["any", name] += step
            steps[label, name] += step
    return steps


def main(nkjp: Path, kpwr: Path, gold: Path, tables: Path) -> None:
    """Write the table `phrase_weights`."""
    examples = [*nkjp_examples(nkjp), *kpwr_examples(kpwr), *gold_examples(gold)]
    weights = learn(drop_rare(read_examples(examples)))
    kept = {key: round(value, 2) for key, value in weights.items() if abs(value) >= _SMALLEST}
    rows = sorted(f"{label}\t{name}\t{value}" for (label, name), value in kept.items())
    head = [
        "# source: learned from the names of NKJP1M 1.2, KPWr 1.2 (train parts) and data/gold/train",
        "# licence: CC-BY-SA-4.0",
        "label\tfeature*\tweight",
    ]
    (tables / "phrase_weights.tsv").write_text(
        "\n".join([*head, *rows]) + "\n", encoding="utf-8", newline="\n"
    )


if __name__ == "__main__":
    typer.run(main)
