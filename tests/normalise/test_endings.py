"""The ending guesser: what it undoes and when it has nothing to say."""

import pytest

from pipeline.normalise.endings import changes_between, undo_ending


@pytest.mark.parametrize(
    ("form", "lemma"),
    [("Porzyckiego", "Porzycki"), ("Zbrzyźniakiem", "Zbrzyźniak"), ("Wrzeszczyńską", "Wrzeszczyńska")],
)
def test_undo_ending(form, lemma):
    assert undo_ending(form)[0].lemma == lemma


@pytest.mark.parametrize("form", ["", "a", "42", "漢字"])
def test_unknown_ending_gives_nothing(form):
    assert undo_ending(form) == ()


def test_shares_are_shares():
    guesses = undo_ending("Zbrzyźniaka")
    assert sum(guess.share for guess in guesses) <= 1.0 + 1e-9
    assert guesses == tuple(sorted(guesses, key=lambda guess: -guess.share))


def test_changes_between():
    assert changes_between("Nowakiem", "Nowak")
    assert changes_between("Nowakiem", "Kowal") == ()
