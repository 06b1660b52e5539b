"""What is lost on a generated population, by what a claim lacks, and how much no way of joining could find."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.resolve.claim_rows import make_table_claims
from pipeline.resolve.compare import Claim
from pipeline.resolve.given_names import is_initial, split_given
from pipeline.resolve.keys import surname_key
from pipeline.training.populations import make_population
from pipeline.training.resolve_peers import by_ours
from pipeline.training.scores import b_cubed

DEVELOPMENT_SEED = 11
Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Cause:
    """What claims of one kind lose.

    Attributes:
        lacks: What the claims lack.
        lost_precision: B-cubed precision lost, in claims; so lost_recall.
        n_open: Claims that fit several people in all they say: no care could place them.
    """

    lacks: str
    n_claims: int
    lost_precision: float
    lost_recall: float
    n_open: int


@dataclass(frozen=True, slots=True)
class Causes:
    """Losses by cause, and the recall of a judge who never errs but leaves alone what fits several people."""

    n_claims: int
    causes: tuple[Cause, ...]
    recall_ceiling: float


def find_causes(n_claims: int, *, seed: int = DEVELOPMENT_SEED) -> Causes:
    """Join a population and count what is lost; the seed is for study, never that of the measured figures."""
    table = make_population(n_claims, seed=seed)
    truth = dict(zip(table["claim_id"], table["person_id"], strict=True))
    bare = table.drop(columns="person_id")
    rates = b_cubed(truth, by_ours(bare))
    claims = make_table_claims(bare)
    open_ids = find_open(claims, truth)
    groups: dict[str, list[str]] = defaultdict(list)
    for claim in claims:
        groups[what_lacks(claim)].append(claim.claim_id)
    causes = [
        Cause(
            lacks,
            len(ids),
            sum(1 - rates[claim_id][0] for claim_id in ids),
            sum(1 - rates[claim_id][1] for claim_id in ids),
            sum(claim_id in open_ids for claim_id in ids),
        )
        for lacks, ids in sorted(groups.items())
    ]
    alone = {claim_id: claim_id if claim_id in open_ids else person for claim_id, person in truth.items()}
    ceiling = sum(recall for _, recall in b_cubed(truth, alone).values()) / len(truth)
    return Causes(n_claims, tuple(causes), ceiling)


def what_lacks(claim: Claim) -> str:
    """Return what a claim lacks most."""
    given = split_given(claim.given_names)
    if not given:
        return "given name"
    if is_initial(given[0]):
        return "given name but its initial"
    if not claim.municipalities:
        return "gmina"
    return "nothing" if claim.role_codes else "office"


def find_open(claims: Sequence[Claim], truth: Mapping[str, str]) -> set[str]:
    """Return the claims that say nothing by which one person could be chosen from several of the population.

    A claim is compared by surname, given name or initial, gmina and office. Where nobody else is named so in
    its gmina, as of a guest, the gmina tells nothing, and likewise the office.
    """
    people: dict[Key, Counter[str]] = defaultdict(Counter)
    for claim in claims:
        for key in _vaguer(claim):
            people[key][truth[claim.claim_id]] += 1
    return {claim.claim_id for claim in claims if _is_open(claim, people)}


def _is_open(claim: Claim, people: Mapping[Key, Counter[str]]) -> bool:
    surname, given, gmina, code = _key(claim)
    for key in ((surname, given, gmina, code), (surname, given, gmina, ""), (surname, given, "", "")):
        if people[key].total() > 1:
            return len(people[key]) > 1
    return False


def _key(claim: Claim) -> Key:
    given = split_given(claim.given_names)[:1]
    gmina, code = min(claim.municipalities, default=""), min(claim.role_codes, default="")
    return (surname_key(claim.surname), given[0] if given else "", gmina, code)


def _vaguer(claim: Claim) -> Iterable[Key]:
    """Return all that a shorter claim of the same person could say."""
    surname, given, gmina, code = _key(claim)
    return {
        (surname, name, place, office)
        for name in (given, given[:1], "")
        for place in (gmina, "")
        for office in (code, "")
    }
