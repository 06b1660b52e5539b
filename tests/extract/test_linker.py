"""Each pattern of a link with a positive and a negative marked sentence, on the shipped weights."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.linker import find_links, merge_lines
from pipeline.records import Mention
from pipeline.weights import load_weights

POSITIVE = {
    "office before the name": (
        '<role>Wójt</role> <location>Gminy Kije</location> <person id="a" gender="f">Anna Dudek</person> '
        "powitała gości.",
        "@a role=Wójt",
    ),
    "office after a comma": (
        '<person id="a" gender="m">Jan Stawny</person>, <role>prezes</role> '
        "<institution>OSP Rudno</institution>, podziękował druhom.",
        "@a role=prezes | institution=OSP Rudno",
    ),
    "office after a dash": (
        'Wystąpili: <person id="a" gender="m">Jan Stawny</person> - <role>dyrektor</role> '
        '<institution>ZGK</institution>, <person id="b" gender="f">Ewa Lin</person> - <role>skarbnik</role>.',
        "@a role=dyrektor | institution=ZGK\n@b role=skarbnik",
    ),
    "alternating list, office first": (
        'Przybyli: <role>starosta</role> <person id="a" gender="m">Adam Bury</person>, '
        '<role>wójt</role> <person id="b" gender="f">Ewa Lin</person>, '
        '<role>proboszcz</role> ks. <person id="c" gender="m">Jan Stawny</person>.',
        "@a role=starosta\n@b role=wójt\n@c role=proboszcz",
    ),
    "alternating list, name first": (
        'W skład zarządu weszli: <person id="a" gender="m">Adam Bury</person> – <role>prezes</role>, '
        '<person id="b" gender="f">Ewa Lin</person> – <role>sekretarz</role>, '
        '<person id="c" gender="m">Jan Stawny</person> – <role>skarbnik</role>.',
        "@a role=prezes\n@b role=sekretarz\n@c role=skarbnik",
    ),
    "one office of several": (
        '<role lemma="radny">Radni</role> <person id="a" gender="m">Adam Bury</person>, '
        '<person id="b" gender="m">Jan Stawny</person> i <person id="c" gender="f">Ewa Lin</person> byli przeciw.',
        "@a role=radny\n@b role=radny\n@c role=radny",
    ),
    "a numbered list": (
        '<role lemma="radny">Radni</role> obecni:\n1. <person id="a" gender="m">Adam Bury</person>\n'
        '2. <person id="b" gender="m">Jan Stawny</person>\n3. <person id="c" gender="f">Ewa Lin</person>',
        "@a role=radny\n@b role=radny\n@c role=radny",
    ),
    "feminine plural that may be singular": (
        'Rozmowę prowadziły <role lemma="animatorka">animatorki</role> '
        '<person id="a" gender="f">Hanna Wilk</person> i <person id="b" gender="f">Ewa Lin</person>.',
        "@a role=animatorka\n@b role=animatorka",
    ),
    "several offices of one": (
        '<person id="a" gender="m">Adam Bury</person>, <role>radny</role> i zarazem <role>prezes</role> '
        "<institution>OSP Rudno</institution>, dziękował.",
        "@a role=radny\n@a role=prezes | institution=OSP Rudno",
    ),
    "copula": (
        '<role lemma="prezes">Prezesem</role> jest <person id="a" gender="m">Adam Bury</person>.',
        "@a role=prezes",
    ),
    "represented by": (
        "<institution>KGW Łubnice</institution> reprezentowała <role>przewodnicząca</role> "
        '<person id="a" gender="f">Maria Gaj</person>.',
        "@a role=przewodnicząca",
    ),
    "a body in brackets": (
        'Jury: <person id="a" gender="f">Ewa Lin</person> (<institution>GOK Kije</institution>), '
        '<person id="b" gender="m">Adam Bury</person> (<institution>OSP Rudno</institution>).',
        "@a institution=GOK Kije\n@b institution=OSP Rudno",
    ),
    "from a body": (
        'Nagrodę odebrał <person id="a" gender="m">Adam Bury</person> z '
        '<institution lemma="OSP w Rudnie">OSP w Rudnie</institution>.',
        "@a institution=OSP w Rudnie",
    ),
    "semicolons part the pairs of a list": (
        'Gościli: <person id="a" gender="m">Adam Bury</person> – <role>starosta</role>; '
        '<person id="b" gender="f">Ewa Lin</person> – <role>dyrektorka</role> '
        '<institution>PCPR</institution>; <person id="c" gender="m">Jan Stawny</person> – <role>proboszcz</role>.',
        "@a role=starosta\n@b role=dyrektorka | institution=PCPR\n@c role=proboszcz",
    ),
    "at the head of": (
        '<institution>Rada Gminy Kije</institution>, na czele z <role lemma="przewodnicząca">przewodniczącą</role> '
        '<person id="a" gender="f" lemma="Ewa Lin">Ewą Lin</person>, przyjęła uchwałę.',
        "@a role=przewodnicząca",
    ),
    "in the person of": (
        'Wykonawca, w osobie <role lemma="prezes">prezesa</role> <institution>Mostbud</institution> '
        '<person id="a" gender="m" lemma="Jan Stawny">Jana Stawnego</person>, podpisał umowę.',
        "@a role=prezes | institution=Mostbud",
    ),
    "the head of a turn": (
        '<role>Dyrektor Gabinetu</role> <role lemma="prezydent">Prezydenta</role> '
        '<person id="a" gender="f">Ewa Lin</person>: Dziękuję za to pytanie.',
        "@a role=Dyrektor Gabinetu",
    ),
    "the sentence after": (
        'Zmarł <person id="a" gender="m">Adam Bury</person>. Przez lata był <role lemma="prezes">prezesem</role> '
        "<institution>OSP Rudno</institution>.",
        "@a role=prezes | institution=OSP Rudno",
    ),
}

NEGATIVE = {
    "an office that acts on somebody": (
        '<role>Prokurator</role> oskarżył <person id="a" gender="m" lemma="Adam Bury">Adama Burego</person> '
        "o oszustwo."
    ),
    "a cup of the mayor": (
        'Puchar <role lemma="burmistrz">burmistrza</role> zdobył <person id="a" gender="m">Adam Bury</person>.'
    ),
    "an office of somebody not named": (
        '<person id="a" gender="f">Ewa Lin</person> napisała skargę do <role lemma="wojewoda">wojewody</role>.'
    ),
    "a body that is only spoken of": (
        'Jak mówi <person id="a" gender="m">Adam Bury</person>, sprawą zajmie się <institution>NFZ</institution>.'
    ),
    "whose bureau it is": (
        '<role>Dyrektor</role> <institution lemma="Biuro Posła">Biura Posła</institution> '
        '<person id="a" gender="m" lemma="Adam Bury">Adama Burego</person> zabrała głos.'
    ),
    "a name without anything": 'Tort upiekła <person id="a" gender="f">Ewa Lin</person>.',
}


NO_HEADS = {
    "no colon": '<role>Radna</role> <person id="a" gender="f">Ewa Lin</person> zabrała głos.',
    "within a line": 'Głos: <role>radna</role> <person id="a" gender="f">Ewa Lin</person>: Tak.',
    "a comma between": '<role>Radny</role>, <person id="a" gender="m">Jan Stawny</person>: Tak.',
    "a verb between": (
        '<role>Burmistrz</role> powołał komisję <person id="a" gender="m">Jan Stawny</person>: wniosek.'
    ),
    "another case": (
        '<role>Radny</role> <person id="a" gender="m" lemma="Jan Stawny">Jana Stawnego</person>: nie ma.'
    ),
    "another office in the nominative": (
        '<role>Radny</role> <role>starosta</role> <person id="a" gender="m">Jan Stawny</person>: Tak.'
    ),
}


def test_a_turn_head_is_its_own_pattern(said) -> None:
    (link,) = said(POSITIVE["the head of a turn"][0]).links
    assert link.rule == "office-person:head"
    assert link.confidence >= 0.99


@pytest.mark.parametrize("name", sorted(NO_HEADS))
def test_what_only_looks_like_a_turn_head_is_none(name: str, said) -> None:
    assert "office-person:head" not in {link.rule for link in said(NO_HEADS[name]).links}


@pytest.mark.parametrize("name", sorted(POSITIVE))
def test_pattern_ties_the_office_to_its_holder(name: str, said) -> None:
    body, lines = POSITIVE[name]
    answer = said(body, lines)
    assert {(actor, role) for actor, role, _ in answer.claims} == {
        (actor, role) for actor, role, _ in answer.wanted
    }
    assert {claim for claim in answer.wanted if claim[2]} <= answer.claims


@pytest.mark.parametrize("name", sorted(NEGATIVE))
def test_nothing_is_invented(name: str, said) -> None:
    assert said(NEGATIVE[name]).claims == set()


def test_rule_names_the_pattern_and_confidence_is_a_share(said) -> None:
    (link,) = said(POSITIVE["office after a comma"][0]).links
    assert link.rule == "person-office:comma"
    assert 0.5 < link.confidence <= 1


def test_a_list_is_one_window_with_its_heading() -> None:
    text = "Skład zarządu:\n- Jan\n- Ewa\n\nKoniec."
    lines = [(0, 14), (15, 20), (21, 26), (28, 35)]
    assert list(merge_lines(text, lines)) == [(0, 26), (28, 35)]


def test_a_list_goes_on_past_an_empty_line_but_not_into_prose() -> None:
    text = "Kandydaci:\nOkręg 1\nJan\n\nOkręg 2\nEwa\n\nGłosowanie trwa do 21.\n"
    lines = [(0, 10), (11, 18), (19, 22), (24, 31), (32, 35), (37, len(text) - 1)]
    assert list(merge_lines(text, lines)) == [(0, 35), (37, len(text) - 1)]


WORDS = ["radny", "prezes", "OSP Rudno", "Jan Nowak", "Ewa Lin", "Rudno", ",", "i", "-", "\n", ".", "byli"]
LABELS = {
    "radny": "role",
    "prezes": "role",
    "OSP Rudno": "institution",
    "Jan Nowak": "person",
    "Ewa Lin": "person",
    "Rudno": "location",
}


@given(st.lists(st.sampled_from(WORDS), max_size=30), st.integers(1, 40))
def test_links_point_at_mentions_and_do_not_depend_on_chance(words: list[str], size: int) -> None:
    text, mentions = "", []
    for word in words:
        if word in LABELS:
            mentions.append(Mention("x", len(text), len(text) + len(word), word, LABELS[word]))  # type: ignore[arg-type]
        text += word + " "
    bounds = [(start, min(start + size, len(text))) for start in range(0, len(text), size)]
    links = list(find_links(text, mentions, bounds, load_weights()["link"]))
    assert links == list(find_links(text, mentions, bounds, load_weights()["link"]))
    for link in links:
        assert mentions[link.person].label == "person"
        assert link.role is None or mentions[link.role].label == "role"
        assert link.institution is None or mentions[link.institution].label == "institution"
        assert 0 <= link.start < link.end <= len(text)
