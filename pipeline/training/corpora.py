"""Read NKJP1M, CEN and KPWr as texts with labelled spans, their conventions turned into ours.

Where a corpus disagrees with the guidelines its spans are transformed (the seat joins the body's name,
`gmina` and `ulica` join the place's) or dropped (adjectives and inhabitants formed from names).

Source: NKJP1M 1.2 (CC BY 3.0 PL), CEN (CC BY 3.0), KPWr (CC BY-SA 4.0).
"""

import hashlib
import json
import lzma
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.records import Label


class Span(NamedTuple):
    """A labelled span `[start, end)` in code points."""

    start: int
    end: int
    label: Label


@dataclass(frozen=True, slots=True)
class LabelledText:
    """One text with its spans in reading order, not overlapping."""

    text: str
    spans: tuple[Span, ...]
    source: str


NKJP_LABELS: dict[str, Label] = {
    "persName": "person",
    "orgName": "institution",
    "placeName": "location",
    "geogName": "location",
}
_N82_LABELS: tuple[tuple[str, Label], ...] = (
    ("nam_liv_person", "person"),
    ("nam_org", "institution"),
    ("nam_pro_media", "institution"),
    ("nam_loc", "location"),
    ("nam_fac_road", "location"),
    ("nam_fac_square", "location"),
    ("nam_fac_park", "location"),
)
_N82_NOT_OURS = ("nam_org_nation", "nam_loc_astronomical")
_UNIT_BEFORE = re.compile(
    r"\b(?:[Gg]min|[Pp]owia(?:t|ci)|[Ww]ojewództw|[Ss]ołectw|[Uu]lic|[Uu]l\.|[Pp]lac|[Aa]lej|[Aa]l\.|[Jj]ezior)"
    r"[a-ząęó]{0,3}\s+$"
)
_UNIT_ADJECTIVE = re.compile(
    r"\b(?:[Pp]owia(?:t|ci)|[Ww]ojewództw)[a-ząęó]{0,4}\s+"
    r"[A-ZŁŚŻŹa-ząćęłńóśźż-]+(?:sk|ck|dzk)(?:i|iego|iemu|im|ie)\b"
)
_OPENING, _CLOSING = frozenset("„“«\"'‚"), frozenset("”“»\"'’")
_QUOTE = re.compile(r"[„“”«»\"]")
_SAINT = re.compile(r"[Śś]w\.\s+(?=\S)")
_SEAT_AFTER = re.compile(r"\s+(?:w|we|z|ze)\s+$")
_NO_SPACE_BEFORE = frozenset(".,;:!?)]}”%…")
_NO_SPACE_AFTER = frozenset("([{„")
_AGGLUTINATES = frozenset(
    ["m", "ś", "śmy", "ście", "em", "eś", "eśmy", "eście", "by", "bym", "byś", "byśmy", "byście"]
)


def load_nkjp(path: Path, *, split: str) -> Iterator[LabelledText]:
    """Yield the paragraphs of one split: train, dev or test (by document, as NKJP1M's split says)."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            if nkjp_split(document["id"]) == split:
                yield from _split_paragraphs(_nkjp_document(document), document["text"])


def nkjp_split(document_id: str) -> str:
    """Return train, dev or test from the SHA-256 of a document's id."""
    first = hashlib.sha256(document_id.encode()).hexdigest()[0]
    return {"0": "test", "1": "dev"}.get(first, "train")


def load_iob(path: Path, *, skip: frozenset[str] = frozenset(), group: int = 4) -> Iterator[LabelledText]:
    """Yield texts of `group` sentences of a tokenised BIO corpus, spacing restored.

    Args:
        path: CEN or KPWr, xz.
        skip: Documents to leave out.
        group: Sentences a text.
    """
    batch: list[list[tuple[str, str]]] = []
    for sentence in _iob_sentences(path, skip):
        if sentence is not None:
            batch.append(sentence)
        if batch and (sentence is None or len(batch) == group):
            yield _join_tokens([token for part in batch for token in part], path.parent.name)
            batch = []
    if batch:
        yield _join_tokens([token for part in batch for token in part], path.parent.name)


