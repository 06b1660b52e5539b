"""What the words of an office and a title say about a body."""

from pipeline.normalise.complements import complement_nouns, fits_complement, title_share
from pipeline.normalise.part_names import body_kind


def _fits(role: str, body: str) -> str:
    return fits_complement(role, body, body_kind(body))


def test_a_complement_names_the_body_or_its_kind() -> None:
    assert _fits("dyrektor szkoły", "Szkoła Podstawowa w Rudnie") == "name"
    assert _fits("dyrektor szkoły", "SP nr 2 w Rudnie") == "kind"
    assert _fits("dyrektor szkoły", "OSP Rudno") == "other"


def test_an_office_without_a_complement_tells_nothing() -> None:
    assert _fits("dyrektor", "Szkoła Podstawowa w Rudnie") == "none"
    assert complement_nouns("radny powiatowy") == frozenset()


def test_share_of_a_name_in_the_title() -> None:
    assert title_share("Odwołano dyrektora Biblioteki Rudno", "Biblioteka Rudno") == "all"
    assert title_share("Odwołano dyrektora", "Biblioteka Rudno") == "none"
