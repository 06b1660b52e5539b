from pathlib import Path

import pytest

from pipeline.errors import TableError
from pipeline.tables import data_folder
from pipeline.training.dated_sentences import half_of, load_sentences, measure_sentences
from pipeline.weights import load_weights

BENCH = data_folder() / "bench" / "dates.tsv"
HEAD = "# source: test\n# licence: CC0-1.0\ntext*\tpublished\tclaims\n"


def write_bench(folder: Path, row: str) -> Path:
    path = folder / "dates.tsv"
    path.write_text(HEAD + row + "\n", encoding="utf-8")
    return path


def test_a_row_gives_its_links_with_their_time(tmp_path: Path) -> None:
    row = "[Anna Lis|p] jest [wójtem|r] od 2018 roku.\t2025-06-12\tLis: wójtem since=2018"
    (sentence,) = load_sentences(write_bench(tmp_path, row))
    assert sentence.text == "Anna Lis jest wójtem od 2018 roku."
    assert [(link.person, link.role, link.since, link.status) for link in sentence.links] == [
        (0, 1, "2018", "current")
    ]
    assert [link.since for link in sentence.bare_links()] == [None]


def test_a_claim_that_is_not_marked_is_refused(tmp_path: Path) -> None:
    row = "[Anna Lis|p] jest wójtem.\t2025-06-12\tLis: wójtem"
    with pytest.raises(TableError, match="repeat the marked words"):
        load_sentences(write_bench(tmp_path, row))


def test_the_halves_share_nothing_and_miss_nothing() -> None:
    halves = [{sentence.text for sentence in load_sentences(BENCH, half)} for half in ("fit", "held")]
    assert not halves[0] & halves[1]
    assert len(halves[0]) + len(halves[1]) == len(load_sentences(BENCH)) >= 150
    assert all(half_of(text) == "held" for text in halves[1])


def test_the_shipped_models_hold_their_figures_on_the_half_that_taught_nothing() -> None:
    figures = measure_sentences(load_sentences(BENCH, "held"), load_weights())
    assert figures["since"].precision > 0.8 and figures["since"].recall > 0.75
    assert figures["until"].precision > 0.8 and figures["until"].recall > 0.5
    assert figures["status"].f > 0.75
