"""How much of a dataset is right: a sample of its claims to fill in, and what the answers say.

A claim is one row of `evidence`: this sentence says that this person holds this office there.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from pipeline.errors import CivicActorsError
from pipeline.resolve.keys import make_id
from pipeline.resolve.offices import branches_of
from pipeline.resolve.sheets import read_sheet, write_sheet

SEED = 2026
TABLES = ("actors", "affiliations", "evidence", "articles")
COLUMNS = (
    *("audit_id", "person", "person_text", "role", "institution", "place", "status", "since", "until"),
    *("sentence", "role_group", "source", "article", "headline", "right", "wrong_part", "note"),
)
_RIGHT = {
    "y": True,
    "yes": True,
    "t": True,
    "tak": True,
    "1": True,
    "n": False,
    "no": False,
    "nie": False,
    "0": False,
}
_OPEN = frozenset({"", "?", "u", "unsure"})
_Z = 1.959964  # of a 95 % interval


@dataclass(frozen=True, slots=True)
class Precision:
    """How many of the claims judged are right: of all, or of one role group, source or part.

    Attributes:
        by: `all`, `role` or `source`.
        low: Lower end of the 95 % Wilson interval.
        high: Upper end.
    """

    by: str
    name: str
    right: int
    judged: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share that is right; 0 where nothing is judged."""
        return self.right / self.judged if self.judged else 0.0


@dataclass(frozen=True, slots=True)
class Audit:
    """The answers of a filled-in sheet.

    Attributes:
        figures: Of all claims first, then by role group and by source, the most judged first.
        wrong_parts: How often each part was named as wrong.
        n_open: Rows without an answer, or unsure.
    """

    figures: tuple[Precision, ...]
    wrong_parts: dict[str, int]
    n_open: int


def wilson_interval(right: int, judged: int) -> tuple[float, float]:
    """Return the 95 % interval of a share; (0, 1) where nothing is judged.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, 1927.
    """
    if not judged:
        return 0.0, 1.0
    share, bend = right / judged, _Z * _Z / judged
    middle = share + bend / 2
    spread = _Z * sqrt(share * (1 - share) / judged + bend / (4 * judged))
    low, high = (middle - spread) / (1 + bend), (middle + spread) / (1 + bend)
    return (low if right else 0.0), (high if right < judged else 1.0)


def write_audit(
    tables: Mapping[str, pd.DataFrame], path: Path, *, sample: int = 200, seed: int = SEED
) -> int:
    """Write a sample of a dataset's claims to fill in; return its size.

    The claims are ordered by role group and source and taken at equal steps, so that each group has its
    share and every claim the same chance: the precision of the sample is that of the dataset.

    Args:
        tables: those of `TABLES`.
        path: The CSV.
        sample: Claims to take; all of them when the dataset has no more.
        seed: The same seed takes the same claims.
    """
    rows = list_statements(tables)
    return write_sheet(path, COLUMNS, sample_rows(rows, sample, seed=seed))


def read_audit(tables: Mapping[str, pd.DataFrame], path: Path) -> Audit:
    """Read a filled-in sheet: `right` is y or n (t, tak, nie, 1, 0 too), empty or ? when nobody can say.

    Raises:
        CivicActorsError: A row is of another dataset or stands twice, an answer is none, or nothing is answered.
    """
    known = {row["audit_id"]: row for row in list_statements(tables)}
    answers: dict[str, bool] = {}
    wrong: dict[str, int] = defaultdict(int)
    rows = read_sheet(path, ("audit_id", "right"))
    for number, row in enumerate(rows, 2):
        answer = row["right"].lower()
        _check_answer(row, answer, known, answers, f"{path}, row {number}")
        if answer in _RIGHT:
            answers[row["audit_id"]] = _RIGHT[answer]
            if not _RIGHT[answer] and (part := row.get("wrong_part", "")):
                wrong[part] += 1
    if not answers:
        raise CivicActorsError(f"{path}: no row is answered; write y or n into the column `right`")
    figures = _find_figures([(known[audit_id], is_right) for audit_id, is_right in answers.items()])
    return Audit(tuple(figures), dict(sorted(wrong.items())), len(rows) - len(answers))


