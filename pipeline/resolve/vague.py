"""People without a whole name, or without a place: each joins the one person who can be meant, or nobody."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipeline.resolve.compare import FORBIDS, Claim
from pipeline.resolve.given_names import block_names, is_initial, relate_given, split_given
from pipeline.resolve.keys import surname_parts
from pipeline.resolve.matcher import AGAINST, Matcher, Pair
from pipeline.resolve.profiles import Profile

Cluster = list[Profile]
_CLEAR = 2.0  # how much better than its rival the person must fit whom a vague claim joins
_FORBIDDEN = FORBIDS / 2  # below this a feature forbids the pair; what merely speaks against it is less
_LEAST = -2.5  # what the pair may lack when nobody else can be meant
_LEAST_PLACELESS = (
    -1.2
)  # the same for a whole name without a place: its rival may live where no article looked


def attach_vague(
    clusters: Sequence[Cluster],
    vague: Sequence[Profile],
    matcher: Matcher,
    ties: list[Pair] | None = None,
) -> list[Cluster]:
    """Let each vague profile join the one cluster it fits, then those left over join each other.

    Whether one joins depends on the clusters of whole names alone, so order is without effect. Whoever may sway
    another is added to `ties`.
    """
    index = _index_clusters(clusters)
    grown: list[Cluster] = [list(cluster) for cluster in clusters]
    left: dict[tuple[str, ...], Cluster] = defaultdict(list)
    alike: dict[tuple[str, ...], str] = {}
    for profile in vague:
        numbers = _find_clusters(profile.claim, index)
        if ties is not None:
            own = profile.claim.claim_id
            ties += [(own, clusters[number][0].claim.claim_id) for number in sorted(numbers)]
            ties.append((own, alike.setdefault(own_key(profile.claim), own)))
        chosen = _choose(profile.claim, clusters, numbers, matcher)
        if chosen is None:
            left[own_key(profile.claim)].append(profile)
        else:
            grown[chosen].append(profile)
    grown += [cluster for group in left.values() for cluster in _join_left_over(group, matcher)]
    return [sorted(cluster, key=lambda profile: profile.claim.claim_id) for cluster in grown]


def _index_clusters(clusters: Sequence[Cluster]) -> dict[tuple[str, str], list[int]]:
    """Return the clusters by part of surname, and gmina or body."""
    index: dict[tuple[str, str], dict[int, None]] = defaultdict(dict)
    for number, cluster in enumerate(clusters):
        for profile in cluster:
            for key in person_keys(profile.claim):
                index[key][number] = None
    return {key: list(numbers) for key, numbers in index.items()}


def person_keys(claim: Claim) -> Iterable[tuple[str, str]]:
    """Return a person's keys: a part of the surname with a gmina, with a body, and with each given name."""
    where = [*claim.municipalities, *claim.institutions]
    if claim.given_names and not is_initial(split_given(claim.given_names)[0]):
        where += [f"={name}" for name in block_names(split_given(claim.given_names)[0])]
    return [(part, place) for part in surname_parts(claim.surname) for place in where]


def looked_up(claim: Claim) -> Iterable[tuple[str, str]]:
    """Return the keys under which a vague claim looks: its places, and its name only where it has none."""
    places = claim.municipalities | claim.institutions
    return [key for key in person_keys(claim) if not places or not key[1].startswith("=")]


def _find_clusters(claim: Claim, index: dict[tuple[str, str], list[int]]) -> set[int]:
    return {number for key in looked_up(claim) for number in index.get(key, ())}


def _choose(claim: Claim, clusters: Sequence[Cluster], numbers: set[int], matcher: Matcher) -> int | None:
    fits = sorted(
        ((_fit(claim, clusters[number], matcher), number) for number in numbers),
        key=lambda fit: (-fit[0], fit[1]),
    )
    possible = [(fit, number) for fit, number in fits if fit > AGAINST]
    least = _LEAST if claim.municipalities or claim.institutions else _LEAST_PLACELESS
    if not possible or possible[0][0] <= least:
        return None
    has_rival = len(possible) > 1 and (possible[1][0] > possible[0][0] - _CLEAR or possible[0][0] <= 0)
    return None if has_rival else possible[0][1]


def _fit(claim: Claim, cluster: Cluster, matcher: Matcher) -> float:
    """Return how well a claim fits a person: its best pair, unless any pair is forbidden.

    Where the claim names an office, those pairs decide in which the person has one too: what says nothing of a
    namesake's other office does not hide it. That the person held other offices as well forbids nothing.
    """
    scores = [(matcher.score(claim, profile.claim), profile.claim) for profile in cluster]
    worst = min(value for value, _ in scores)
    if worst < _FORBIDDEN:
        return worst
    if not claim.given_names and not _may_lack_given(claim, cluster, matcher):
        return min(AGAINST, worst)
    telling = [value for value, other in scores if claim.role_codes and other.role_codes]
    return max(telling or [value for value, _ in scores])


def _may_lack_given(claim: Claim, cluster: Cluster, matcher: Matcher) -> bool:
    """Say whether a surname alone can mean a person: by a shared office, or as a rare one of their gmina."""
    if any(_shares_office(claim, profile.claim) for profile in cluster):
        return True
    says_more = claim.role_codes or claim.institutions
    is_near = any(claim.municipalities & profile.claim.municipalities for profile in cluster)
    return not says_more and is_near and matcher.rarity.is_rare(claim.surname)


def _shares_office(left: Claim, right: Claim) -> bool:
    return bool(left.role_codes & right.role_codes or left.institutions & right.institutions)


def own_key(claim: Claim) -> tuple[str, ...]:
    """Return what vague claims must share to be one person: all that they say of name, place and office."""
    places = sorted(claim.municipalities) or [claim.claim_id]
    return (
        " ".join(surname_parts(claim.surname)),
        " ".join(split_given(claim.given_names)),
        claim.gender or "",
        *places,
        *(sorted(claim.role_codes) or [claim.claim_id]),
    )


def _join_left_over(group: Cluster, matcher: Matcher) -> list[Cluster]:
    first, *others = sorted(group, key=lambda profile: profile.claim.claim_id)
    clusters = [[first]]
    for profile in others:
        scores = [matcher.score(profile.claim, member.claim) for member in clusters[0]]
        if min(scores) > 0 and relate_given(first.claim.given_names, profile.claim.given_names) != "differs":
            clusters[0].append(profile)
        else:
            clusters.append([profile])
    return clusters
