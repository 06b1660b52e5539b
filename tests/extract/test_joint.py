"""The second look at candidates: what rivals say."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.candidates import Candidate, Unit
from pipeline.extract.joint import joint_features
from pipeline.extract.offices import Office

OFFICE = Unit("office", 0, 0, 5, Office(0, None, None, 0, 5, "single"))
ANNA, JAN = Unit("person", 1, 6, 12), Unit("person", 2, 14, 20)


def _candidate(person: Unit) -> Candidate:
    return Candidate(person, OFFICE, "office-person:next", ("office:bias",))


def test_a_rival_is_seen_with_how_sure_it_is() -> None:
    alone = joint_features([(_candidate(ANNA), 0.9)])
    beside = joint_features([(_candidate(ANNA), 0.9), (_candidate(JAN), 0.97)])
    assert "rival=near:single:6:0" in alone[0]
    assert "rival=near:single:6:7" in beside[0]


def test_another_office_of_the_person_is_seen() -> None:
    second = replace(OFFICE, mention=3, start=30, end=35)
    pairs = [(_candidate(ANNA), 0.5), (replace(_candidate(ANNA), target=second), 0.99)]
    assert "office=near:single:4:7" in joint_features(pairs)[0]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_every_candidate_gets_features_in_its_order(scores: list[float]) -> None:
    pairs = [
        (_candidate(Unit("person", at + 1, 10 * at, 10 * at + 5)), score) for at, score in enumerate(scores)
    ]
    found = joint_features(pairs)
    assert len(found) == len(pairs)
    assert found[::-1] == joint_features(pairs[::-1])