def _check_answer(
    row: Mapping[str, str], answer: str, known: Mapping[str, object], seen: Mapping[str, bool], where: str
) -> None:
    if row["audit_id"] not in known:
        raise CivicActorsError(f"{where}: {row['audit_id']!r} is no claim of this dataset; sample it again")
    if row["audit_id"] in seen:
        raise CivicActorsError(f"{where}: {row['audit_id']} stands twice")
    if answer not in _RIGHT and answer not in _OPEN:
        raise CivicActorsError(f"{where}: `right` is y, n or empty, not {row['right']!r}")


def _find_figures(answers: Sequence[tuple[Mapping[str, Any], bool]]) -> list[Precision]:
    figures = [_figure("all", "all claims", [is_right for _, is_right in answers])]
    for by, column in (("role", "role_group"), ("source", "source")):
        groups: dict[str, list[bool]] = defaultdict(list)
        for row, is_right in answers:
            groups[str(row[column])].append(is_right)
        figures += [
            _figure(by, name, group)
            for name, group in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
        ]
    return figures


def _figure(by: str, name: str, answers: Sequence[bool]) -> Precision:
    return Precision(by, name, sum(answers), len(answers), *wilson_interval(sum(answers), len(answers)))


def sample_rows(rows: Iterable[Mapping[str, Any]], size: int, *, seed: int) -> list[Mapping[str, Any]]:
    """Take rows at equal steps through the strata; within a stratum a hash of seed and id is the order."""

    def turn(row: Mapping[str, Any]) -> tuple[str, str, str]:
        drawn = hashlib.sha256(f"{seed}:{row['audit_id']}".encode()).hexdigest()
        return (row["role_group"], row["source"], drawn)

    ordered = sorted(rows, key=turn)
    if size >= len(ordered):
        return ordered
    step = len(ordered) / size
    start = int(hashlib.sha256(f"{seed}".encode()).hexdigest()[:8], 16) / 16**8 * step
    return [ordered[min(int(start + number * step), len(ordered) - 1)] for number in range(size)]


def list_statements(tables: Mapping[str, pd.DataFrame]) -> list[dict[str, Any]]:
    """Return every row of evidence with its person, sentence, role group and source."""
    held = tables["affiliations"][["affiliation_id", "actor_id", "role_code"]]
    people = tables["actors"][["actor_id", "name", "headline"]].rename(columns={"name": "person"})
    articles = tables["articles"][["article_id", "url", "source"]].rename(columns={"source": "file"})
    said = tables["evidence"].merge(held, on="affiliation_id").merge(people, on="actor_id")
    said = said.merge(articles, on="article_id").astype(object)
    said = said.where(said.notna(), None)
    return [_statement(dict(zip(said.columns, row, strict=True))) for row in said.itertuples(index=False)]


def _statement(row: Mapping[str, Any]) -> dict[str, Any]:
    parts = (
        row["affiliation_id"],
        row["article_id"],
        str(row["start"]),
        row["person_text"],
        row["role_text"],
    )
    copied = ("person", "person_text", "status", "since", "until", "sentence", "headline")
    return {
        "audit_id": make_id("audit", *parts),
        **{column: row[column] for column in copied},
        "role": row["role_lemma"],
        "institution": row["institution_lemma"],
        "place": row["place_lemma"],
        "role_group": role_group(row["role_code"]),
        "source": host_of(row["url"]) or "no address",
        "article": row["url"] or row["file"],
    }


def role_group(code: str | None) -> str:
    """Return the branch of an office: council, executive, school; `no role`, or `other` for an unknown one."""
    return min(branches_of(code), default="other") if code else "no role"


def host_of(url: str | None) -> str:
    """Return the host of an address, without `www.`; empty where there is none.

    >>> host_of("https://www.Ozimek.pl/news?id=1")
    'ozimek.pl'
    """
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""
