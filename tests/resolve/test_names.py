"""How names stand to each other: given names, surnames, whole names of lists."""

import pytest

from pipeline.resolve.given_names import block_names, relate_given
from pipeline.resolve.keys import sound_key, surname_key
from pipeline.resolve.surnames import relate_surnames
from pipeline.resolve.whole_names import split_name


@pytest.mark.parametrize(
    ("left", "right", "relation"),
    [
        ("Anna", "Anna", "same"),
        ("Anna Maria", "Anna", "same"),
        ("Anna Maria", "Anna Maria", "more"),
        ("Kasia", "Katarzyna", "diminutive"),
        ("A.", "Anna", "initial"),
        ("Sz.", "Szymon", "initial"),
        ("A.", "Jan", "differs"),
        ("Grzegosz", "Grzegorz", "misspelt"),
        ("Łukasz", "Lukasz", "same"),
        ("", "Anna", "missing"),
        ("Maria", "Marta", "differs"),
        ("Jan", "Janusz", "differs"),
        ("Anna Maria", "Anna Ewa", "differs"),
        ("Bartosz", "Bartłomiej", "differs"),
    ],
)
def test_given_names(left: str, right: str, relation: str) -> None:
    assert relate_given(left, right) == relation
    assert relate_given(right, left) == relation


@pytest.mark.parametrize(
    ("left", "right", "relation"),
    [
        ("Nowak", "NOWAK", "same"),
        ("Wilk-Sowa", "Sowa-Wilk", "same"),
        ("Kowalska", "Kowalski", "same"),
        ("Wilk", "Wilk-Sowa", "part"),
        ("Bednorzowa", "Bednorz", "woman_form"),
        ("Górzyńska", "Gużyńska", "sound"),
        ("Chrzan", "Hrzan", "sound"),
        ("Kowlaski", "Kowalski", "misspelt"),
        ("Steca", "Stec", "inflected"),
        ("Porębskiej", "Porębska", "inflected"),
        ("", "Nowak", "missing"),
        ("Nowak", "Nowacki", "differs"),
        ("Walczak", "Walczyk", "differs"),
        ("Wilk-Sowa", "Wilk-Lis", "differs"),
    ],
)
def test_surnames(left: str, right: str, relation: str) -> None:
    assert relate_surnames(left, right) == relation
    assert relate_surnames(right, left) == relation


@pytest.mark.parametrize(
    ("text", "given", "surname", "gender"),
    [
        ("KOWALSKA Anna Maria", "Anna Maria", "Kowalska", "f"),
        ("Nowak, Jan", "Jan", "Nowak", "m"),
        ("ks. kan. Jan Nowak", "Jan", "Nowak", "m"),
        ("Anna Wilk-Sowa", "Anna", "Wilk-Sowa", "f"),
        ("Jana Nowaka", "Jan", "Nowak", "m"),
        ("J. Nowak", "J.", "Nowak", None),
        ("Nowak", "", "Nowak", None),
    ],
)
def test_whole_names(text: str, given: str, surname: str, gender: str | None) -> None:
    name = split_name(text)
    assert (name.given_names, name.surname, name.gender) == (given, surname, gender)


def test_gender_of_the_list_clears_up_a_name_that_is_also_a_case() -> None:
    assert split_name("Stanisława Brzezoń", "f").given_names == "Stanisława"


def test_keys() -> None:
    assert surname_key("Zawadzka-Nowicka") == "zawadzki nowicki"
    assert sound_key("Żółw") != sound_key("Wół")
    assert "katarzyna" in block_names("kasia")
    assert "grzegorz" in block_names("grzegosz")
