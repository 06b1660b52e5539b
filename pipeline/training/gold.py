"""Load and check gold articles: text with inline marks, and who holds what.

A file has three parts, separated by a line `---`:

    id: opolskie-001
    published: 2025-05-17
    municipality: 1609073
    genre: opening
    hard: list, capitals
    writer: a
    ---
    <role lemma="wójt">Wójta</role> <location lemma="Gmina Kije">Gminy Kije</location>
    <person id="dudek" gender="f" lemma="Anna Dudek">Annę Dudek</person> powitano brawami.
    ---
    @dudek role=wójt | place=Gmina Kije

`data/gold/README.md` explains every field.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from pathlib import Path

from pipeline.errors import CivicActorsError, TableError
from pipeline.records import LABELS, STATUSES, Label
from pipeline.tables import data_folder

SPLITS = ("train", "dev", "test")
HEADER = ("id", "title", "published", "municipality", "genre", "hard", "writer")
REQUIRED = ("id", "published", "genre", "writer")
FIELDS = ("role", "institution", "place", "status", "since", "until", "inferred")
GENDERS = ("f", "m", "?")

_MARK = re.compile(r"<(/?)(person|role|institution|location)((?:\s+\w+=\"[^\"]*\")*)>")
_ATTRIBUTE = re.compile(r"(\w+)=\"([^\"]*)\"")
_DATE = re.compile(r"\d{4}(-\d\d){0,2}")
_ATTRIBUTES = {"person": {"id", "gender", "lemma", "title"}}


@dataclass(frozen=True, slots=True)
class GoldMention:
    """One marked span; `actor` and `gender` are for people only."""

    start: int
    end: int
    text: str
    label: Label
    lemma: str
    actor: str | None = None
    gender: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class GoldAffiliation:
    """What the article says of one person; empty parts are None."""

    actor: str
    role: str | None = None
    institution: str | None = None
    place: str | None = None
    status: str = "current"
    since: str | None = None
    until: str | None = None
    inferred: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """One annotated article."""

    article_id: str
    path: Path
    split: str
    text: str
    published: date
    genre: str
    writer: str
    title: str | None
    municipality: str | None
    hard: tuple[str, ...]
    mentions: tuple[GoldMention, ...]
    affiliations: tuple[GoldAffiliation, ...]

    def actors(self) -> dict[str, str]:
        """Return each person's fullest nominative by the person's id in the article."""
        names: dict[str, str] = {}
        for mention in self.mentions:
            if mention.actor and len(mention.lemma) > len(names.get(mention.actor, "")):
                names[mention.actor] = mention.lemma
        return names


@dataclass(slots=True)
class _Body:
    text: str = ""
    mentions: list[GoldMention] = field(default_factory=list)


def find_gold(folder: Path | None = None) -> Path:
    """Return the folder of gold that was asked for, or without one the project's own.

    Raises:
        CivicActorsError: There is no own gold: an installed package brings none.
    """
    own = data_folder() / "gold"
    if folder is None and not own.is_dir():
        raise CivicActorsError(
            "an installed package brings no gold; name a folder: evaluate FOLDER, gold FOLDER, train --gold FOLDER"
        )
    return folder or own


def load_gold(folder: Path, split: str | None = None) -> list[GoldArticle]:
    """Load all articles below `folder`, sorted by id; `split` keeps one part.

    Raises:
        TableError: A file breaks the format.
    """
    articles = [
        load_article(path)
        for part in SPLITS
        if split in (None, part)
        for path in sorted((folder / part).glob("*.txt"))
    ]
    seen: dict[str, Path] = {}
    for article in articles:
        if article.article_id in seen:
            raise TableError(
                article.path, 1, f"id {article.article_id} is also in {seen[article.article_id].name}"
            )
        seen[article.article_id] = article.path
    return sorted(articles, key=lambda article: article.article_id)


def load_article(path: Path) -> GoldArticle:
    """Load one gold file.

    Raises:
        TableError: The file breaks the format; the message holds path, line and reason.
    """
    raw = path.read_text(encoding="utf-8")
    if raw != unicodedata.normalize("NFC", raw):
        raise TableError(path, 1, "the text is not in Unicode NFC")
    lines = raw.split("\n")
    bars = [number for number, line in enumerate(lines) if line == "---"]
    if len(bars) != 2:
        raise TableError(path, len(lines), f"expected two lines '---', found {len(bars)}")
    header = _parse_header(path, lines[: bars[0]])
    body = _parse_body(path, lines[bars[0] + 1 : bars[1]], bars[0] + 2)
    affiliations = tuple(parse_affiliations(path, lines[bars[1] + 1 :], bars[1] + 2))
    article = GoldArticle(
        article_id=header["id"],
        path=path,
        split=path.parent.name,
        text=body.text,
        published=_parse_date(path, header["published"]),
        genre=header["genre"],
        writer=header["writer"],
        title=header.get("title"),
        municipality=header.get("municipality"),
        hard=tuple(tag.strip() for tag in header.get("hard", "").split(",") if tag.strip()),
        mentions=tuple(body.mentions),
        affiliations=affiliations,
    )
    _check_article(path, article, bars[1] + 2)
    return article


def _parse_header(path: Path, lines: list[str]) -> dict[str, str]:
    header: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        key, colon, value = line.partition(":")
        if not colon or key not in HEADER:
            raise TableError(path, number, f"unknown header line {line!r}; known keys: {', '.join(HEADER)}")
        if value.strip():
            header[key] = value.strip()
    for key in REQUIRED:
        if key not in header:
            raise TableError(path, 1, f"the header lacks {key!r}")
    if header["id"] != path.stem:
        raise TableError(path, 1, f"id {header['id']!r} differs from the file's name")
    return header


def _parse_date(path: Path, value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise TableError(path, 1, f"published {value!r} is not a date YYYY-MM-DD") from None


def _parse_body(path: Path, lines: list[str], first: int) -> _Body:
    source = "\n".join(lines).strip("\n")
    body, position, opened = _Body(), 0, None
    for match in _MARK.finditer(source):
        line = first + source.count("\n", 0, match.start())
        body.text += unescape(source[position : match.start()])
        position = match.end()
        if match[1]:
            if opened is None or opened[0] != match[2]:
                raise TableError(path, line, f"</{match[2]}> closes nothing")
            body.mentions.append(_close_mention(path, line, opened, body.text))
            opened = None
        elif opened is not None:
            raise TableError(path, line, f"<{match[2]}> stands inside <{opened[0]}>: mentions do not nest")
        else:
            opened = (match[2], dict(_ATTRIBUTE.findall(match[3])), len(body.text))
    if opened is not None:
        raise TableError(path, first + source.count("\n"), f"<{opened[0]}> is never closed")
    rest = source[position:]
    body.text += unescape(rest)
    if stray := re.search(r"</?(?:person|role|institution|location)\b[^>]*>", re.sub(_MARK, "", source)):
        raise TableError(path, first, f"cannot read the mark {stray[0]!r}")
    return body


def _close_mention(path: Path, line: int, opened: tuple[str, dict[str, str], int], text: str) -> GoldMention:
    label, attributes, start = opened
    known = _ATTRIBUTES.get(label, {"lemma"})
    if unknown := set(attributes) - known:
        raise TableError(path, line, f"<{label}> takes {sorted(known)}, not {sorted(unknown)}")
    form = text[start:]
    if not form or form != form.strip():
        raise TableError(path, line, f"<{label}> {form!r} is empty or has a space at its edge")
    if label == "person" and "id" not in attributes:
        raise TableError(path, line, f"<person> {form!r} lacks id")
    if attributes.get("gender", "f") not in GENDERS:
        raise TableError(path, line, f"gender of {form!r} must be one of {', '.join(GENDERS)}")
    return GoldMention(
        start=start,
        end=len(text),
        text=form,
        label=next(known_label for known_label in LABELS if known_label == label),
        lemma=unescape(attributes.get("lemma", "")) or " ".join(form.split()),
        actor=attributes.get("id"),
        gender=attributes.get("gender"),
        title=attributes.get("title"),
    )


def format_affiliation(held: GoldAffiliation) -> str:
    """Return an affiliation as the line that says it, what is empty or usual left out."""
    values = {name: getattr(held, name) for name in FIELDS}
    values["inferred"] = ",".join(held.inferred)
    if held.status == "current":
        values["status"] = None
    return f"@{held.actor} " + " | ".join(f"{name}={value}" for name, value in values.items() if value)


def parse_affiliations(path: Path, lines: list[str], first: int) -> Iterator[GoldAffiliation]:
    """Yield what the lines `@id key=value | key=value` say; `first` is the number of the first line.

    Raises:
        TableError: A line breaks the format.
    """
    for number, line in enumerate(lines, first):
        if not line.strip():
            continue
        actor, _, rest = line.partition(" ")
        pairs = dict(_split_pair(path, number, part) for part in rest.split("|"))
        if not actor.startswith("@"):
            raise TableError(path, number, "a line starts with @ and a person's id")
        if pairs.get("status", "current") not in STATUSES:
            raise TableError(path, number, f"status must be one of {', '.join(STATUSES)}")
        for key in ("since", "until"):
            if key in pairs and not _DATE.fullmatch(pairs[key]):
                raise TableError(path, number, f"{key} must be YYYY, YYYY-MM or YYYY-MM-DD")
        inferred = tuple(part.strip() for part in pairs.pop("inferred", "").split(",") if part.strip())
        yield GoldAffiliation(actor=actor[1:], inferred=inferred, **pairs)


def _split_pair(path: Path, number: int, part: str) -> tuple[str, str]:
    key, equals, value = part.strip().partition("=")
    if not equals or key not in FIELDS or not value.strip():
        raise TableError(path, number, f"{part.strip()!r} is not key=value with a key of {', '.join(FIELDS)}")
    return key, value.strip()


def _check_article(path: Path, article: GoldArticle, line: int) -> None:
    people = [mention for mention in article.mentions if mention.label == "person"]
    genders = {mention.actor: mention.gender for mention in reversed(people)}
    for actor, gender in genders.items():
        if gender is None:
            raise TableError(path, 1, f"the first mention of {actor!r} lacks gender")
    lemmas = {
        label: {mention.lemma for mention in article.mentions if mention.label == label} for label in LABELS
    }
    for held in article.affiliations:
        if held.actor not in genders:
            raise TableError(path, line, f"@{held.actor} is the id of no person")
        if not (held.role or held.institution):
            raise TableError(path, line, f"@{held.actor}: an affiliation needs a role or an institution")
        for label, value in (("role", held.role), ("institution", held.institution)):
            if value is not None and value not in lemmas[label]:  # type: ignore[index]
                raise TableError(path, line, f"@{held.actor}: no {label} in the text has the lemma {value!r}")
