import pytest

from pipeline.normalise.municipality import infer_municipality
from pipeline.normalise.teryt import load_gazetteer
from pipeline.tables import load_table
from pipeline.training.teryt_tables import make_localities, make_units


def link(name: str, *near: str, kind_hint: str = "") -> str | None:
    return load_gazetteer().link_location(name, kind_hint=kind_hint, near=near).teryt


def test_units_have_their_official_numbers() -> None:
    kinds = [row["kind"] for row in load_table("teryt_units")]
    gminas = sum(kinds.count(kind) for kind in ("urban", "rural", "mixed"))
    assert (kinds.count("voivodeship"), kinds.count("powiat"), kinds.count("city powiat"), gminas) == (
        16,
        314,
        66,
        2479,
    )


@pytest.mark.parametrize(
    ("name", "teryt"),
    [
        ("powiat nyski", "1607"),
        ("województwo opolskie", "16"),
        ("Gmina Kije", "2608022"),
        ("Ozimek", "1609083"),
        ("Gmina Ozimek", "1609083"),
        ("Warszawa", "1465011"),
        ("Opole", "1661011"),
    ],
)
def test_name_links_to_its_code(name: str, teryt: str) -> None:
    code = link(name)
    assert code is not None
    assert code == teryt or load_gazetteer().units[code].name == load_gazetteer().units[teryt].name
    assert code[:4] == teryt[:4]


def test_namesakes_are_told_apart_by_the_article() -> None:
    assert link("Nowa Wieś") is None
    assert len(load_gazetteer().link_location("Nowa Wieś").candidates) > 50
    place = load_gazetteer().localities_by_name["Nowa Wieś"][0]
    own = load_gazetteer().link_location("Nowa Wieś", near=(place.teryt,))
    assert own.teryt == place.teryt


def test_powiats_of_one_name_need_the_voivodeship() -> None:
    assert link("powiat opolski") is None
    assert link("powiat opolski", "1609083") == "1609"


def test_far_village_is_not_linked() -> None:
    assert link("Niemcy", "1609083") is None


def test_streets_are_not_linked() -> None:
    assert link("ulica Kościuszki") is None


def test_kind_hint_wins() -> None:
    assert link("Ozimek", kind_hint="gmina") == link("Gmina Ozimek")


@pytest.mark.parametrize(
    "url", ["https://ozimek.pl/a", "http://www.gminaozimek.pl", "https://bip.ozimek.pl/x", "gmina-ozimek.pl"]
)
def test_host_names_the_gmina(url: str) -> None:
    teryt, confidence = infer_municipality(title=None, url=url, institutions=[], locations=[])
    assert teryt == link("Gmina Ozimek")
    assert confidence > 0.5


def test_office_and_villages_name_the_gmina() -> None:
    teryt, confidence = infer_municipality(
        title="Nowi strażacy w Krasiejowie",
        url=None,
        institutions=["Urząd Miejski w Ozimku", "OSP Krasiejów"],
        locations=["Krasiejów", "Ozimek", "Opole"],
    )
    assert teryt == link("Gmina Ozimek")
    assert confidence > 0.3


def test_nothing_said_gives_nothing() -> None:
    assert infer_municipality(title=None, url=None, institutions=[], locations=[]) == (None, 0.0)


def terc(woj: str, powiat: str, gmina: str, kind: str, name: str, what: str) -> dict[str, str]:
    return {"WOJ": woj, "POW": powiat, "GMI": gmina, "RODZ": kind, "NAZWA": name, "NAZWA_DOD": what}


def test_tables_are_made_from_the_official_files() -> None:
    rows = [
        terc("16", "", "", "", "OPOLSKIE", "województwo"),
        terc("16", "09", "", "", "opolski", "powiat"),
        terc("16", "09", "08", "4", "Ozimek", "miasto"),
        terc("16", "09", "08", "5", "Ozimek", "obszar wiejski"),
        terc("14", "65", "", "", "Warszawa", "miasto stołeczne, na prawach powiatu"),
        terc("14", "65", "02", "8", "Bemowo", "dzielnica"),
    ]
    units = {unit[0]: unit[1:] for unit in make_units(rows)}
    assert units["1609083"] == ("Ozimek", "mixed", "", "1609")
    assert units["16"] == ("opolskie", "voivodeship", "opolski", "")
    assert units["1465011"] == ("Warszawa", "urban", "", "1465")
    simc = [
        {
            **dict.fromkeys(("WOJ", "POW", "GMI", "RODZ_GMI", "RM"), ""),
            "NAZWA": "Część",
            "SYM": "2",
            "SYMPOD": "1",
        },
        {"WOJ": "16", "POW": "09", "GMI": "08", "RODZ_GMI": "5", "RM": "01", "NAZWA": "Antoniów", "SYM": "3"}
        | {"SYMPOD": "3"},
    ]
    assert list(make_localities(simc, units)) == [("3", "Antoniów", "1609083", "village")]
