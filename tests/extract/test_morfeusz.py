import numpy as np
import spacy

from pipeline.extract.morfeusz import LEXICAL, MORPHOLOGICAL, build_morfeusz_embed, word_features


def test_features_know_names_and_tables() -> None:
    assert "nazwisko" in word_features("Steca")[2]
    assert word_features("burmistrza")[3] == "role"
    assert word_features("Blefuskowskiej")[2] == "?"


def test_unknown_hyphenated_names_are_read_by_their_last_part() -> None:
    assert word_features("Lisowską-Nowak")[2] == word_features("Nowak")[2]


def test_layer_gives_one_vector_a_token_also_for_no_tokens() -> None:
    nlp = spacy.blank("pl")
    model = build_morfeusz_embed(8, [50] * (len(LEXICAL) + len(MORPHOLOGICAL)))
    model.initialize([nlp("Jan Nowak")], None)
    vectors = model.predict([nlp("Wójt Anna Lis"), nlp("")])
    assert [vector.shape for vector in vectors] == [(3, 8), (0, 8)]


def test_same_form_same_vector() -> None:
    nlp = spacy.blank("pl")
    model = build_morfeusz_embed(8, [50] * 8)
    model.initialize([nlp("Jan")], None)
    first, second = model.predict([nlp("Opole Opole")])[0]
    assert np.array_equal(first, second)
