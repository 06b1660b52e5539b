"""What careless pages and unusual names cost: the gold's test part changed, and its people by group."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from pipeline.morphology import analyse
from pipeline.records import LABELS
from pipeline.tables import load_table
from pipeline.training.augment import in_capitals, with_typos, without_diacritics
from pipeline.training.corpora import LabelledText, Span
from pipeline.training.differences import Difference, measure_difference
from pipeline.training.gold import GoldArticle
from pipeline.training.recognise import Found
from pipeline.training.scores import SEED, Tally

Change = Callable[[str, random.Random], str]
Tallies = Sequence[Mapping[str, Tally]]

_LETTERS = frozenset("aąbcćdeęfghijklłmnńoóprsśtuwyzźż")


def without_line_breaks(text: str, rng: random.Random) -> str:
    """Return the text with a space for every line break."""
    return text.replace("\n", " ")


CHANGES: dict[str, Change] = {
    "capitals": in_capitals,
    "diacritics": without_diacritics,
    "typos": with_typos,
    "line_breaks": without_line_breaks,
}
BIASES: tuple[tuple[str, str, str], ...] = (
    ("gender", "men", "women"),
    ("surname", "common", "rare"),
    ("origin", "Polish", "foreign"),
    ("parts", "single", "double"),
)


def change_texts(texts: Sequence[LabelledText], change: str, *, seed: int = SEED) -> list[LabelledText]:
    """Return the texts changed in one way of `CHANGES`; spans keep their places.

    Raises:
        ValueError: The change moved characters.
    """
    changed = [
        replace(labelled, text=CHANGES[change](labelled.text, random.Random(seed + place)))
        for place, labelled in enumerate(texts)
    ]
    for old, new in zip(texts, changed, strict=True):
        if len(old.text) != len(new.text):
            raise ValueError(f"{change} moves characters, so the spans are lost")
    return changed


def measure_losses(changed: Tallies, plain: Tallies) -> dict[str, Difference]:
    """Return the points of strict F won (negative: lost) by the change, for each label and all together."""
    losses = {
        label: measure_difference(
            [tallies[f"strict.{label}"] for tallies in changed],
            [tallies[f"strict.{label}"] for tallies in plain],
        )
        for label in (*LABELS, "all")
    }
    return {label: loss for label, loss in losses.items() if loss is not None}


def measure_bias(articles: Sequence[GoldArticle], found: Sequence[Found]) -> dict[str, Difference]:
    """Return how much better people of the usual group are found than those of the other, by recall.

    Args:
        articles: Of the gold.
        found: Spans found in each of them.
    """
    counted = [tally_groups(article, spans) for article, spans in zip(articles, found, strict=True)]
    nobody = Tally(0, 0, 0, 0)
    gaps = {
        kind: measure_difference(
            [tallies.get(usual, nobody) for tallies in counted],
            [tallies.get(other, nobody) for tallies in counted],
            recall=True,
        )
        for kind, usual, other in BIASES
    }
    return {kind: gap for kind, gap in gaps.items() if gap is not None}


def tally_groups(article: GoldArticle, found: Found) -> dict[str, Tally]:
    """Count by group how many mentions of people of one article were found with the same bounds."""
    names = article.actors()
    genders = {mention.actor: mention.gender for mention in reversed(article.mentions) if mention.gender}
    given = set(found)
    tallies: dict[str, Tally] = {}
    for mention in article.mentions:
        if mention.label == "person" and mention.actor:
            right = Span(mention.start, mention.end, "person") in given
            for group in find_groups(names[mention.actor], genders.get(mention.actor)):
                old = tallies.get(group, Tally(0, 0, 0, 0))
                total = old.right_wanted + right
                tallies[group] = Tally(total, old.given, total, old.wanted + 1)
    return tallies


def find_groups(name: str, gender: str | None) -> Iterator[str]:
    """Yield the groups of `BIASES` that a person is in.

    A surname is common when NKJP1M names it, and foreign when Morfeusz does not know it as a name or the
    whole name has a letter that Polish words lack. Initials and single names tell only the gender.

    Args:
        name: The fullest nominative in the article.
        gender: f, m, `?` or None.

    Source: data/tables/surnames.tsv, Morfeusz.
    """
    if gender in ("f", "m"):
        yield "women" if gender == "f" else "men"
    words = name.split()
    surname = words[-1]
    if len(words) < 2 or surname.endswith("."):
        return
    parts = surname.split("-")
    yield "double" if len(parts) > 1 else "single"
    yield "common" if all(map(_is_common, parts)) else "rare"
    letters = {letter for letter in name.lower() if letter.isalpha()}
    yield "foreign" if letters - _LETTERS or not all(map(_is_known, parts)) else "Polish"


def _is_common(surname: str) -> bool:
    """Say whether the table names the surname, in a man's form or a woman's."""
    from pipeline.resolve.keys import surname_key

    return surname_key(surname) in _surnames()


def _is_known(surname: str) -> bool:
    return any(reading.is_name("imię", "nazwisko") for reading in analyse(surname))


@cache
def _surnames() -> frozenset[str]:
    from pipeline.resolve.keys import surname_key

    return frozenset(surname_key(row["surname"]) for row in load_table("surnames"))
