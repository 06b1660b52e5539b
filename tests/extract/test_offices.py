import pytest

from pipeline.extract.offices import find_offices, grammatical_number
from pipeline.training.links import gold_mentions


def _offices(article):
    mentions = gold_mentions(article)
    return mentions, find_offices(article.text, mentions, range(len(mentions)))


def test_role_takes_the_body_and_the_place_that_follow(marked) -> None:
    mentions, (office,) = _offices(
        marked("<role>Prezes</role> <institution>OSP</institution> w <location>Rudnie</location>")
    )
    assert (office.institution, office.place) == (1, 2)
    assert office.end == mentions[2].end


def test_body_behind_a_verb_is_not_its_complement(marked) -> None:
    _, (office,) = _offices(marked("<role>Prezes</role> pochwalił <institution>OSP Rudno</institution>"))
    assert office.institution is None


def test_common_noun_of_a_place_stands_between(marked) -> None:
    _, (office,) = _offices(marked("<role>sołtys</role> wsi <location>Rudno</location>"))
    assert office.place == 1


@pytest.mark.parametrize(
    ("role", "number"),
    [
        ("radni", "plural"),
        ("sędziowie torowi", "plural"),
        ("dyrektorki", "either"),
        ("zastępcy", "either"),
        ("dyrektor", "single"),
        ("prezesa", "single"),
        ("xyz", "single"),
    ],
)
def test_number_of_a_role(role: str, number: str) -> None:
    assert grammatical_number(role) == number
