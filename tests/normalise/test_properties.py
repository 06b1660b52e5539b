"""What holds of every name: idempotent, in NFC, in any order, for any string."""

import random
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.normalise import nominative
from pipeline.normalise.people import PersonForm, nominative_people
from pipeline.records import LABELS, Label
from pipeline.tables import data_folder, load_table
from pipeline.training.gold import load_gold

ANYTHING = st.text(st.characters(exclude_categories=()))
PIECES = "Jana Annie Nowak Dudkom z i św. IV J. Kowalskiej O'Neil'a -Lis „Gminy ks. ŻAK ul."
LETTERS = "aąbcćeęiłnńoóśuwyzżź'’-. AŁŻ"
WORDS = st.lists(
    st.sampled_from(PIECES.split(" ")) | st.text(LETTERS, min_size=1, max_size=8), max_size=5
).map(" ".join)
# Rare foreign forenames read twice as two cases of two names; a surer reading would be a guess.
UNSTEADY_GIVEN_NAMES = 0.01


@pytest.mark.parametrize("label", LABELS)
@given(form=ANYTHING | WORDS, left=ANYTHING | WORDS, right=ANYTHING | WORDS)
@settings(max_examples=60, deadline=None)
def test_any_string_has_a_nominative_in_nfc(label: Label, form: str, left: str, right: str) -> None:
    name = nominative(form, label=label, left=left, right=right)
    assert name.form == form
    assert unicodedata.is_normalized("NFC", name.nominative)
    assert 0 <= name.score <= 1


@pytest.mark.parametrize("label", LABELS)
@given(form=WORDS)
@settings(max_examples=60, deadline=None)
def test_composed_and_decomposed_letters_give_the_same(label: Label, form: str) -> None:
    apart = nominative(unicodedata.normalize("NFD", form), label=label).nominative
    assert apart == nominative(unicodedata.normalize("NFC", form), label=label).nominative


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=5), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_mentions_does_not_matter(
    texts: list[tuple[str, str, str]], order: random.Random
) -> None:
    forms = [PersonForm(text, left, right) for text, left, right in texts]
    shuffled = order.sample(range(len(forms)), len(forms))
    names = nominative_people([forms[place] for place in shuffled])
    assert [name for _, name in sorted(zip(shuffled, names, strict=True), key=lambda pair: pair[0])] == (
        nominative_people(forms)
    )


def _gold_nominatives() -> Iterator[tuple[Label, str]]:
    seen = {
        (m.label, m.lemma) for article in load_gold(data_folder() / "gold", "train") for m in article.mentions
    }
    yield from sorted(seen)


def _table_names() -> Iterator[tuple[Label, str]]:
    yield from (("location", row["name"]) for row in load_table("localities")[::80])
    yield from (("location", row["name"]) for row in load_table("teryt_units")[::5] if len(row["teryt"]) == 7)
    yield from (("person", row["surname"]) for row in load_table("surnames")[::6])
    yield from (("role", row["lemma"]) for row in load_table("roles")[::2])
    yield from (("institution", row["head"].capitalize()) for row in load_table("institution_kinds")[::2])


@pytest.mark.parametrize("names", [_gold_nominatives, _table_names])
def test_what_came_out_comes_out_again(names) -> None:
    unsteady = []
    for label, name in names():
        once = nominative(name, label=label).nominative
        if nominative(once, label=label).nominative != once:
            unsteady.append((label, name))
    assert not unsteady


def test_forenames_come_out_again_but_for_a_few_foreign_ones() -> None:
    rows = load_table("given_names")[::10]
    once = [nominative(row["name"], label="person").nominative for row in rows]
    unsteady = [name for name in once if nominative(name, label="person").nominative != name]
    assert len(unsteady) <= UNSTEADY_GIVEN_NAMES * len(rows), unsteady


@pytest.mark.parametrize(
    ("label", "least"), [("person", 0.99), ("location", 0.995), ("institution", 0.99), ("role", 1)]
)
def test_a_nominative_stays(label: Label, least: float) -> None:
    names = [name for known, name in _gold_nominatives() if known == label]
    kept = sum(nominative(name, label=label).nominative == name for name in names)
    assert kept / len(names) >= least


@pytest.mark.parametrize("name", ["Yurii", "Anatolii", "Vitalii Norman", "Hryhorii Roberts"])
def test_a_forename_of_the_register_stands_for_itself(name: str) -> None:
    assert nominative(name, label="person").nominative == name


@pytest.mark.parametrize(
    ("form", "left", "expected"),
    [
        ("Arno Brekerem", "spotkanie z ", "Arno Breker"),
        ("Webberem", "", "Webber"),
        ("Anną", "przyjechał Jan Wilk z żoną ", "Anna"),
    ],
)
def test_endings_that_no_nominative_has_are_undone(form: str, left: str, expected: str) -> None:
    assert nominative(form, label="person", left=left).nominative == expected


@pytest.mark.parametrize("name", ["LUKS Siedliszcze", "MOPS", "Spółdzielnia Telekomunikacyjna WIST"])
def test_a_body_keeps_its_acronym(name: str) -> None:
    assert nominative(name, label="institution").nominative == name
