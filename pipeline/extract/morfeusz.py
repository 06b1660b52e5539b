"""What Morfeusz knows of a word form, as features of the network: `civic.MorfeuszHashEmbed.v1`.

Morfeusz knows Polish names, surnames and places in all their forms, so a small network that sees its
lemma, its cases, its name classes and the tables' kinds need not learn them from text.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import cast

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import NORM, ORTH, PREFIX, SHAPE, SUFFIX
from spacy.strings import get_string_id
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import HashEmbed, Maxout, Model, chain, concatenate, list2ragged, ragged2list, with_array
from thinc.types import Floats2d, Ints2d, Ragged

from pipeline.morphology import Analysis, analyse
from pipeline.tables import load_table

LEXICAL = (NORM, PREFIX, SUFFIX, SHAPE)
MORPHOLOGICAL = ("lemma", "grammar", "name_class", "table_kind")
_CACHE_SIZE = 300_000

Features = NDArray[np.uint64]


@registry.architectures("civic.MorfeuszHashEmbed.v1")  # type: ignore[untyped-decorator]
def build_morfeusz_embed(width: int, rows: list[int]) -> Model[list[Doc], list[Floats2d]]:
    """Build the embedding layer: four lexical and four morphological hash embeddings, mixed.

    Args:
        width: Width of each vector, in floats.
        rows: Rows of the tables for NORM, PREFIX, SUFFIX, SHAPE, lemma, grammar, name class and table kind.
    """
    if len(rows) != len(LEXICAL) + len(MORPHOLOGICAL):
        raise ValueError(f"rows needs {len(LEXICAL) + len(MORPHOLOGICAL)} numbers, got {len(rows)}")
    embeddings: list[Model[Ints2d, Floats2d]] = [
        HashEmbed(width, number, column=column, seed=column + 8, dropout=0.0)
        for column, number in enumerate(rows)
    ]
    mix = Maxout(width, len(rows) * width, nP=3, dropout=0.0, normalize=True)
    embed: Model[Ragged, Ragged] = with_array(chain(concatenate(*embeddings), mix))
    model: Model[list[Doc], list[Floats2d]] = chain(_feature_extractor(), list2ragged(), embed, ragged2list())
    return model


def word_features(form: str) -> tuple[str, str, str, str]:
    """Return the four morphological features of one form, as readable text.

    >>> word_features("Ozimka")[2]
    'nazwa_geograficzna nazwa_pospolita nazwisko'
    """
    readings = analyse(form)
    if not readings and "-" in form.strip("-"):
        readings = analyse(form.rpartition("-")[2])
    if not readings:
        return "?" + form[-3:].lower(), _unknown_grammar(form), "?", _table_kind(form, ())
    lemmas = sorted({reading.lemma.lower() for reading in readings})
    grammar = sorted({_grammar(reading) for reading in readings})
    names = sorted(set[str]().union(*(reading.names for reading in readings)))
    return "|".join(lemmas[:2]), "|".join(grammar), " ".join(names), _table_kind(form, lemmas)


def _grammar(reading: Analysis) -> str:
    values = (reading.numbers, reading.cases, reading.genders)
    return " ".join((reading.pos, *(".".join(sorted(value)) for value in values)))


def _unknown_grammar(form: str) -> str:
    return "space" if form.isspace() else "digit" if form.isdigit() else "unknown"


@cache
def _table_words() -> dict[str, str]:
    kinds: dict[str, set[str]] = {}
    for row in load_table("roles"):
        for word in (row["lemma"].split()[0], *row["feminine"].split("|")):
            kinds.setdefault(word.split(" ")[0].lower(), set()).add("role")
    for row in load_table("institution_kinds"):
        kinds.setdefault(row["head"].split()[0].lower(), set()).add("institution")
        for acronym in row["acronym"].split("|"):
            kinds.setdefault(acronym.lower(), set()).add("acronym")
    for row in load_table("titles"):
        for word in row["form"].lower().split():
            kinds.setdefault(word.removesuffix("."), set()).add("title")
    return {word: " ".join(sorted(kind)) for word, kind in kinds.items() if word}


def _table_kind(form: str, lemmas: Sequence[str]) -> str:
    table = _table_words()
    return " ".join(sorted({table[word] for word in (form.lower(), *lemmas) if word in table}))


def _feature_extractor() -> Model[list[Doc], list[Ints2d]]:
    return Model("civic_features", _extract)


@cache
def _feature_cache() -> dict[int, Features]:
    """Rows by the hash of the form; outside the model, which would serialise it."""
    return {}


def _extract(
    model: Model[list[Doc], list[Ints2d]], docs: list[Doc], is_train: bool
) -> tuple[list[Ints2d], Callable[[list[Ints2d]], list[Doc]]]:
    cached = _feature_cache()
    if len(cached) > _CACHE_SIZE:
        cached.clear()
    features = [cast(Ints2d, model.ops.xp.asarray(_doc_features(doc, cached))) for doc in docs]
    return features, lambda gradient: []


def _doc_features(doc: Doc, cached: dict[int, Features]) -> Features:
    lexical = doc.to_array(list(LEXICAL)).reshape((len(doc), len(LEXICAL)))
    forms = doc.to_array(ORTH).tolist()
    for position, form in enumerate(forms):
        if form not in cached:
            cached[form] = _hashed(doc[position].text)
    rows = [cached[form] for form in forms]
    stacked = np.stack(rows) if rows else np.zeros((0, len(MORPHOLOGICAL)), dtype=np.uint64)
    return np.hstack([lexical, stacked])


def _hashed(form: str) -> Features:
    hashes = [get_string_id(f"{column}:{value}") for column, value in enumerate(word_features(form))]
    return np.asarray(hashes, dtype=np.uint64)
