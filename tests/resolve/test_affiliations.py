"""Affiliations and their evidence, in an order that nothing but the articles decides."""

from pipeline.records import Document, Link, Mention, Municipality, Name, Reading
from pipeline.resolve import resolve_actors

TEXT = "Bramkarz turnieju: Jan Landau, Zatoka, klub z Pucka"


def test_statements_that_start_alike_are_sorted_by_their_end() -> None:
    """They come out of a hash table; six would hardly be sorted by chance."""
    mentions = (Mention("a1", 0, 8, "Bramkarz", "role"), Mention("a1", 19, 29, "Jan Landau", "person"))
    names = (
        Name("Bramkarz", "bramkarz", "role"),
        Name("Jan Landau", "Jan Landau", "person", "m", "Jan", "Landau"),
    )
    ends = (51, 29, 37, 44, 30, 38)
    links = tuple(Link(1, 0, None, None, 0, end) for end in ends)
    reading = Reading(
        Document("a1", "a1.txt", TEXT), mentions, names, links, (None,) * len(ends), Municipality(None, 0.0)
    )
    assert [row.end for row in resolve_actors([reading]).evidence] == sorted(ends)
