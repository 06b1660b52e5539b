"""Features of pairs: what speaks for one person, what forbids it, one sentence each."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.resolve.bodies import are_alike
from pipeline.resolve.compare import Claim, compare, load_sentences, load_weights, score
from pipeline.resolve.rarity import Rarity, count_surnames

GMINA, NEIGHBOUR, FAR, CITY = "160907", "160908", "201103", "146501"
MAYOR = Claim(
    "1",
    "Jan",
    "Nowak",
    "m",
    role_codes=frozenset({"mayor"}),
    municipalities=frozenset({GMINA}),
    first=date(2020, 1, 1),
)


def _claim(number: int = 2, **fields: object) -> Claim:
    sets = {"titles", "role_codes", "institutions", "municipalities", "articles", "company", "sources"}
    made = {key: frozenset({value}) if key in sets else value for key, value in fields.items()}
    return replace(Claim(str(number), "Jan", "Nowak", "m"), **made)  # type: ignore[arg-type]


def _features(left: Claim, right: Claim) -> set[str]:
    return {reason.feature for reason in compare(left, right)}


def test_the_head_of_one_gmina_is_one_person() -> None:
    reasons = compare(MAYOR, _claim(role_codes="mayor", municipalities=GMINA))
    assert {"head_same", "municipality_same", "given_name_same", "surname_same"} <= {
        r.feature for r in reasons
    }
    assert score(reasons) > 0


@pytest.mark.parametrize(
    ("other", "feature"),
    [
        (_claim(gender="f"), "gender_differs"),
        (_claim(given_names="Adam"), "given_name_differs"),
        (_claim(surname="Lis"), "surname_differs"),
        (_claim(role_codes="wojt", municipalities=FAR), "heads_of_two_gminas"),
    ],
)
def test_conflicts_forbid(other: Claim, feature: str) -> None:
    reasons = compare(MAYOR, other)
    assert feature in {reason.feature for reason in reasons}
    assert score(reasons) < -50


def test_two_names_in_one_article_are_two_people() -> None:
    left, right = _claim(1, articles="x"), _claim(2, given_names="J.", articles="x")
    assert "same_article" in _features(left, right)
    assert "same_article" not in _features(left, replace(left, claim_id="3"))


def test_heads_of_two_gminas_in_two_decades_are_not_forbidden() -> None:
    early = replace(MAYOR, last=date(2003, 1, 1), first=date(2003, 1, 1))
    late = _claim(role_codes="mayor", municipalities=FAR, first=date(2020, 1, 1), last=date(2020, 1, 1))
    assert "head_moved" in _features(early, late)


def test_a_place_that_only_the_article_gives_forbids_nothing() -> None:
    guest = _claim(role_codes="mayor", municipalities=FAR, is_placed=False)
    assert "heads_of_two_gminas" not in _features(MAYOR, guest)


@pytest.mark.parametrize(
    ("municipality", "feature"),
    [
        (GMINA, "municipality_same"),
        (NEIGHBOUR, "powiat_same"),
        ("161105", "voivodeship_same"),
        (FAR, "voivodeship_differs"),
    ],
)
def test_distance_of_places(municipality: str, feature: str) -> None:
    assert feature in _features(replace(MAYOR, role_codes=frozenset()), _claim(municipalities=municipality))


def test_a_city_proves_less_than_a_village() -> None:
    assert "city_same" in _features(_claim(1, municipalities=CITY), _claim(2, municipalities=CITY))
    assert load_weights()["city_same"] < load_weights()["municipality_same"]


def test_rare_names_prove_more() -> None:
    rarity = Rarity()
    assert rarity.expected_bearers("Jan", "Nowak") > 10 * rarity.expected_bearers("Jan", "Wosnitza")
    weights = load_weights()
    limits = ("001", "003", "01", "03", "1", "3", "10", "more")
    bins = [weights[f"namesakes_{limit}"] for limit in limits]
    assert bins == sorted(bins, reverse=True)


def test_the_claims_themselves_tell_how_frequent_a_surname_is() -> None:
    names = [(given, "Wosnitza") for given in ("Jan", "Anna", "Ewa", "Piotr", "Adam")] + [("Jan", "Nowak")]
    counted = count_surnames([*names, *names])
    uncounted = Rarity(n_names=counted.n_names)
    assert counted.expected_bearers("Jan", "Wosnitza") > uncounted.expected_bearers("Jan", "Wosnitza")
    alone = count_surnames([("Jan", "Wosnitza")] * 50)
    uncounted = Rarity(n_names=alone.n_names)
    assert alone.expected_bearers("Jan", "Wosnitza") <= uncounted.expected_bearers("Jan", "Wosnitza")


def test_a_few_articles_are_a_sample_of_a_larger_world() -> None:
    people = [Rarity(n_names=size).n_people for size in (1, 1_000, 12_000, 100_000, 1_000_000)]
    assert people[0] > people[1] > people[2] < people[3] < people[4]
    assert people[4] == pytest.approx(1_000_000, rel=0.01)
    assert Rarity().n_people >= people[4] * 0.99


@pytest.mark.parametrize(
    ("left", "right", "alike"),
    [
        ("gok kije", "gminny osrodek kultury kije", True),
        ("osp kije", "ochotnicza straz pozarna kije", True),
        ("rada miejska", "rada miejska w kijach", True),
        ("szkola podstawowa nr 1 kije", "szkola podstawowa nr 2 kije", False),
        ("osp kije", "osp pinczow", False),
        ("osp kije", "kgw kije", False),
    ],
)
def test_bodies(left: str, right: str, alike: bool) -> None:
    assert are_alike(left, right) == alike == are_alike(right, left)


def test_every_feature_has_a_sentence_that_takes_its_values() -> None:
    assert set(load_weights()) == set(load_sentences())
    for sentence in load_sentences().values():
        assert "{2}" not in sentence
        assert sentence.format("a", "b")


_names = st.sampled_from(["Jan", "J.", "Janek", "Adam", "Anna", ""])
_claims = st.builds(
    Claim,
    claim_id=st.sampled_from("abc"),
    given_names=_names,
    surname=st.sampled_from(["Nowak", "Nowak-Lis", "Lis", "Nowaka", ""]),
    gender=st.sampled_from(["f", "m", None]),
    role_codes=st.frozensets(st.sampled_from(["mayor", "councillor", "director"])),
    institutions=st.frozensets(st.sampled_from(["osp kije", "rada gminy kije"])),
    municipalities=st.frozensets(st.sampled_from([GMINA, NEIGHBOUR, FAR, CITY])),
    is_placed=st.booleans(),
    articles=st.frozensets(st.sampled_from("xy")),
)


@given(_claims, _claims)
def test_comparison_is_symmetric(left: Claim, right: Claim) -> None:
    right = replace(right, claim_id="z")
    assert compare(left, right) == compare(right, left)
