"""Write annotated articles in the gold's format, so that `load_article` reads the same marks back."""

import unicodedata
from collections.abc import Iterable
from html import escape
from pathlib import Path

from pipeline.files import write_text
from pipeline.training.gold import GoldArticle, GoldMention, format_affiliation

_BAR = "---"


def write_gold(articles: Iterable[GoldArticle], folder: Path) -> list[Path]:
    """Write `SPLIT/ID.txt` for each article, and a vocabulary `tags.tsv` where the folder has none."""
    written, genres, hard = [], set[str](), set[str]()
    for article in articles:
        path = folder / article.split / f"{article.article_id}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, format_article(article))
        written.append(path)
        genres.add(article.genre)
        hard.update(article.hard)
    if not (folder / "tags.tsv").exists():
        write_text(folder / "tags.tsv", _vocabulary(genres, hard))
    return written


def format_article(article: GoldArticle) -> str:
    """Return an article as a gold file: header, marked text, affiliations."""
    return "\n".join(
        [*_header(article), _BAR, _marked(article), _BAR, *map(format_affiliation, article.affiliations), ""]
    )


def _header(article: GoldArticle) -> list[str]:
    values = {
        "id": article.article_id,
        "title": " ".join((article.title or "").split()),
        "published": article.published.isoformat(),
        "municipality": article.municipality,
        "genre": article.genre,
        "hard": ", ".join(article.hard),
        "writer": article.writer,
    }
    return [f"{key}: {unicodedata.normalize('NFC', value)}" for key, value in values.items() if value]


def _marked(article: GoldArticle) -> str:
    parts, last = [], 0
    for mention in article.mentions:
        parts += [_escape(article.text[last : mention.start]), _mark(mention)]
        last = mention.end
    body = "".join([*parts, _escape(article.text[last:])])
    inner = body.strip("\n")
    before = len(body) - len(body.lstrip("\n"))
    after = len(body) - len(inner) - before
    # The reader drops empty lines at the ends, and takes a line of three hyphens for the end of the text.
    lines = (f"&#45;{line[1:]}" if line == _BAR else line for line in inner.split("\n"))
    return "&#10;" * before + "\n".join(lines) + "&#10;" * after


def _mark(mention: GoldMention) -> str:
    attributes = {"id": mention.actor, "gender": mention.gender, "title": mention.title}
    if mention.lemma != " ".join(mention.text.split()):
        attributes["lemma"] = escape(mention.lemma)
    told = "".join(f' {key}="{value}"' for key, value in attributes.items() if value)
    return f"<{mention.label}{told}>{_escape(mention.text)}</{mention.label}>"


def _escape(text: str) -> str:
    """Return text without marks; what is not in NFC, and a carriage return, as numbers."""
    escaped = escape(text, quote=False)
    if "\r" not in escaped and unicodedata.is_normalized("NFC", escaped):
        return escaped
    return "".join(
        f"&#{ord(letter)};"
        if letter == "\r" or unicodedata.combining(letter) or not unicodedata.is_normalized("NFC", letter)
        else letter
        for letter in escaped
    )


def _vocabulary(genres: Iterable[str], hard: Iterable[str]) -> str:
    rows = sorted(
        [f"genre\t{tag}\tas imported" for tag in genres] + [f"hard\t{tag}\tas imported" for tag in hard]
    )
    head = ["# source: the articles of this folder", "# licence: that of the articles", "kind\ttag*\tmeaning"]
    return "\n".join([*head, *rows]) + "\n"
