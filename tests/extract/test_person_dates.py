"""Dates that grammar ties to a person's one office: a positive and a negative marked sentence each."""

import pytest

from pipeline.extract.timing import find_timings
from pipeline.records import Link
from pipeline.training.links import gold_mentions

HEAD = '<role>{role}</role> <person id="a" gender="f">Ewa Lin</person>{rest}'


def times(said, body: str) -> list[tuple[str | None, str | None]]:
    return [(link.since, link.until) for link in said(body).links]


@pytest.mark.parametrize(
    ("role", "rest", "wanted"),
    [
        ("Wójt", ", wybrana w listopadzie 2018 r., przypomniała o terminie.", ("2018-11", None)),
        ("Poprzednia komendantka", ", odeszła 31 marca na własną prośbę.", None),
        ("Dyrektor", ", która kierowała ośrodkiem do marca 2021 r., milczy.", (None, "2021-03")),
        ("Dyrektor", " kieruje ośrodkiem od 2015 roku.", ("2015", None)),
    ],
)
def test_a_date_of_the_person_is_of_the_office(said, role: str, rest: str, wanted) -> None:
    found = times(said, HEAD.format(role=role, rest=rest))
    assert found == [wanted or (None, "2024-03-31")]


@pytest.mark.parametrize(
    "body",
    [
        HEAD.format(role="Wójt", rest=", która mówi o remoncie od 2015 roku, milczy."),
        HEAD.format(role="Honorowa prezeska", rest=", która kierowała kołem w latach 1987–1999, dziękowała."),
        HEAD.format(role="Wójt", rest=" mieszka tu. Kierowała drogami gmina od 2015 roku."),
        HEAD.format(role="Redaktorka", rest=" odebrała pismo, powołana się nie czuje od 29 marca."),
    ],
)
def test_grammar_ties_nothing_else(marked, body: str) -> None:
    article = marked(body)
    links = [Link(person=1, role=0, institution=None, place=None, start=0, end=len(article.text))]
    timings = list(find_timings(article.text, gold_mentions(article), links, published=article.published))
    assert timings and {timing.touching for timing in timings} == {None}


def test_years_beside_the_copula_of_an_office(said) -> None:
    body = (
        'W latach 2004–2011 była <role lemma="zastępczyni naczelnika">zastępczynią naczelnika</role> '
        '<person id="a" gender="f">Ewa Lin</person>.'
    )
    assert times(said, body) == [("2004", "2011")]


def test_relatives_share_no_dates(said) -> None:
    body = (
        '<role>Prezes</role> <person id="a" gender="m">Adam Bury</person> (1983–2006) zmarł. Dziś '
        '<role>prezes</role> <person id="b" gender="f">Ewa Bury</person> buduje remizę.'
    )
    assert times(said, body)[1] == (None, None)


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (
            'Z dniem 30 czerwca 2024 r. pracę zakończy <person id="a" gender="f">Ewa Lin</person>, '
            "<role>dyrektorka</role> <institution>Przedszkola nr 2</institution>.",
            (None, "2024-06-30"),
        ),
        (
            '<person id="a" gender="m">Jan Lis</person> (1923–1999), <role>nauczyciel</role> i społecznik, '
            "spoczął tutaj.",
            (None, None),
        ),
        (
            "Od 1 lipca 2024 r. szpitalem pokieruje <role>p.o. dyrektora</role> "
            '<person id="a" gender="f">Ewa Lin</person>.',
            ("2024-07-01", None),
        ),
    ],
)
def test_a_date_before_the_person_or_the_years_of_a_life(said, body: str, wanted) -> None:
    assert times(said, body)[0] == wanted


def test_an_event_to_come_lies_ahead(said) -> None:
    body = '<role>Wójt elekt</role> <person id="a" gender="f">Ewa Lin</person> obejmie obowiązki 7 czerwca.'
    assert times(said, body)[0][0] in ("2024-06-07", None)
