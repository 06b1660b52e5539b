"""The patterns of docs/affiliations.md, each in a sentence that it reads and in one that it must leave alone."""

from pathlib import Path

import pytest

from pipeline.extract.linker import find_links
from pipeline.tables import read_table
from pipeline.training.dated_sentences import read_marks
from pipeline.training.weights import split_sentences
from pipeline.weights import load_weights

ROWS = read_table(Path(__file__).parent.parent / "data" / "patterns.tsv")


def _patterns(marked: str) -> set[str]:
    """Return the patterns of the links that the shipped weights find in a marked sentence."""
    text, mentions = read_marks(marked.replace("\\n", "\n"))
    return {link.rule for link in find_links(text, mentions, split_sentences(text), load_weights()["link"])}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["pattern"])
def test_a_pattern_ties_what_it_should_and_nothing_else(row: dict[str, str]) -> None:
    assert row["pattern"] in _patterns(row["positive"])
    assert row["pattern"] not in _patterns(row["negative"])
