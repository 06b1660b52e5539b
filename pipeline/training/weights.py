"""Fit the small models beside the recogniser on gold: links, statuses, inherited bodies and places."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import spacy
from spacy.language import Language

from pipeline.extract import sentences as _sentences  # noqa: F401  registers civic_sentences
from pipeline.extract.linker import Spans, find_links
from pipeline.extract.status import make_status_scene, status_alternatives, status_features
from pipeline.extract.timing import date_links, find_timings
from pipeline.normalise.article import make_article, place_of
from pipeline.normalise.memberships import find_unlinked, make_roster, no_body_features, offer_memberships
from pipeline.normalise.municipality import infer_municipality
from pipeline.normalise.offers import decline_features, offer_bodies, offer_places
from pipeline.normalise.scenes import Article, Scene, make_scene, stated_place
from pipeline.records import STATUSES, Link, Municipality, Name, Status
from pipeline.tables import data_folder
from pipeline.training.accounts import fold_case
from pipeline.training.dated_sentences import DatedSentence, load_sentences
from pipeline.training.gold import GoldAffiliation, GoldArticle, load_gold
from pipeline.training.links import Choice, fit_choice, fit_logistic, gold_mentions, link_examples
from pipeline.weights import FILE_NAME, Logistic, save_weights


def fit_weights(
    articles: Sequence[GoldArticle], sentences: Sequence[DatedSentence] = ()
) -> dict[str, Logistic]:
    """Return every named model, fitted on the articles.

    Args:
        articles: Gold.
        sentences: Rows of the bench of dates that teach time and status beside the articles.
    """
    link = fit_logistic(
        [example for article in articles for example in link_examples(article, article_sentences(article))]
    )
    models = {"link": link}
    stated = [(article, list(true_links(article, link))) for article in articles]
    models["timing"] = fit_choice([*_timing_examples(stated), *sentence_timings(sentences)], l2=2.0)
    statuses = _status_examples(stated, models["timing"])
    models["status"] = fit_choice([*statuses, *sentence_statuses(sentences, models["timing"])], l2=0.5)
    for part in ("institution", "place"):
        models[f"inherit_{part}"] = fit_choice(_inherit_examples(stated, part))
    models["membership"] = fit_choice(_membership_examples(stated), l2=1.0)
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
    municipality = Municipality(teryt, confidence)
    return make_article(article.text, gold_mentions(article), names, municipality, title=article.title)


def _timing_examples(
    stated: Sequence[tuple[GoldArticle, list[tuple[Link, GoldAffiliation]]]],
) -> Iterator[Choice]:
    for article, pairs in stated:
        yield from _period_choices(_dated(article, pairs))


def sentence_timings(sentences: Sequence[DatedSentence]) -> Iterator[Choice]:
    """Yield which office each date of the bench belongs to."""
    for sentence in sentences:
        yield from _period_choices(sentence)


def _dated(article: GoldArticle, pairs: Sequence[tuple[Link, GoldAffiliation]]) -> DatedSentence:
    """Return an article's links with gold's times and statuses."""
    links = tuple(
        replace(link, status=status_of(line), since=line.since, until=line.until) for link, line in pairs
    )
    return DatedSentence(article.text, article.published, gold_mentions(article), links)


def _period_choices(told: DatedSentence) -> Iterator[Choice]:
    for timing in find_timings(told.text, told.mentions, told.bare_links(), published=told.published):
        period = timing.period
        right = [
            number
            for number, link in enumerate(timing.links)
            if (period.since and told.links[link].since == period.since)
            or (period.until and told.links[link].until == period.until)
        ]
        yield list(timing.features), right[0] if right else len(timing.links)


def _status_examples(
    stated: Sequence[tuple[GoldArticle, list[tuple[Link, GoldAffiliation]]]], timing: Logistic
) -> Iterator[Choice]:
    for article, pairs in stated:
        yield from _status_choices(_dated(article, pairs), timing)


def sentence_statuses(sentences: Sequence[DatedSentence], timing: Logistic) -> Iterator[Choice]:
    """Yield the status of each office of the bench."""
    for sentence in sentences:
        yield from _status_choices(sentence, timing)


def _status_choices(told: DatedSentence, timing: Logistic) -> Iterator[Choice]:
    links = told.bare_links()
    scene = make_status_scene(told.text, told.mentions, told.published)
    dated = date_links(told.text, told.mentions, links, timing, published=told.published)
    for link, wanted in zip(dated, told.links, strict=True):
        alternatives = status_alternatives(status_features(scene, link))
        yield alternatives, STATUSES.index(wanted.status)


def status_of(line: GoldAffiliation) -> Status:
    """Return the status of a line of gold as the pipeline's own."""
    return next(status for status in STATUSES if status == line.status)


