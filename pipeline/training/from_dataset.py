"""A finished dataset as readings of gold articles, so that it can be measured like a model."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipeline.errors import CivicActorsError
from pipeline.export.dataset import Dataset
from pipeline.records import (
    LABELS,
    STATUSES,
    Document,
    Label,
    Link,
    Mention,
    Municipality,
    Name,
    Reading,
    Status,
)
from pipeline.training.gold import GoldArticle

Row = Mapping[str, Any]
Actors = list[tuple[str, str] | None]

_LABELS: dict[str, Label] = {label: label for label in LABELS}
_STATUSES: dict[str, Status] = {status: status for status in STATUSES}


def read_dataset(dataset: Dataset, articles: Sequence[GoldArticle]) -> list[tuple[Reading, Actors]]:
    """Return what a dataset says of each gold article, found by its text, and who each mention is.

    Raises:
        CivicActorsError: The dataset lacks the text of an article.
    """
    ids = {_bare(str(row["text"])): str(row["article_id"]) for row in dataset.articles.to_dict("records")}
    missing = [article.article_id for article in articles if _bare(article.text) not in ids]
    if missing:
        raise CivicActorsError(
            f"the dataset lacks the text of {len(missing)} gold articles, {missing[0]} first; "
            "run civic-actors over the texts of that split first"
        )
    people: dict[str, Row] = {
        str(row["actor_id"]): {str(key): value for key, value in row.items()}
        for row in dataset.actors.to_dict("records")
    }
    mentions = _by_article(dataset.mentions.sort_values("start").to_dict("records"))
    holders = dataset.affiliations.set_index("affiliation_id")["actor_id"].to_dict()
    evidence = _by_article(dataset.evidence.to_dict("records"))
    read = []
    for article in articles:
        article_id = ids[_bare(article.text)]
        said = [row | {"actor_id": holders[row["affiliation_id"]]} for row in evidence.get(article_id, [])]
        read.append(_read_article(article, mentions.get(article_id, []), said, people))
    return read


def _bare(text: str) -> str:
    return " ".join(text.split())


def _by_article(rows: Iterable[dict[Any, Any]]) -> dict[str, list[dict[Any, Any]]]:
    grouped: dict[str, list[dict[Any, Any]]] = {}
    for row in rows:
        grouped.setdefault(str(row["article_id"]), []).append(row)
    return grouped


def _read_article(
    article: GoldArticle, rows: Sequence[Row], evidence: Sequence[Row], people: Mapping[str, Row]
) -> tuple[Reading, Actors]:
    mentions = tuple(
        Mention(
            article.article_id, int(row["start"]), int(row["end"]), str(row["text"]), _LABELS[row["label"]]
        )
        for row in rows
    )
    actors: Actors = [
        (str(row["entity_id"]), str(people[row["entity_id"]]["name"])) if row["entity_id"] in people else None
        for row in rows
    ]
    names = tuple(_name(row, people.get(row["entity_id"])) for row in rows)
    found = [(link, row) for row in evidence if (link := _link(mentions, rows, row)) is not None]
    reading = Reading(
        document=Document(article.article_id, str(article.path), article.text, published=article.published),
        mentions=mentions,
        names=names,
        links=tuple(link for link, _ in found),
        places=tuple(_text(row["place_lemma"]) for _, row in found),
        municipality=Municipality(None, 0.0),
    )
    return reading, actors


def _name(row: Row, person: Row | None) -> Name:
    gender = person["gender"] if person is not None and person["gender"] in ("f", "m") else None
    return Name(str(row["text"]), str(row["lemma"]), _LABELS[row["label"]], gender=gender)


def _link(mentions: Sequence[Mention], rows: Sequence[Row], row: Row) -> Link | None:
    """Find the mentions that a statement names; None when its person stands in no mention."""
    person = _nearest(mentions, rows, int(row["start"]), text=row["person_text"], entity=row["actor_id"])
    if person is None:
        return None
    at = mentions[person].start
    return Link(
        person=person,
        role=_nearest(mentions, rows, at, text=row["role_text"], label="role"),
        institution=_nearest(mentions, rows, at, lemma=row["institution_lemma"], label="institution"),
        place=None,
        start=int(row["start"]),
        end=int(row["end"]),
        status=_STATUSES[row["status"]],
        since=_text(row["since"]),
        until=_text(row["until"]),
        rule=str(row["rule"]),
    )


def _nearest(
    mentions: Sequence[Mention],
    rows: Sequence[Row],
    at: int,
    *,
    text: object = "",
    lemma: object = "",
    entity: object = "",
    label: str = "person",
) -> int | None:
    """Return the mention nearest to `at` that has the label and what is asked of it."""
    fitting = [
        index
        for index, (mention, row) in enumerate(zip(mentions, rows, strict=True))
        if mention.label == label
        and text in ("", mention.text)
        and lemma in ("", row["lemma"])
        and entity in ("", row["entity_id"])
    ]
    return min(fitting, key=lambda index: abs(mentions[index].start - at), default=None)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
