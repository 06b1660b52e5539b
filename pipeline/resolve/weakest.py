"""What holds a person of the dataset together: the weakest link, its reasons, and what would break it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from pipeline.records import Reason
from pipeline.resolve.claim_rows import make_table_claims
from pipeline.resolve.compare import score, sorted_features
from pipeline.resolve.judgements import judge_claims
from pipeline.resolve.matcher import Matcher, Pair
from pipeline.resolve.profiles import Profile, make_profiles
from pipeline.resolve.rarity import count_surnames
from pipeline.resolve.uncertain import list_people

TABLES = ("mentions", "articles", "affiliations", "evidence", "actors")


@dataclass(frozen=True, slots=True)
class WeakestLink:
    """Where a person would come apart first.

    Attributes:
        left: Smallest mention id of one side of the link.
        right: The same of the other.
        score: Of the pair; no other pair across the two sides scores higher.
        reasons: What was compared, what weighs most first.
        breaking: The features without which the pair would no longer speak for one person; empty when it
            does not anyway, and the two are joined as the only ones who can be meant.
        sides: The articles on either side of the link, sorted.
    """

    left: str
    right: str
    score: float
    reasons: tuple[Reason, ...]
    breaking: tuple[str, ...]
    sides: tuple[tuple[str, ...], tuple[str, ...]]


def find_weakest_link(
    tables: Mapping[str, pd.DataFrame], actor_id: str, judged: Mapping[Pair, str] | None = None
) -> WeakestLink | None:
    """Return the weakest link of one person; None when all articles say the same of them, or there is one.

    Args:
        tables: those of `TABLES`.
        actor_id: Whose.
        judged: `same` or `different` for pairs of mention ids, the smaller first.
    """
    named = tables["mentions"]
    own = set(named.loc[named["entity_id"] == actor_id, "article_id"])
    people = list_people({**tables, "mentions": named[named["article_id"].isin(own)]})
    claims = dict(zip(people["claim_id"], make_table_claims(people), strict=True))
    mine = people[people["actor_id"] == actor_id]
    mentions = named.loc[named["entity_id"] == actor_id]
    claim_of = mine.set_index("article_id")["claim_id"].to_dict()
    claim_ids = dict(zip(mentions["mention_id"], mentions["article_id"].map(claim_of), strict=True))
    rarity = count_surnames(zip(tables["actors"]["given_names"], tables["actors"]["surname"], strict=True))
    matcher = Matcher(rarity, judge_claims(judged or {}, claim_ids))
    return weakest_of(make_profiles([claims[claim_id] for claim_id in mine["claim_id"]], matcher), matcher)


def weakest_of(profiles: Sequence[Profile], matcher: Matcher) -> WeakestLink | None:
    """Return the weakest link of the tree of strongest links between profiles; None for fewer than two."""
    pairs = [
        (-matcher.score(profiles[left].claim, profiles[right].claim), left, right)
        for left, right in combinations(range(len(profiles)), 2)
    ]
    groups = {number: {number} for number in range(len(profiles))}
    weakest: tuple[float, int, int, set[int]] | None = None
    for lost, left, right in sorted(pairs):
        if right not in groups[left]:
            weakest = (-lost, left, right, set(groups[left]))
            joined = groups[left] | groups[right]
            groups |= dict.fromkeys(joined, joined)
    return None if weakest is None else _make_link(profiles, matcher, *weakest)


def _make_link(
    profiles: Sequence[Profile], matcher: Matcher, value: float, left: int, right: int, side: set[int]
) -> WeakestLink:
    reasons = sorted_features(matcher.explain(profiles[left].claim, profiles[right].claim))
    others = set(range(len(profiles))) - side
    return WeakestLink(
        profiles[left].claim.claim_id,
        profiles[right].claim.claim_id,
        value,
        tuple(reasons),
        tuple(_find_breaking(reasons)),
        (_articles(profiles, side), _articles(profiles, others)),
    )


def _find_breaking(reasons: Sequence[Reason]) -> list[str]:
    """Return the fewest features whose loss brings the score to 0 or below."""
    left, breaking = score(reasons), []
    for reason in sorted(reasons, key=lambda reason: (-reason.weight, reason.feature)):
        if left <= 0 or reason.weight <= 0:
            break
        left -= reason.weight
        breaking.append(reason.feature)
    return breaking


def _articles(profiles: Sequence[Profile], numbers: set[int]) -> tuple[str, ...]:
    claims = (claim for number in numbers for claim in profiles[number].members)
    return tuple(sorted({article for claim in claims for article in claim.articles}))