def _inherit_examples(
    stated: Sequence[tuple[GoldArticle, list[tuple[Link, GoldAffiliation]]]], part: str
) -> Iterator[Choice]:
    for article, pairs in stated:
        view = gold_view(article)
        near = near_of(view)
        lines = [line for _, line in pairs]
        links = [link for link, _ in pairs]
        if part == "place":
            links = [_with_body(view, *pair) for pair in pairs]
        places = [
            stated_place(view, link, place_of(view.mentions, view.names, link, near=near)) for link in links
        ]
        scene = make_scene(view, links, places)
        for link, line, place in zip(links, lines, places, strict=True):
            if part == "institution" or place is None:
                yield _choice(scene, link, line.institution if part == "institution" else line.place, part)


def _membership_examples(
    stated: Sequence[tuple[GoldArticle, list[tuple[Link, GoldAffiliation]]]],
) -> Iterator[Choice]:
    """Yield the bodies of each article to each person without a link; the right one is any that gold has."""
    for article, pairs in stated:
        view = gold_view(article)
        links = [_with_body(view, *pair) for pair in pairs]
        scene = make_scene(view, links, [None for _ in links])
        roster = make_roster(scene)
        gold = sorted(article.mentions, key=lambda mention: mention.start)
        for link in find_unlinked(roster, least=1):
            held = [line for line in article.affiliations if line.actor == gold[link.person].actor]
            bodies = {fold_case(line.institution) for line in held if line.institution}
            offers = offer_memberships(roster, link)
            names = [fold_case(offer.nominative) for offer in offers]
            right = next((number for number, name in enumerate(names) if name in bodies), len(offers))
            yield [*(offer.features for offer in offers), no_body_features(roster, link)], right


def near_of(article: Article) -> tuple[str, ...]:
    """Return the code of what an article is about, for its places."""
    return (article.municipality.teryt,) if article.municipality.teryt else ()


def _with_body(view: Article, link: Link, line: GoldAffiliation) -> Link:
    """Return a link with the body that gold says, marked as inherited."""
    if link.institution is not None or line.institution is None:
        return link
    index = next(at for at, name in enumerate(view.names) if name.nominative == line.institution)
    return replace(link, institution=index, inferred=("institution",))


def _choice(scene: Scene, link: Link, wanted: str | None, part: str) -> Choice:
    offers = offer_bodies(scene, link) if part == "institution" else offer_places(scene, link)
    names = [fold_case(offer.nominative) for offer in offers]
    right = names.index(fold_case(wanted)) if wanted and fold_case(wanted) in names else len(offers)
    return [*(offer.features for offer in offers), decline_features(scene, link, part)], right


def refit_weights(root: Path) -> Path:
    """Fit the small models on the train part of the gold under `root` and write them beside the recogniser."""
    path = root / "model" / FILE_NAME
    sentences = load_sentences(root / "bench" / "dates.tsv", "fit")
    save_weights(fit_weights(load_gold(root / "gold", "train"), sentences), path)
    return path


if __name__ == "__main__":
    refit_weights(data_folder())
