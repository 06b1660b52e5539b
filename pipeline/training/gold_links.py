"""The linker alone: it works on gold's own mentions and nominatives, so only who holds what is measured."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from spacy.language import Language

from pipeline.extract.affiliations import find_affiliations
from pipeline.extract.gaps import read_title
from pipeline.extract.nlp import load_nlp
from pipeline.extract.sentences import mark_sentences
from pipeline.normalise import normalise_extraction
from pipeline.records import Document, Extraction, Mention, Reading
from pipeline.training.corpora import LabelledText, Span
from pipeline.training.docbin import make_doc
from pipeline.training.gold import GoldArticle
from pipeline.weights import load_weights


def make_document(article: GoldArticle) -> Document:
    """Return a gold article as the pipeline gets it: without its municipality, which is to be inferred."""
    return Document(
        article_id=article.article_id,
        source=article.path.name,
        text=article.text,
        title=article.title,
        published=article.published,
    )


def read_gold_links(articles: Sequence[GoldArticle], model: str | Path | None) -> list[Reading]:
    """Return what the linker makes of each article's own mentions, with gold's nominatives."""
    nlp, models = load_nlp(model), load_weights()
    readings = []
    for article in articles:
        mentions = titled_mentions(article)
        sentences = gold_sentences(nlp, article)
        links = find_affiliations(article.text, mentions, sentences, models, published=article.published)
        reading = normalise_extraction(Extraction(make_document(article), mentions, tuple(links)))
        readings.append(name_as_gold(reading, article))
    return readings


def titled_mentions(article: GoldArticle) -> tuple[Mention, ...]:
    """Return gold's mentions in reading order, people with the titles before their names."""
    mentions = sorted(article.mentions, key=lambda mention: mention.start)
    titles = [
        read_title(article.text[: mention.start]) if mention.label == "person" else "" for mention in mentions
    ]
    return tuple(
        Mention(article.article_id, mention.start, mention.end, mention.text, mention.label, title=title)
        for mention, title in zip(mentions, titles, strict=True)
    )


def gold_sentences(nlp: Language, article: GoldArticle) -> list[tuple[int, int]]:
    """Return `[start, end)` of the article's sentences; none ends inside a mention."""
    spans = sorted(Span(mention.start, mention.end, mention.label) for mention in article.mentions)
    doc = mark_sentences(make_doc(nlp, LabelledText(article.text, tuple(spans), "gold")))
    return [(sentence.start_char, sentence.end_char) for sentence in doc.sents]


def name_as_gold(reading: Reading, article: GoldArticle) -> Reading:
    """Return a reading of gold's own mentions with gold's nominatives in place of the system's."""
    gold = sorted(article.mentions, key=lambda mention: mention.start)
    names = tuple(
        replace(name, nominative=mention.lemma) for name, mention in zip(reading.names, gold, strict=True)
    )
    places = tuple(
        place if link.place is None else names[link.place].nominative
        for link, place in zip(reading.links, reading.places, strict=True)
    )
    return replace(reading, names=names, places=places)
