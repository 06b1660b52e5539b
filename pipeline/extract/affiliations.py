"""The links of one article with their status and time: linker, status model and date rules in a row."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pipeline.extract.dates import period_of
from pipeline.extract.linker import LinkModel, Spans, find_links, load_link_model
from pipeline.extract.status import StatusModel, load_status_model, status_features
from pipeline.records import Link, Mention


@dataclass(frozen=True, slots=True)
class AffiliationModels:
    """What weighs candidate links, and what tells their status."""

    links: LinkModel
    status: StatusModel


def load_models(folder: Path) -> AffiliationModels:
    """Load `links.json` and `status.json` of the shipped model's folder."""
    return AffiliationModels(load_link_model(folder / "links.json"), load_status_model(folder / "status.json"))


def find_affiliations(
    text: str,
    mentions: Sequence[Mention],
    sentences: Spans,
    models: AffiliationModels,
    *,
    published: date | None,
) -> tuple[Link, ...]:
    """Return who holds what in one article, with status, since and until, in reading order."""
    links = list(find_links(text, mentions, sentences, models.links))
    dated = []
    for link in links:
        period = period_of(text, mentions, link, links, published=published)
        dated.append(
            replace(
                link,
                status=models.status.choose(status_features(text, mentions, link)),
                since=period.since if period else None,
                until=period.until if period else None,
            )
        )
    return tuple(sorted(dated, key=lambda link: (link.start, link.person, link.role or 0, link.institution or 0)))
