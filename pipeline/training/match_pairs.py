"""The bench of labelled pairs of people, `data/bench/pairs.csv`: loaded, split, measured by reason."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pipeline.errors import CivicActorsError
from pipeline.resolve.claim_rows import make_table_claims
from pipeline.resolve.cluster import cluster_claims
from pipeline.resolve.compare import Claim
from pipeline.resolve.matcher import Matcher

HALVES = ("fit", "test")
_FIELDS = (
    *("name", "gender", "title", "role", "institution", "municipality_teryt", "published", "article_id"),
)


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two claims, whether they are of one person, and what makes the pair awkward."""

    pair_id: str
    left: Claim
    right: Claim
    is_same: bool
    reason: str

    @property
    def half(self) -> str:
        """`fit` or `test`, by a hash of the id."""
        return HALVES[int(hashlib.sha256(self.pair_id.encode()).hexdigest(), 16) % 2]


@dataclass(frozen=True, slots=True)
class PairFigures:
    """What is decided on labelled pairs."""

    n_pairs: int
    precision: float
    recall: float
    wrong_by_reason: dict[str, tuple[int, int]]
    wrong: tuple[str, ...]


def load_pairs(path: Path, half: str | None = None) -> list[LabelledPair]:
    """Load labelled pairs; `half` keeps `fit` or `test`.

    Raises:
        CivicActorsError: A verdict is neither `same` nor `different`.
    """
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    if wrong := sorted(set(table["verdict"]) - {"same", "different"}):
        raise CivicActorsError(f"{path}: a verdict is same or different, not {wrong[0]!r}")
    sides = [_read_side(table, side) for side in ("left", "right")]
    pairs = [
        LabelledPair(pair_id, left, right, verdict == "same", reason)
        for pair_id, verdict, reason, left, right in zip(
            table["pair_id"], table["verdict"], table["reason"], *sides, strict=True
        )
    ]
    return [pair for pair in pairs if half in (None, pair.half)]


def _read_side(table: pd.DataFrame, side: str) -> list[Claim]:
    columns = table[[f"{side}_{field}" for field in _FIELDS]].set_axis(list(_FIELDS), axis="columns")
    return make_table_claims(columns.assign(claim_id=table["pair_id"] + f"-{side}"))


def measure_pairs(pairs: Sequence[LabelledPair], matcher: Matcher | None = None) -> PairFigures:
    """Return precision and recall of `same`, and what is wrong for each reason.

    A pair is joined when the two claims, with no others beside them, make one cluster.
    """
    decided = [(pair, len(cluster_claims((pair.left, pair.right), matcher)) == 1) for pair in pairs]
    right = sum(pair.is_same and found for pair, found in decided)
    by_reason: dict[str, list[bool]] = defaultdict(list)
    for pair, found in decided:
        by_reason[pair.reason].append(found == pair.is_same)
    return PairFigures(
        n_pairs=len(decided),
        precision=_share(right, sum(found for _, found in decided)),
        recall=_share(right, sum(pair.is_same for pair, _ in decided)),
        wrong_by_reason={
            reason: (answers.count(False), len(answers))
            for reason, answers in sorted(by_reason.items())
            if False in answers
        },
        wrong=tuple(pair.pair_id for pair, found in decided if found != pair.is_same),
    )


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def in_half(pairs: Iterable[LabelledPair], half: str) -> list[LabelledPair]:
    """Return the pairs of one half."""
    return [pair for pair in pairs if pair.half == half]
