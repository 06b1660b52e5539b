"""Why a tie between a person and an office, body or place was missed or invented: the causes one can act on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.training.accounts import Account, Claim, fold_case
from pipeline.training.matches import RELATIONS, find_relation, pair_claims
from pipeline.training.mistakes import mark_words


@dataclass(frozen=True, slots=True)
class Cause:
    """One missed or invented tie.

    Attributes:
        part: role, institution or place.
        side: missed or spurious.
        cause: What went wrong first, such as `no link`, `left out, inferred`, `another, stated`.
    """

    article: str
    part: str
    side: str
    cause: str
    wanted: str
    given: str
    around: str


def find_causes(gold: Account, found: Account) -> list[Cause]:
    """Return the cause of every tie of one article that only one side has, each tie once."""
    pairs = pair_claims(gold.claims, found.claims)
    causes: list[Cause] = []
    for part in RELATIONS:
        ties = find_relation(gold, part), find_relation(found, part)
        partner = {id(one): other for one, other in pairs}
        back = {id(other): one for one, other in pairs}
        missed = _claims_with(gold.claims, part, ties[0] - ties[1])
        spurious = _claims_with(found.claims, part, ties[1] - ties[0])
        causes += [_missed(gold, claim, partner.get(id(claim)), part) for claim in missed]
        causes += [_spurious(gold, claim, back.get(id(claim)), part) for claim in spurious]
    return causes


def _claims_with(claims: Sequence[Claim], part: str, ties: set[tuple[str, str]]) -> Iterator[Claim]:
    """Yield the first claim that states each of the ties."""
    seen: set[tuple[str, str]] = set()
    for claim in claims:
        key = fold_case(claim.person), fold_case(getattr(claim, part) or "")
        if key in ties and key not in seen:
            seen.add(key)
            yield claim


def _missed(gold: Account, claim: Claim, other: Claim | None, part: str) -> Cause:
    cause = _compare(claim, other, part)
    given = "" if other is None else str(getattr(other, part) or "")
    return _make(gold, claim, part, "missed", cause, str(getattr(claim, part)), given)


def _spurious(gold: Account, claim: Claim, other: Claim | None, part: str) -> Cause:
    wanted = "" if other is None else str(getattr(other, part) or "")
    if other is None:
        cause = "link that gold lacks"
    else:
        cause = f"{'gold has another' if wanted else 'gold has none'}, {_kind(claim, part)}"
    return _make(gold, claim, part, "spurious", cause, wanted, str(getattr(claim, part)))


def _compare(claim: Claim, other: Claim | None, part: str) -> str:
    if other is None:
        return "no link to the office" if claim.role else "no link to the body"
    if part == "place" and fold_case(claim.institution or "") != fold_case(other.institution or ""):
        return "with a body that is wrong or left out"
    return f"{'another one' if getattr(other, part) else 'left out'}, {_kind(claim, part)}"


def _kind(claim: Claim, part: str) -> str:
    return "inferred" if part in claim.inferred else "stated"


def _make(gold: Account, claim: Claim, part: str, side: str, cause: str, wanted: str, given: str) -> Cause:
    around = mark_words(gold.text, claim.start, claim.end)
    return Cause(gold.article_id, part, side, cause, wanted, given, around)
