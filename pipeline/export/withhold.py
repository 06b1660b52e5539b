"""Take people out of a dataset's tables: their rows go, and their names in texts become `█`."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.export.name_patterns import NamePatterns
from pipeline.masks import Span, mask_spans
from pipeline.schema import TABLES

_PROTECTED = ("person", "institution", "location")


@dataclass(frozen=True, slots=True)
class _Masker:
    """What must go from one article: spans found, names wherever else they stand, and what stays."""

    spans: tuple[Span, ...]
    names: NamePatterns
    kept: tuple[Span, ...]

    def mask_text(self, text: str) -> str:
        """Return the article's text without the people."""
        stray = (span for span in self.names.find(text) if not _touches(span, self.kept))
        return mask_spans(text, [*self.spans, *stray])


def withhold_people(
    dataset: Any, actor_ids: Collection[str], *, unlinked: bool = False
) -> dict[str, pd.DataFrame]:
    """Return a dataset's tables without some people.

    Rows of theirs leave `actors`, `mentions`, `affiliations`, `evidence`, `ids` and `redirects`. In
    `articles` (text, title, url, source) and in the sentences of others, what names them becomes `█`, one
    for one. Names of bodies and places stay: a patron of a school is part of the school's name.

    Args:
        dataset: Any object with the tables as DataFrames, such as `load_dataset(out)`.
        actor_ids: The people.
        unlinked: Also take out mentions of people that no actor stands behind.
    """
    people = set(actor_ids)
    tables = {table.name: getattr(dataset, table.name) for table in TABLES}
    mentions = tables["mentions"]
    is_person = mentions["label"] == "person"
    is_gone = is_person & (mentions["entity_id"].isin(people) | (mentions["entity_id"].isna() & unlinked))
    tables |= _drop_rows(tables, people)
    tables["mentions"] = mentions[~is_gone]
    maskers = _make_maskers(mentions[is_gone], mentions[~is_gone])
    tables["articles"] = _mask_articles(tables["articles"], maskers)
    tables["mentions"] = _mask_mentions(tables["mentions"], maskers)
    tables["evidence"] = _mask_evidence(tables["evidence"], maskers)
    return {name: frame.reset_index(drop=True) for name, frame in tables.items()}


def _drop_rows(tables: Mapping[str, pd.DataFrame], people: set[str]) -> dict[str, pd.DataFrame]:
    affiliations = tables["affiliations"]
    held = affiliations[~affiliations["actor_id"].isin(people)]
    evidence, redirects, ids = tables["evidence"], tables["redirects"], tables["ids"]
    return {
        "actors": tables["actors"][~tables["actors"]["actor_id"].isin(people)],
        "affiliations": held,
        "evidence": evidence[evidence["affiliation_id"].isin(held["affiliation_id"])],
        "redirects": redirects[~(redirects["new_id"].isin(people) | redirects["old_id"].isin(people))],
        "ids": ids[~ids["actor_id"].isin(people)],
    }


def _make_maskers(gone: pd.DataFrame, kept: pd.DataFrame) -> dict[str, _Masker]:
    names: dict[str, set[str]] = defaultdict(set)
    for article, text, lemma in zip(gone["article_id"], gone["text"], gone["lemma"], strict=True):
        names[article] |= {text, lemma}
    surnames = _surnames_alone(names, kept)
    spans = _spans_by_article(gone)
    stays = _spans_by_article(kept[kept["article_id"].isin(spans) & kept["label"].isin(_PROTECTED)])
    return {
        article: _Masker(
            tuple(found), NamePatterns.of(names[article] | surnames[article]), tuple(stays.get(article, ()))
        )
        for article, found in spans.items()
    }


def _surnames_alone(names: Mapping[str, set[str]], kept: pd.DataFrame) -> dict[str, set[str]]:
    """Return surnames that also stand alone, where nobody who stays bears one like it."""
    people = kept[(kept["label"] == "person") & kept["article_id"].isin(names)]
    staying: dict[str, set[str]] = defaultdict(set)
    for article, text, lemma in zip(people["article_id"], people["text"], people["lemma"], strict=True):
        staying[article] |= {*f"{text} {lemma}".split()}
    return {
        article: {name.split()[-1] for name in found if len(name.split()) > 1} - staying[article]
        for article, found in names.items()
    }


def _spans_by_article(mentions: pd.DataFrame) -> dict[str, list[Span]]:
    spans: dict[str, list[Span]] = defaultdict(list)
    for article, start, end in zip(mentions["article_id"], mentions["start"], mentions["end"], strict=True):
        spans[article].append((int(start), int(end)))
    return spans


def _mask_articles(articles: pd.DataFrame, maskers: Mapping[str, _Masker]) -> pd.DataFrame:
    rows = articles[["article_id", "duplicate_of", "text", "title", "url", "source"]].to_dict("records")
    changed: dict[str, list[Any]] = {name: [] for name in ("text", "title", "url", "source")}
    for row in rows:
        masker = maskers.get(row["article_id"])
        # A copy has no mentions of its own: what was found in its original is looked for in its words.
        names = (masker or maskers.get(row["duplicate_of"], _NOBODY)).names
        changed["text"].append(masker.mask_text(row["text"]) if masker else names.mask(row["text"]))
        changed["title"].append(names.mask_title(row["title"]))
        changed["url"].append(names.mask_address(row["url"]))
        changed["source"].append(names.mask_address(row["source"]))
    return articles.assign(**changed)


def _mask_mentions(mentions: pd.DataFrame, maskers: Mapping[str, _Masker]) -> pd.DataFrame:
    """Mask names inside kept mentions of roles, such as `opiekun Jana Nowaka`."""
    roles = mentions["label"] == "role"
    return mentions.assign(
        **{
            column: [
                maskers[article].names.mask(cell) if is_role and article in maskers else cell
                for cell, article, is_role in zip(
                    mentions[column], mentions["article_id"], roles, strict=True
                )
            ]
            for column in ("text", "lemma")
        }
    )


def _mask_evidence(evidence: pd.DataFrame, maskers: Mapping[str, _Masker]) -> pd.DataFrame:
    columns = (evidence[name] for name in ("article_id", "sentence", "start", "end"))
    sentences = [
        _mask_sentence(sentence, maskers.get(article), (int(start), int(end)))
        for article, sentence, start, end in zip(*columns, strict=True)
    ]
    roles = {
        column: [
            maskers[article].names.mask(cell) if article in maskers else cell
            for cell, article in zip(evidence[column], evidence["article_id"], strict=True)
        ]
        for column in ("role_text", "role_lemma")
    }
    return evidence.assign(sentence=sentences, **roles)


def _mask_sentence(sentence: str, masker: _Masker | None, bounds: Span) -> str:
    if masker is None:
        return sentence
    begin, end = bounds
    inside = [(start - begin, stop - begin) for start, stop in masker.spans if begin <= start and stop <= end]
    kept = [(start - begin, stop - begin) for start, stop in masker.kept]
    stray = [span for span in masker.names.find(sentence) if not _touches(span, kept)]
    return mask_spans(sentence, [*inside, *stray])


def _touches(span: Span, others: Iterable[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


_NOBODY = _Masker((), NamePatterns.of(()), ())
