"""Read the corpora that name people: NKJP1M, SlavicNER, Polem.

Formats: the README beside each file. Nothing of these texts enters the product; only counts do.
"""

import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pipeline.training.corpora import nkjp_split

Part = Literal["test", "dev", "train"]

_CONTEXT = 80


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """One mention of a person with the nominative that the annotators gave it.

    Attributes:
        parts: Nested (form, nominative, kind, tag), kind being forename, surname or addName, tag the
            gold tag of a one-token part or an empty string.
        tag: The gold tag of the mention's last token; empty where the corpus has none.
    """

    document_id: str
    text: str
    nominative: str
    left: str
    right: str
    tag: str = ""
    parts: tuple[tuple[str, str, str, str], ...] = ()


def read_nkjp_people(path: Path, part: Part) -> Iterator[NamedPerson]:
    """Yield the outermost, underived personal names of one part of NKJP1M, in order."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            if nkjp_split(document["id"]) == part:
                yield from _people_of_document(document)


def read_slavicner_people(path: Path) -> Iterator[NamedPerson]:
    """Yield SlavicNER's mentions of people; inhabitants (PER of a GPE entity) are left out."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            for mention in document["mentions"]:
                if mention["label"] == "PER" and not mention["entity"].startswith("GPE"):
                    yield _make_person(document, mention, mention["lemma"])


def read_polem_people(path: Path) -> Iterator[NamedPerson]:
    """Yield Polem's names of people, out of context, with the machine tag of the last token."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            lemma, form, _, tags, _, kind, *_ = line.rstrip("\n").split("\t") + [""]
            if kind.startswith("nam_liv_person"):
                part = {"nam_liv_person_last": "surname", "nam_liv_person_first": "forename"}.get(kind, "")
                tag = tags.split()[-1] if tags.split() else ""
                parts = ((form, lemma, part, tag),) if part and " " not in form else ()
                yield NamedPerson("", form, lemma, "", "", tag, parts)


def _people_of_document(document: dict[str, Any]) -> Iterator[NamedPerson]:
    tags = {(start, end): tag for s in document["sentences"] for start, end, _, tag in s if tag}
    last = {end: tag for (_, end), tag in tags.items()}
    people = [e for e in document["entities"] if e["label"] == "persName" and not e.get("derived")]
    for entity in people:
        if not entity["outer"] or entity.get("parts") or not entity.get("base"):
            continue
        start, end = entity["start"], entity["end"]
        nested = tuple(
            (
                document["text"][e["start"] : e["end"]],
                e["base"],
                e["sub"],
                tags.get((e["start"], e["end"]), ""),
            )
            for e in people
            if e.get("sub")
            and e.get("base")
            and start <= e["start"]
            and e["end"] <= end
            and not e.get("parts")
        )
        yield _make_person(document, entity, entity["base"], tag=last.get(end, ""), parts=nested)


def _make_person(
    document: dict[str, Any],
    span: dict[str, Any],
    nominative: str,
    *,
    tag: str = "",
    parts: tuple[tuple[str, str, str, str], ...] = (),
) -> NamedPerson:
    text, start, end = document["text"], span["start"], span["end"]
    return NamedPerson(
        document_id=document["id"],
        text=text[start:end],
        nominative=nominative,
        left=text[max(0, start - _CONTEXT) : start],
        right=text[end : end + _CONTEXT],
        tag=tag,
        parts=parts,
    )
