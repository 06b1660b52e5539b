"""Articles in any number, to measure speed and memory: paragraphs of the gold's train part, mixed, others named.

Each article takes as many paragraphs as one of the gold has, each from an article drawn anew, and everybody
in it gets other names in the same case. The same seed gives the same bytes, and the first n articles of a
longer list are those of a shorter one.

    python -m pipeline.training.recombine 10000 build/articles-10k.jsonl
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import typer

from pipeline.tables import data_folder
from pipeline.training.gold import GoldArticle, load_gold
from pipeline.training.rename import NamedForm, draw_names, find_names, put_names

SEED = 20261123
_BREAK = "\n\n"


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
    people = find_names(article)
    found: list[Paragraph] = []
    start = 0
    for text in article.text.split(_BREAK):
        end = start + len(text)
        names = tuple(
            replace(one, start=one.start - start, end=one.end - start)
            for one in people
            if start <= one.start and one.end <= end
        )
        if any(letter.isalpha() for letter in text):
            found.append(Paragraph(text, names))
        start = end + len(_BREAK)
    return found


def rename_people(paragraph: Paragraph, draw: random.Random) -> str:
    """Return a paragraph in which everybody has other names, one for one, in the case of the old ones."""
    return put_names(paragraph.text, paragraph.names, draw_names(paragraph.names, draw))


def main(number: int, out: Path, seed: int = SEED) -> None:
    """Write so many articles as JSON lines."""
    rows = recombine(load_gold(data_folder() / "gold", "train"), number, seed=seed)
    with out.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


if __name__ == "__main__":
    typer.run(main)
