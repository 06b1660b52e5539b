"""The dataset without private people: no row tells of them, and their names are masked in every text."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pandas as pd

from pipeline.export.dataset import Dataset

_MASK = "█"
Spans = Mapping[str, list[tuple[int, int]]]


def public_only(dataset: Dataset) -> Dataset:
    """Return the dataset without the people whose `is_public` is false.

    Their rows go from every table; in articles and sentences their names become `█`, one for one, so
    that offsets hold.
    """
    private = set(dataset.actors.loc[~dataset.actors["is_public"], "actor_id"])
    mentions, held = dataset.mentions, dataset.affiliations
    hidden = mentions[mentions["entity_id"].isin(private)]
    spans = _spans_by_article(zip(hidden["article_id"], hidden["start"], hidden["end"], strict=True))
    kept = held[~held["actor_id"].isin(private)]
    evidence = dataset.evidence[dataset.evidence["affiliation_id"].isin(kept["affiliation_id"])]
    redirects = dataset.redirects
    frames = {
        "actors": dataset.actors[dataset.actors["is_public"]],
        "mentions": mentions.drop(hidden.index),
        "affiliations": kept,
        "evidence": evidence.assign(sentence=_mask_sentences(evidence, spans)),
        "articles": dataset.articles.assign(text=_mask_texts(dataset.articles, spans)),
        "ids": dataset.ids[~dataset.ids["actor_id"].isin(private)],
        "redirects": redirects[~(redirects["new_id"].isin(private) | redirects["old_id"].isin(private))],
    }
    public = Dataset(dataset.folder)
    for name, frame in frames.items():
        setattr(public, name, frame.reset_index(drop=True))
    return public


def _spans_by_article(rows: Iterable[tuple[str, int, int]]) -> Spans:
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for article_id, start, end in rows:
        spans[article_id].append((int(start), int(end)))
    return spans


def _mask_texts(articles: pd.DataFrame, spans: Spans) -> list[str]:
    pairs = zip(articles["article_id"], articles["text"], strict=True)
    return [_mask(text, 0, spans.get(article_id, [])) for article_id, text in pairs]


def _mask_sentences(evidence: pd.DataFrame, spans: Spans) -> list[str]:
    rows = zip(evidence["article_id"], evidence["start"], evidence["sentence"], strict=True)
    return [_mask(sentence, int(start), spans.get(article_id, [])) for article_id, start, sentence in rows]


def _mask(text: str, offset: int, spans: Iterable[tuple[int, int]]) -> str:
    """Mask the spans, given in code points of the article, in a part of it that starts at `offset`."""
    letters = list(text)
    for start, end in spans:
        for place in range(max(start - offset, 0), min(end - offset, len(letters))):
            letters[place] = _MASK
    return "".join(letters)
