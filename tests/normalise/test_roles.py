import pytest

from pipeline.normalise.role_codes import expand_role_code
from pipeline.normalise.roles import nominative_role

MARKED = [
    ("Burmistrza", "Burmistrz"),
    ("wokalistki", "wokalistka"),
    ("Wojewody Opolskiej", "Wojewoda Opolska"),
    ("Zastępczynię", "Zastępczyni"),
    ("Komendanta Powiatowego", "Komendant Powiatowy"),
    ("Sekretarz Stanu", "Sekretarz Stanu"),
    (
        "Doradcę Ministra ds. Społeczeństwa Obywatelskiego",
        "Doradca Ministra ds. Społeczeństwa Obywatelskiego",
    ),
    ("radni", "radny"),
    ("radne", "radna"),
    ("radnymi", "radny"),
    ("wiceburmistrzowie", "wiceburmistrz"),
    ("sędziowie główni", "sędzia główny"),
    ("p.o. dyrektora", "p.o. dyrektora"),
    ("z-cy Komendanta", "z-ca Komendanta"),
    ("Z-ca Komendanta", "Z-ca Komendanta"),
    ("byłego wójta", "były wójt"),
    ("głównej księgowej", "główna księgowa"),
    ("pełniącej obowiązki dyrektora", "pełniąca obowiązki dyrektora"),
    ("wicestarostę cieszyńską", "wicestarosta cieszyńska"),
    ("soltysem", "sołtysem"),
]


@pytest.mark.parametrize(("form", "nominative"), MARKED[:-1])
def test_office_goes_to_the_nominative_singular(form: str, nominative: str) -> None:
    assert nominative_role(form).nominative == nominative


@pytest.mark.parametrize("nominative", sorted({nominative for _, nominative in MARKED[:-1]}))
def test_nominative_stays(nominative: str) -> None:
    assert nominative_role(nominative).nominative == nominative


def test_diacritics_are_restored() -> None:
    assert nominative_role("wojt").nominative == "wójt"
    assert nominative_role("soltysem").nominative == "sołtys"


@pytest.mark.parametrize(
    ("form", "gender"),
    [("radnej", "f"), ("wójtem", "m"), ("Wojewody Opolskiej", "f"), ("p.o. dyrektora", None)],
)
def test_gender_of_the_form(form: str, gender: str | None) -> None:
    assert nominative_role(form).gender == gender


@pytest.mark.parametrize(
    ("role", "code", "flags"),
    [
        ("wójt", "wojt", set()),
        ("Wójt Gminy", "wojt", set()),
        ("zastępczyni burmistrza", "deputy_mayor", set()),
        ("p.o. dyrektora", "director", {"acting"}),
        ("były wójt", "wojt", {"former"}),
        ("burmistrz-elekt", "mayor", {"elect"}),
        ("starosta nyski", "starost", set()),
        ("Kujawsko-Pomorski Kurator Oświaty", "superintendent", set()),
        ("zastępca śląskiego komendanta wojewódzkiego", "deputy_commandant", {"deputy"}),
        ("Zastępca nowego komendanta", "deputy_commandant", {"deputy"}),
        ("I wicewojewoda śląski", "deputy_voivode", set()),
        ("przew. rady", "chair", set()),
        ("II Zastępca", "deputy", set()),
    ],
)
def test_code_of_an_office(role: str, code: str, flags: set[str]) -> None:
    parts = expand_role_code(role)
    assert (parts.code, parts.flags) == (code, flags)
    assert parts.known


def test_deputy_is_not_single() -> None:
    assert expand_role_code("burmistrz").single
    assert expand_role_code("zastępca burmistrza").deputy
    assert not expand_role_code("zastępca burmistrza").single


def test_unknown_office_gets_a_slug() -> None:
    parts = expand_role_code("zaklinacz żółwi")
    assert (parts.code, parts.known) == ("zaklinacz_zolwi", False)
