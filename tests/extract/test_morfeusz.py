import numpy as np
import spacy
from spacy.vectors import Vectors

from pipeline.extract.morfeusz import (
    LEXICAL,
    MORPHOLOGICAL,
    build_morfeusz_embed,
    lexical_features,
    word_features,
)


def test_features_know_names_and_tables() -> None:
    assert "nazwisko" in word_features("Steca")[2]
    assert word_features("burmistrza")[3] == "role"
    assert word_features("Blefuskowskiej")[2] == "?"


def test_unknown_hyphenated_names_are_read_by_their_last_part() -> None:
    assert word_features("Lisowską-Nowak")[2] == word_features("Nowak")[2]


def test_layer_gives_one_vector_a_token_also_for_no_tokens() -> None:
    nlp = spacy.blank("pl")
    model = build_morfeusz_embed(8, [50] * (len(LEXICAL) + len(MORPHOLOGICAL)), 0)
    model.initialize([nlp("Jan Nowak")], None)
    vectors = model.predict([nlp("Wójt Anna Lis"), nlp("")])
    assert [vector.shape for vector in vectors] == [(3, 8), (0, 8)]


def test_same_form_same_vector() -> None:
    nlp = spacy.blank("pl")
    model = build_morfeusz_embed(8, [50] * 8, 0)
    model.initialize([nlp("Jan")], None)
    first, second = model.predict([nlp("Opole Opole")])[0]
    assert np.array_equal(first, second)


def test_letter_case_stands_in_the_shape_alone() -> None:
    assert lexical_features("OZIMKA", "XXXX")[:3] == lexical_features("Ozimka", "Xxxxx")[:3]
    assert lexical_features("OZIMKA", "XXXX")[3] != lexical_features("Ozimka", "Xxxxx")[3]


def test_gradients_of_the_same_form_are_summed() -> None:
    nlp = spacy.blank("pl")
    model = build_morfeusz_embed(8, [50] * 8, 0)
    doc, apart = nlp("Opole Opole Nysa"), [nlp("Opole"), nlp("Opole"), nlp("Nysa")]
    model.initialize([doc], None)
    gradient = np.arange(24, dtype=np.float32).reshape((3, 8))
    _, backprop = model.begin_update([doc])
    backprop([gradient])
    together = {
        (node.id, name): node.get_grad(name).copy() for node in model.walk() for name in node.grad_names
    }
    for node in model.walk():
        for name in node.grad_names:
            node.set_grad(name, node.get_grad(name) * 0)
    _, backprop = model.begin_update(apart)
    backprop([gradient[:1], gradient[1:2], gradient[2:]])
    for node in model.walk():
        for name in node.grad_names:
            assert np.allclose(node.get_grad(name), together[node.id, name])


def test_static_vectors_are_of_the_lower_case_form() -> None:
    nlp = spacy.blank("pl")
    data = np.random.default_rng(1).normal(size=(20, 4)).astype(np.float32)
    nlp.vocab.vectors = Vectors(
        strings=nlp.vocab.strings, data=data, mode="floret", minn=3, maxn=4, hash_count=1
    )
    model = build_morfeusz_embed(8, [50] * 8, 4)
    model.initialize([nlp("Jan Nowak")], None)
    layer = next(node for node in model.walk() if node.name == "civic_vectors")
    loud, quiet = layer.predict([nlp.vocab["OPOLE"], nlp.vocab["opole"]])
    assert np.array_equal(loud, quiet)
    assert model.predict([nlp("Wójt Anna Lis")])[0].shape == (3, 8)
