"""Titles before a name."""

import pytest

from pipeline.normalise.titles import split_titles, titles_of


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("st. bryg. dr inż.", ("st. bryg.", "dr inż.")),
        ("pułkownikowi", ("pułkownik",)),
        ("Pan", ()),
        ("pani dr", ("dr",)),
        ("druhowi", ()),
        ("P.", ()),
        ("", ()),
    ],
)
def test_titles_of(text, titles):
    assert " ".join(titles_of(text)) == " ".join(titles)


def test_split_titles_leaves_a_name():
    assert split_titles("ks. Jana Wilka") == (("ks.",), "Jana Wilka")
    assert split_titles("Prałat") == ((), "Prałat")
    assert split_titles("P. Frąckowiak") == ((), "P. Frąckowiak")
