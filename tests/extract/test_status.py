"""Status and time of an office: a positive and a negative marked sentence each, on the shipped weights."""

import pytest

from pipeline.extract.stated_status import status_before_role, status_in_role

PERSON = '<person id="a" gender="m">Adam Bury</person>'


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (f"Gości witał <role>wójt</role> {PERSON}.", "current"),
        (f"Gości witał <role>były wójt</role> {PERSON}.", "former"),
        (f"Gości witał <role>emerytowany nauczyciel</role> {PERSON}.", "former"),
        (f"{PERSON}, do niedawna <role>skarbnik</role> <institution>OSP Rudno</institution>.", "former"),
        (f"{PERSON} był <role>burmistrz</role> w latach 2006-2014.", "former"),
        (f"Przybył <role>p.o. dyrektora</role> {PERSON}.", "acting"),
        (f"<role>Kandydat na wójta</role> {PERSON} obiecuje żłobek.", "candidate"),
        (f"<role>Wójt elekt</role> {PERSON} złożył ślubowanie.", "elect"),
        (
            f"Z żalem żegnamy śp. {PERSON}, <role>strażak</role> <institution>OSP Rudno</institution>.",
            "deceased",
        ),
    ],
)
def test_status(body: str, status: str, said) -> None:
    (link,) = said(body).links
    assert link.status == status


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("byłego dyrektora", "former"),
        ("p.o. wójta", "acting"),
        ("kandydaci na wójta", "candidate"),
        ("burmistrz elekt", "elect"),
        ("prezes", None),
        ("zastępca dyrektora", None),
        ("elekt", None),
    ],
)
def test_status_in_the_role_itself(role: str, status: str | None) -> None:
    assert status_in_role(role) == status


@pytest.mark.parametrize(
    ("body", "since", "until"),
    [
        (f"<role>Wójt</role> <location>Gminy Kije</location> od 2018 roku {PERSON} dziękował.", "2018", None),
        (f"{PERSON}, <role>radny</role> w latach 2014-2018, dziękował.", "2014", "2018"),
        (
            f"{PERSON}, <role>prezes</role> <institution>OSP Rudno</institution> od trzech lat, dziękował.",
            "2021",
            None,
        ),
        (f"{PERSON}, <role>prezes</role> <institution>OSP Rudno</institution>, dziękował.", None, None),
    ],
)
def test_time_of_an_office(body: str, since: str | None, until: str | None, said) -> None:
    (link,) = said(body).links
    assert (link.since, link.until) == (since, until)


def test_the_date_of_an_event_is_not_that_of_an_office(said) -> None:
    (link,) = said(f"W 2019 roku wyremontowano remizę, mówił <role>wójt</role> {PERSON}.").links
    assert (link.since, link.until) == (None, None)


@pytest.mark.parametrize(
    ("before", "status"),
    [
        ("Głos zabrała ustępująca ", "former"),
        ("przekazał ustępującemu ", "former"),
        ("Pogratulował nowo wybranemu ", "elect"),
        ("odwołano ją ze stanowiska ", "former"),
        ("Jan Lec, w przeszłości ", "former"),
        ("powołano ją na stanowisko ", None),
        ("Głos zabrała nowa ", None),
        ("Ustępująca, ", None),
        ("", None),
    ],
)
def test_words_right_before_a_role_say_its_status(before: str, status: str | None) -> None:
    assert status_before_role(f"{before}dyrektor Anna Lis", len(before)) == status
