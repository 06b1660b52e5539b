"""The place of an office, settled by all that is said of the person."""

from datetime import date

from pipeline.records import Link, Location, Name
from pipeline.resolve.local import Held, Person, Statement
from pipeline.resolve.same_places import find_places
from pipeline.resolve.things import Things, place_key

LESNICA, KORYCIN = "1611043", "2011032"


def _held(place: str, code: str, near: str | None, actor: str = "a") -> Held:
    name = Name("Jan Lis", "Jan Lis", "person")
    statement = Statement(Link(0, 1, None, None, 0, 9), Name(code, code, "role"), code, None, None, place)
    person = Person("x" * 16, ("x:0",), name, (name,), "m", None, (statement,), near, date(2025, 1, 1))
    return Held(actor, person, statement)


def _things(*places: tuple[str, str, str, str]) -> Things:
    """Places as (id, name, kind, teryt)."""
    locations = tuple(Location(key, name, kind, teryt, None, 1, 1) for key, name, kind, teryt in places)
    ids = {place_key(name, (teryt,)): key for key, name, _, teryt in places}
    return Things((), locations, {}, ids)


def test_the_namesake_of_a_guest_is_the_town_that_other_articles_state() -> None:
    things = _things(("town", "Leśnica", "locality", LESNICA), ("village", "Leśnica", "locality", "2011062"))
    held = [_held("Leśnica", "host", LESNICA), _held("Leśnica", "host", "2011062", "b")]
    assert find_places(held, things) == ["town", "village"]
    guest = _held("Leśnica", "host", KORYCIN)
    assert find_places([held[0], guest], things) == ["town", "town"]


def test_a_mayor_is_of_a_town_even_in_an_article_near_a_village_of_that_name() -> None:
    things = _things(("town", "Leśnica", "locality", LESNICA), ("village", "Leśnica", "locality", "2011062"))
    assert find_places([_held("Leśnica", "mayor", KORYCIN)], things) == ["town"]


def test_a_gmina_and_its_namesake_seat_are_one_place_of_an_office() -> None:
    things = _things(
        ("village", "Korycin", "locality", KORYCIN), ("gmina", "gmina Korycin", "gmina", KORYCIN)
    )
    held = [_held(place, "wojt", KORYCIN) for place in ("Korycin", "gmina Korycin", "gmina Korycin")]
    assert find_places(held, things) == ["gmina"] * 3


def test_the_village_of_a_soltys_is_no_gmina_of_another_name() -> None:
    things = _things(("bombla", "Bombla", "locality", KORYCIN), ("gmina", "gmina Korycin", "gmina", KORYCIN))
    held = [_held("Bombla", "soltys", KORYCIN), _held("gmina Korycin", "soltys", KORYCIN)]
    assert find_places(held, things) == ["bombla", "gmina"]


def test_a_powiat_is_no_place_of_a_mayor_whose_town_is_known() -> None:
    things = _things(
        ("town", "Leśnica", "locality", LESNICA), ("powiat", "powiat strzelecki", "powiat", "1611")
    )
    held = [_held("Leśnica", "mayor", LESNICA), _held("powiat strzelecki", "mayor", LESNICA)]
    assert find_places(held, things) == ["town", None]
    assert find_places(held[1:], things) == ["powiat"]
