"""What a resolution leaves for the next one: each person of each article, and with whom they were joined.

Kept beside a dataset as Parquet, in `OUT/.work/resolved`; it holds names, and goes when people are left out.
"""

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from sys import intern
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.files import make_folder, write_text, write_whole
from pipeline.remembered import PHRASES
from pipeline.resolve.compare import Claim
from pipeline.resolve.matcher import Pair
from pipeline.resolve.things import Key, Seen, Sighted

_TEXTS = pa.list_(pa.string())
_HASHES = pa.list_(pa.int64())
ARTICLES = pa.schema(
    [("article_id", pa.string()), ("key", pa.string()), ("has_people", pa.bool_()), ("unchanged", pa.int64())]
)
PEOPLE = pa.schema(
    [
        ("claim_id", pa.string()),
        ("article_id", pa.string()),
        ("given_names", pa.string()),
        ("surname", pa.string()),
        ("mentions", _TEXTS),
        ("bodies", _TEXTS),
        ("places", _TEXTS),
        ("content", pa.int64()),
        ("blocks", _HASHES),
        ("met", _HASHES),
        ("claim", pa.binary()),
        ("rarity", pa.string()),
        ("region", pa.string()),
        ("actor_id", pa.string()),
    ]
)
THINGS = pa.schema(
    [
        ("article_id", pa.string()),
        ("kind", pa.string()),
        ("start", pa.int64()),
        ("name", pa.string()),
        ("key", _TEXTS),
        ("near", pa.string()),
        ("seat", _TEXTS),
        ("entity_id", pa.string()),
    ]
)
_SCHEMAS = {"articles": ARTICLES, "people": PEOPLE, "things": THINGS}
_STAMP = "made_for.json"
_SETS = frozenset(one.name for one in fields(Claim) if "frozenset" in str(one.type))


@dataclass(frozen=True, slots=True)
class Memory:
    """Tables of what was resolved.

    Attributes:
        articles: Which articles, with the key of what was read; `unchanged` names that no rule was sure of.
        people: A row a person of an article. `rarity` is the feature that said how many bear the name, `region` is
            common to all who may sway each other, `actor_id` is of whom they were part.
        things: A row a body or place that an article names, in its order.
        judged: The judgements that were heeded, on claim ids.
    """

    articles: pa.Table
    people: pa.Table
    things: pa.Table
    judged: Mapping[Pair, str]


def empty_memory() -> Memory:
    """Return the memory of nothing."""
    return Memory(ARTICLES.empty_table(), PEOPLE.empty_table(), THINGS.empty_table(), {})


def save_memory(folder: Path, memory: Memory, manifest: Path) -> None:
    """Keep a memory for the dataset of a manifest, in place of the old one.

    Raises:
        OutputError: The disk or the folder does not take it.
    """
    drop_memory(folder)
    make_folder(folder)
    for name in _SCHEMAS:
        write_whole(folder / f"{name}.parquet", partial(pq.write_table, getattr(memory, name)))
    judged = [[*pair, verdict] for pair, verdict in sorted(memory.judged.items())]
    write_text(folder / _STAMP, json.dumps({"manifest": _digest(manifest), "judged": judged}))


def load_memory(folder: Path, manifest: Path) -> Memory | None:
    """Return the memory of the dataset of a manifest; None when there is none, or it is of another dataset."""
    stamp = folder / _STAMP
    if not stamp.is_file() or not manifest.is_file():
        return None
    told = json.loads(stamp.read_text(encoding="utf-8"))
    if told["manifest"] != _digest(manifest):
        return None
    tables = {name: pq.read_table(folder / f"{name}.parquet") for name in _SCHEMAS}
    return Memory(**tables, judged={(left, right): verdict for left, right, verdict in told["judged"]})


def drop_memory(folder: Path) -> None:
    """Forget what was resolved."""
    shutil.rmtree(folder, ignore_errors=True)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def claim_to_json(claim: Claim) -> bytes:
    """Return a claim as JSON in UTF-8; lone surrogates survive."""
    plain = [_plain(getattr(claim, name)) for name in Claim.__slots__]
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    return value.isoformat() if isinstance(value, date) else value


def claim_from_json(content: bytes) -> Claim:
    """Return the claim that `claim_to_json` wrote."""
    values: dict[str, Any] = dict(zip(Claim.__slots__, json.loads(content), strict=True))
    for name in _SETS:
        values[name] = _set_of(tuple(values[name]))
    for name in ("first", "last"):
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    return Claim(**values)


@lru_cache(PHRASES)
def _set_of(texts: tuple[str, ...]) -> frozenset[str]:
    """Return texts as a set, both shared with those alike: what claims have in common is most of their memory."""
    return frozenset(map(intern, texts))


def rows_of_things(article_id: str, sighted: Sighted) -> list[dict[str, Any]]:
    """Return the rows of what one article names."""
    rows = [_row_of_seen("body", seen) for seen in sighted.bodies]
    rows += [_row_of_seen("place", seen) for seen in sighted.places]
    rows += [
        {"article_id": article_id, "kind": "named", "start": 0, "name": name, "key": list(key), "near": ""}
        for key, name in sighted.named
    ]
    return rows


def _row_of_seen(kind: str, seen: Seen) -> dict[str, Any]:
    return {
        "article_id": seen.article_id,
        "kind": kind,
        "start": seen.start,
        "name": seen.nominative,
        "key": list(seen.key),
        "near": seen.near,
        "seat": None if seen.seat is None else list(seen.seat),
    }


def sighted_from(things: pa.Table) -> Sighted:
    """Return the bodies and places of all articles as if they were one; `things` is sorted by article."""
    bodies: list[Seen] = []
    places: list[Seen] = []
    named: list[tuple[Key, str]] = []
    columns = [
        things[name].to_pylist() for name in ("article_id", "kind", "start", "name", "key", "near", "seat")
    ]
    for article_id, kind, start, name, key, near, seat in zip(*columns, strict=True):
        if kind == "named":
            named.append((tuple(key), name))
        else:
            seen = Seen(article_id, start, name, tuple(key), near, None if seat is None else tuple(seat))
            (bodies if kind == "body" else places).append(seen)
    return Sighted(tuple(bodies), tuple(places), tuple(named))


def table_of(rows: Sequence[dict[str, Any]], schema: pa.Schema) -> pa.Table:
    """Return rows as a table; what a row leaves out is null."""
    return pa.Table.from_pylist(list(rows), schema=schema)


def set_column(table: pa.Table, name: str, values: Iterable[str | None]) -> pa.Table:
    """Return a table with the values of a column of texts put anew."""
    column = pa.array(list(values), pa.string())
    return table.set_column(table.schema.get_field_index(name), name, column)
