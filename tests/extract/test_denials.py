"""Offices that are denied tie nobody; the same words about an office that is held do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.denials import find_denied
from pipeline.extract.linker import find_links
from pipeline.records import Mention
from pipeline.training.links import gold_mentions
from pipeline.training.weights import article_sentences
from pipeline.weights import load_weights

DENIED = (
    "{person} nie jest {role:inst} tej szkoły.",
    "{person} nie jest i nie była {role:inst}.",
    "Nieprawdą jest, że {role:inst} została {person}.",
    "Wójt zaprzeczył, że {role:inst} będzie {person}.",
    "Po gminie krąży plotka, jakoby {role:inst} miała zostać {person}.",
    "{person} nie została ani {role:inst}, ani jego zastępczynią.",
    "{person} odmówiła objęcia stanowiska {role:gen}.",
    "{person} nie przyjęła funkcji {role:gen}.",
    "Policja szuka osoby, która jako rzekoma {role:nom} {person} zbierała pieniądze.",
)
HELD = (
    "{person} nie jest już {role:inst} tej szkoły.",
    "{person} nie jest tylko {role:inst}, uczy też muzyki.",
    "Nieprawdą jest, że {role:nom} {person} wyjechała.",
    "Nieprawdą jest, że zamykamy szkołę - mówi {role:nom} {person}.",
    "Zaprzeczyła, że zamyka szkołę, a {role:inst} jest {person}.",
    "Zaproszenia nie przyjęła {role:nom} {person}.",
    "Szkoła nie jest duża. {role:inst} jest {person}.",
)
FORMS = {"nom": "dyrektorka", "gen": "dyrektorki", "inst": "dyrektorką"}


def mark(sentence: str) -> str:
    for case, form in FORMS.items():
        sentence = sentence.replace(f"{{role:{case}}}", f'<role lemma="dyrektorka">{form}</role>')
    return sentence.replace("{person}", '<person id="a" gender="f">Ewa Lin</person>')


def denied_of(article) -> frozenset[int]:
    return find_denied(article.text, gold_mentions(article), article_sentences(article))


@pytest.mark.parametrize("sentence", DENIED)
def test_a_denied_office_ties_nobody(marked, sentence: str) -> None:
    article = marked(mark(sentence))
    mentions = gold_mentions(article)
    links = find_links(article.text, mentions, article_sentences(article), load_weights()["link"])
    assert len(denied_of(article)) == 1
    assert [link for link in links if link.role is not None] == []


@pytest.mark.parametrize("sentence", HELD)
def test_an_office_that_is_held_is_not_denied(marked, sentence: str) -> None:
    assert denied_of(marked(mark(sentence))) == frozenset()


def test_the_words_between_may_stand_on_two_lines(marked) -> None:
    assert len(denied_of(marked(mark("{person} nie\njest {role:inst}.")))) == 1


@given(st.text(alphabet="nie jestwójtm,.;ani ąę\n", max_size=60))
def test_any_text_is_read_without_complaint(text: str) -> None:
    mentions = [Mention("a", start, start + 1, text[start], "role") for start in range(0, len(text), 7)]
    assert find_denied(text, mentions, [(0, len(text))]) <= set(range(len(mentions)))
