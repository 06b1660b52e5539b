"""The links of one article with their time and status: linker, periods and status models in a row."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from pipeline.extract.changes import settle_changes
from pipeline.extract.linker import Spans, find_links
from pipeline.extract.stated_status import state_beside
from pipeline.extract.status import choose_status, make_status_scene, status_features
from pipeline.extract.timing import date_links
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
    told = tell_times(text, mentions, links, models, published=published)
    return tuple(
        sorted(told, key=lambda link: (link.start, link.person, link.role or 0, link.institution or 0))
    )


def tell_times(
    text: str,
    mentions: Sequence[Mention],
    links: Sequence[Link],
    models: Mapping[str, Logistic],
    *,
    published: date | None,
) -> list[Link]:
    """Return links with the status, the start and the end that the text gives each, in their order."""
    dated = date_links(text, mentions, links, models["timing"], published=published)
    scene = make_status_scene(text, mentions, published)
    told = [
        replace(
            link,
            status=choose_status(
                status_features(scene, link),
                models["status"],
                stated=None
                if link.role is None
                else state_beside(text, mentions[link.role], mentions[link.person]),
            ),
        )
        for link in dated
    ]
    return settle_changes(text, mentions, told, published=published)
