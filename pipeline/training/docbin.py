"""Labelled texts as spaCy training data."""

from collections.abc import Iterable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, DocBin

from pipeline.training.corpora import LabelledText


def make_doc(nlp: Language, labelled: LabelledText) -> Doc:
    """Return the tokenised text with its entities; a span that cuts a token takes the whole token."""
    doc = nlp.make_doc(labelled.text)
    spans = [
        doc.char_span(span.start, span.end, label=span.label, alignment_mode="expand")
        for span in labelled.spans
    ]
    taken: set[int] = set()
    kept = []
    for span in spans:
        if span is not None and taken.isdisjoint(range(span.start, span.end)):
            kept.append(span)
            taken.update(range(span.start, span.end))
    doc.set_ents(kept)
    return doc


def write_docbin(nlp: Language, texts: Iterable[LabelledText], path: Path) -> int:
    """Write the texts as one DocBin; return how many docs it holds."""
    packed = DocBin(attrs=["ENT_IOB", "ENT_TYPE"])
    for labelled in texts:
        packed.add(make_doc(nlp, labelled))
    path.parent.mkdir(parents=True, exist_ok=True)
    packed.to_disk(path)
    return len(packed)
