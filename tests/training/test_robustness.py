"""Changes of texts, and people by group."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.training.corpora import LabelledText, Span
from pipeline.training.gold import GoldArticle
from pipeline.training.robustness import (
    BIASES,
    CHANGES,
    change_texts,
    find_groups,
    measure_bias,
    measure_losses,
    tally_groups,
)
from pipeline.training.scores import Tally

TEXT = LabelledText("Wójt Łukasz Żak\notworzył drogę.", (Span(5, 15, "person"),), "made up")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("capitals", "WÓJT ŁUKASZ ŻAK\nOTWORZYŁ DROGĘ."),
        ("diacritics", "Wojt Lukasz Zak\notworzyl droge."),
        ("line_breaks", "Wójt Łukasz Żak otworzył drogę."),
    ],
)
def test_changes_of_a_line(change: str, expected: str) -> None:
    (changed,) = change_texts([TEXT], change)
    assert changed.text == expected
    assert changed.spans == TEXT.spans


@given(st.lists(st.text(max_size=60), max_size=4), st.sampled_from(sorted(CHANGES)), st.integers(0, 9))
def test_no_change_moves_a_character_and_the_seed_decides(texts: list[str], change: str, seed: int) -> None:
    labelled = [LabelledText(text, (), "made up") for text in texts]
    changed = change_texts(labelled, change, seed=seed)
    assert [len(text.text) for text in changed] == [len(text) for text in texts]
    assert changed == change_texts(labelled, change, seed=seed)


def test_a_change_that_moves_characters_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CHANGES, "longer", lambda text, rng: f"{text}!")
    with pytest.raises(ValueError, match="longer"):
        change_texts([TEXT], "longer")


def test_losses_are_negative_points() -> None:
    labels = ("person", "role", "institution", "location", "all")
    plain = [{f"strict.{label}": Tally(2, 2, 2, 2) for label in labels}]
    changed = [{f"strict.{label}": Tally(1, 2, 1, 2) for label in labels}]
    assert {label: loss.points for label, loss in measure_losses(changed, plain).items()} == dict.fromkeys(
        labels, -50.0
    )


@pytest.mark.parametrize(
    ("name", "gender", "expected"),
    [
        ("Jan Kowalski", "m", {"men", "single", "common", "Polish"}),
        ("Anna Kowalska", "f", {"women", "single", "common", "Polish"}),
        ("Anna Kowalska-Nowak", "f", {"women", "double", "common", "Polish"}),
        ("Jürgen Kowalski", "m", {"men", "single", "common", "foreign"}),
        ("Jan Xqzwrtk", "m", {"men", "single", "rare", "foreign"}),
        ("Jan K.", "m", {"men"}),
        ("Kowalski", "?", set()),
    ],
)
def test_groups_of_a_person(name: str, gender: str, expected: set[str]) -> None:
    assert set(find_groups(name, gender)) == expected


def test_each_comparison_is_of_groups_that_exist() -> None:
    known = {group for name in ("Jan Kowalski", "Anna Xq-Xr") for group in find_groups(name, "f")} | {"men"}
    assert {group for _, *pair in BIASES for group in pair} == known


def test_mentions_are_counted_by_group_with_the_gender_of_the_person(article: GoldArticle) -> None:
    people = [mention for mention in article.mentions if mention.label == "person"]
    assert [mention.text for mention in people] == ["Annę Dudek", "Jan Kos", "Dudek"]
    found = (Span(people[0].start, people[0].end, "person"), Span(people[1].start, people[1].end, "role"))
    counted = tally_groups(article, found)
    assert counted["women"] == Tally(1, 0, 1, 2)
    assert counted["men"] == Tally(0, 0, 0, 1)
    gap = measure_bias([article], [found])["gender"]
    assert (gap.first, gap.second, gap.points) == (0.0, 0.5, -50.0)
