"""The look at one letter changes nothing of what a pattern finds."""

import re

from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.openings import look_for

PHRASES = ("wczoraj", "w środę", "śniegu", ", ale", "[sic]", "a-b", "^x")


def test_a_class_of_first_letters() -> None:
    assert look_for(["wczoraj", "wtorek", "jutro"]) == "(?=[jw])"
    assert look_for(["maja"], others=r"\d") == r"(?=[\dm])"


@given(st.lists(st.sampled_from([*PHRASES, *map(str.upper, PHRASES), " ", "x", "12"]), max_size=12))
def test_what_is_found_stays(parts: list[str]) -> None:
    text = "".join(parts)
    listed = "|".join(map(re.escape, PHRASES))
    bare = re.compile(rf"(?:{listed}|\d+)", re.IGNORECASE)
    ahead = re.compile(rf"{look_for(PHRASES, others=chr(92) + 'd')}(?:{listed}|\d+)", re.IGNORECASE)
    assert [match.span() for match in ahead.finditer(text)] == [match.span() for match in bare.finditer(text)]
