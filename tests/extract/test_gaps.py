import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.gaps import read_gap, read_title


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        (" - st. bryg. ", ("-",)),
        (" – ", ("-",)),
        (", ", (",",)),
        ("\n", ("¶",)),
        (" w osobie ", ("w", "osoba")),
        (" 12 ", ("#",)),
        (" „", ()),
        (" (", ("(",)),
    ],
)
def test_gap_reads_marks_and_lemmas_without_titles(text: str, tokens: tuple[str, ...]) -> None:
    assert read_gap(text).tokens == tokens


def test_long_gap_is_shortened_in_the_middle() -> None:
    assert read_gap("a, b, c, d, e").key.count("~") == 1


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Przybył st. bryg. dr inż. ", "st. bryg. dr inż."),
        ("powitał ks. kan. ", "ks. kan."),
        ("Przybył wczoraj ", ""),
        ("dr\n", ""),
    ],
)
def test_title_before_a_name(text: str, title: str) -> None:
    assert read_title(text) == title


@given(st.text(max_size=80))
def test_gap_never_raises_and_points_into_the_text(text: str) -> None:
    gap = read_gap(text)
    assert 0 <= gap.title_start <= len(text)
    assert read_gap(text) == gap
