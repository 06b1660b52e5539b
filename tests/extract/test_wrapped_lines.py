"""Lines of a text cut to one width are joined, lists and verses stay; nothing moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.clean import clean_text
from pipeline.extract.wrapped_lines import join_wrapped_lines

WRAPPED = """Obrady otworzyła i poprowadziła wiceprzewodnicząca rady Anna Sum, która
przywitała wszystkich radnych, wójta gminy Jana Lisa, sekretarz Ewę Bury oraz
zaproszonych na sesję dyrektorów szkół i przedszkoli, a także Komendanta
Powiatowego Policji w Ozimku Adama Cisa, po czym stwierdziła, że w obradach
uczestniczy trzynastu radnych.
Nieobecni: Jan Lec."""
LISTED = """Przewodniczący komisji rewizyjnej Rady Gminy Ozimek – Adam Wawrzyniec Bury,
zastępca przewodniczącego komisji rewizyjnej – Ewa Maria Sum-Wojciechowska,
sekretarz komisji rewizyjnej i protokolant wszystkich posiedzeń – Jan Lis,
członkini komisji rewizyjnej, przedstawicielka klubu radnych – Anna Cis"""
SHORT = "prezes\njan lis\nskarbnik\newa sum\nsekretarz\nadam bury"


def test_wrapped_sentences_are_joined() -> None:
    joined = join_wrapped_lines(WRAPPED)
    assert "Komendanta Powiatowego Policji" in joined
    assert joined.count("\n") == 1
    assert [(old, new) for old, new in zip(WRAPPED, joined, strict=True) if old != new] == [("\n", " ")] * 4


@pytest.mark.parametrize("text", [LISTED, SHORT, WRAPPED.replace("\n", "\n\n"), WRAPPED[:150], ""])
def test_lists_short_lines_and_paragraphs_stay(text: str) -> None:
    assert join_wrapped_lines(text) == text


def test_the_recogniser_reads_the_joined_text() -> None:
    assert "Komendanta Powiatowego" in clean_text(WRAPPED).text


@given(st.text(alphabet="ab Ż.,:\n", max_size=400))
def test_only_line_breaks_change(text: str) -> None:
    joined = join_wrapped_lines(text)
    assert len(joined) == len(text)
    assert all(old == new or (old, new) == ("\n", " ") for old, new in zip(text, joined, strict=True))
