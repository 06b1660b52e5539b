"""What one date says of a person's other offices: a positive and a negative marked sentence each."""

import pytest

PERSON = '<person id="a" gender="f">Ewa Lin</person>'
MAN = '<person id="b" gender="m">Adam Bury</person>'
SKARBNIK = '<role lemma="skarbnik">skarbnik</role>'


def statuses(said, body: str) -> list[str]:
    return [link.status for link in said(body).links]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (f"Od 1 maja <role>sekretarz</role> {PERSON}, dotychczas {SKARBNIK}.", ["current", "former"]),
        (
            f'Od 1 czerwca <role lemma="sekretarz">sekretarzem</role> będzie {PERSON}, dotychczas {SKARBNIK}.',
            ["elect", "current"],
        ),
        (
            f"Dotychczasowy <role>dzielnicowy</role> {MAN} z dniem 29 czerwca przechodzi do Kalisza.",
            ["current"],
        ),
    ],
)
def test_an_office_held_so_far_ends_when_the_next_begins(said, body: str, wanted: list[str]) -> None:
    assert statuses(said, body) == wanted


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("przez 31 lat", "former"),
        ("przez ostatnią kadencję", "former"),
        ("od 31 lat", "current"),
        ("na co dzień", "current"),
    ],
)
def test_years_that_are_over(said, words: str, status: str) -> None:
    body = f'Medal dostała {PERSON}, {words} <role lemma="nauczycielka">nauczycielka</role> w szkole.'
    assert statuses(said, body) == [status]


@pytest.mark.parametrize(
    ("words", "status"),
    [("będzie", "elect"), ("zostanie", "elect"), ("będzie nadal", "current"), ("jest", "current")],
)
def test_an_office_to_come(said, words: str, status: str) -> None:
    body = f'Nowym <role lemma="skarbnik">skarbnikiem</role> {words} {PERSON}.'
    assert statuses(said, body) == [status]


def test_a_candidacy_has_no_time_and_an_honour_no_end(said) -> None:
    candidate = f"<role>Kandydat na wójta</role> {MAN}, w latach 2010-2014 w radzie."
    honour = (
        f'Tytuł <role lemma="Honorowy Prezes">Honorowego Prezesa</role> nadano {MAN}; kierował jednostką w latach '
        "1987-2016."
    )
    for body in (candidate, honour):
        (link,) = said(body).links
        assert (link.since, link.until) == (None, None)


def test_who_was_sworn_in_at_a_session_holds_the_office_since(said) -> None:
    session = "W środę 15 maja odbyła się sesja. "
    sworn = f"{session}Ślubowanie złożyli radni oraz <role>wójt</role> {MAN}."
    read = f"{session}Rotę ślubowania odczytał <role>radny</role> {MAN}."
    named = f'{session}Wójt złożył ślubowanie i wskazał <role lemma="zastępca">zastępcę</role>, którym jest {MAN}.'
    assert [link.since for link in said(sworn).links] == ["2024-05-15"]
    assert [link.since for link in said(read).links] == [None]
    assert [link.since for link in said(named).links] == [None]


def test_a_date_of_taking_over_an_office(said) -> None:
    pronoun = f'Wskazał <role lemma="zastępca">zastępcę</role>: od 1 czerwca będzie nim {PERSON}.'
    entrusted = (
        f'Powierzył z dniem 1 czerwca obowiązki <role lemma="kierownik">kierownika</role> pani {PERSON}.'
    )
    elect = f"{MAN}, <role>burmistrz elekt</role>, który urząd obejmie 1 czerwca, milczał."
    for body in (pronoun, entrusted, elect):
        assert [link.since for link in said(body).links] == ["2024-06-01"]
    for body in (
        f"Od 1 czerwca most będzie zamknięty, mówi <role>wójt</role> {MAN}.",
        f"{MAN}, <role>burmistrz</role>, który urząd zamknie 1 czerwca, milczał.",
    ):
        assert [link.since for link in said(body).links] == [None]


@pytest.mark.parametrize(
    ("body", "since"),
    [
        (
            f'{MAN}, który w maju objął funkcję <role lemma="dyrektor">dyrektora</role> szkoły, milczał.',
            "2024-05",
        ),
        (f'W 2010 roku <role lemma="wójt">wójtem</role> wybrano {PERSON}.', "2010"),
        (f"Powołany w maju <role>wiceprezydent</role> {MAN} milczał.", "2024-05"),
        (
            f'<role lemma="prezes">Prezesem</role> <institution>OSP Rudno</institution> wybrano w maju {MAN}.',
            "2024-05",
        ),
        (
            f"{PERSON}, <role>dyrektorka</role> <institution>GOK Kije</institution>, która w maju objęła urząd.",
            "2024-05",
        ),
        (
            f"{PERSON}, <role>dyrektorka</role> <institution>GOK Kije</institution>, która w maju objęła stół.",
            None,
        ),
        (f"Powołana w maju spółka, mówi <role>prezes</role> {MAN}, zbuduje most.", None),
        (f"W 2010 roku wybrano wykonawcę, mówi <role>wójt</role> {PERSON}.", None),
        (f"Została w maju odznaczona <role>prezes</role> {PERSON}.", None),
    ],
)
def test_an_event_is_of_the_office_that_grammar_ties_to_it(said, body: str, since: str | None) -> None:
    (link,) = said(body).links
    assert link.since == since
