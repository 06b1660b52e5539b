"""What stands in HTML beside its main text: tags dropped from a fragment, facts from a page's head.

Patterns and not the standard library's parser, whose time grows with the square of a hostile page's length;
each pattern here stops at the next bracket.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

_HEAD_CHARS = 300_000
_MAX_DATED = 20
_LINES = {"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote"}
# What no reader sees, and where it ends.
_UNSEEN = {
    "!--": "-->",
    "script": "</script",
    "style": "</style",
    "template": "</template",
    "noscript": "</noscript",
    "title": "</title",
}
_TAG = re.compile(r"<(!--|/?[a-z][a-z0-9]*)([^<>]*>)?", re.I)
_ATTRIBUTE = re.compile(r"""([a-z][\w:.-]{0,40})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I)
_FACT_TAG = re.compile(r"<(meta|link|time)\b([^<>]{0,2000})>\s*([^<>]{0,100})", re.I)
_DATED_TAG = re.compile(r"<[a-z][a-z0-9]{0,9}\s([^<>]{0,300})>\s*([^<>\s][^<>]{5,100})", re.I)
_DATE_META = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dc.date",
    "publish-date",
    "publishdate",
    "publication_date",
    "pubdate",
    "date",
)
_JSON_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_DATE_CLASS = re.compile(r"(?<![a-z])(date|data|published|publikacj\w*|pubdate)(?![a-z])")
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([\w.:-]{2,40})""", re.I
)


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says about itself.

    Attributes:
        url: Of the canonical link, else of `og:url`.
        dates: Candidates for the day of publication, the surest first.
    """

    url: str | None
    dates: tuple[str, ...]


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding that a page or XML declaration names, unchecked."""
    match = _DECLARED.search(data[:4096])
    return match[1].decode("ascii", "replace") if match else None


def visible_text(fragment: str) -> str:
    """Return what a reader sees of a fragment of HTML; never raises."""
    # Runs of spaces first: otherwise the pattern after it would try each of them again.
    text = re.sub(r" {2,}", " ", unescape("".join(_visible_parts(fragment))))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r" ?\n ?", "\n", text)).strip("\n |")


def page_facts(source: str) -> PageFacts:
    """Return the address and the dates that the start of a page names; never raises."""
    head = source[:_HEAD_CHARS]
    meta: dict[str, str] = {}
    canonical: list[str] = []
    times: list[str] = []
    for tag, inside, text in _FACT_TAG.findall(head):
        values = _attributes(inside)
        if tag.lower() == "meta":
            name = values.get("property") or values.get("name") or values.get("itemprop") or ""
            meta.setdefault(name.lower(), values.get("content", ""))
        elif tag.lower() == "time":
            times.append(values.get("datetime") or unescape(text))
        elif "canonical" in values.get("rel", "").lower().split():
            canonical.append(values.get("href", ""))
    dates = [meta[name] for name in _DATE_META if name in meta]
    dates += _JSON_DATE.findall(head)[:1] + times[:_MAX_DATED] + _dated_texts(head)
    return PageFacts(next(iter(canonical), None) or meta.get("og:url"), tuple(dates))


def _dated_texts(head: str) -> list[str]:
    """Return the texts of elements whose class says that they hold a date."""
    texts = (
        unescape(text)
        for inside, text in _DATED_TAG.findall(head)
        if _DATE_CLASS.search(_attributes(inside).get("class", "").lower())
    )
    return [text for text, _ in zip(texts, range(_MAX_DATED), strict=False)]


def _attributes(inside: str) -> dict[str, str]:
    """Return the attributes of one tag; the first of a name counts, as in a browser."""
    values: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(inside):
        values.setdefault(name.lower(), unescape(double or single or bare))
    return values


def _visible_parts(fragment: str) -> Iterator[str]:
    lower = fragment.lower()
    position = 0
    while (match := _TAG.search(fragment, position)) is not None:
        yield re.sub(r"[ \t\r\n]+", " ", fragment[position : match.start()])
        position = match.end()
        name = match[1].lower()
        if name in _UNSEEN:
            end = lower.find(_UNSEEN[name], match.start() + len(name))
            position = len(fragment) if end < 0 else max(end + 3 if name == "!--" else end, position)
        elif name.strip("/") in _LINES:
            yield "\n"
        elif name in ("td", "th"):
            yield " | "
    yield re.sub(r"[ \t\r\n]+", " ", fragment[position:])
