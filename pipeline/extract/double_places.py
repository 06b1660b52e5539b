"""Join a double name of a place that spaces tear apart.

`Gminy Jerzmanowice – Przeginia` is one gmina, which the register writes `Jerzmanowice-Przeginia`; a road
`Wyszki – Filipy` has two ends.
"""

from collections.abc import Iterable
from functools import cache

from spacy.tokens import Span

from pipeline.morphology import analyse
from pipeline.places import place_names

_DASHES = frozenset("-–—")


def join_double_places(spans: Iterable[Span]) -> list[Span]:
    """Make one location of two that a dash joins, where the register knows the whole.

    Args:
        spans: Entities of one text, in its order.
    """
    joined: list[Span] = []
    for span in spans:
        if joined and _is_second_half(joined[-1], span):
            joined[-1] = Span(span.doc, joined[-1].start, span.end, label=span.label)
        else:
            joined.append(span)
    return joined


def _is_second_half(first: Span, second: Span) -> bool:
    if second.start - first.end != 1 or len(second) > 2:
        return False
    if not first.label_ == second.label_ == "location" or first.doc[first.end].text not in _DASHES:
        return False
    halves = _forms(first[-1].text), _forms(second.text)
    return any(f"{start}-{end}" in _double_names() for start in halves[0] for end in halves[1])


def _forms(form: str) -> set[str]:
    """Return a form and what it can be an inflected form of."""
    return {form, *(reading.lemma for reading in analyse(form))}


@cache
def _double_names() -> frozenset[str]:
    return frozenset(name for name in place_names() if "-" in name)
