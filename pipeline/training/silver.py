"""Roles for corpora that have none: a model taught by gold marks them, the corpus' own names stay."""

from collections.abc import Iterable, Iterator

from spacy.language import Language

from pipeline.training.corpora import LabelledText, Span


def add_roles(
    nlp: Language, texts: Iterable[LabelledText], *, batch_size: int = 128
) -> Iterator[LabelledText]:
    """Yield the texts with the roles that the model finds where the corpus has no name.

    Args:
        nlp: A pipeline that knows the label `role`.
        texts: Texts of corpora without roles.
        batch_size: Texts a batch.
    """
    pairs = ((labelled.text, labelled) for labelled in texts)
    for doc, labelled in nlp.pipe(pairs, as_tuples=True, batch_size=batch_size):
        roles = [Span(span.start_char, span.end_char, "role") for span in doc.ents if span.label_ == "role"]
        free = [role for role in roles if not any(_overlap(role, span) for span in labelled.spans)]
        yield LabelledText(labelled.text, tuple(sorted([*labelled.spans, *free])), labelled.source)


def _overlap(left: Span, right: Span) -> bool:
    return left.start < right.end and right.start < left.end
