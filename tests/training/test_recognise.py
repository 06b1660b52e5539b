"""Counts of spans against hand-made ones, and a pipeline of rules in place of the model."""

import spacy
from hypothesis import given
from hypothesis import strategies as st

from pipeline.training.corpora import LabelledText, Span
from pipeline.training.recognise import find_spans, tally_spans, tally_texts
from pipeline.training.scores import Tally

spans = st.lists(st.integers(0, 40), max_size=10, unique=True).map(
    lambda bounds: [
        Span(start, end, "person" if start % 2 else "role")
        for start, end in zip(sorted(bounds)[::2], sorted(bounds)[1::2], strict=False)
    ]
)


def test_strict_wants_bounds_and_label_and_overlap_a_shared_character() -> None:
    wanted = [Span(0, 4, "person"), Span(5, 9, "role"), Span(10, 14, "person")]
    given_spans = [Span(0, 4, "person"), Span(5, 8, "role"), Span(10, 14, "role")]
    tallies = tally_spans(wanted, given_spans, ("person", "role"))
    assert tallies["strict.person"] == Tally(1, 1, 1, 2)
    assert tallies["strict.role"] == Tally(0, 2, 0, 1)
    assert tallies["overlap.role"] == Tally(1, 2, 1, 1)
    assert tallies["strict.all"] == Tally(1, 3, 1, 3)


def test_other_labels_count_for_nothing() -> None:
    tallies = tally_spans([Span(0, 4, "person")], [Span(0, 4, "person"), Span(5, 9, "role")], ("person",))
    assert tallies["strict.all"] == Tally(1, 1, 1, 1)


@given(spans, spans)
def test_an_exact_match_also_overlaps(wanted: list[Span], found: list[Span]) -> None:
    tallies = tally_spans(wanted, found, ("person", "role"))
    for label in ("person", "role", "all"):
        strict, overlap = tallies[f"strict.{label}"], tallies[f"overlap.{label}"]
        assert strict.right_given <= overlap.right_given <= min(strict.given, strict.wanted)


def test_spans_found_have_the_offsets_of_the_text_before_cleaning() -> None:
    nlp = spacy.blank("pl")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "person", "pattern": "Anna Kos"}])
    text = "Przy\u00adszła Anna\u00a0Kos."
    (found,) = find_spans(nlp, [text])
    assert [(text[span.start : span.end], span.label) for span in found] == [("Anna\u00a0Kos", "person")]
    labelled = LabelledText(text, (Span(10, 18, "person"),), "made up")
    assert tally_texts([labelled], [found], ("person",))[0]["strict.person"] == Tally(1, 1, 1, 1)
