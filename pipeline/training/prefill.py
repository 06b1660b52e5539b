"""What a dataset says of each article, as gold to be corrected: marks, and who holds what."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from pipeline.export.content import Content
from pipeline.export.links import group
from pipeline.export.rows import Row
from pipeline.records import LABELS
from pipeline.resolve.keys import fold
from pipeline.training.gold import GoldAffiliation, GoldArticle, GoldMention

GENRE = "press"
WRITER = "model"
# Gold needs a day to count time from; this one says that none is known, and the reader of tasks refuses it.
UNDATED = date(1, 1, 1)


def prefill_gold(content: Content) -> Iterator[GoldArticle]:
    """Yield each article that was read as gold, in order of ids."""
    mentions = group(content["mentions"], "article_id")
    evidence = group(content["evidence"], "article_id")
    actors = content.index("actors", "actor_id")
    held = content.index("affiliations", "affiliation_id")
    for row in content["articles"]:
        if row["status"] != "ok":
            continue
        article_id = row["article_id"]
        marks = sorted(mentions.get(article_id, []), key=lambda mark: mark["start"])
        people = _name_people(marks, actors)
        said = [(line, held[line["affiliation_id"]]["actor_id"]) for line in evidence.get(article_id, [])]
        yield GoldArticle(
            article_id=article_id,
            path=Path(f"{article_id}.txt"),
            split="train",
            text=row["text"],
            published=row["published"] or UNDATED,
            genre=GENRE,
            writer=WRITER,
            title=row["title"],
            municipality=row["municipality_teryt"],
            hard=(),
            mentions=tuple(_mentions(marks, people, actors)),
            affiliations=tuple(_affiliations(said, people, marks)),
        )


def _name_people(marks: Iterable[Row], actors: dict[str, Row]) -> dict[str, str]:
    """Return a short id, unique in the article, for each person that it names: `dudek`, `dudek2`."""
    names: dict[str, str] = {}
    for mark in marks:
        entity = mark["entity_id"] or mark["mention_id"]
        if mark["label"] != "person" or entity in names:
            continue
        row = actors.get(entity)
        surname = (row and row["surname"]) or mark["lemma"].split()[-1]
        stem = re.sub(r"[^a-z0-9]+", "-", fold(surname)).strip("-")[:30] or "person"
        taken = set(names.values())
        numbers = (f"{stem}{number}" for number in range(2, len(taken) + 3))
        names[entity] = stem if stem not in taken else next(one for one in numbers if one not in taken)
    return names


def _mentions(marks: Sequence[Row], people: dict[str, str], actors: dict[str, Row]) -> Iterator[GoldMention]:
    seen: set[str] = set()
    for mark in marks:
        entity = mark["entity_id"] or mark["mention_id"]
        actor = people.get(entity) if mark["label"] == "person" else None
        row = actors.get(entity)
        gender = None
        if actor is not None and actor not in seen:
            seen.add(actor)
            gender = (row and row["gender"]) or "?"
        yield GoldMention(
            start=mark["start"],
            end=mark["end"],
            text=mark["text"],
            label=next(label for label in LABELS if label == mark["label"]),
            lemma=_plain(mark["lemma"]),
            actor=actor,
            gender=gender,
        )


def _affiliations(
    said: Iterable[tuple[Row, str]], people: dict[str, str], marks: Sequence[Row]
) -> Iterator[GoldAffiliation]:
    """Yield each statement once whose parts the article's own marks bear; the rest is left to a person."""
    lemmas = {label: {_plain(mark["lemma"]) for mark in marks if mark["label"] == label} for label in LABELS}
    roles = {mark["text"]: _plain(mark["lemma"]) for mark in marks if mark["label"] == "role"}
    seen: set[GoldAffiliation] = set()
    for line, actor_id in said:
        institution = _plain(line["institution_lemma"] or "")
        held = GoldAffiliation(
            actor=people.get(actor_id, ""),
            role=roles.get(line["role_text"]),
            institution=institution if institution in lemmas["institution"] else None,
            place=_plain(line["place_lemma"] or "") or None,
            status=line["status"],
            since=line["since"],
            until=line["until"],
            inferred=("place",) if line["inferred"] and line["place_lemma"] else (),
        )
        if held.actor and (held.role or held.institution) and held not in seen:
            seen.add(held)
            yield held


def _plain(lemma: str) -> str:
    """Return a lemma without what separates the fields of a gold line."""
    return " ".join(lemma.replace("|", "/").split())


def tell_undated(articles: Iterable[GoldArticle]) -> tuple[str, ...]:
    """Say how many articles lack a day of publication, which gold needs."""
    number = sum(article.published == UNDATED for article in articles)
    return (f"{number:,} articles have no day of publication; gold needs one",) if number else ()
