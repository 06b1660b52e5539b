import pytest

from pipeline.normalise.municipality import infer_municipality
from pipeline.normalise.teryt import link_places, load_gazetteer
from pipeline.records import Document, Mention, Municipality, Name, Reading


@pytest.mark.parametrize(("role", "last_digit"), [("wójt", "2"), ("burmistrz", "1"), ("zastępca wójta", "2")])
def test_an_office_tells_the_town_from_the_gmina_around_it(role: str, last_digit: str) -> None:
    teryt, _ = infer_municipality(
        title=None, url=None, institutions=[], locations=["gmina Świdwin"], roles=[role]
    )
    assert teryt is not None
    assert teryt.startswith("321601" if last_digit == "1" else "321606")
    assert teryt.endswith(last_digit)


def test_the_first_place_counts_even_after_a_street() -> None:
    teryt, _ = infer_municipality(
        title=None, url=None, institutions=[], locations=["ulica Śląska", "Pszów", "Rydułtowy"]
    )
    assert teryt == load_gazetteer().link_location("Pszów").teryt


@pytest.mark.parametrize("name", ["Polska", "Czechy", "Litwa", "Europa"])
def test_a_country_is_never_a_hamlet(name: str) -> None:
    places = load_gazetteer().localities_by_name.get(name, ())
    for near in [(), *((place.teryt,) for place in places)]:
        assert load_gazetteer().link_location(name, near=near).teryt is None


def test_a_river_is_a_village_only_in_its_own_gmina() -> None:
    gazetteer = load_gazetteer()
    village = next(place for place in gazetteer.localities_by_name["Nida"] if place.kind == "village")
    assert gazetteer.link_location("Nida", near=(village.teryt,)).teryt == village.teryt
    assert gazetteer.link_location("Nida", near=(village.teryt[:4] + "999",)).teryt is None


def test_places_of_a_reading_link_near_its_gmina() -> None:
    mentions = (Mention("a", 0, 1, "Janowie", "location"), Mention("a", 2, 3, "Anna", "person"))
    names = (Name("Janowie", "Janów", "location"), Name("Anna", "Anna", "person"))
    document = Document(article_id="a", source="a.txt", text="x")
    reading = Reading(document, mentions, names, (), (), Municipality("2608022", 1.0))
    assert {place: link.simc for place, link in link_places(reading).items()} == {"Janów": "0242720"}
