"""The tokens of a document as plain lists: to make a `Token` for each costs more than all we ask of most."""

from dataclasses import dataclass

from spacy.attrs import ENT_IOB, ORTH, SPACY
from spacy.tokens import Doc

_INSIDE, _BEGIN = 1, 3


@dataclass(frozen=True, slots=True)
class Words:
    """What is asked of every token, in reading order.

    Attributes:
        texts: The token as written.
        spaced: Whether a space follows it.
        inside: Whether it goes on an entity.
        named: Whether it is part of an entity.
    """

    texts: list[str]
    spaced: list[bool]
    inside: list[bool]
    named: list[bool]


def read_words(doc: Doc) -> Words:
    """Read the tokens of a document, with the entities that it has now."""
    numbers = doc.to_array([ORTH, SPACY, ENT_IOB]).tolist()
    strings = doc.vocab.strings
    known = {orth: strings[orth] for orth in {orth for orth, _, _ in numbers}}
    return Words(
        texts=[known[orth] for orth, _, _ in numbers],
        spaced=[bool(space) for _, space, _ in numbers],
        inside=[entity == _INSIDE for _, _, entity in numbers],
        named=[entity in (_INSIDE, _BEGIN) for _, _, entity in numbers],
    )
