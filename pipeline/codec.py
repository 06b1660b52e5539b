"""Records as JSON and back, without loss: what engines keep on disk. Nothing is ever unpickled."""

import json
from datetime import date
from operator import attrgetter
from sys import intern
from typing import Any

from pipeline.records import Document, Link, Mention, Municipality, Name, Reading, fields_of

_mention_values = attrgetter(*Mention.__slots__)
_name_values = attrgetter(*Name.__slots__)
_link_values = attrgetter(*Link.__slots__)
_municipality_values = attrgetter(*Municipality.__slots__)


def document_to_json(document: Document) -> bytes:
    """Return a document as JSON in UTF-8; lone surrogates survive."""
    plain = fields_of(document)
    plain["published"] = document.published.isoformat() if document.published else None
    return _dump(plain)


def document_from_json(content: bytes) -> Document:
    """Return the document that `document_to_json` wrote."""
    plain: dict[str, Any] = json.loads(content)
    published = plain.pop("published")
    return Document(published=date.fromisoformat(published) if published else None, **plain)


def reading_to_json(reading: Reading) -> bytes:
    """Return all that a reading says of its document, the document itself left out.

    A record is a list of its values in the order of its fields: the names would be most of the bytes.
    """
    return _dump(
        {
            "mentions": list(map(_mention_values, reading.mentions)),
            "names": list(map(_name_values, reading.names)),
            "links": list(map(_link_values, reading.links)),
            "places": reading.places,
            "municipality": _municipality_values(reading.municipality),
        }
    )


def reading_from_json(content: bytes, document: Document) -> Reading:
    """Return the reading of a document that `reading_to_json` wrote."""
    plain: dict[str, Any] = json.loads(content)
    return Reading(
        document=document,
        mentions=tuple([Mention(*values) for values in plain["mentions"]]),
        names=tuple([Name(*_with_tuples(values)) for values in plain["names"]]),
        links=tuple([Link(*_with_tuples(values)) for values in plain["links"]]),
        places=tuple(plain["places"]),
        municipality=Municipality(*plain["municipality"]),
    )


def _with_tuples(values: list[Any]) -> list[Any]:
    """Return the values of a record; its tuples became lists in JSON.

    Texts alike are one text in memory: rules, statuses and names return in every article.
    """
    return [
        intern(value) if type(value) is str else tuple(value) if type(value) is list else value
        for value in values
    ]


def _dump(plain: Any) -> bytes:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
