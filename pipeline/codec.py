"""Records as JSON and back, without loss: what engines keep on disk. Nothing is ever unpickled."""

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from pipeline.records import Document, Link, Mention, Municipality, Name, Reading


def document_to_json(document: Document) -> bytes:
    """Return a document as JSON in UTF-8; lone surrogates survive."""
    plain = asdict(document)
    plain["published"] = document.published.isoformat() if document.published else None
    return _dump(plain)


def document_from_json(content: bytes) -> Document:
    """Return the document that `document_to_json` wrote."""
    plain: dict[str, Any] = json.loads(content)
    published = plain.pop("published")
    return Document(published=date.fromisoformat(published) if published else None, **plain)


def reading_to_json(reading: Reading) -> bytes:
    """Return all that a reading says of its document, the document itself left out."""
    return _dump(
        {
            "mentions": [asdict(mention) for mention in reading.mentions],
            "names": [asdict(name) for name in reading.names],
            "links": [asdict(link) for link in reading.links],
            "places": reading.places,
            "municipality": asdict(reading.municipality),
        }
    )


def reading_from_json(content: bytes, document: Document) -> Reading:
    """Return the reading of a document that `reading_to_json` wrote."""
    plain: dict[str, Any] = json.loads(content)
    return Reading(
        document=document,
        mentions=tuple(Mention(**mention) for mention in plain["mentions"]),
        names=tuple(_name(name) for name in plain["names"]),
        links=tuple(Link(**link | {"inferred": tuple(link["inferred"])}) for link in plain["links"]),
        places=tuple(plain["places"]),
        municipality=Municipality(**plain["municipality"]),
    )


def _name(plain: dict[str, Any]) -> Name:
    lists = {key: tuple(plain[key]) for key in ("titles", "alternatives")}
    return Name(**plain | lists)


def _dump(plain: Any) -> bytes:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
