"""Bodies and places that a pronoun or the label of a line gives to an office."""

import pytest

from pipeline.normalise.scenes import Article
from pipeline.normalise.told_parts import find_told
from pipeline.records import Label, Link, Mention, Municipality, Name

LABELS: dict[str, Label] = {"<": "institution", "(": "location", "[": "role", "{": "person"}
CLOSERS = {"<": ">", "(": ")", "[": "]", "{": "}"}


def told(marked: str, label: str) -> str | None:
    """Return the nominative of what `[role]` gets from `<body=nominative>` or `(place)`."""
    text, mentions, names, rest = "", [], [], marked
    while rest:
        sign, rest = rest[0], rest[1:]
        if sign not in LABELS:
            text += sign
            continue
        words, _, rest = rest.partition(CLOSERS[sign])
        form, _, nominative = words.partition("=")
        mentions.append(Mention("x", len(text), len(text) + len(form), form, LABELS[sign]))
        names.append(Name(form, nominative or form, LABELS[sign]))
        text += form
    article = Article(text, mentions, names, Municipality(None, 0.0), "")
    role = next(index for index, mention in enumerate(mentions) if mention.label == "role")
    person = next(index for index, mention in enumerate(mentions) if mention.label == "person")
    found = find_told(article, Link(person, role, None, None, 0, len(text)), label)
    return None if found is None else names[found].nominative


@pytest.mark.parametrize(
    ("text", "label", "wanted"),
    [
        (
            "Opinię <Komisji=Komisja Budżetu> odczytała jej [szefowa] {Ewa Lin}.",
            "institution",
            "Komisja Budżetu",
        ),
        (
            "Budował <Zakład Robót> z (Jeleśni). Jego [prezes] {Jan Lis} milczał.",
            "institution",
            "Zakład Robót",
        ),
        ("<Komisja Rewizyjna>: {Lis} – [przewodniczący], Bury", "institution", "Komisja Rewizyjna"),
        ("Przybyli:\n- (Gmina Łosice) – [burmistrz] {Jan Lis}", "location", "Gmina Łosice"),
    ],
)
def test_grammar_tells(text: str, label: str, wanted: str) -> None:
    assert told(text, label) == wanted


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Opinię <Zakładu=Zakład Robót> odczytała jej [szefowa] {Ewa Lin}.", "institution"),
        ("<Komisja Budżetu> wybrała {Ewę Lin}. Jej [zastępca] {Jan Lis} dziękował.", "institution"),
        ("Obradowała <Rada Gminy>, a [wójt] {Jan Lis} słuchał.", "institution"),
        ("W imieniu mieszkańców (Łosic) – [burmistrz] {Jan Lis}", "location"),
        ("(Gmina Łosice) ma park. Otworzył go [wójt] {Jan Lis}", "location"),
    ],
)
def test_grammar_tells_nothing(text: str, label: str) -> None:
    assert told(text, label) is None
