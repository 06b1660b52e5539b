"""Gold as a spaCy DocBin and back: entities for any spaCy tool, nominatives and offices in `doc.user_data`."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc, DocBin, Span

from pipeline.errors import CivicActorsError
from pipeline.records import LABELS
from pipeline.training.corpora import LabelledText
from pipeline.training.corpora import Span as LabelledSpan
from pipeline.training.docbin import make_doc
from pipeline.training.from_annotation import Annotated, complete_people, find_lemma, make_article, trim
from pipeline.training.gold import GoldAffiliation, GoldArticle, GoldMention
from pipeline.training.prefill import UNDATED

KEY = "civic_actors"
_MARK = ("start", "end", "label", "lemma", "actor", "gender", "title")
_HELD = ("actor", "role", "institution", "place", "status", "since", "until", "inferred")


def pack_gold(articles: Iterable[GoldArticle]) -> DocBin:
    """Return articles as docs: `doc.ents`, and everything else in `doc.user_data["civic_actors"]`."""
    nlp = spacy.blank("pl")
    packed = DocBin(attrs=["ENT_IOB", "ENT_TYPE"], store_user_data=True)
    for article in articles:
        spans = tuple(LabelledSpan(mark.start, mark.end, mark.label) for mark in article.mentions)
        doc = make_doc(nlp, LabelledText(article.text, spans, "gold"))
        doc.user_data[KEY] = _user_data(article)
        packed.add(doc)
    return packed


def read_docbin(path: Path, *, split: str | None = None) -> Annotated:
    """Return the articles of a DocBin, corrected or made by another spaCy tool.

    An entity that was not there when the file was written gets a nominative to start from.

    Raises:
        CivicActorsError: The file is no DocBin, or a doc cannot be gold; the message names it.
    """
    nlp = spacy.blank("pl")
    try:
        docs = list(DocBin().from_disk(path).get_docs(nlp.vocab))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CivicActorsError(f"{path} is no DocBin of spaCy: {error}") from error
    articles = [_read_doc(doc, split) for doc in docs]
    return Annotated(tuple(sorted(articles, key=lambda article: article.article_id)), 0)


def _user_data(article: GoldArticle) -> dict[str, Any]:
    return {
        "article_id": article.article_id,
        "title": article.title or "",
        "published": "" if article.published == UNDATED else article.published.isoformat(),
        "municipality": article.municipality or "",
        "genre": article.genre,
        "hard": ", ".join(article.hard),
        "writer": article.writer,
        "marks": [[getattr(mark, name) for name in _MARK] for mark in article.mentions],
        "affiliations": [[_plain(getattr(held, name)) for name in _HELD] for held in article.affiliations],
    }


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _read_doc(doc: Doc, split: str | None) -> GoldArticle:
    data: Mapping[str, Any] = doc.user_data.get(KEY) or {}
    known = _known_marks(doc, data)
    mentions = complete_people(known.get(_tokens(span)) or _new_mark(doc, span) for span in doc.ents)
    held = [dict(zip(_HELD, values, strict=True)) for values in data.get("affiliations", [])]
    return make_article(
        data,
        text=doc.text,
        mentions=mentions,
        affiliations=[
            GoldAffiliation(**(values | {"inferred": tuple(values["inferred"])})) for values in held
        ],
        split=split,
    )


def _known_marks(doc: Doc, data: Mapping[str, Any]) -> dict[tuple[int, int, str], GoldMention]:
    """Return the marks that the doc was written with, by the tokens that they cover."""
    known: dict[tuple[int, int, str], GoldMention] = {}
    for values in data.get("marks", []):
        told = dict(zip(_MARK, values, strict=True))
        span = doc.char_span(told["start"], told["end"], label=told["label"], alignment_mode="expand")
        if span is not None:
            text = doc.text[told["start"] : told["end"]]
            known.setdefault(_tokens(span), GoldMention(text=text, **told))
    return known


def _tokens(span: Span) -> tuple[int, int, str]:
    return span.start, span.end, span.label_


def _new_mark(doc: Doc, span: Span) -> GoldMention:
    label = next((label for label in LABELS if label == span.label_), None)
    start, end = trim(doc.text, span.start_char, span.end_char)
    if label is None or start >= end:
        raise CivicActorsError(
            f"cannot use the entity {span.text!r} ({span.label_}); labels are {', '.join(LABELS)}"
        )
    text = doc.text[start:end]
    return GoldMention(start=start, end=end, text=text, label=label, lemma=find_lemma(text, label))
