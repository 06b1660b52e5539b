import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.normalise.institutions import nominative_institution
from pipeline.normalise.locations import nominative_location
from pipeline.normalise.phrase_context import read_context
from pipeline.normalise.phrase_letters import fit_case, join_tokens, lower_capitals
from pipeline.normalise.phrase_words import clean_form, decline_adjective, tokenise
from pipeline.normalise.roles import nominative_role
from pipeline.records import Name
from pipeline.tables import load_table

ALL = (nominative_institution, nominative_location, nominative_role)


@given(st.text(max_size=40), st.text(max_size=20))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_a_name_in_nfc(form: str, left: str) -> None:
    for name_of in ALL:
        name = name_of(form, left=left)
        assert isinstance(name, Name)
        assert name.nominative == unicodedata.normalize("NFC", name.nominative)
        assert 0 <= name.score <= 1


@given(st.sampled_from(sorted({row["name"] for row in load_table("localities")})))
@settings(max_examples=200, deadline=None)
def test_a_register_name_in_the_nominative_stays(name: str) -> None:
    once = nominative_location(name).nominative
    assert nominative_location(once).nominative == once


@pytest.mark.parametrize("form", ["Domu Kultury", "p.o. dyrektora", "OSP „Orzeł”", "ul. 3 Maja", "a  b"])
def test_tokens_join_to_the_form(form: str) -> None:
    clean = clean_form(form)
    assert join_tokens(tokenise(clean), {}) == clean


@pytest.mark.parametrize(
    ("form", "clean"),
    [
        ("Rady \n Gminy", "Rady Gminy"),
        ("Instytutu Wolności- Centrum", "Instytutu Wolności - Centrum"),
        ("Miejsko-Gminnego", "Miejsko-Gminnego"),
        ("Ozi-\nmek", "Ozimek"),
    ],
)
def test_form_is_put_on_one_line(form: str, clean: str) -> None:
    assert clean_form(form) == clean


def test_hyphen_of_one_name_loses_its_space() -> None:
    assert clean_form("Kędzierzyna- Koźla", compound=True) == "Kędzierzyna-Koźla"


@pytest.mark.parametrize(
    ("lemma", "number", "gender", "form"),
    [
        ("miejski", "sg", "f", "miejska"),
        ("miejski", "pl", "f", "miejskie"),
        ("gminny", "sg", "n", "gminne"),
        ("pszczeli", "sg", "f", "pszczela"),
        ("tani", "sg", "f", "tania"),
        ("błękitny", "pl", "m1", "błękitni"),
    ],
)
def test_adjective_declines(lemma: str, number: str, gender: str, form: str) -> None:
    assert decline_adjective(lemma, number=number, gender=gender) == form


@pytest.mark.parametrize(
    ("original", "nominative", "fitted"),
    [
        ("Domu", "dom", "Dom"),
        ("domu", "dom", "dom"),
        ("WARSZAWY", "Warszawa", "Warszawa"),
        ("Miejsko-Gminnego", "miejsko-gminny", "Miejsko-Gminny"),
        ("PiS-u", "PiS", "PiS"),
    ],
)
def test_letter_case_of_the_form_is_kept(original: str, nominative: str, fitted: str) -> None:
    assert fit_case(original, nominative) == fitted


@pytest.mark.parametrize(
    ("form", "natural"),
    [
        ("RADA GMINY SZAFLARY", "Rada Gminy Szaflary"),
        ("PSP W ŻYWCU", "PSP w Żywcu"),
        ("OSP SOBLÓWKA", "OSP Soblówka"),
        ("KRUS", "KRUS"),
        ("SZKOŁA PODSTAWOWA NR 4", "Szkoła Podstawowa nr 4"),
    ],
)
def test_capitals_become_natural(form: str, natural: str) -> None:
    assert lower_capitals(form, keep=frozenset()) == natural


@pytest.mark.parametrize(
    ("left", "kind", "word"),
    [
        ("", "nothing", ""),
        ("spotkanie w ", "preposition", "w"),
        ("koncert w malowniczym ", "preposition", "w"),
        ("mieszka w Opolu i ", "list", "w"),
        ("dyrektor ", "noun", "dyrektor"),
        ("Koniec.\n", "start", ""),
    ],
)
def test_context_names_the_governor(left: str, kind: str, word: str) -> None:
    context = read_context(left)
    assert (context.kind, context.word) == (kind, word)
