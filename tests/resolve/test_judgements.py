"""Judgements: appended, withdrawn, never erased."""

from pathlib import Path

import pytest

from pipeline.errors import CivicActorsError
from pipeline.resolve.judgements import (
    Judgement,
    append_judgement,
    judge_claims,
    judged_pairs,
    load_judgements,
    withdraw_judgement,
)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    assert load_judgements(path) == []
    judgement = Judgement("b", "a", "same", "Żaneta", "2025-05-01", "ta sama twarz")
    append_judgement(path, judgement)
    assert load_judgements(path) == [judgement]
    assert judged_pairs([judgement]) == {("a", "b"): "same"}


def test_the_last_line_on_a_pair_counts_and_nothing_is_erased(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    append_judgement(path, Judgement("a", "b", "same", "x", "2025-05-01"))
    append_judgement(path, Judgement("b", "a", "different", "y", "2025-05-02"))
    assert judged_pairs(load_judgements(path)) == {("a", "b"): "different"}
    withdraw_judgement(path, ("b", "a"), who="y", when="2025-05-03")
    assert judged_pairs(load_judgements(path)) == {}
    assert len(load_judgements(path)) == 3
    with pytest.raises(CivicActorsError, match="nothing is judged"):
        withdraw_judgement(path, ("a", "b"), who="y", when="2025-05-04")


def test_unsure_decides_nothing() -> None:
    unsure = [Judgement("a", "b", "unsure", "x", "2025-05-01")]
    assert judged_pairs(unsure) == {}
    assert judged_pairs(unsure, keep_unsure=True) == {("a", "b"): "unsure"}


@pytest.mark.parametrize(
    "line", ["{", '{"left": "a"}', '{"left":"a","right":"b","verdict":"yes","who":"x","when":"y"}']
)
def test_a_broken_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "judgements.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(CivicActorsError, match=r"judgements\.jsonl:1:"):
        load_judgements(path)


def test_verdicts_on_mentions_become_verdicts_on_claims() -> None:
    claim_of = {"m1": "c1", "m2": "c1", "m3": "c2"}
    assert judge_claims({("m1", "m3"): "same"}, claim_of) == {("c1", "c2"): "same"}
    both = {("m1", "m3"): "same", ("m2", "m3"): "different"}
    assert judge_claims(both, claim_of) == {("c1", "c2"): "different"}
    assert judge_claims({("m1", "m2"): "different", ("m1", "gone"): "same"}, claim_of) == {}
