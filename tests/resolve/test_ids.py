"""Ids that last: kept, merged, split, never given to two."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.resolve.ids import assign_ids
from pipeline.resolve.keys import make_id


def test_a_new_id_is_hashed_from_the_smallest_mention() -> None:
    assigned = assign_ids([["b", "a"], ["c"]])
    assert assigned.actor_ids == (make_id("actor", "a"), make_id("actor", "c"))
    assert assigned.redirects == ()
    assert {row.run for row in assigned.history} == {1}


def test_ids_stay_when_a_smaller_mention_comes() -> None:
    first = assign_ids([["m5"]])
    assert assign_ids([["m1", "m5"]], first.history).actor_ids == first.actor_ids


def test_the_oldest_id_stays_when_people_merge() -> None:
    first = assign_ids([["m5"]])
    second = assign_ids([["m5"], ["m1"]], first.history)
    third = assign_ids([["m1", "m5"]], second.history)
    assert third.actor_ids == first.actor_ids
    assert [(row.old_id, row.new_id) for row in third.redirects] == [
        (make_id("actor", "m1"), first.actor_ids[0])
    ]
    again = assign_ids([["m1", "m5"]], third.history)
    assert again.redirects == third.redirects
    assert again.history == third.history


def test_a_split_keeps_the_id_with_the_smallest_mention() -> None:
    first = assign_ids([["m1", "m2", "m3"]])
    second = assign_ids([["m1"], ["m2", "m3"]], first.history)
    assert second.actor_ids[0] == first.actor_ids[0]
    assert second.actor_ids[1] == make_id("actor", "m2")


def test_a_split_after_a_merge_gives_the_old_id_back() -> None:
    first = assign_ids([["m1"], ["m2"]])
    merged = assign_ids([["m1", "m2"]], first.history)
    assert len(merged.redirects) == 1
    split = assign_ids([["m1"], ["m2"]], merged.history)
    assert split.actor_ids == first.actor_ids
    assert split.redirects == ()


def test_ids_of_absent_mentions_are_remembered() -> None:
    first = assign_ids([["m1"], ["m2"]])
    without = assign_ids([["m2"]], first.history)
    assert assign_ids([["m1"], ["m2"]], without.history).actor_ids == first.actor_ids


_partitions = st.lists(st.integers(0, 3), min_size=6, max_size=6)


def _clusters(labels: list[int]) -> list[list[str]]:
    return [
        [f"m{place}" for place, label in enumerate(labels) if label == wanted]
        for wanted in sorted(set(labels))
    ]


@given(st.lists(_partitions, min_size=1, max_size=5))
def test_every_run_gives_each_cluster_its_own_id_and_every_old_id_leads_on(runs: list[list[int]]) -> None:
    history, ever = (), set[str]()
    for labels in runs:
        assigned = assign_ids(_clusters(labels), history)
        assert len(set(assigned.actor_ids)) == len(assigned.actor_ids)
        ever |= set(assigned.actor_ids)
        redirected = {row.old_id: row.new_id for row in assigned.redirects}
        assert set(redirected) == ever - set(assigned.actor_ids)
        assert set(redirected.values()) <= set(assigned.actor_ids)
        backwards = assign_ids([list(reversed(c)) for c in _clusters(labels)], reversed(list(history)))
        assert backwards == assigned
        history = assigned.history  # type: ignore[assignment]
