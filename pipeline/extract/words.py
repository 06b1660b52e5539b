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
    numbers, spaces, entities = doc.to_array([ORTH, SPACY, ENT_IOB]).T
    orths = numbers.tolist()
    strings = doc.vocab.strings
    known = {orth: strings[orth] for orth in set(orths)}
    return Words(
        texts=[known[orth] for orth in orths],
        spaced=(spaces != 0).tolist(),
        inside=(entities == _INSIDE).tolist(),
        named=((entities == _INSIDE) | (entities == _BEGIN)).tolist(),
    )