def load_raw(path: Path) -> Iterator[str]:
    """Yield the paragraphs of a file of transcripts without labels: council sessions or days of the Sejm."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            meeting = json.loads(line)
            if "text" in meeting:
                yield from meeting["text"].split("\n")
            else:
                yield from (f"{speech['speaker']} {speech['text']}" for speech in meeting["speeches"])


def reconcile(text: str, spans: Iterable[Span]) -> list[Span]:
    """Turn a corpus' spans into ours; longest spans win.

    Units join their place, a seat joins its body; quotes around a whole name and `św.` stay outside.
    """
    found = [Span(*match.span(), "location") for match in _UNIT_ADJECTIVE.finditer(text)]
    widened = [_widen_location(text, _narrow(text, span)) for span in keep_longest(spans)]
    merged: list[Span] = []
    for span in keep_longest([*widened, *found]):
        if merged and _is_seat(text, merged[-1], span):
            merged[-1] = Span(merged[-1].start, span.end, "institution")
        else:
            merged.append(span)
    return merged


def keep_longest(spans: Iterable[Span]) -> list[Span]:
    """Keep the longest of overlapping spans, in reading order."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda span: (span.start - span.end, span)):
        if all(span.end <= other.start or span.start >= other.end for other in kept):
            kept.append(span)
    return sorted(kept)


def _nkjp_document(document: dict[str, Any]) -> list[Span]:
    spans = [
        Span(entity["start"], entity["end"], NKJP_LABELS[entity["label"]])
        for entity in document["entities"]
        if entity.get("outer") and entity["label"] in NKJP_LABELS
        if not entity.get("derived") and not entity.get("parts")
    ]
    return reconcile(document["text"], spans)


def _split_paragraphs(spans: list[Span], text: str) -> Iterator[LabelledText]:
    start = 0
    for paragraph in text.split("\n"):
        end = start + len(paragraph)
        inside = tuple(
            Span(span.start - start, span.end - start, span.label)
            for span in spans
            if start <= span.start and span.end <= end
        )
        if paragraph.strip():
            yield LabelledText(paragraph, inside, "nkjp")
        start = end + 1


def _narrow(text: str, span: Span) -> Span:
    """Leave out quotes around a whole name, and `św.` before a person's."""
    inner = text[span.start + 1 : span.end - 1]
    if text[span.start] in _OPENING and text[span.end - 1] in _CLOSING and not _QUOTE.search(inner):
        span = span._replace(start=span.start + 1, end=span.end - 1) if inner.strip() else span
    title = _SAINT.match(text, span.start, span.end) if span.label == "person" else None
    return span._replace(start=title.end()) if title else span


def _widen_location(text: str, span: Span) -> Span:
    if span.label != "location":
        return span
    before = _UNIT_BEFORE.search(text[max(0, span.start - 25) : span.start])
    return span._replace(start=span.start - (before.end() - before.start())) if before else span


def _is_seat(text: str, body: Span, place: Span) -> bool:
    if (body.label, place.label) != ("institution", "location"):
        return False
    words = text[body.start : body.end].split()
    return len(words) > 1 and bool(_SEAT_AFTER.fullmatch(text[body.end : place.start]))


def _iob_sentences(path: Path, skip: frozenset[str]) -> Iterator[list[tuple[str, str]] | None]:
    """Yield sentences; None ends a document."""
    sentence: list[tuple[str, str]] = []
    skipping = False
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in (raw.rstrip("\n") for raw in lines):
            if line.startswith("-DOCSTART FILE"):
                skipping = line.rpartition("/")[2] in skip
                yield None
            elif line.startswith("-DOCSTART") or skipping:
                continue
            elif line.strip():
                cells = line.split("\t") if "\t" in line else line.rsplit(" ", 1)
                sentence.append((cells[0], cells[-1]))
            elif sentence:
                yield sentence
                sentence = []
    if sentence:
        yield sentence


def _join_tokens(tokens: list[tuple[str, str]], source: str) -> LabelledText:
    text, opened_quote = "", False
    spans: list[Span] = []
    for form, tag in tokens:
        glued = not text or form in _NO_SPACE_BEFORE or text[-1] in _NO_SPACE_AFTER or form in _AGGLUTINATES
        if form == '"':
            glued, opened_quote = glued or opened_quote, not opened_quote
        elif text.endswith('"') and opened_quote:
            glued = True
        text += form if glued else f" {form}"
        start, label = len(text) - len(form), _n82_label(tag[2:])
        if label is None:
            continue
        if tag.startswith("I-") and spans and spans[-1][2] == label:
            spans[-1] = Span(spans[-1].start, len(text), label)
        else:
            spans.append(Span(start, len(text), label))
    return LabelledText(text, tuple(reconcile(text, spans)), source)


def _n82_label(name: str) -> Label | None:
    if name.startswith(_N82_NOT_OURS):
        return None
    return next((label for prefix, label in _N82_LABELS if name.startswith(prefix)), None)
