"""Compare two people by named features: each gives a weight and one sentence."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import sqrt

from pipeline.records import Gender, Reason
from pipeline.resolve.keys import fold, surname_key
from pipeline.tables import load_table


@dataclass(frozen=True, slots=True)
class Claim:
    """What one article (or one row of a list) says of one person, ready to be compared.

    Attributes:
        claim_id: Unique; for an article's person the id of the first mention.
        municipalities: TERC codes, first six digits, of the articles and offices.
        institutions: Folded names of bodies.
    """

    claim_id: str
    given_names: str
    surname: str
    gender: Gender | None
    title: str
    role_codes: frozenset[str]
    institutions: frozenset[str]
    municipalities: frozenset[str]


def compare(left: Claim, right: Claim) -> list[Reason]:
    """Return every feature that two claims share or differ in; symmetric."""
    first, second = sorted((left, right), key=lambda claim: claim.claim_id)
    features = [
        *_compare_names(first, second),
        *_compare_gender(first, second),
        *_compare_places(first, second),
        *_compare_offices(first, second),
    ]
    weights = load_weights()
    return [Reason(feature, weights[feature], sentence) for feature, sentence in features]


def score(reasons: list[Reason]) -> float:
    """Return the sum of the weights; above 0 speaks for one person."""
    return sum(reason.weight for reason in reasons)


@cache
def load_weights() -> dict[str, float]:
    """Return the weight of each feature, from data/tables/match_weights.tsv."""
    return {row["feature"]: float(row["weight"]) for row in load_table("match_weights")}


def _compare_names(left: Claim, right: Claim) -> Iterator[tuple[str, str]]:
    if surname_key(left.surname) == surname_key(right.surname):
        yield "surname_same", f"both are {left.surname}"
    yield _compare_given(left.given_names, right.given_names)
    if left.given_names and right.given_names:
        bearers = expected_bearers(left.given_names, left.surname)
        if bearers < 30:
            yield "name_rare", f"about {bearers:.0f} people may be called {left.given_names} {left.surname}"
        elif bearers > 600:
            yield "name_common", f"about {bearers:.0f} people may be called {left.given_names} {left.surname}"


def _compare_given(left: str, right: str) -> tuple[str, str]:
    ours, theirs = fold(left).split(), fold(right).split()
    if not ours or not theirs:
        return "given_name_missing", f"given names are {left or 'unknown'} and {right or 'unknown'}"
    if ours[0] == theirs[0]:
        if len(ours) > 1 and len(theirs) > 1 and ours[1][0] != theirs[1][0]:
            return "given_name_differs", f"second given names are {left} and {right}"
        return "given_name_same", f"both are {left.split()[0]}"
    short, long = sorted((ours[0].removesuffix("."), theirs[0].removesuffix(".")), key=len)
    if len(short) == 1 and long.startswith(short):
        return "given_name_initial", f"{left} and {right} have one initial"
    if short in _variants().get(long, frozenset()) or long in _variants().get(short, frozenset()):
        return "given_name_diminutive", f"{left} and {right} are forms of one name"
    return "given_name_differs", f"given names are {left} and {right}"


def _compare_gender(left: Claim, right: Claim) -> Iterator[tuple[str, str]]:
    if left.gender and right.gender and left.gender != right.gender:
        yield "gender_differs", "one is a woman, the other a man"


def _compare_places(left: Claim, right: Claim) -> Iterator[tuple[str, str]]:
    ours, theirs = left.municipalities, right.municipalities
    if not ours or not theirs:
        yield "municipality_unknown", "the gmina of one is unknown"
    elif shared := sorted(ours & theirs):
        yield "municipality_same", f"both belong to gmina {shared[0]}"
    elif {code[:4] for code in ours} & {code[:4] for code in theirs}:
        yield "municipality_differs", f"gminas are {min(ours)} and {min(theirs)}"
        yield "municipality_near", f"both gminas lie in powiat {min(ours)[:4]}"
    else:
        yield "municipality_differs", f"gminas are {min(ours)} and {min(theirs)}"


def _compare_offices(left: Claim, right: Claim) -> Iterator[tuple[str, str]]:
    if shared := sorted(left.institutions & right.institutions):
        yield "same_institution", f"both belong to {shared[0]}"
    if codes := sorted(left.role_codes & right.role_codes):
        yield "role_code_same", f"both are {codes[0]}"
    if left.title and fold(left.title) == fold(right.title):
        yield "title_same", f"both are {left.title}"


@cache
def _variants() -> dict[str, frozenset[str]]:
    """Familiar forms of each given name, folded."""
    forms: dict[str, set[str]] = {}
    for row in load_table("given_name_variants"):
        forms.setdefault(fold(row["name"]), set()).add(fold(row["variant"]))
    return {name: frozenset(variants) for name, variants in forms.items()}


@cache
def _given_shares() -> dict[str, float]:
    counts: dict[str, int] = {}
    for row in load_table("given_names"):
        counts[fold(row["name"])] = counts.get(fold(row["name"]), 0) + int(row["count"])
    total = sum(counts.values())
    return {name: count / total for name, count in counts.items()}


@cache
def _surname_shares() -> dict[str, float]:
    """Square roots of the corpus counts: public figures are named far more often than they are many."""
    counts: dict[str, float] = {}
    for row in load_table("surnames"):
        key = surname_key(row["surname"])
        counts[key] = counts.get(key, 0.0) + sqrt(float(row["count"]))
    total = sum(counts.values())
    return {name: count / total for name, count in counts.items()}


def expected_bearers(given_names: str, surname: str) -> float:
    """Estimate how many of 38 million people bear the name, surname and given name taken as independent."""
    first = fold(given_names).split()[:1]
    given = _given_shares().get(first[0] if first else "", 1e-6)
    return 38e6 * given * _surname_shares().get(surname_key(surname), 2e-5)
