"""Let a pipeline read labelled texts, and count what it finds, label by label."""

from collections.abc import Iterable, Iterator, Sequence

from spacy.language import Language

from pipeline.extract.clean import clean_text
from pipeline.records import LABELS, Label
from pipeline.training.corpora import LabelledText, Span
from pipeline.training.scores import Tally

Found = tuple[Span, ...]
_LABELS: dict[str, Label] = {label: label for label in LABELS}
_BATCH_SIZE = 32


def find_spans(nlp: Language, texts: Iterable[str]) -> Iterator[Found]:
    """Yield the spans found in each text, in reading order; the text is cleaned as `extract` cleans it."""
    cleaned = map(clean_text, texts)
    pairs = ((clean.text, clean) for clean in cleaned)
    for doc, clean in nlp.pipe(pairs, as_tuples=True, batch_size=_BATCH_SIZE):
        yield tuple(
            Span(*clean.to_source(span.start_char, span.end_char), _LABELS[span.label_])
            for span in doc.ents
            if span.label_ in _LABELS and span.text.strip()
        )


def tally_texts(
    texts: Sequence[LabelledText], found: Iterable[Found], labels: Sequence[Label]
) -> list[dict[str, Tally]]:
    """Return the tallies of each text: `strict.person`, `overlap.all` and so on."""
    return [tally_spans(labelled.spans, spans, labels) for labelled, spans in zip(texts, found, strict=True)]


def tally_spans(wanted: Sequence[Span], given: Sequence[Span], labels: Sequence[Label]) -> dict[str, Tally]:
    """Count the right spans of one text by label, and of all labels together.

    Args:
        wanted: Spans of the corpus, in reading order.
        given: Spans found, in reading order; those of other labels count for nothing.
        labels: What is measured.
    """
    tallies: dict[str, Tally] = {}
    for way, count in (("strict", _count_same), ("overlap", _count_overlapping)):
        right, n_given, n_wanted = 0, 0, 0
        for label in labels:
            one, other = ([span for span in side if span.label == label] for side in (wanted, given))
            same = count(one, other)
            tallies[f"{way}.{label}"] = Tally(same, len(other), same, len(one))
            right, n_given, n_wanted = right + same, n_given + len(other), n_wanted + len(one)
        tallies[f"{way}.all"] = Tally(right, n_given, right, n_wanted)
    return tallies


def _count_same(wanted: Sequence[Span], given: Sequence[Span]) -> int:
    return len(set(wanted) & set(given))


def _count_overlapping(wanted: Sequence[Span], given: Sequence[Span]) -> int:
    """Count the most pairs that share a character, each span in one pair at most."""
    pairs, position = 0, 0
    for span in wanted:
        while position < len(given) and given[position].end <= span.start:
            position += 1
        if position < len(given) and given[position].start < span.end:
            pairs += 1
            position += 1
    return pairs
