from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalise.link_confidence import weigh_links
from pipeline.records import Link, Mention

chances = st.floats(min_value=0, max_value=1)


def weighed(link: float, person: float, *, inferred: tuple[str, ...] = ()) -> float:
    mentions = (
        Mention("a", 0, 4, "Wójt", "role", confidence=1.0),
        Mention("a", 5, 12, "Jan Lis", "person", confidence=person),
    )
    stated = Link(1, 0, None, None, 0, 12, inferred=inferred, confidence=link)
    (found,) = weigh_links([stated], mentions)
    return found.confidence


@given(chances, chances)
def test_confidence_is_a_chance(link: float, person: float) -> None:
    assert 0 <= weighed(link, person) <= 1


@given(chances, chances, chances)
def test_what_is_surer_is_never_less_likely(link: float, person: float, more: float) -> None:
    low, high = sorted((person, more))
    assert weighed(link, low) <= weighed(link, high)
    assert weighed(low, link) <= weighed(high, link)


def test_a_doubtful_mention_makes_a_sure_link_doubtful() -> None:
    assert weighed(0.99, 0.99) > 0.9
    assert weighed(0.99, 0.5) < weighed(0.99, 0.99) - 0.2


def test_a_doubtful_link_stays_doubtful() -> None:
    assert weighed(0.45, 0.99) < 0.6


def test_only_the_confidence_changes() -> None:
    mentions = (Mention("a", 0, 7, "Jan Lis", "person", confidence=0.9),)
    link = Link(0, None, 0, None, 0, 7, since="2018", confidence=0.8)
    (found,) = weigh_links([link], mentions)
    assert (found.person, found.institution, found.since) == (0, 0, "2018")
