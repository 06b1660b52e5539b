"""A second look at all candidates of a stretch together: who else wants the office, and what else the person.

The first model weighs each pair alone. Here each pair sees how sure its rivals are: another person for an
office of one holder, another office for the person, the neighbours in a list that share one office or body.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.extract.candidates import Candidate

_STEPS = (0.03, 0.1, 0.25, 0.42, 0.6, 0.8, 0.93)

Scored = tuple[Candidate, float]


def joint_features(scored: Sequence[Scored]) -> list[tuple[str, ...]]:
    """Return the features of each candidate of one stretch, given how the first model scored them all."""
    by_person: dict[tuple[int, bool], list[Scored]] = defaultdict(list)
    by_target: dict[int, list[Scored]] = defaultdict(list)
    for pair in scored:
        by_person[_person_key(pair[0])].append(pair)
        by_target[pair[0].target.mention].append(pair)
    for pairs in by_target.values():
        pairs.sort(key=lambda pair: pair[0].person.start)
    return [
        tuple(_features(pair, by_target[pair[0].target.mention], by_person[_person_key(pair[0])]))
        for pair in scored
    ]


def _person_key(candidate: Candidate) -> tuple[int, bool]:
    return candidate.person.mention, candidate.target.office is None


def _features(pair: Scored, holders: Sequence[Scored], offices: Sequence[Scored]) -> Iterator[str]:
    candidate, score = pair
    target = candidate.target
    number = "body" if target.office is None else target.office.number
    far = candidate.pattern.endswith(":sentences")
    kind = f"{'far' if far else 'near'}:{number}"
    own = _step(score)
    rival = _step(max((other for one, other in holders if one is not candidate), default=0.0))
    other_office = _step(max((other for one, other in offices if one is not candidate), default=0.0))
    before, after = _neighbours(candidate, holders)
    yield "bias"
    yield f"own={own}"
    yield f"own_kind={kind}:{own}"
    yield f"own_pattern={candidate.pattern}:{own}"
    yield f"rival={kind}:{own}:{rival}"
    yield f"office={kind}:{own}:{other_office}"
    yield f"both={kind}:{min(own, 4)}:{min(rival, 4)}:{min(other_office, 4)}"
    yield f"before={kind}:{own}:{before}"
    yield f"after={kind}:{own}:{after}"
    yield f"between={kind}:{own}:{before}:{after}"
    surest = sum(other >= 0.5 for one, other in holders if one is not candidate)
    yield f"shared={kind}:{own}:{min(surest, 3)}"
    yield f"share={kind}:{own}:{round(4 * (surest + 1) / len(holders))}"


def _neighbours(candidate: Candidate, holders: Sequence[Scored]) -> tuple[str, str]:
    """Return how sure the people named just before and after are of the same target; `-` without one."""
    at = next(number for number, (one, _) in enumerate(holders) if one is candidate)
    before = str(min(_step(holders[at - 1][1]), 4)) if at else "-"
    after = str(min(_step(holders[at + 1][1]), 4)) if at + 1 < len(holders) else "-"
    return before, after


def _step(score: float) -> int:
    """Return how sure a score is, 0 to 7."""
    return bisect_right(_STEPS, score)
