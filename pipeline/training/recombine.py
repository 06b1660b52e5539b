"""Articles in any number, to measure speed and memory: paragraphs of the gold's train part, mixed, others named.

Each article takes as many paragraphs as one of the gold has, each from an article drawn anew, and everybody
in it gets other names in the same case. The same seed gives the same bytes, and the first n articles of a
longer list are those of a shorter one.

    python -m pipeline.training.recombine 10000 build/articles-10k.jsonl
"""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import typer

from pipeline.morphology import Analysis, inflect
from pipeline.tables import data_folder, load_table
from pipeline.training.gold import GoldArticle, load_gold

SEED = 20261123
_BREAK = "\n\n"
_FIRST, _SURNAME = "imię", "nazwisko"


@dataclass(frozen=True, slots=True)
class NamedForm:
    """One name in a paragraph: its place, its words, and the same words in the nominative."""

    start: int
    end: int
    words: tuple[str, ...]
    lemmas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of one gold article with the names of people in it."""

    text: str
    names: tuple[NamedForm, ...]


def recombine(articles: Sequence[GoldArticle], number: int, *, seed: int = SEED) -> Iterator[dict[str, Any]]:
    """Yield `number` made-up articles as rows of a JSON lines file: url, title, date, text.

    Args:
        articles: Gold to take paragraphs from, at least one.
        number: Articles to make.
        seed: Of every choice; each article has a generator of its own.
    """
    sources = [(article, split_paragraphs(article)) for article in articles]
    for index in range(number):
        draw = random.Random(f"{seed}:{index}")
        like, paragraphs = draw.choice(sources)
        chosen = [draw.choice(draw.choice(sources)[1]) for _ in paragraphs]
        yield {
            "url": f"https://recombined.example/{seed}/{index}",
            "title": like.title,
            "date": like.published.isoformat(),
            "text": _BREAK.join(rename_people(paragraph, draw) for paragraph in chosen),
        }


def split_paragraphs(article: GoldArticle) -> list[Paragraph]:
    """Return an article's paragraphs; one without letters is left out."""
    people = [mention for mention in article.mentions if mention.label == "person"]
    found: list[Paragraph] = []
    start = 0
    for text in article.text.split(_BREAK):
        end = start + len(text)
        names = tuple(
            NamedForm(one.start - start, one.end - start, tuple(one.text.split()), tuple(one.lemma.split()))
            for one in people
            if start <= one.start and one.end <= end
        )
        if any(letter.isalpha() for letter in text):
            found.append(Paragraph(text, names))
        start = end + len(_BREAK)
    return found


def rename_people(paragraph: Paragraph, draw: random.Random) -> str:
    """Return a paragraph in which everybody has other names, one for one, in the case of the old ones.

    A word that Morfeusz does not know as a name in that form stays.
    """
    chosen: dict[tuple[str, str], str] = {}
    text, pieces, last = paragraph.text, [], 0
    for name in sorted(paragraph.names, key=lambda name: name.start):
        pieces += [text[last : name.start], _rename(name, chosen, draw)]
        last = name.end
    return "".join([*pieces, text[last:]])


def _rename(name: NamedForm, chosen: dict[tuple[str, str], str], draw: random.Random) -> str:
    if len(name.words) != len(name.lemmas):
        return " ".join(name.words)
    last = len(name.words) - 1
    return " ".join(
        _replace(word, lemma, _SURNAME if number == last else _FIRST, chosen, draw)
        for number, (word, lemma) in enumerate(zip(name.words, name.lemmas, strict=True))
    )


def _replace(
    word: str, lemma: str, likely: str, chosen: dict[tuple[str, str], str], draw: random.Random
) -> str:
    old = _as_name(word, lemma, likely)
    if old is None:
        return word
    kind = likely if old.is_name(likely) else _FIRST if old.is_name(_FIRST) else _SURNAME
    gender = "f" if "f" in old.genders else "m"
    new = chosen.setdefault((lemma, gender), draw.choice(_stock()[kind, gender]))
    forms = (one.form for one in inflect(new) if one.is_name(kind) and _agree(one, old))
    return next(forms, word)


def _as_name(word: str, lemma: str, likely: str) -> Analysis | None:
    """Return the reading of a form as a name: of the likely kind, and of one person rather than a family."""
    readings = [one for one in inflect(lemma) if one.form == word and one.is_name(_FIRST, _SURNAME)]
    return min(
        readings, key=lambda one: (not one.is_name(likely), "sg" not in one.numbers, one.tag), default=None
    )


def _agree(new: Analysis, old: Analysis) -> bool:
    return new.genders == old.genders and new.numbers == old.numbers and not new.cases.isdisjoint(old.cases)


@cache
def _stock() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Names to draw from, by kind and gender: those of the tables that Morfeusz inflects."""
    first = {
        gender: [
            row["name"]
            for row in load_table("given_names")
            if row["gender"] == gender and int(row["count"]) >= 1000
        ]
        for gender in ("f", "m")
    }
    surnames = [row["surname"] for row in load_table("surnames")]
    offered: dict[tuple[str, str], list[str]] = {(_FIRST, gender): names for gender, names in first.items()}
    offered[_SURNAME, "m"] = surnames
    offered[_SURNAME, "f"] = [name for name in surnames if not name.endswith(("ski", "cki"))]
    return {key: tuple(name for name in names if _inflects(name, *key)) for key, names in offered.items()}


def _inflects(name: str, kind: str, gender: str) -> bool:
    return any(
        one.form == name and one.is_name(kind) and gender in {tag[0] for tag in one.genders}
        for one in inflect(name)
    )


def main(number: int, out: Path, seed: int = SEED) -> None:
    """Write so many articles as JSON lines."""
    rows = recombine(load_gold(data_folder() / "gold", "train"), number, seed=seed)
    with out.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


if __name__ == "__main__":
    typer.run(main)
