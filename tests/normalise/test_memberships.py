"""People of a list get the body whose members it names: marked articles, on the shipped weights."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.normalise.inherit import inherit_parts
from pipeline.normalise.memberships import RULE
from pipeline.training.gold import load_article
from pipeline.training.weights import gold_view

COUNCIL = '<institution lemma="Rada Gminy Kije">Rady Gminy Kije</institution>'
PEOPLE = (
    '<person id="a" gender="m">Adam Bury</person>, <person id="b" gender="f">Anna Lis</person> '
    'i <person id="c" gender="m">Jan Sum</person>'
)
ROLL_CALL = f"Protokół z sesji {COUNCIL}. Obradowano trzy godziny.\n\nNieobecni usprawiedliwieni: {PEOPLE}."
THANKS = f"Na sesji {COUNCIL} mówiono o drogach. Po obradach w parku spotkali się {PEOPLE}."
ALONE = f'Sesja {COUNCIL} trwała godzinę. Przez okno patrzył <person id="a" gender="m">Adam Bury</person>.'

Joined = list[tuple[str, str, tuple[str, ...]]]


@pytest.fixture
def join(tmp_path: Path) -> Callable[[str], Joined]:
    def read(body: str) -> Joined:
        path = tmp_path / "marked.txt"
        header = "id: marked\npublished: 2024-05-17\ngenre: session\nwriter: t"
        path.write_text(f"{header}\n---\n{body}\n---\n", encoding="utf-8")
        view = gold_view(load_article(path))
        links, _ = inherit_parts(view, [], [])
        assert all(link.rule == RULE and link.role is None for link in links)
        return [
            (view.names[link.person].nominative, view.names[link.institution or 0].nominative, link.inferred)
            for link in links
        ]

    return read


def test_the_absent_of_a_roll_call_are_of_the_council(join: Callable[[str], Joined]) -> None:
    assert join(ROLL_CALL) == [
        (name, "Rada Gminy Kije", ("institution", "place")) for name in ("Adam Bury", "Anna Lis", "Jan Sum")
    ]


def test_a_remark_on_one_does_not_end_the_list(join: Callable[[str], Joined]) -> None:
    remarked = ROLL_CALL.replace("</person>, <person", "</person> (chory), <person")
    assert [name for name, _, _ in join(remarked)] == ["Adam Bury", "Anna Lis", "Jan Sum"]


def test_a_body_after_the_remark_ends_the_list(join: Callable[[str], Joined]) -> None:
    parted = ROLL_CALL.replace(
        "</person>, <person", "</person> (chory), <institution>OSP Rudno</institution>, <person", 1
    )
    assert "Adam Bury" not in [name for name, _, _ in join(parted)]


def test_people_who_merely_met_are_of_nothing(join: Callable[[str], Joined]) -> None:
    assert join(THANKS) == []


def test_one_named_alone_is_of_nothing(join: Callable[[str], Joined]) -> None:
    assert join(ALONE) == []
