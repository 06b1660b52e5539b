"""What annotation tools give back, made gold: header from the task, marks with their nominatives and people."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.errors import CivicActorsError
from pipeline.normalise import nominative
from pipeline.records import Label
from pipeline.training.gold import GoldAffiliation, GoldArticle, GoldMention
from pipeline.training.prefill import GENRE

WRITER = "annotator"
# One article in five chooses between the stages of a training; it teaches nothing.
_DEV_OF = 5


@dataclass(frozen=True, slots=True)
class Annotated:
    """Articles read back, and how many were still to be annotated."""

    articles: tuple[GoldArticle, ...]
    n_untouched: int


def choose_split(article_id: str) -> str:
    """Return `dev` for one article in five, `train` for the others, always the same by its id."""
    return "train" if int(hashlib.sha256(article_id.encode()).hexdigest(), 16) % _DEV_OF else "dev"


def make_article(
    data: Mapping[str, Any],
    *,
    text: str,
    mentions: Sequence[GoldMention],
    affiliations: Iterable[GoldAffiliation],
    split: str | None,
) -> GoldArticle:
    """Return an annotated article; offices whose parts are no marks any more are left out.

    Args:
        data: The task's fields: article_id, published, and if known title, municipality, genre, hard, writer.
        text: The article.
        mentions: Marks in reading order.
        affiliations: Who holds what.
        split: train, dev or test; None chooses by the id.

    Raises:
        CivicActorsError: Marks overlap, or there is no day of publication.
    """
    article_id = re.sub(r"[^A-Za-z0-9_-]+", "-", str(data.get("article_id") or "")).strip("-")
    article_id = article_id or hashlib.sha256(text.encode()).hexdigest()[:16]
    for before, after in zip(mentions, mentions[1:], strict=False):
        if after.start < before.end:
            raise CivicActorsError(
                f"article {article_id}: the marks {before.text!r} and {after.text!r} overlap; remove one of them"
            )
    chosen = split or choose_split(article_id)
    return GoldArticle(
        article_id=article_id,
        path=Path(chosen) / f"{article_id}.txt",
        split=chosen,
        text=text,
        published=_published(data, article_id),
        genre=str(data.get("genre") or GENRE),
        writer=str(data.get("writer") or WRITER),
        title=str(data.get("title") or "") or None,
        municipality=str(data.get("municipality") or "") or None,
        hard=tuple(tag.strip() for tag in str(data.get("hard") or "").split(",") if tag.strip()),
        mentions=tuple(mentions),
        affiliations=tuple(_supported(mentions, affiliations)),
    )


def complete_people(mentions: Iterable[GoldMention]) -> tuple[GoldMention, ...]:
    """Return marks in reading order; a person without an id gets one, the first mark of each a gender."""
    ordered = sorted(mentions, key=lambda mention: mention.start)
    taken = {mention.actor for mention in ordered}
    known: set[str] = set()
    done = []
    for mention in ordered:
        if mention.label == "person":
            actor = mention.actor or _free_id(mention, taken)
            taken.add(actor)
            gender = mention.gender
            if actor not in known and gender is None:
                gender = nominative(mention.text, label="person").gender or "?"
            known.add(actor)
            mention = replace(mention, actor=actor, gender=gender)
        done.append(mention)
    return tuple(done)


def find_lemma(text: str, label: Label) -> str:
    """Return a nominative to start from, for a mark that was given none."""
    return nominative(" ".join(text.split()), label=label).nominative


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without spaces at its edges."""
    inner = text[start:end]
    return start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip())


def _free_id(mention: GoldMention, taken: Iterable[str | None]) -> str:
    used = set(taken)
    return next(name for number in range(len(used) + 2) if (name := f"p{mention.start}-{number}") not in used)


def _published(data: Mapping[str, Any], article_id: str) -> date:
    try:
        return date.fromisoformat(str(data.get("published") or "")[:10])
    except ValueError:
        raise CivicActorsError(
            f"article {article_id} has no day of publication, which gold needs to count time from; "
            "write `published` as YYYY-MM-DD into its data and read the file again"
        ) from None


def _supported(
    mentions: Iterable[GoldMention], affiliations: Iterable[GoldAffiliation]
) -> Iterable[GoldAffiliation]:
    marks = list(mentions)
    people = {mention.actor for mention in marks}
    lemmas = {(mention.label, mention.lemma) for mention in marks}
    for held in affiliations:
        stated = (("role", held.role), ("institution", held.institution))
        if held.actor in people and all(part is None or (label, part) in lemmas for label, part in stated):
            yield held
