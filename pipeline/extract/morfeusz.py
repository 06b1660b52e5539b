"""What Morfeusz knows of a word form, as features of the network: `civic.MorfeuszHashEmbed.v2`.

Morfeusz knows Polish names, surnames and places in all their forms, so a small network that sees its
lemma, its cases, its name classes and the tables' kinds need not learn them from text. Letter case stands
in the shape alone, so that a line in capitals looks like any other to everything else. What a form means
beside that comes from floret vectors, which have a vector for any form, known or misspelt.
"""

from collections.abc import Callable, Sequence
from functools import cache, lru_cache, partial
from typing import cast

import numpy as np
from spacy.attrs import ORTH
from spacy.lexeme import Lexeme
from spacy.strings import get_string_id
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab
from thinc.api import HashEmbed, Linear, Maxout, Model, chain, concatenate
from thinc.types import Floats2d, Ints1d, Ints2d

from pipeline.extract.kept_forms import ByForm, KeptForms
from pipeline.extract.products import DoubleProducts
from pipeline.morphology import analyse
from pipeline.tables import load_table

LEXICAL = ("lower", "prefix", "suffix", "shape")
MORPHOLOGICAL = ("lemma", "grammar", "name_class", "table_kind")
_CACHE_SIZE = 100_000


@registry.architectures("civic.MorfeuszHashEmbed.v2")  # type: ignore[untyped-decorator]
def build_morfeusz_embed(width: int, rows: list[int], vectors: int) -> Model[list[Doc], list[Floats2d]]:
    """Build the embedding layer: hash embeddings of a form's features beside its static vector, mixed.

    Args:
        width: Width of each embedding, in floats.
        rows: Rows of the tables for the lower-case form, its first and last three letters, its shape, and
            for lemma, grammar, name class and table kind.
        vectors: Width of the vocabulary's vectors, in floats; 0 does without them.
    """
    if len(rows) != len(LEXICAL) + len(MORPHOLOGICAL):
        raise ValueError(f"rows needs {len(LEXICAL) + len(MORPHOLOGICAL)} numbers, got {len(rows)}")
    embeddings: list[Model[Ints2d, Floats2d]] = [
        HashEmbed(width, number, column=column, seed=column + 8, dropout=0.0)
        for column, number in enumerate(rows)
    ]
    parts: list[ByForm] = [chain(_form_features(), concatenate(*embeddings))]
    if vectors:
        parts.append(chain(_form_vectors(), Linear(width, vectors)))
    inputs = (len(rows) + bool(vectors)) * width
    mix = Maxout(width, inputs, nP=3, dropout=0.0, normalize=True)
    inner: ByForm = chain(concatenate(*parts) if vectors else parts[0], mix)
    for node in inner.walk():
        node.ops = DoubleProducts()
    return _once_a_form(inner)


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
    grammar = sorted(
        {_grammar(reading.pos, reading.numbers, reading.cases, reading.genders) for reading in readings}
    )
    names = sorted(set[str]().union(*(reading.names for reading in readings)))
    return "|".join(lemmas[:2]), "|".join(grammar), " ".join(names), _table_kind(form, lemmas)


@cache
def _grammar(pos: str, *values: frozenset[str]) -> str:
    return " ".join((pos, *(".".join(sorted(value)) for value in values)))


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
    for row in load_table("given_names"):
        kinds.setdefault(row["name"].lower(), set()).add("given")
    for row in load_table("titles"):
        for word in row["form"].lower().split():
            kinds.setdefault(word.removesuffix("."), set()).add("title")
    return {word: " ".join(sorted(kind)) for word, kind in kinds.items() if word}


def _table_kind(form: str, lemmas: Sequence[str]) -> str:
    table = _table_words()
    return " ".join(sorted({table[word] for word in (form.lower(), *lemmas) if word in table}))


def lexical_features(form: str, shape: str) -> tuple[str, str, str, str]:
    """Return the four lexical features of one form, the shape alone with its letter case.

    Args:
        form: As it stands in the text.
        shape: Its shape, as spaCy writes it and keeps it.

    >>> lexical_features("OZIMKA", "XXXX")
    ('ozimka', 'ozi', 'mka', 'XXXX')
    """
    lower = form.lower()
    return lower, lower[:3], lower[-3:], shape


