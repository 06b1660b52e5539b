"""Compare two people by named features: each gives a weight and one sentence.

Source: data/tables/match_weights.tsv.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from pipeline.records import Gender, Reason
from pipeline.resolve.bodies import are_alike
from pipeline.resolve.given_names import relate_given, split_given
from pipeline.resolve.keys import fold
from pipeline.resolve.offices import (
    branches_of,
    clergy_codes,
    clergy_titles,
    head_codes,
    powiat_codes,
    single_codes,
)
from pipeline.resolve.rarity import Rarity
from pipeline.resolve.surnames import relate_surnames
from pipeline.tables import load_table

FORBIDS = -100.0
_TERM_DAYS = 5 * 365
_LONG_DAYS = 15 * 365
_OFTEN = 2
_FIRST_CITY = "61"
_LONGEST_CASE = 3

Feature = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Claim:
    """What one article (or one row of a list) says of one person, ready to be compared.

    Attributes:
        claim_id: Unique; for an article's person the id of the first mention.
        titles: Folded ranks, degrees and clergy titles.
        institutions: Folded names of bodies.
        municipalities: TERC codes, the first six digits, of the offices, or else of the article.
        is_placed: Whether the municipalities are said of the person; else they are the article's.
        articles: Ids of the articles; two people of one article are two.
        first: Earliest publication.
        last: Latest publication.
        company: Folded full names of others in the same articles.
        sources: Hosts of the articles.
        known_id: Id in a given list of people.
    """

    claim_id: str
    given_names: str = ""
    surname: str = ""
    gender: Gender | None = None
    titles: frozenset[str] = frozenset()
    role_codes: frozenset[str] = frozenset()
    institutions: frozenset[str] = frozenset()
    municipalities: frozenset[str] = frozenset()
    is_placed: bool = True
    articles: frozenset[str] = frozenset()
    first: date | None = None
    last: date | None = None
    company: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    known_id: str = ""

    @property
    def full_name(self) -> str:
        """Given names and surname."""
        return f"{self.given_names} {self.surname}".strip()


def compare(left: Claim, right: Claim, rarity: Rarity | None = None) -> list[Reason]:
    """Return every feature that two claims share or differ in; symmetric.

    Args:
        left: One claim.
        right: Another.
        rarity: Counts of surnames among all claims; None leaves it to the registers.
    """
    first, second = sorted((left, right), key=lambda claim: claim.claim_id)
    weights, sentences = load_weights(), load_sentences()
    return [
        Reason(feature, weights[feature], sentences[feature].format(*values))
        for feature, values in find_features(first, second, rarity or Rarity())
    ]


def score(reasons: Iterable[Reason]) -> float:
    """Return the sum of the weights; above 0 speaks for one person."""
    return sum(reason.weight for reason in reasons)


def score_pair(left: Claim, right: Claim, rarity: Rarity) -> float:
    """Return the score alone, without sentences."""
    weights = load_weights()
    return sum(weights[feature] for feature, _ in find_features(left, right, rarity))


def find_features(left: Claim, right: Claim, rarity: Rarity) -> list[Feature]:
    """Return the features of a pair with the values that their sentences name."""
    return [
        ("any_pair", ()),
        *_compare_names(left, right, rarity),
        *_compare_persons(left, right),
        *_compare_places(left, right),
        *_compare_offices(left, right),
        *_compare_bodies(left, right),
        *_compare_surroundings(left, right),
    ]


@cache
def load_weights() -> dict[str, float]:
    """Return the weight of each feature."""
    return {row["feature"]: float(row["weight"]) for row in load_table("match_weights")}


@cache
def load_sentences() -> dict[str, str]:
    """Return the sentence of each feature, `{0}` and `{1}` for the values compared."""
    return {row["feature"]: row["sentence"] for row in load_table("match_weights")}


def _compare_names(left: Claim, right: Claim, rarity: Rarity) -> Iterator[Feature]:
    surname = relate_surnames(left.surname, right.surname)
    yield f"surname_{surname}", (left.surname, right.surname)
    given: str = relate_given(left.given_names, right.given_names)
    if given == "differs" and surname == "inflected":
        given = _relate_inflected(left, right)
    yield f"given_name_{given}", (left.given_names, right.given_names)
    if surname not in ("missing", "differs") and given not in ("missing", "differs"):
        fuller = max(left, right, key=lambda claim: (len(claim.given_names), claim.claim_id))
        yield rarity.name_bin(fuller.given_names, fuller.surname), (fuller.full_name,)


def _relate_inflected(left: Claim, right: Claim) -> str:
    """Let `Jana Nowaka` be `Jan Nowak`: the surname has shown that a case ending was left over."""
    ours, theirs = split_given(left.given_names)[0], split_given(right.given_names)[0]
    short, long = sorted((ours, theirs), key=len)
    is_case = len(long) - len(short) <= _LONGEST_CASE and long.startswith(short[: max(3, len(short) - 2)])
    return "inflected" if is_case else "differs"


def _compare_persons(left: Claim, right: Claim) -> Iterator[Feature]:
    if left.gender and right.gender and left.gender != right.gender:
        yield "gender_differs", ()
    if shared := left.titles & right.titles:
        yield "title_same", (min(shared),)
    if _is_clergy(left) != _is_clergy(right) and left.role_codes and right.role_codes:
        yield "clergy_differs", ()
    if left.known_id and right.known_id and left.known_id != right.known_id:
        yield "listed_apart", (left.known_id, right.known_id)
    if (shared := left.articles & right.articles) and fold(left.full_name) != fold(right.full_name):
        yield "same_article", (min(shared),)


def _is_clergy(claim: Claim) -> bool:
    return bool(claim.titles & clergy_titles() or claim.role_codes & clergy_codes())


def _compare_places(left: Claim, right: Claim) -> Iterator[Feature]:
    ours, theirs = left.municipalities, right.municipalities
    if not ours or not theirs:
        yield "municipality_unknown", ()
    elif shared := ours & theirs:
        yield ("city_same" if _is_city(min(shared)) else "municipality_same"), (min(shared),)
    elif not (left.is_placed and right.is_placed):
        near = _prefixes(ours, 4) & _prefixes(theirs, 4)
        is_guest = any(not claim.role_codes and not claim.institutions for claim in (left, right))
        kind = "guest" if is_guest else "article_gmina"
        yield f"{kind}_{'near' if near else 'far'}", (min(ours), min(theirs))
    elif _prefixes(ours, 4) & _prefixes(theirs, 4):
        yield "powiat_same", (min(ours), min(theirs))
    elif _prefixes(ours, 2) & _prefixes(theirs, 2):
        yield "voivodeship_same", (min(ours), min(theirs))
    else:
        yield "voivodeship_differs", (min(ours), min(theirs))


def _is_city(code: str) -> bool:
    """Say whether a gmina is a city that is a powiat too; their numbers start at 61."""
    return code[2:4] >= _FIRST_CITY


def _prefixes(codes: Iterable[str], length: int) -> set[str]:
    return {code[:length] for code in codes}


def _compare_offices(left: Claim, right: Claim) -> Iterator[Feature]:
    ours, theirs = left.role_codes, right.role_codes
    if not ours or not theirs:
        return
    if shared := ours & theirs:
        yield _same_office(left, right, shared), (min(shared),)
    elif _branches(ours) & _branches(theirs):
        yield "role_branch_same", (min(ours), min(theirs))
    else:
        yield f"role_code_differs_{_where(left, right)}", (min(ours), min(theirs))
    elsewhere = _are_apart(left, right) and not left.institutions & right.institutions
    if elsewhere and (heads := ours & head_codes()) and (others := theirs & head_codes()):
        feature = "heads_of_two_gminas" if _at_once(left, right) else "head_moved"
        yield feature, (min(heads), min(others))


def _same_office(left: Claim, right: Claim, shared: frozenset[str]) -> str:
    """Return how much one office says: the head of one gmina is one person, a councillor is not."""
    near = bool(left.municipalities & right.municipalities)
    if _are_apart(left, right):
        shares_powiat = _prefixes(left.municipalities, 4) & _prefixes(right.municipalities, 4)
        is_of_powiat = shares_powiat and shared & powiat_codes()
        return "powiat_office_same" if is_of_powiat else "role_code_same_elsewhere"
    if near and shared & head_codes():
        return "head_same"
    alike = left.institutions & right.institutions or not (left.institutions and right.institutions)
    return "single_office_same" if near and alike and shared & single_codes() else "role_code_same"


def _are_apart(left: Claim, right: Claim) -> bool:
    """Say whether both belong to gminas, and to different ones, by what is said of them."""
    ours, theirs = left.municipalities, right.municipalities
    return left.is_placed and right.is_placed and bool(ours and theirs) and not ours & theirs


def _where(left: Claim, right: Claim) -> str:
    """Return `here` when both belong to one gmina that is no city: two bodies or offices there share people."""
    shared = left.municipalities & right.municipalities
    return "here" if shared and not _is_city(min(shared)) else "elsewhere"


def _branches(codes: Iterable[str]) -> set[str]:
    return {branch for code in codes for branch in branches_of(code)}


def _at_once(left: Claim, right: Claim) -> bool:
    days = _days_apart(left, right)
    return days is None or days < _TERM_DAYS


def _days_apart(left: Claim, right: Claim) -> int | None:
    if not left.first or not right.first or not left.last or not right.last:
        return None
    return max(0, (right.first - left.last).days, (left.first - right.last).days)


def _compare_bodies(left: Claim, right: Claim) -> Iterator[Feature]:
    if not left.institutions or not right.institutions:
        return
    if shared := left.institutions & right.institutions:
        yield "institution_same", (min(shared),)
        return
    pairs = [(one, other) for one in sorted(left.institutions) for other in sorted(right.institutions)]
    alike = next((pair for pair in pairs if are_alike(*pair)), None)
    if alike:
        yield "institution_alike", alike
    else:
        yield f"institution_differs_{_where(left, right)}", pairs[0]


def _compare_surroundings(left: Claim, right: Claim) -> Iterator[Feature]:
    days = _days_apart(left, right)
    if days is not None and days > _LONG_DAYS:
        yield "years_apart", (str(left.first), str(right.first))
    shared = left.company & right.company
    if left.municipalities & right.municipalities:
        shared = frozenset()  # in one gmina everybody meets everybody
    if len(shared) >= _OFTEN:
        yield "company_shared_often", (", ".join(sorted(shared)[:3]),)
    elif shared:
        yield "company_shared", (min(shared),)
    if common := left.sources & right.sources:
        yield "source_same", (min(common),)


def sorted_features(reasons: Sequence[Reason]) -> list[Reason]:
    """Return reasons, those that weigh most first."""
    return sorted(reasons, key=lambda reason: (-abs(reason.weight), reason.feature))
