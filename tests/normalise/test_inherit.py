"""Inherited bodies and places: a positive and a negative marked article each, on the shipped weights."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.affiliations import find_affiliations
from pipeline.normalise.article import place_of
from pipeline.normalise.inherit import inherit_parts
from pipeline.normalise.part_names import bare_place, branch_of, seat_of
from pipeline.normalise.scenes import Article
from pipeline.records import Link, Mention, Municipality, Name
from pipeline.training.gold import load_article
from pipeline.training.weights import article_sentences, gold_view
from pipeline.weights import load_weights

COUNCIL = '<institution lemma="Rada Gminy Kije">Rady Gminy Kije</institution>'
WITH_COUNCIL = (
    f"Sesja {COUNCIL} trwała godzinę. <role>Radny</role> "
    '<person id="a" gender="m">Adam Bury</person> pytał o drogę.'
)
WITHOUT_BODY = '<role>Kucharz</role> <person id="a" gender="m">Adam Bury</person> upiekł tort.'
BRIGADE = (
    "<institution>OSP Rudno</institution> ma nowy wóz. - To wielki dzień - mówił <role>prezes</role> "
    '<person id="a" gender="m">Adam Bury</person>.'
)
COMMUNE = (
    'Mieszkańcy <location lemma="gmina Kije">gminy Kije</location> mają nowy park. Otworzył go <role>wójt</role> '
    '<person id="a" gender="m">Adam Bury</person>.'
)


@pytest.fixture
def inherit_all(tmp_path: Path):
    def read(body: str):
        path = tmp_path / "marked.txt"
        header = "id: marked\npublished: 2024-05-17\ngenre: session\nwriter: t"
        path.write_text(f"{header}\n---\n{body}\n---\n", encoding="utf-8")
        article = load_article(path)
        view, sentences = gold_view(article), article_sentences(article)
        links = find_affiliations(
            article.text, view.mentions, sentences, load_weights(), published=article.published
        )
        stated = [place_of(view.mentions, view.names, link) for link in links]
        found, places = inherit_parts(view, links, stated)
        names = [
            None if link.institution is None else view.names[link.institution].nominative for link in found
        ]
        return [(name, place, link.inferred) for name, place, link in zip(names, places, found, strict=True)]

    return read


@pytest.fixture
def inherit(inherit_all):
    def read(body: str):
        (found,) = inherit_all(body)
        return found

    return read


def test_councillor_takes_the_council_of_the_session(inherit) -> None:
    assert inherit(WITH_COUNCIL) == ("Rada Gminy Kije", "Gmina Kije", ("institution", "place"))


def test_head_takes_the_one_body_of_the_article(inherit) -> None:
    assert inherit(BRIGADE) == ("OSP Rudno", "Rudno", ("institution", "place"))


def test_mayor_takes_the_commune_in_the_letter_case_of_the_text(inherit) -> None:
    assert inherit(COMMUNE) == (None, "gmina Kije", ("place",))


@pytest.mark.parametrize("office", ["wójt", "zastępca wójta"])
def test_an_executive_is_never_of_the_council(inherit, office: str) -> None:
    asks = f'<role>{office}</role> <person id="a" gender="m">Adam Bury</person> pytał o drogę.'
    told = f"Sesja {COUNCIL} trwała godzinę. {asks}"
    assert inherit(told)[0] is None


def test_a_bare_deputy_shares_what_the_principal_has(inherit_all) -> None:
    told = (
        '<role>Prezes</role> <institution>OSP Rudno</institution> <person id="a" gender="m">Adam Bury</person> '
        'i jego <role>zastępca</role> <person id="b" gender="f">Ewa Lin</person> dziękowali.'
    )
    principal, deputy = inherit_all(told)
    assert principal[:2] == deputy[:2] == ("OSP Rudno", "Rudno")
    assert deputy[2] == ()


def test_a_deputy_with_a_body_of_its_own_shares_nothing(inherit_all) -> None:
    told = (
        '<role>Prezes</role> <institution>OSP Rudno</institution> <person id="a" gender="m">Adam Bury</person> '
        'i <role>zastępca</role> <institution>OSP Kije</institution> <person id="b" gender="f">Ewa Lin</person>.'
    )
    assert [found[0] for found in inherit_all(told)] == ["OSP Rudno", "OSP Kije"]


def test_nothing_to_take(inherit) -> None:
    assert inherit(WITHOUT_BODY) == (None, None, ())


def test_seat_or_region_in_a_body_name() -> None:
    assert seat_of("OSP Rudno") == "Rudno"
    assert seat_of("Sejmik Województwa Opolskiego") == "Województwo Opolskie"
    assert seat_of("Caritas") == ""


def test_bare_place_drops_what_kind_of_unit_it_is() -> None:
    assert (
        bare_place("Miasto i Gmina Wronki") == bare_place("gmina Wronki") == bare_place("Wronki") == "wronki"
    )


def test_branch_of_a_kind() -> None:
    assert branch_of("hospital") == "health"
    assert branch_of("no such kind") == ""


NAMES = {"role": "prezes", "institution": "OSP Rudno", "person": "Jan Nowak", "location": "Kije"}


@settings(max_examples=60)
@given(st.lists(st.sampled_from(sorted(NAMES)), min_size=1, max_size=20))
def test_never_raises_and_keeps_every_link(labels: list[str]) -> None:
    mentions = [
        Mention("x", 12 * at, 12 * at + len(NAMES[label]), NAMES[label], label)  # type: ignore[arg-type]
        for at, label in enumerate(labels)
    ]
    names = [Name(mention.text, mention.text, mention.label) for mention in mentions]
    people = [at for at, label in enumerate(labels) if label == "person"]
    roles = [at for at, label in enumerate(labels) if label == "role"]
    links = [Link(person, role, None, None, 0, 12 * len(labels)) for person in people for role in roles]
    article = Article("x" * 12 * len(labels), mentions, names, Municipality(None, 0.0), "")
    found, places = inherit_parts(article, links, [None] * len(links))
    assert [(link.person, link.role) for link in found] == [(link.person, link.role) for link in links]
    assert len(places) == len(links)
    assert all(0 <= link.confidence <= 1 for link in found)


def test_a_local_office_inherits_no_country(inherit_all) -> None:
    found = inherit_all(
        '<role>poseł</role> <location>RP</location> <person id="a" gender="m">Jan Lis</person>, '
        '<role>burmistrz</role> <person id="b" gender="m">Adam Bury</person>'
    )
    assert [place for _, place, _ in found] == ["RP", None]


@pytest.mark.parametrize(
    ("holder", "wanted"),
    [
        ("<role>wiceprzewodnicząca</role> <institution>Rada Powiatu</institution>", None),
        ("<role>starosta</role>", None),
        ("<role>wójt</role>", "gmina Kije"),
    ],
)
def test_a_powiat_office_inherits_no_gmina(inherit_all, holder: str, wanted: str | None) -> None:
    found = inherit_all(f'{COMMUNE} Był {holder} <person id="b" gender="m">Jan Lis</person>.')
    assert found[-1][1] == wanted
