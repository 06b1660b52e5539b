"""Turn heads: what counts as one, and when it is read right."""

import pytest

from pipeline.extract.nlp import extract_mentions, load_nlp
from pipeline.normalise import normalise_extraction
from pipeline.records import Document
from pipeline.training.stenograms import TurnHeads, find_heads, half_of, judge_heads, stenograms_page

TEXT = (
    "Radna Ewa Lisowska: Dziękuję bardzo.\nPani Anna Bury: Ślubuję.\n"
    "Mieszkaniec Jan Bury: Mam pytanie.\nGłos z sali: Brawo!\n"
    "Przewodniczący Rady Miejskiej Jan Nowakowski: Proszę o ciszę."
)


def test_heads_are_those_with_an_office_and_a_name() -> None:
    assert [TEXT[start:end] for start, end in find_heads(TEXT)] == [
        "Radna Ewa Lisowska",
        "Przewodniczący Rady Miejskiej Jan Nowakowski",
    ]


@pytest.mark.model
def test_heads_are_read() -> None:
    (found,) = extract_mentions([Document(article_id="x", source="x", text=TEXT)], load_nlp())
    assert judge_heads("even", [normalise_extraction(found)]) == TurnHeads("even", 1, 2, 2, ())


def test_halves_by_hash_and_the_page() -> None:
    halves = {half_of(Document(article_id=str(number), source="", text="")) for number in range(20)}
    assert halves == {"even", "odd"}
    assert "| odd | 3 | 1,000 | 990 | 0.990 | no person 10 |" in stenograms_page(
        [TurnHeads("odd", 3, 1000, 990, (("no person", 10),))]
    )
