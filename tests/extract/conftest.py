"""Marked sentences: gold's mark-up in a test, read as an article whose lines are the expected answer."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.extract.affiliations import find_affiliations
from pipeline.records import Link
from pipeline.training.gold import GoldArticle, load_article
from pipeline.training.links import gold_mentions
from pipeline.training.weights import article_sentences
from pipeline.weights import load_weights

Marked = Callable[..., GoldArticle]


@dataclass(frozen=True)
class Said:
    """What the shipped weights make of a marked text: links, and each as (actor, role, institution)."""

    links: tuple[Link, ...]
    claims: set[tuple[str | None, str | None, str | None]]
    wanted: set[tuple[str | None, str | None, str | None]]


@pytest.fixture
def marked(tmp_path: Path) -> Marked:
    def read(body: str, lines: str = "", *, published: str = "2024-05-17") -> GoldArticle:
        header = f"id: marked\npublished: {published}\ngenre: session\nwriter: t"
        path = tmp_path / "marked.txt"
        path.write_text(f"{header}\n---\n{body}\n---\n{lines}\n", encoding="utf-8")
        return load_article(path)

    return read


@pytest.fixture
def said(marked: Marked) -> Callable[..., Said]:
    def read(body: str, lines: str = "", *, published: str = "2024-05-17") -> Said:
        article = marked(body, lines, published=published)
        links = find_affiliations(
            article.text,
            gold_mentions(article),
            article_sentences(article),
            load_weights(),
            published=article.published,
        )
        gold = sorted(article.mentions, key=lambda mention: mention.start)

        def lemma(part: int | None) -> str | None:
            return None if part is None else gold[part].lemma

        claims = {(gold[link.person].actor, lemma(link.role), lemma(link.institution)) for link in links}
        wanted = {(line.actor, line.role, line.institution) for line in article.affiliations}
        return Said(links, claims, wanted)

    return read
