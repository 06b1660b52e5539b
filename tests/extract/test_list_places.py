"""Places of a list under one office: a positive and a negative sentence for each shape."""

import pytest

from pipeline.extract.linker import find_windows
from pipeline.extract.list_places import find_list_places
from pipeline.training.links import gold_mentions
from pipeline.training.weights import article_sentences

ANNA = '<person id="a" gender="f">Anna Bury</person>'
JAN = '<person id="b" gender="m">Jan Lis</person>'
SOLTYSI = '<role lemma="sołtys">sołtysi</role>'
LAZY, RUDNO = '<location lemma="Łazy">Łaz</location>', "<location>Rudno</location>"

POSITIVE = {
    "place_before_each": f"Przybyli {SOLTYSI}: {LAZY} – {ANNA}, {RUDNO} – {JAN}.",
    "place_after_each": f"Przybyli {SOLTYSI}: {ANNA} ({LAZY}), {JAN} ({RUDNO}).",
    "places_then_people": f"Przybyli {SOLTYSI} {LAZY} i {RUDNO} – {ANNA} oraz {JAN}.",
}
NEGATIVE = {
    "one place for all": f"Przybyli {SOLTYSI}: {ANNA} i {JAN}, obejrzeli {LAZY}.",
    "fewer places than people": f"Przybyli {SOLTYSI} {LAZY} – {ANNA} oraz {JAN}.",
    "a place that is only visited": f"Przybyli {SOLTYSI} {ANNA} i {JAN} przyjechali do {LAZY} i do {RUDNO}.",
}


@pytest.fixture
def read_places(marked):
    def read(body: str):
        article = marked(body)
        mentions = gold_mentions(article)
        (window,) = find_windows(article.text, mentions, article_sentences(article))
        (office,) = [unit for unit in window.units if unit.office]
        holders = frozenset(unit.mention for unit in window.people)
        found = find_list_places(article.text, mentions, window, office, holders)
        if found is None:
            return None
        return found.rule, {mentions[one].text: mentions[two].text for one, two in found.places.items()}

    return read


@pytest.mark.parametrize("rule", sorted(POSITIVE))
def test_each_shape_gives_everyone_their_place(rule: str, read_places) -> None:
    assert read_places(POSITIVE[rule]) == (rule, {"Anna Bury": "Łaz", "Jan Lis": "Rudno"})


@pytest.mark.parametrize("name", sorted(NEGATIVE))
def test_a_list_of_no_shape_gives_nothing(name: str, read_places) -> None:
    assert read_places(NEGATIVE[name]) is None


def test_the_linker_gives_the_place_to_the_link(said) -> None:
    links = said(POSITIVE["place_before_each"]).links
    assert sorted(link.place is not None for link in links) == [True, True]
