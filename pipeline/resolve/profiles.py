"""Claims that say the same of a person, taken together: what is compared is one profile for all of them."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from pipeline.resolve.compare import Claim
from pipeline.resolve.matcher import Matcher

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Profile:
    """Claims alike in all that is compared.

    Attributes:
        claim: What they say together, under the smallest claim_id.
        members: The claims, sorted by claim_id.
    """

    claim: Claim
    members: tuple[Claim, ...]


def make_profiles(claims: Iterable[Claim], matcher: Matcher) -> list[Profile]:
    """Take alike claims together where two of them would be joined anyway; sorted by claim_id.

    A claim that somebody judged, or that stands in a given list, stays alone.
    """
    alone = matcher.judged_ids()
    groups: dict[Hashable, list[Claim]] = defaultdict(list)
    for claim in claims:
        key = claim.claim_id if claim.claim_id in alone or claim.known_id else content_of(claim)
        groups[key].append(claim)
    profiles = [profile for group in groups.values() for profile in _join_alike(group, matcher)]
    return sorted(profiles, key=lambda profile: profile.claim.claim_id)


def content_of(claim: Claim) -> tuple[object, ...]:
    """Return all of a claim that is compared, but for its article."""
    return (
        claim.given_names,
        claim.surname,
        claim.gender,
        claim.titles,
        claim.role_codes,
        claim.institutions,
        claim.municipalities,
        claim.is_placed,
    )


def _join_alike(group: Sequence[Claim], matcher: Matcher) -> list[Profile]:
    claims = sorted(group, key=lambda claim: claim.claim_id)
    if len(claims) == 1 or matcher.score(_bare(claims[0]), _bare(claims[1])) <= 0:
        return [Profile(claim, (claim,)) for claim in claims]
    whole = replace(
        claims[0],
        articles=_union(claims, lambda claim: claim.articles),
        company=_union(claims, lambda claim: claim.company),
        sources=_union(claims, lambda claim: claim.sources),
        first=min((claim.first for claim in claims if claim.first), default=None),
        last=max((claim.last for claim in claims if claim.last), default=None),
    )
    return [Profile(whole, tuple(claims))]


def _bare(claim: Claim) -> Claim:
    return replace(
        claim, articles=frozenset(), company=frozenset(), sources=frozenset(), first=None, last=None
    )


def _union(claims: Iterable[Claim], part: Callable[[Claim], frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*(part(claim) for claim in claims))
