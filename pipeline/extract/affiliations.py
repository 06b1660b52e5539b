"""The links of one article with their status and time: linker, status model and date rules in a row."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from pipeline.extract.dates import period_of
from pipeline.extract.linker import Spans, find_links
from pipeline.extract.status import choose_status, status_features
from pipeline.records import Link, Mention
from pipeline.weights import Logistic


def find_affiliations(
    text: str,
    mentions: Sequence[Mention],
    sentences: Spans,
    models: Mapping[str, Logistic],
    *,
    published: date | None,
) -> tuple[Link, ...]:
    """Return who holds what in one article, with status, since and until, in reading order."""
    links = list(find_links(text, mentions, sentences, models["link"]))
    dated = []
    for link in links:
        period = period_of(text, mentions, link, links, published=published)
        dated.append(
            replace(
                link,
                status=choose_status(status_features(text, mentions, link), models),
                since=period.since if period else None,
                until=period.until if period else None,
            )
        )
    return tuple(
        sorted(dated, key=lambda link: (link.start, link.person, link.role or 0, link.institution or 0))
    )
