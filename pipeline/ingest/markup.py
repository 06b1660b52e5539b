"""What stands in HTML beside its main text: tags dropped from a fragment, facts from a page's head."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_HEAD_CHARS = 300_000
_UNSEEN = {"script", "style", "template", "noscript", "head", "title"}
_LINES = {"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote"}
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


@dataclass(slots=True)
class PageFacts:
    """What a page says about itself.

    Attributes:
        url: Of the canonical link, else of `og:url`.
        dates: Candidates for the day of publication, the surest first.
    """

    url: str | None = None
    dates: list[str] = field(default_factory=list)


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding that a page or XML declaration names, unchecked."""
    match = _DECLARED.search(data[:4096])
    return match[1].decode("ascii", "replace") if match else None


def visible_text(fragment: str) -> str:
    """Return what a reader sees of a fragment of HTML; never raises."""
    reader = _VisibleText()
    _feed(reader, fragment)
    lines = (" ".join(line.split(" ")).strip() for line in "".join(reader.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def page_facts(source: str) -> PageFacts:
    """Return the address and the dates that the start of a page names; never raises."""
    reader = _FactReader()
    _feed(reader, source[:_HEAD_CHARS])
    dates = [reader.meta[name] for name in _DATE_META if name in reader.meta]
    dates += _JSON_DATE.findall(source[:_HEAD_CHARS])[:1]
    url = reader.canonical or reader.meta.get("og:url")
    return PageFacts(url, dates + reader.times + reader.dated)


def _feed(reader: HTMLParser, source: str) -> None:
    try:
        reader.feed(source)
        reader.close()
    except (AssertionError, ValueError, RecursionError):
        return  # broken declarations: what was read so far stands


class _VisibleText(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self.unseen += 1
        elif tag in ("td", "th"):
            self.parts.append(" | " if self.parts and not self.parts[-1].endswith("\n") else "")
        elif tag in _LINES:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag in _LINES:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.parts.append(re.sub(r"[ \t\r\n]+", " ", data))


class _FactReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.meta: dict[str, str] = {}
        self.canonical: str | None = None
        self.times: list[str] = []
        self.dated: list[str] = []
        self.expects_date = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta":
            name = values.get("property") or values.get("name") or values.get("itemprop") or ""
            self.meta.setdefault(name.lower(), values.get("content", ""))
        elif tag == "link" and "canonical" in values.get("rel", "").lower().split():
            self.canonical = self.canonical or values.get("href")
        elif tag == "time" and values.get("datetime"):
            self.times.append(values["datetime"])
        elif values.get("itemprop", "").lower() == "datepublished" and values.get("content"):
            self.times.insert(0, values["content"])
        self.expects_date = tag == "time" or bool(_DATE_CLASS.search(values.get("class", "").lower()))

    def handle_data(self, data: str) -> None:
        if self.expects_date and data.strip():
            self.dated.append(data.strip()[:100])
            self.expects_date = False
