"""Fit and check the confidence of mentions on what a recogniser finds in gold articles."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from spacy.language import Language

from pipeline.extract.confidence import confidence_features, count_repeated
from pipeline.extract.gaps import read_title
from pipeline.records import LABELS, Label, Mention
from pipeline.training.gold import GoldArticle
from pipeline.training.links import Example, fit_logistic
from pipeline.weights import Logistic


def fit_confidence(nlp: Language, articles: Sequence[GoldArticle]) -> Logistic:
    """Return the model that tells how sure a mention is; `articles` must not have taught the recogniser."""
    return fit_logistic(confidence_examples(nlp, articles), l2=3.0)


def confidence_examples(nlp: Language, articles: Iterable[GoldArticle]) -> Iterator[Example]:
    """Yield the features of each mention that the recogniser finds, and whether gold has it so."""
    for article in articles:
        found = found_mentions(nlp, article)
        wanted = {(mention.start, mention.end, mention.label) for mention in article.mentions}
        repeated = count_repeated(found)
        for place, mention in enumerate(found):
            features = confidence_features(article.text, found, place, repeated)
            yield features, (mention.start, mention.end, mention.label) in wanted


def found_mentions(nlp: Language, article: GoldArticle) -> list[Mention]:
    """Return what the recogniser finds in the text of a gold article."""
    labels: dict[str, Label] = {label: label for label in LABELS}
    return [
        Mention(
            article.article_id,
            span.start_char,
            span.end_char,
            span.text,
            labels[span.label_],
            title=read_title(article.text[: span.start_char]) if span.label_ == "person" else "",
        )
        for span in nlp(article.text).ents
        if span.label_ in labels and span.text.strip()
    ]


def calibration_error(scores: Sequence[float], answers: Sequence[bool], *, bins: int = 10) -> float:
    """Return the expected calibration error: the mean gap of confidence and accuracy, by bins of confidence.

    >>> calibration_error([0.9, 0.9], [True, False])
    0.4
    """
    confidence, right = np.asarray(scores, dtype=np.float64), np.asarray(answers, dtype=np.float64)
    place = np.minimum((confidence * bins).astype(np.int64), bins - 1)
    gaps = [
        float(np.mean(place == number))
        * abs(float(np.mean(confidence[place == number]) - np.mean(right[place == number])))
        for number in range(bins)
        if np.any(place == number)
    ]
    return round(sum(gaps), 6)
