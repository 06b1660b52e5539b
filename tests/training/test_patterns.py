"""Every pattern of docs/affiliations.md in a sentence that has it and in one that only looks like it.

The sentences stand in tests/data/patterns.tsv, and the shipped weights read them. Patterns of inheritance have
theirs in tests/normalise/test_inherit.py.
"""

import re
from dataclasses import replace
from pathlib import Path

import pytest
import spacy

from pipeline.extract import sentences as _sentences  # noqa: F401  registers civic_sentences
from pipeline.extract.affiliations import tell_times
from pipeline.extract.dates import find_periods
from pipeline.extract.headings import find_headings
from pipeline.extract.linker import find_links, find_windows
from pipeline.records import Link
from pipeline.tables import read_table
from pipeline.training.dated_sentences import DatedSentence, load_sentences
from pipeline.weights import load_weights

ROOT = Path(__file__).parent.parent.parent
TABLE = ROOT / "tests" / "data" / "patterns.tsv"
ROWS = [
    (row["pattern"], row["tied"] == "yes", replace(sentence, text=sentence.text.replace("¶", "\n")))
    for row, sentence in zip(read_table(TABLE), load_sentences(TABLE), strict=True)
]
LINKS = [row for row in ROWS if ":" in row[0]]
PERIODS = [row for row in ROWS if ":" not in row[0]]
# The weights tie every name to the body in the bracket after it, as gold nearly always does.
ALWAYS = {"person-body:bracket"}


def _name(row: tuple[str, bool, DatedSentence]) -> str:
    return f"{row[0]} {'yes' if row[1] else 'no'}"


def _bounds(text: str) -> list[tuple[int, int]]:
    nlp = spacy.blank("pl")
    nlp.add_pipe("civic_sentences")
    return [(sent.start_char, sent.end_char) for sent in nlp(text).sents]


def _rules(sentence: DatedSentence) -> list[str]:
    """Return by what patterns the claim's person is tied to its office or body."""
    (claim,) = sentence.links
    links = find_links(sentence.text, sentence.mentions, _bounds(sentence.text), load_weights()["link"])
    return [link.rule for link in links if link.person == claim.person and _target(claim) in _parts(link)]


def _target(claim: Link) -> int | None:
    return claim.institution if claim.role is None else claim.role


def _parts(link: Link) -> tuple[int | None, ...]:
    return link.role, link.institution


@pytest.mark.parametrize(("pattern", "tied", "sentence"), LINKS, ids=map(_name, LINKS))
def test_a_link_is_tied_where_the_pattern_is_and_not_where_it_only_seems(
    pattern: str, tied: bool, sentence: DatedSentence
) -> None:
    rules = _rules(sentence)
    if tied:
        assert pattern in rules
    else:
        assert pattern not in rules
        assert rules in ([], ["office-person:next"] if pattern == "office-person:head" else [])


@pytest.mark.parametrize(
    ("pattern", "tied", "sentence"), [row for row in LINKS if not row[1]], ids=lambda value: str(value)[:24]
)
def test_what_is_not_tied_stands_where_it_might_be(pattern: str, tied: bool, sentence: DatedSentence) -> None:
    windows = find_windows(sentence.text, sentence.mentions, _bounds(sentence.text))
    (claim,) = sentence.links
    places = {unit.mention: number for number, window in enumerate(windows) for unit in window.units}
    apart = abs(places[claim.person] - places[_target(claim) or 0])
    assert apart > 0 if pattern.endswith(":sentences") else apart == 0


@pytest.mark.parametrize(("rule", "tied", "sentence"), PERIODS, ids=map(_name, PERIODS))
def test_a_period_is_of_the_office_that_the_words_give_it(
    rule: str, tied: bool, sentence: DatedSentence
) -> None:
    (claim,) = sentence.links
    links = _every_office(sentence) if rule == "heading" else sentence.bare_links()
    told = tell_times(sentence.text, sentence.mentions, links, load_weights(), published=sentence.published)
    found = [(link.since, link.until) for link in told if link.person == claim.person]
    assert (claim.since, claim.until) in found
    assert tied == bool(claim.since or claim.until)
    if rule == "heading":
        headings = find_headings(sentence.text, sentence.mentions, links, published=sentence.published)
        assert tied == bool(list(headings))
    else:
        assert rule in {period.rule for period in find_periods(sentence.text, published=sentence.published)}


def _every_office(sentence: DatedSentence) -> list[Link]:
    """Return a link of each office of a list to the person after it."""
    numbers = range(len(sentence.mentions))
    people = [number for number in numbers if sentence.mentions[number].label == "person"]
    roles = [number for number in numbers if sentence.mentions[number].label == "role"]
    (link,) = sentence.bare_links()
    return [replace(link, person=person, role=role) for person, role in zip(people, roles, strict=True)]


def test_every_pattern_of_the_page_has_both_sentences() -> None:
    page = (ROOT / "docs" / "affiliations.md").read_text(encoding="utf-8")
    counted = set(re.findall(r"^\| `([^`]+)` \|", page, re.MULTILINE)) - {"place", "institution"}
    assert counted
    assert counted <= {pattern for pattern, tied, _ in ROWS if tied}
    assert counted - ALWAYS <= {pattern for pattern, tied, _ in ROWS if not tied}
