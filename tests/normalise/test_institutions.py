import pytest

from pipeline.normalise.institutions import classify_institution, find_seat, nominative_institution

MARKED = [
    ("Domu Kultury w Ozimku", "Dom Kultury w Ozimku"),
    ("Wojewódzkiej Państwowej Straży Pożarnej w Opolu", "Wojewódzka Państwowa Straż Pożarna w Opolu"),
    (
        "Narodowego Instytutu Wolności - Centrum Rozwoju Społeczeństwa Obywatelskiego",
        "Narodowy Instytut Wolności - Centrum Rozwoju Społeczeństwa Obywatelskiego",
    ),
    ("Szkoły Podstawowej im. Marii Konopnickiej", "Szkoła Podstawowa im. Marii Konopnickiej"),
    ("Miejskiego i Gminnego Ośrodka Kultury", "Miejski i Gminny Ośrodek Kultury"),
    ("Miejsko-Gminnej Biblioteki Publicznej", "Miejsko-Gminna Biblioteka Publiczna"),
    ("Wodociągów Kieleckich", "Wodociągi Kieleckie"),
    ("Rady Gminy", "Rada Gminy"),
    ("RADY GMINY SZAFLARY", "Rada Gminy Szaflary"),
    ("GOPS-u", "GOPS"),
    ("ZUSu", "ZUS"),
    ("OSP Kłodnica", "OSP Kłodnica"),
    ("Koło Gospodyń Wiejskich „Mamy i My” w Grodźcu", "Koło Gospodyń Wiejskich „Mamy i My” w Grodźcu"),
    ("Ochotniczą  Straż\nPożarną w Krasiejowie", "Ochotnicza Straż Pożarna w Krasiejowie"),
    ("Komendy Powiatowej Policji", "Komenda Powiatowa Policji"),
    ("Wyższego Seminarium Duchownego", "Wyższe Seminarium Duchowne"),
    ("Razem dla Gminy", "Razem dla Gminy"),
    ("parafii w Rudnie", "parafia w Rudnie"),
    ("Gminnym Osrodku Kultury", "Gminny Ośrodek Kultury"),
]


@pytest.mark.parametrize(("form", "nominative"), MARKED)
def test_head_and_what_agrees_go_to_the_nominative(form: str, nominative: str) -> None:
    assert nominative_institution(form, left="dyrektor ").nominative == nominative


@pytest.mark.parametrize("nominative", sorted({nominative for _, nominative in MARKED}))
def test_nominative_stays(nominative: str) -> None:
    assert nominative_institution(nominative).nominative == nominative


def test_name_says_its_rule_and_score() -> None:
    name = nominative_institution("Domu Kultury")
    assert (name.rule, name.label, name.form) == ("known_head", "institution", "Domu Kultury")
    assert name.score > 0.9


@pytest.mark.parametrize(
    ("form", "seat"),
    [
        ("Domu Kultury w Ozimku", "Ozimku"),
        ("OSP Kłodnica", "Kłodnica"),
        ("OSP SOBLÓWKA", "SOBLÓWKA"),
        ("Wojewódzkiej Państwowej Straży Pożarnej w Opolu", "Opolu"),
        ("Urząd Gminy Kije", "Gminy Kije"),
        ("Rady Miasta i Gminy Wronki", "Miasta i Gminy Wronki"),
        ("Szkoły Podstawowej nr 2 im. Jana Pawła II w Łochowie", "Łochowie"),
        ("Zakładu Usług Komunalnych w Radomyślu nad Sanem", "Radomyślu nad Sanem"),
        ("KGW „Mamy i My” w Grodźcu", "Grodźcu"),
        ("Urzędu Miasta Opola", "Opola"),
    ],
)
def test_seat_is_found(form: str, seat: str) -> None:
    span = find_seat(form)
    assert span is not None
    assert form[slice(*span)] == seat


@pytest.mark.parametrize(
    "form",
    ["Opolskiego Urzędu Wojewódzkiego", "Fundacja Nadzieja", "Stowarzyszenie Kobiet w Polityce", "GOPS", ""],
)
def test_no_seat(form: str) -> None:
    assert find_seat(form) is None


def test_parts_of_a_school() -> None:
    parts = classify_institution("Szkoła Podstawowa nr 2 im. Jana Pawła II w Łochowie")
    assert (parts.kind, parts.number, parts.patron) == ("school", "2", "Jana Pawła II")
    assert parts.seat in ("Łochów", "Łochowo")
    assert parts.public


def test_acronym_gives_the_kind() -> None:
    assert classify_institution("OSP Kłodnica").kind == classify_institution("Ochotnicza Straż Pożarna").kind
    assert classify_institution("Gminny Ośrodek Kultury").acronym == "GOK"


def test_unknown_body_has_no_kind() -> None:
    assert classify_institution("Heideklang").kind == ""


@pytest.mark.parametrize(
    ("name", "seat"),
    [
        ("OSP Raszowa", "Raszowa"),
        ("KGW „Zalesianki” w Zalesiu Śląskim", "Zalesie Śląskie"),
        ("Urząd Miasta Opola", "Opole"),
        ("Rada Gminy Kije", "Gmina Kije"),
    ],
)
def test_the_seat_is_a_known_place(name: str, seat: str) -> None:
    assert classify_institution(name).seat == seat
