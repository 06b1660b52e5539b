"""Where each thing is said: the articles of people, bodies and places, and the web addresses of articles."""

from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import urlsplit

from pipeline.export.content import Content
from pipeline.export.rows import Row
from pipeline.guards import safe_url


def web_address(row: Row) -> str | None:
    """Return an article's web address; None for one read from a file."""
    return safe_url(row["url"]) or safe_url(row["source"])


def web_host(address: str) -> str:
    """Return the host of a web address."""
    return urlsplit(address).hostname or ""


def articles_of(content: Content) -> dict[str, list[str]]:
    """Return the ids of the articles that name each person, body and place, in order of ids."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in content["mentions"]:
        if row["entity_id"] is not None:
            found[row["entity_id"]].add(row["article_id"])
    return {entity: sorted(articles) for entity, articles in found.items()}


def group(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    """Return rows by one of their columns."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row[column]].append(row)
    return grouped