def _once_a_form(inner: ByForm) -> Model[list[Doc], list[Floats2d]]:
    """Let `inner` see each form once a batch: it has the same vector wherever it stands.

    While articles are read, and no weights change, `inner` sees each form once at all.
    """
    forward = partial(_forward_forms, KeptForms())
    return Model("civic_once_a_form", forward, init=_init_forms, layers=[inner])


def _forward_forms(
    kept: KeptForms, model: Model[list[Doc], list[Floats2d]], docs: list[Doc], is_train: bool
) -> tuple[list[Floats2d], Callable[[list[Floats2d]], list[Doc]]]:
    inner: ByForm = model.layers[0]
    ops, lengths = model.ops, [len(doc) for doc in docs]
    orths, places = _forms_of(docs)
    if not orths:
        empty = ops.alloc2f(0, inner.get_dim("nO"))
        return [empty for _ in docs], lambda gradients: docs
    vocab = docs[0].vocab
    if not is_train:
        rows = kept.look_up(inner, orths, vocab)[places]
        return ops.unflatten(rows, ops.asarray1i(lengths)), lambda gradients: docs
    kept.forget()
    table, backprop_table = inner([vocab[orth] for orth in orths], is_train)

    def backprop(gradients: list[Floats2d]) -> list[Doc]:
        summed = ops.alloc2f(*table.shape)
        ops.scatter_add(summed, places, ops.flatten(gradients))
        backprop_table(summed)
        return docs

    return ops.unflatten(table[places], ops.asarray1i(lengths)), backprop


def _init_forms(
    model: Model[list[Doc], list[Floats2d]], X: list[Doc] | None = None, Y: list[Floats2d] | None = None
) -> None:
    orths, _ = _forms_of(X or [])
    model.layers[0].initialize([X[0].vocab[orth] for orth in orths] if X and orths else None, None)


def _forms_of(docs: list[Doc]) -> tuple[list[int], Ints1d]:
    """Return the number of each form of the documents once, and the place of each token's form there."""
    if not any(len(doc) for doc in docs):
        return [], cast(Ints1d, np.zeros(0, dtype=np.int32))
    orths = np.concatenate([doc.to_array(ORTH) for doc in docs])
    unique, places = np.unique(orths, return_inverse=True)
    return unique.tolist(), cast(Ints1d, places.astype(np.int32))


def _form_features() -> Model[list[Lexeme], Ints2d]:
    """Make the layer that hashes a form's features."""
    return Model("civic_features", _forward_features)


def _forward_features(
    model: Model[list[Lexeme], Ints2d], forms: list[Lexeme], is_train: bool
) -> tuple[Ints2d, Callable[[Ints2d], list[Lexeme]]]:
    # While articles are read each form comes here once: its row is kept by `KeptForms`, and its features need not be.
    hashed = _kept_features if is_train else _hashed_features
    rows = np.asarray([hashed(form.text, form.shape_) for form in forms], dtype=np.uint64)
    return cast(Ints2d, model.ops.xp.asarray(rows)), lambda gradient: forms


def _hashed_features(form: str, shape: str) -> tuple[int, ...]:
    features = (*lexical_features(form, shape), *word_features(form))
    return tuple(get_string_id(f"{column}:{value}") for column, value in enumerate(features))


_kept_features = lru_cache(maxsize=_CACHE_SIZE)(_hashed_features)


def _form_vectors() -> Model[list[Lexeme], Floats2d]:
    """Make the layer that looks a form's static vector up, in lower case; what it found is kept by form."""
    kept: dict[str, Floats2d] = {}

    def forward(
        model: Model[list[Lexeme], Floats2d], forms: list[Lexeme], is_train: bool
    ) -> tuple[Floats2d, Callable[[Floats2d], list[Lexeme]]]:
        names = [form.lower_ for form in forms]
        if not is_train:
            return _vocab_of(forms).vectors.get_batch(names), lambda gradient: forms
        if len(kept) > _CACHE_SIZE:
            kept.clear()
        missing = sorted({name for name in names if name not in kept})
        if missing:
            kept.update(zip(missing, _vocab_of(forms).vectors.get_batch(missing), strict=True))
        return model.ops.xp.stack([kept[name] for name in names]), lambda gradient: forms

    return Model("civic_vectors", forward)


def _vocab_of(forms: list[Lexeme]) -> Vocab:
    vocab: Vocab = forms[0].vocab  # type: ignore[attr-defined]  # spaCy's stubs leave it out
    return vocab
