import pytest

from pipeline.normalise.locations import find_register_name, nominative_location

MARKED = [
    ("Nowej Wsi", "Nowa Wieś"),
    ("Gminy Ozimek", "Gmina Ozimek"),
    ("gminie Lasowice Wielkie", "gmina Lasowice Wielkie"),
    ("powiatu nyskiego", "powiat nyski"),
    ("ul. Kościuszki", "ul. Kościuszki"),
    ("ulicy Kościuszki", "ulica Kościuszki"),
    ("ul. Polną", "ul. Polna"),
    ("Kędzierzynie-Koźlu", "Kędzierzyn-Koźle"),
    ("Szczawnie-Zdroju", "Szczawno-Zdrój"),
    ("Czerwionce-Leszczynach", "Czerwionka-Leszczyny"),
    ("Ostrowie Wielkopolskim", "Ostrów Wielkopolski"),
    ("Zielonej Górze", "Zielona Góra"),
    ("Katowic", "Katowice"),
    ("Lasowicach Wielkich", "Lasowice Wielkie"),
    ("Ozimka", "Ozimek"),
    ("Grodźcu", "Grodziec"),
    ("Frankfurtu nad Odrą", "Frankfurt nad Odrą"),
    ("BAŃSKIEJ NIŻNEJ", "Bańska Niżna"),
    ("Pszczelej Woli", "Pszczela Wola"),
    ("miasta Opola", "miasto Opole"),
    ("ul.Polną", "ul. Polna"),
    ("Ul.Polną", "Ul. Polna"),
    ("woj.śląskim", "woj. śląskie"),
    ("pow.nyskiego", "pow. nyski"),
]


@pytest.mark.parametrize(("form", "nominative"), MARKED)
def test_place_goes_to_the_nominative(form: str, nominative: str) -> None:
    assert nominative_location(form, left="mieszkańcy ").nominative == nominative


@pytest.mark.parametrize("nominative", sorted({nominative for _, nominative in MARKED}))
def test_nominative_stays(nominative: str) -> None:
    assert nominative_location(nominative).nominative == nominative


def test_own_village_of_the_gmina_wins() -> None:
    far = nominative_location("Żalna", left="do ", near=("0414021",)).nominative
    near = nominative_location("Żalna", left="do ", near=("0416022",)).nominative
    assert near == "Żalno"
    assert far in ("Żalna", "Żalno")


def test_preposition_decides_the_case() -> None:
    assert nominative_location("Kowlu", left="w ").nominative == "Kowel"


def test_unknown_adjective_is_found_in_the_register() -> None:
    assert find_register_name("Malowej Górze") == "Malowa Góra"
    assert find_register_name("Babiej Górze") is None


@pytest.mark.parametrize("street", ["Obrońców Westerplatte", "Partyzantów"])
def test_a_street_called_after_people_stays(street: str) -> None:
    assert nominative_location(street).nominative == street


@pytest.mark.parametrize(("form", "village"), [("Rybaków", "Rybaki"), ("Bukowców", "Bukowce")])
def test_a_village_in_the_plural_does_not(form: str, village: str) -> None:
    assert nominative_location(form).nominative == village


@pytest.mark.parametrize(
    ("form", "nominative"),
    [("Gminy Nowe Miasto", "Gmina Nowe Miasto"), ("Gminie Stare Babice", "Gmina Stare Babice")],
)
def test_a_unit_before_a_name_is_one(form: str, nominative: str) -> None:
    assert nominative_location(form).nominative == nominative
