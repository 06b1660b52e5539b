"""Claims on disk, in DuckDB: cut into parts within which alone any two whole names may be of one person."""

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.resolve.block import is_vague
from pipeline.resolve.compare import Claim
from pipeline.resolve.given_names import block_names, split_given
from pipeline.resolve.keys import fold, surname_parts
from pipeline.resolve.matcher import Pair

_SETS = ("titles", "role_codes", "institutions", "municipalities", "articles", "sources")
_PLAIN = ("claim_id", "given_names", "surname", "gender", "is_placed", "first", "last", "known_id")
_ROWS = pa.schema(
    [
        ("row", pa.int64()),
        *((name, pa.string()) for name in ("claim_id", "given_names", "surname", "gender", "known_id")),
        ("is_placed", pa.bool_()),
        ("first", pa.date32()),
        ("last", pa.date32()),
        *((name, pa.string()) for name in _SETS),
        ("full_name", pa.string()),
        ("prefix", pa.string()),
        ("bucket", pa.int64()),
    ]
)
_BETWEEN = "\x1f"
_PREFIX = 3  # letters of a given name; `context_keys` pairs only claims that share so many
_MEMORY = "4GB"
_COMPANY = """
CREATE TABLE company AS
SELECT articles, string_agg(DISTINCT full_name, chr(31)) AS company FROM claims
WHERE articles <> '' AND full_name <> '' GROUP BY articles HAVING count(DISTINCT full_name) > 1
"""
_PLACED = """
CREATE TABLE placed AS
SELECT claims.*, company.company, coalesce(parts.part, -1) AS part
FROM claims LEFT JOIN company USING (articles) LEFT JOIN parts USING (prefix)
ORDER BY part, bucket, claim_id
"""


