import spacy
from spacy.tokens import Span

from pipeline.extract.words import read_words


def test_lists_say_what_tokens_say() -> None:
    doc = spacy.blank("pl")("Wójt Anna Lis (PSL) zamyka  sesję.\nJan")
    doc.set_ents([Span(doc, 1, 3, label="person")])
    words = read_words(doc)
    assert words.texts == [token.text for token in doc]
    assert words.spaced == [bool(token.whitespace_) for token in doc]
    assert words.inside == [token.ent_iob_ == "I" for token in doc]
    assert words.named == [bool(token.ent_type_) for token in doc]
    assert sum(words.inside) == 1 and sum(words.named) == 2


def test_no_tokens() -> None:
    assert read_words(spacy.blank("pl")("")).texts == []
