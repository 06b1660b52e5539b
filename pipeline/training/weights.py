"""Fit the small models beside the recogniser on gold: links, statuses, inherited bodies and places."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import spacy
from spacy.language import Language

from pipeline.extract import sentences as _sentences  # noqa: F401  registers civic_sentences
from pipeline.extract.linker import Spans, find_links
from pipeline.extract.status import status_features
from pipeline.normalise.article import make_article, place_of
from pipeline.normalise.inherit import Article, Offer, offer_bodies, offer_places
from pipeline.normalise.teryt import infer_municipality
from pipeline.records import STATUSES, Link, Municipality, Name
from pipeline.training.gold import GoldAffiliation, GoldArticle
from pipeline.training.links import Example, fit_logistic, gold_mentions, link_examples
from pipeline.weights import Logistic


def fit_weights(articles: Sequence[GoldArticle]) -> dict[str, Logistic]:
    """Return every named model, fitted on the articles."""
    link = fit_logistic(
        [example for article in articles for example in link_examples(article, article_sentences(article))]
    )
    models = {"link": link}
    stated = [(article, list(true_links(article, link))) for article in articles]
    for status in STATUSES:
        if status != "current":
            models[f"status_{status}"] = fit_logistic(_status_examples(stated, status), l2=2.0)
    for part in ("institution", "place"):
        models[f"inherit_{part}"] = fit_logistic(_inherit_examples(stated, part), l2=1.0)
    return models


@lru_cache(maxsize=1)
def _splitter() -> Language:
    nlp = spacy.blank("pl")
    nlp.add_pipe("civic_sentences")
    return nlp


def article_sentences(article: GoldArticle) -> Spans:
    """Return the sentence bounds of a gold article."""
    return [(sent.start_char, sent.end_char) for sent in _splitter()(article.text).sents]


def true_links(article: GoldArticle, model: Logistic) -> Iterator[tuple[Link, GoldAffiliation]]:
    """Yield the links found on gold mentions that gold has, each with the line of gold that says so."""
    mentions = gold_mentions(article)
    gold = sorted(article.mentions, key=lambda mention: mention.start)
    for link in find_links(article.text, mentions, article_sentences(article), model):
        actor = gold[link.person].actor
        role = None if link.role is None else gold[link.role].lemma
        body = None if link.institution is None else gold[link.institution].lemma
        for line in article.affiliations:
            if line.actor == actor and line.role == role and (body in (None, line.institution)):
                yield link, line
                break


def gold_names(article: GoldArticle) -> list[Name]:
    """Return a gold article's nominatives as the records that `normalise` makes."""
    ordered = sorted(article.mentions, key=lambda mention: mention.start)
    return [Name(mention.text, mention.lemma, mention.label) for mention in ordered]


def gold_view(article: GoldArticle) -> Article:
    """Return a gold article as inheritance sees it, its municipality inferred as in a run."""
    names = gold_names(article)
    teryt, confidence = infer_municipality(
        title=article.title,
        url=None,
        institutions=[name.nominative for name in names if name.label == "institution"],
        locations=[name.nominative for name in names if name.label == "location"],
    )
    return make_article(article.text, gold_mentions(article), names, Municipality(teryt, confidence))


def _status_examples(
    stated: Sequence[tuple[GoldArticle, list[tuple[Link, GoldAffiliation]]]], status: str
) -> Iterator[Example]:
    for article, links in stated:
        mentions = gold_mentions(article)
        for link, line in links:
            yield status_features(article.text, mentions, link), line.status == status


def _inherit_examples(
    stated: Sequence[tuple[GoldArticle, list[tuple[Link, GoldAffiliation]]]], part: str
) -> Iterator[Example]:
    for article, pairs in stated:
        view = gold_view(article)
        links = [link for link, _ in pairs]
        for link, line in pairs:
            wanted = line.institution if part == "institution" else line.place
            for offer in _offers(view, link, links, part):
                yield offer.features, offer.nominative == wanted


def _offers(view: Article, link: Link, links: Sequence[Link], part: str) -> Iterator[Offer]:
    if part == "institution":
        yield from offer_bodies(view, link, links)
    elif place_of(view.mentions, view.names, link) is None:
        yield from offer_places(view, link)