class ClaimStore:
    """Claims in a DuckDB file.

    A vague claim (`is_vague`) has a bucket, by its surname; every other claim has a part.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": _MEMORY,
            "threads": 2,
            "preserve_insertion_order": False,
        }
        self.database = duckdb.connect(str(path), read_only=read_only, config=settings)
        if not read_only:
            self.database.from_arrow(_ROWS.empty_table()).create("claims")

    def close(self) -> None:
        """Let go of the file."""
        self.database.close()

    def add(self, claims: Iterable[Claim], first_row: int, *, judged: frozenset[str], buckets: int) -> None:
        """Keep claims; the company of each article is found later, from all of them.

        Args:
            claims: Those of one batch; each of their sets but the titles holds one value at most.
            first_row: Number of the first.
            judged: Ids of claims that somebody judged, which are never taken as vague.
            buckets: Among how many buckets vague claims are shared out.
        """
        rows = [_row_of(claim, first_row + count, judged, buckets) for count, claim in enumerate(claims)]
        batch = pa.Table.from_pylist(rows, schema=_ROWS)
        self.database.register("batch", batch)
        self.database.execute("INSERT INTO claims SELECT * FROM batch")
        self.database.unregister("batch")

    def place(self, judged: Iterable[Pair], *, largest: int) -> int:
        """Give each claim its part, and its company; return how many parts there are.

        Args:
            judged: Pairs of claims that somebody judged to be one person: their parts become one.
            largest: Claims that a part may hold, unless one set of names that cannot be cut holds more.
        """
        counts: dict[str, int] = dict(
            self.database.execute(
                "SELECT prefix, count(*) FROM claims WHERE bucket < 0 GROUP BY prefix"
            ).fetchall()
        )
        names = self.database.execute("SELECT DISTINCT given_names FROM claims WHERE bucket < 0").fetchall()
        ties = [pair for (given,) in names for pair in _tied_prefixes(given)]
        prefixes = self._prefixes({claim_id for pair in judged for claim_id in pair})
        ties += [
            (prefixes[left], prefixes[right])
            for left, right in judged
            if left in prefixes and right in prefixes
        ]
        parts = _share_out(counts, ties, largest)
        table = pa.table({"prefix": list(parts), "part": pa.array(parts.values(), pa.int64())})
        self.database.from_arrow(table).create("parts")
        self.database.execute(_COMPANY)
        self.database.execute(_PLACED)
        self.database.execute("DROP TABLE claims")
        return max(parts.values(), default=-1) + 1

    def _prefixes(self, claim_ids: Iterable[str]) -> dict[str, str]:
        wanted = pa.table({"claim_id": pa.array(sorted(claim_ids), pa.string())})
        self.database.register("wanted", wanted)
        query = "SELECT claim_id, prefix FROM claims JOIN wanted USING (claim_id) WHERE bucket < 0"
        return dict(self.database.execute(query).fetchall())

    def load(self, condition: str, values: Sequence[object] = ()) -> list[Claim]:
        """Return the claims for which a condition in SQL is true."""
        query = f"SELECT * FROM placed WHERE {condition} ORDER BY claim_id"  # noqa: S608
        return list(_claims_of(self.database.sql(query, params=list(values)).to_arrow_table()))

    def count(self) -> tuple[int, int]:
        """Return how many claims there are, and how many different ids they have."""
        found = self.database.execute("SELECT count(*), count(DISTINCT claim_id) FROM claims").fetchall()
        return int(found[0][0]), int(found[0][1])

    def n_buckets(self) -> int:
        """Return how many buckets of vague claims may hold any."""
        found = self.database.execute("SELECT coalesce(max(bucket), -1) + 1 FROM placed").fetchall()
        return int(found[0][0])

    def names(self) -> list[tuple[str, str]]:
        """Return the different names of the claims, as given names and surname."""
        return self.database.execute("SELECT DISTINCT given_names, surname FROM placed").fetchall()

    def load_people(self, source: str, people: Iterable[str]) -> dict[str, list[Claim]]:
        """Return the claims of people, by person, as the files of `source` have joined them.

        Args:
            source: SQL for rows of claim_id and person.
            people: Which.
        """
        self.database.register("people", pa.table({"person": pa.array(sorted(people), pa.string())}))
        found = self.database.sql(
            f"SELECT placed.*, joined.person FROM placed JOIN ({source}) AS joined USING (claim_id) "  # noqa: S608
            "JOIN people USING (person)"
        ).to_arrow_table()
        grouped: dict[str, list[Claim]] = {}
        for person, claim in zip(found["person"].to_pylist(), _claims_of(found), strict=True):
            grouped.setdefault(person, []).append(claim)
        return grouped


def _row_of(claim: Claim, row: int, judged: frozenset[str], buckets: int) -> dict[str, Any]:
    given = split_given(claim.given_names)
    is_apart = is_vague(claim) and claim.claim_id not in judged and not claim.known_id
    return {
        "row": row,
        **{name: getattr(claim, name) for name in _PLAIN},
        **{name: _BETWEEN.join(sorted(getattr(claim, name))) for name in _SETS},
        "full_name": fold(claim.full_name) if claim.given_names and claim.surname else "",
        "prefix": given[0][:_PREFIX] if given else "",
        "bucket": find_bucket(claim.surname, buckets) if is_apart else -1,
    }


def find_bucket(surname: str, buckets: int) -> int:
    """Return where vague claims of a surname stand together."""
    return zlib.crc32(" ".join(surname_parts(surname)).encode("utf-8", "surrogatepass")) % buckets


def _tied_prefixes(given_names: str) -> Iterator[Pair]:
    """Yield with which first letters those of a name must be, since blocks lie under either."""
    given = split_given(given_names)
    for name in block_names(given[0]) if given else ():
        yield given[0][:_PREFIX], name[:_PREFIX]


def _share_out(counts: Mapping[str, int], ties: Iterable[Pair], largest: int) -> dict[str, int]:
    """Return the part of each prefix: tied ones together, parts filled in the order of letters."""
    owner = {prefix: prefix for prefix in counts}
    for left, right in ties:
        first, second = sorted((_root(owner, left), _root(owner, right)))
        owner[second] = first
    sizes: dict[str, int] = {}
    for prefix, count in counts.items():
        root = _root(owner, prefix)
        sizes[root] = sizes.get(root, 0) + count
    parts: dict[str, int] = {}
    part = room = 0
    for root in sorted(sizes):
        if parts and sizes[root] > room:
            part, room = part + 1, largest
        elif not parts:
            room = largest
        parts[root], room = part, room - sizes[root]
    return {prefix: parts[_root(owner, prefix)] for prefix in counts}


def _root(owner: dict[str, str], prefix: str) -> str:
    owner.setdefault(prefix, prefix)
    while owner[prefix] != prefix:
        owner[prefix] = owner[owner[prefix]]
        prefix = owner[prefix]
    return prefix


def _claims_of(rows: pa.Table) -> Iterator[Claim]:
    columns = [rows[name].to_pylist() for name in (*_PLAIN, *_SETS, "company", "full_name")]
    for values in zip(*columns, strict=True):
        plain: dict[str, str | bool | date | None] = dict(zip(_PLAIN, values, strict=False))
        sets = [_split(text) for text in values[len(_PLAIN) : -2]]
        company = frozenset(values[-2].split(_BETWEEN)) - {values[-1]} if values[-2] else frozenset()
        yield Claim(**plain, **dict(zip(_SETS, sets, strict=True)), company=company)  # type: ignore[arg-type]


@lru_cache(maxsize=200_000)
def _split(text: str) -> frozenset[str]:
    return frozenset(text.split(_BETWEEN)) if text else frozenset()
