"""The nominative of people: pairs of text and expectation, and properties that always hold."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.normalise.people import PersonForm, nominative_people, nominative_person

NAMES = [
    ("Jana Gołębia", "Jan Gołąb", "m"),
    ("Adama Kozła", "Adam Kozioł", "m"),
    ("Marka Zająca", "Marek Zając", "m"),
    ("Marka Steca", "Marek Stec", "m"),
    ("Klaudii Porębskiej", "Klaudia Porębska", "f"),
    ("Annę Nowak", "Anna Nowak", "f"),
    ("Izabeli Gawinek", "Izabela Gawinek", "f"),
    ("Beaty Buby", "Beata Buba", "f"),
    ("Tadeusza Kościuszki", "Tadeusz Kościuszko", "m"),
    ("Oleny Szewczenko", "Olena Szewczenko", "f"),
    ("Johna Smitha", "John Smith", "m"),
    ("Zelenskiego", "Zelenski", "m"),
    ("George'a W. Busha", "George W. Bush", "m"),
    ("A. Porębskiej", "A. Porębska", "f"),
    ("PAWLAKA", "Pawlak", "m"),
    ("NOWAK Jan", "Jan Nowak", "m"),
    ("KOWALSKIEGO JANA", "Jan Kowalski", "m"),
    ("Nowakowi Janowi", "Jan Nowak", "m"),
    ("Ociepka K.", "K. Ociepka", None),
    ("Anny Marii Kowalskiej-Nowak", "Anna Maria Kowalska-Nowak", "f"),
    ("Jana Marii Lisa", "Jan Maria Lis", "m"),
    ("Jana  \n Nowaka", "Jan Nowak", "m"),
    ("Kowal-\nskiego", "Kowalski", "m"),
    ("Schmitt- Lisowskiej", "Schmitt-Lisowska", "f"),
    ("Nowakowej", "Nowakowa", "f"),
    ("Jakubowi Żwirko", "Jakub Żwirko", "m"),
    ("Jana z Dukli", "Jan z Dukli", "m"),
    ("Kowalscy", "Kowalscy", None),
    ("Nowak", "Nowak", None),
]


@pytest.mark.parametrize(("form", "nominative", "gender"), NAMES)
def test_nominative_of_one_name(form, nominative, gender):
    name = nominative_person(form)
    assert (name.nominative, name.gender) == (nominative, gender)


@pytest.mark.parametrize("nominative", [n for _, n, _ in NAMES if " " in n] + ["Adam Kowalczyk"])
def test_full_nominative_stays(nominative):
    assert nominative_person(nominative).nominative == nominative


@pytest.mark.parametrize(
    ("left", "form", "right", "nominative"),
    [
        ("wręczono kwiaty ", "Marii", " i Janowi Dudkom.", "Maria Dudek"),
        ("wręczono kwiaty Marii i ", "Janowi Dudkom", ".", "Jan Dudek"),
        ("", "Anna", " i Adam Sierakowscy", "Anna Sierakowska"),
        ("odwiedził państwa ", "Kowalskich", " w domu", "Kowalscy"),
        ("przyjechał Jan Wilk z żoną ", "Anną", ".", "Anna"),
        ("", "Maria", " z Erykiem Watołą", "Maria Watoła"),
        ("", "Ewa", " i wójt Jan Nowak", "Ewa"),
        ("na spotkanie z panią ", "Stanisławą", "", "Stanisława"),
    ],
)
def test_context_settles_the_name(left, form, right, nominative):
    assert nominative_person(form, left=left, right=right).nominative == nominative


def test_verb_and_honorific_state_the_gender():
    assert nominative_person("Nowak", right=" powiedziała, że zostaje").gender == "f"
    assert nominative_person("Nowak", left="rozmowa z panią ", right=".").gender == "f"


def test_caller_states_the_gender():
    assert nominative_person("Nowak", gender="f").gender == "f"


def test_titles_leave_the_name():
    name = nominative_person("st. bryg. dr inż. Jana Nowaka")
    assert (name.nominative, " ".join(name.titles)) == ("Jan Nowak", "st. bryg. dr inż.")


def test_parts_of_a_name():
    name = nominative_person("Anny Marii Lis-Nowak z domu Kowalskiej")
    assert (name.given_names, name.surname, name.birth_name) == ("Anna Maria", "Lis-Nowak", "Kowalska")


def test_article_votes_for_a_surname_alone():
    forms = [PersonForm("Anna Gawinek"), PersonForm("Gawinek"), PersonForm("Zbrzyźniaka")]
    forms += [PersonForm("Zbrzyźniak")]
    names = nominative_people(forms)
    assert [name.nominative for name in names[1:]] == ["Gawinek", "Zbrzyźniak", "Zbrzyźniak"]
    assert names[1].gender == "f"


def test_order_of_mentions_does_not_matter():
    forms = [PersonForm(f) for f in ("Marek Stec", "Steca", "Marka Wilka", "Wilk", "Anna Lis", "Lis")]
    forward = nominative_people(forms)
    assert nominative_people(forms[::-1])[::-1] == forward


def test_one_is_many_of_one():
    assert nominative_person("Steca", left="dla ") == nominative_people([PersonForm("Steca", "dla ")])[0]


def test_every_name_carries_its_rule():
    assert nominative_person("Jana Nowaka").rule == "agreement"
    assert nominative_person("Porzyckiego").rule in ("dictionary", "endings")
    assert nominative_person("12").rule == "unchanged"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40), st.text(max_size=20), st.text(max_size=20))
def test_any_text_gives_a_name(form, left, right):
    name = nominative_person(form, left=left, right=right)
    assert name.form == form
    assert 0 <= name.score <= 1
    composed = unicodedata.normalize("NFC", form)
    again = nominative_person(composed, left=left, right=right).nominative
    assert again == unicodedata.normalize("NFC", again)
