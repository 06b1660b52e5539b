"""The weakest link: the one whose loss parts a person, by brute force."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.resolve.compare import Claim
from pipeline.resolve.matcher import Matcher
from pipeline.resolve.profiles import Profile
from pipeline.resolve.weakest import weakest_of


class _Scored(Matcher):
    """Scores pairs by a table."""

    def __init__(self, scores: dict[frozenset[str], float]) -> None:
        super().__init__()
        object.__setattr__(self, "scores", scores)

    def score(self, left: Claim, right: Claim) -> float:
        return self.scores[frozenset((left.claim_id, right.claim_id))]


def _profiles(size: int) -> list[Profile]:
    claims = [Claim(str(n), "Jan", "Wosnitza", articles=frozenset({f"a{n}"})) for n in range(size)]
    return [Profile(claim, (claim,)) for claim in claims]


@settings(deadline=None)
@given(
    st.integers(2, 6).flatmap(
        lambda n: st.lists(st.integers(-9, 9), min_size=15, max_size=15).map(lambda s: (n, s))
    )
)
def test_no_pair_across_the_two_sides_scores_higher(case: tuple[int, list[int]]) -> None:
    size, drawn = case
    pairs = list(combinations(range(size), 2))
    scores = {frozenset(map(str, pair)): float(value) for pair, value in zip(pairs, drawn, strict=False)}
    link = weakest_of(_profiles(size), _Scored(scores))
    assert link is not None
    left, right = ({article[1:] for article in side} for side in link.sides)
    assert left | right == {str(n) for n in range(size)}
    assert not left & right
    assert link.score == max(scores[frozenset((one, other))] for one in left for other in right)
    cuts = [set(map(str, cut)) for k in range(1, size) for cut in combinations(range(size), k)]
    everyone = {str(n) for n in range(size)}
    assert link.score == min(
        max(scores[frozenset((one, other))] for one in cut for other in everyone - cut) for cut in cuts
    )


def test_what_breaks_a_link_is_what_weighs_most() -> None:
    first = Claim("1", "Jan", "Wosnitza", municipalities=frozenset({"160907"}), articles=frozenset({"a"}))
    second = Claim("2", "Jan", "Wosnitza", municipalities=frozenset({"160907"}), articles=frozenset({"b"}))
    link = weakest_of([Profile(first, (first,)), Profile(second, (second,))], Matcher())
    assert link is not None
    weights = {reason.feature: reason.weight for reason in link.reasons}
    assert link.score == sum(weights.values()) > 0
    assert link.score - sum(weights[feature] for feature in link.breaking) <= 0
    assert link.score - sum(weights[feature] for feature in link.breaking[:-1]) > 0


def test_one_profile_has_no_link() -> None:
    assert weakest_of(_profiles(1), Matcher()) is None
