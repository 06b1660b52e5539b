"""One body under several names, and bodies that must stay two."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.resolve.same_bodies import BodyName, join_names, read_body_name

SOKOLKA, KORYCIN, UJAZD = "201108", "201103", "161106"


def _groups(*names: tuple[str, str]) -> list[set[str]]:
    """Return the groups as sets of the names given."""
    groups = join_names([read_body_name(*name) for name in names])
    return [{text for text, gmina in names if read_body_name(text, gmina) in group} for group in groups]


def test_an_acronym_a_short_and_a_full_name_are_one_body() -> None:
    names = ["PSP w Sokółce", "Państwowa Straż Pożarna w Sokółce", "Komenda Powiatowa PSP w Sokółce"]
    assert _groups(*((name, SOKOLKA) for name in names)) == [set(names)]


def test_two_commands_of_one_town_stay_two_and_a_bare_name_joins_neither() -> None:
    names = ["Komenda Miejska PSP w Opolu", "Komenda Wojewódzka PSP w Opolu", "PSP w Opolu"]
    assert sorted(map(sorted, _groups(*((name, "166101") for name in names)))) == [[name] for name in names]


def test_fire_brigades_of_two_villages_of_a_gmina_stay_two() -> None:
    groups = _groups(
        ("OSP Jaryszów", UJAZD), ("OSP Olszowa", UJAZD), ("Ochotnicza Straż Pożarna w Olszowej", UJAZD)
    )
    assert sorted(map(len, groups)) == [1, 2]


def test_a_bare_fire_brigade_joins_none_even_when_one_alone_is_known() -> None:
    assert len(_groups(("OSP", UJAZD), ("OSP Jaryszów", UJAZD))) == 2


def test_a_council_without_its_seat_is_that_of_the_gmina() -> None:
    assert len(_groups(("Rada Gminy", KORYCIN), ("Rada Gminy Korycin", KORYCIN))) == 1
    assert len(_groups(("Rada Gminy", SOKOLKA), ("Rada Gminy Korycin", KORYCIN))) == 2


def test_a_name_in_quotes_tells_circles_apart() -> None:
    one, same, other = (
        "KGW „Jagoda” w Centawie",
        "Koło Gospodyń Wiejskich „Jagoda”",
        "KGW „Malina” w Centawie",
    )
    groups = _groups((one, UJAZD), (same, UJAZD), (other, UJAZD))
    assert sorted(groups, key=len) == [{other}, {one, same}]


def test_schools_of_other_numbers_stay_two() -> None:
    names = [f"Szkoła Podstawowa nr {number} w Ujeździe" for number in (1, 2)]
    assert len(_groups(*((name, UJAZD) for name in names))) == 2


def test_a_name_of_no_known_gmina_joins_the_only_bearer_of_its_own_words() -> None:
    centre, circle = "Leśnicki Ośrodek Kultury i Rekreacji", "KGW „Zalesianki” w Zalesiu Śląskim"
    assert len(_groups((centre, "161104"), (centre, ""))) == 1
    assert len(_groups((circle, "161104"), ("KGW „Zalesianki”", ""))) == 1
    assert len(_groups((circle, "161104"), ("KGW „Zalesianki”", "201103"), ("KGW „Zalesianki”", ""))) == 3
    assert len(_groups(("Ośrodek Kultury", "161104"), ("Ośrodek Kultury", ""))) == 2


def test_bodies_of_no_known_gmina_stay_apart() -> None:
    assert len(_groups(("Rada Gminy", ""), ("Rada Gminy Korycin", ""))) == 2


NAMES = st.sampled_from(
    [
        "OSP Jaryszów",
        "Ochotnicza Straż Pożarna w Jaryszowie",
        "OSP",
        "PSP",
        "Rada Gminy",
        "Rada Gminy Korycin",
        "KGW „Jagoda”",
        "KGW „Jagoda” w Centawie",
        "Szkoła Podstawowa nr 2 w Ujeździe",
        "Szkoła Podstawowa w Ujeździe",
    ]
)


@given(st.lists(st.tuples(NAMES, st.sampled_from([KORYCIN, UJAZD, ""])), min_size=1), st.randoms())
def test_groups_are_a_partition_and_do_not_depend_on_order(names: list[tuple[str, str]], random) -> None:
    read: list[BodyName] = [read_body_name(*name) for name in names]
    shuffled = list(read)
    random.shuffle(shuffled)
    groups = join_names(read)
    assert sorted(map(repr, (name for group in groups for name in group))) == sorted(map(repr, set(read)))
    assert {frozenset(group) for group in groups} == {frozenset(group) for group in join_names(shuffled)}
