"""Clusters: a partition, whatever the order, no negative edge crossed; the same as by brute force."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.resolve.block import candidate_pairs, is_vague
from pipeline.resolve.cluster import agglomerate, cluster_claims
from pipeline.resolve.compare import Claim
from pipeline.resolve.matcher import AGAINST, Matcher
from pipeline.resolve.rarity import Rarity

GMINA, NEIGHBOUR, FAR, CITY = "160907", "160908", "201103", "166101"


def _claim(
    claim_id: str, given_names: str, surname: str, code: str = "", gmina: str = GMINA, **more: object
) -> Claim:
    made = Claim(
        claim_id,
        given_names,
        surname,
        role_codes=frozenset(filter(None, [code])),
        municipalities=frozenset(filter(None, [gmina])),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def _ids(claims: list[Claim], **options: object) -> list[list[str]]:
    clusters = cluster_claims(claims, **options)  # type: ignore[arg-type]
    return [
        sorted(claim.claim_id for profile in cluster for claim in profile.members) for cluster in clusters
    ]


def test_a_second_surname_stays_in_one_block() -> None:
    claims = [
        _claim("1", "Anna", "Wilk", "secretary"),
        _claim("2", "Anna", "Wilk-Sowa", "secretary"),
        _claim("3", "Anna", "Sowa", "secretary"),
    ]
    assert set(candidate_pairs(claims)) == {(0, 1), (1, 2)}
    assert _ids(claims[:2]) == [["1", "2"]]


@pytest.mark.parametrize(
    ("code", "gmina", "gender", "joined"),
    [
        ("mayor", GMINA, "m", True),
        ("mayor", GMINA, "f", False),
        ("mayor", NEIGHBOUR, "m", False),
        ("teacher", GMINA, "m", False),
        ("", GMINA, "m", False),
    ],
)
def test_surname_alone_joins_the_one_who_can_be_meant(
    code: str, gmina: str, gender: str, joined: bool
) -> None:
    mayor = _claim("1", "Jan", "Nowak", "mayor", gender="m")
    alone = _claim("2", "", "Nowak", code, gmina, gender=gender)
    assert (len(_ids([mayor, alone])) == 1) == joined


def test_surname_alone_joins_one_who_has_held_another_office_too() -> None:
    school, council = frozenset({"szkoła podstawowa nr 5"}), frozenset({"rada miasta"})
    claims = [
        _claim("1", "", "Lis", "councillor", CITY, institutions=council),
        _claim("2", "Jan", "Lis", "teacher", CITY, institutions=school),
        _claim("3", "Jan", "Lis", "", CITY),
        _claim("4", "Jan", "Lis", "councillor", CITY, institutions=council),
    ]
    assert _ids(claims, matcher=Matcher(Rarity({}, 40_000))) == [["1", "2", "3", "4"]]


@pytest.mark.parametrize(("surname", "joined"), [("Xyzkowiak", True), ("Nowak", False)])
def test_surname_alone_without_an_office_joins_its_only_bearer_in_the_gmina_when_it_is_rare(
    surname: str, joined: bool
) -> None:
    claims = [_claim("1", "", surname), _claim("2", "Jan", surname, "mayor")]
    many = Matcher(Rarity({"nowak": 200}, 40_000))
    assert (_ids(claims, matcher=many) == [["1", "2"]]) is joined
    claims[0] = _claim("1", "", surname, gmina=NEIGHBOUR)
    assert _ids(claims, matcher=many) == [["1"], ["2"]]


def test_a_namesake_of_another_office_is_no_rival_because_one_article_leaves_the_office_out() -> None:
    ours = [_claim("2", "Jan", "Xyzkowiak", "mayor", institutions=frozenset({"urzad gminy ozimek"}))]
    theirs = [
        _claim("3", "Jan", "Xyzkowiak", "teacher", FAR),
        _claim("4", "Jan", "Xyzkowiak", "", FAR),
    ]
    placeless = _claim("1", "Jan", "Xyzkowiak", "mayor", "")
    many = Matcher(Rarity({}, 40_000))
    assert _ids([placeless, *ours, *theirs], matcher=many) == [["1", "2"], ["3", "4"]]


def test_surname_alone_with_two_who_can_be_meant_joins_nobody() -> None:
    claims = [
        _claim("1", "Jan", "Nowak", "councillor"),
        _claim("2", "Adam", "Nowak", "councillor"),
        _claim("3", "", "Nowak", "councillor"),
    ]
    assert _ids(claims) == [["1"], ["2"], ["3"]]


def test_namesakes_of_two_gminas_stay_two() -> None:
    claims = [
        _claim(str(number), "Anna", "Wójcik", "director", gmina)
        for number, gmina in enumerate([GMINA, FAR, GMINA, FAR])
    ]
    assert _ids(claims) == [["0", "2"], ["1", "3"]]


def test_judgements_are_obeyed() -> None:
    claims = [
        _claim("1", "Jan", "Nowak", "mayor"),
        _claim("2", "Jan", "Nowak", "mayor"),
        _claim("3", "Zofia", "Lis", "", FAR),
    ]
    assert _ids(claims) == [["1", "2"], ["3"]]
    apart = Matcher(Rarity(), {("1", "2"): "different"})
    assert _ids(claims, matcher=apart) == [["1"], ["2"], ["3"]]
    joined = Matcher(Rarity(), {("1", "3"): "same"})
    assert ["1", "3"] in [sorted(set(ids) - {"2"}) for ids in _ids(claims, matcher=joined)]


def test_a_judgement_joins_whole_people_whatever_the_features_say() -> None:
    claims = [
        _claim(str(number), "Jan", "Nowak", "mayor", gmina, institutions=frozenset({f"urzad {number % 2}"}))
        for number, gmina in enumerate([GMINA, FAR, GMINA, FAR])
    ]
    assert _ids(claims) == [["0", "2"], ["1", "3"]]
    assert _ids(claims, matcher=Matcher(Rarity(), {("0", "1"): "same"})) == [["0", "1", "2", "3"]]
    torn = Matcher(Rarity(), {("0", "1"): "same", ("2", "3"): "different"})
    assert _ids(claims, matcher=torn) == [["0", "2"], ["1", "3"]]


def test_a_huge_block_is_cut_and_still_joins_within_a_gmina() -> None:
    claims = [
        _claim(f"{number:04}", "Jan", "Nowak", "councillor", f"{code:06}", titles=frozenset({str(number)}))
        for number, code in enumerate([160900 + number % 60 for number in range(240)])
    ]
    pairs = list(candidate_pairs(claims, largest=50))
    assert len(pairs) < 60 * 10
    assert all(claims[left].municipalities == claims[right].municipalities for left, right in pairs)
    assert len(_ids(claims, largest=50)) == 60


_claims = st.lists(
    st.builds(
        _claim,
        claim_id=st.uuids().map(lambda value: value.hex[:8]),
        given_names=st.sampled_from(["Jan", "Jan Adam", "J.", "Anna", "Ania", ""]),
        surname=st.sampled_from(["Nowak", "Wosnitza", "Wosnitza-Nowak", "Nowka"]),
        code=st.sampled_from(["", "mayor", "councillor"]),
        gmina=st.sampled_from(["", GMINA, NEIGHBOUR, FAR]),
        articles=st.frozensets(st.sampled_from("xyz"), max_size=1),
    ),
    max_size=9,
    unique_by=lambda claim: claim.claim_id,
)


@settings(deadline=None, max_examples=60)
@given(_claims, st.randoms(use_true_random=False))
def test_clusters_are_a_partition_in_any_order(claims: list[Claim], order: object) -> None:
    found = _ids(claims)
    assert sorted(claim_id for cluster in found for claim_id in cluster) == sorted(c.claim_id for c in claims)
    shuffled = list(claims)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert _ids(shuffled) == found


@settings(deadline=None, max_examples=60)
@given(_claims)
def test_no_negative_edge_is_crossed(claims: list[Claim]) -> None:
    matcher = Matcher()
    for cluster in cluster_claims(claims, matcher):
        whole = [profile.claim for profile in cluster if not is_vague(profile.claim)]
        assert all(matcher.score(left, right) >= AGAINST for left, right in combinations(whole, 2))


_scores = st.integers(2, 6).flatmap(
    lambda size: st.tuples(
        st.just(size),
        st.lists(st.integers(-12, 9), min_size=size * (size - 1) // 2, max_size=size * (size - 1) // 2),
    )
)


def _brute_force(size: int, scores: dict[tuple[int, int], int]) -> list[list[int]]:
    """Merge again and again along the strongest edge that no negative edge forbids, looking at everything."""
    groups = [[number] for number in range(size)]
    while True:
        possible = [
            (-score, left, right)
            for (left, right), score in scores.items()
            if score > 0
            for one in groups
            for other in groups
            if one is not other
            and left in one
            and right in other
            or one is not other
            and right in one
            and left in other
            if all(scores[tuple(sorted((a, b)))] >= AGAINST for a in one for b in other)  # type: ignore[index]
        ]
        if not possible:
            return sorted(sorted(group) for group in groups)
        _, left, right = min(possible)
        one = next(group for group in groups if left in group)
        other = next(group for group in groups if right in group)
        groups = [group for group in groups if group not in (one, other)] + [one + other]


@given(_scores)
def test_agglomeration_is_that_of_brute_force(drawn: tuple[int, list[int]]) -> None:
    size, values = drawn
    scores = dict(zip(combinations(range(size), 2), values, strict=True))
    edges = [(float(value), left, right) for (left, right), value in scores.items() if value > 0]
    found = agglomerate(
        size, reversed(edges), lambda left, right: float(scores[min(left, right), max(left, right)])
    )
    assert found == _brute_force(size, scores)


@settings(deadline=None, max_examples=60)
@given(_claims.filter(lambda claims: len(claims) > 1), st.data())
def test_a_judgement_is_obeyed_whatever_the_claims_say(claims: list[Claim], data: st.DataObject) -> None:
    left, right = data.draw(st.sampled_from(list(combinations(sorted(c.claim_id for c in claims), 2))))
    for verdict in ("same", "different"):
        matcher = Matcher(Rarity(), {(left, right): verdict})
        together = any({left, right} <= set(cluster) for cluster in _ids(claims, matcher=matcher))
        assert together == (verdict == "same")


@settings(deadline=None, max_examples=40)
@given(_claims.filter(lambda claims: len(claims) > 1), st.data())
def test_a_second_judgement_leaves_the_first_obeyed(claims: list[Claim], data: st.DataObject) -> None:
    left, right = data.draw(st.sampled_from(list(combinations(sorted(c.claim_id for c in claims), 2))))
    for other in sorted({c.claim_id for c in claims} - {left, right})[:2]:
        pair = (min(left, other), max(left, other))
        more = Matcher(Rarity(), {(left, right): "different", pair: "different"})
        clusters = _ids(claims, matcher=more)
        assert not any({left, right} <= set(cluster) or set(pair) <= set(cluster) for cluster in clusters)


def test_fifty_thousand_claims_of_one_surname_make_no_quadratic_number_of_pairs() -> None:
    given = ["Jan", "Adam", "Anna", "Ewa", "Piotr", "Maria", "Paweł", "Olga", "Marek", "Irena"]
    claims = [
        _claim(f"{number:05}", given[number % 10], "Nowak", "councillor", f"{100000 + number // 10 % 2_400}")
        for number in range(50_000)
    ]
    assert sum(1 for _ in candidate_pairs(claims)) < 4 * len(claims)
