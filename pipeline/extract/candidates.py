"""Candidate links: which person might hold which office, or belong to which body.

A feature is a readable string; the model that weighs them is a table of (feature, weight).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.candidate_features import MAX_BETWEEN, candidate_features, is_chain, sides
from pipeline.extract.grammar import phrase_cases, word_class, word_kinds
from pipeline.extract.roles import names_office
from pipeline.extract.windows import Unit, Window, gap_class
from pipeline.quick import quickly_made
from pipeline.records import Mention

MAX_APART = 9
_PAIRS = (frozenset({"person", "office"}), frozenset({"person", "body"}))


@quickly_made
@dataclass(frozen=True, slots=True)
class Candidate:
    """A person and an office or body of one window, with what speaks for and against their link.

    `is_told` says that the order of the list that holds them leaves no doubt.
    """

    person: Unit
    target: Unit
    pattern: str
    features: tuple[str, ...]
    is_told: bool = False


def find_candidates(mentions: Sequence[Mention], window: Window) -> Iterator[Candidate]:
    """Yield every pair of a person and an office or body of the window, with features."""
    for first, unit in enumerate(window.units):
        for second in range(first + 1, min(first + 1 + MAX_BETWEEN, len(window.units))):
            other = window.units[second]
            if {unit.kind, other.kind} not in _PAIRS or (first, second) in window.order.parted:
                continue
            if is_vetoed(mentions, window, first, second):
                continue
            if second - first <= MAX_APART or _is_shared(unit, other):
                yield make_candidate(mentions, window, first, second)


def is_vetoed(mentions: Sequence[Mention], window: Window, first: int, second: int) -> bool:
    """Say whether grammar keeps an office and the person after it apart, whatever else speaks for them.

    `Prokurator oskarżył Adama Burego`: a subject acts on somebody, as in `Burmistrza pokonał Adam Bury`. `Puchar
    burmistrza zdobył Adam Bury`: an office that a noun governs stands before a verb with a subject of its own.
    """
    office, person = window.units[first], window.units[second]
    if _opens_another_list(window, first, second) or _is_patron(mentions, window, first, second):
        return True
    if second != first + 1 or office.office is None or person.kind != "person":
        return False
    verbs = [token for token in window.gaps[first].tokens if word_class(token) == "verb"]
    if len(verbs) != 1 or word_kinds(verbs[0]):
        return False
    role_cases = phrase_cases(mentions[office.office.role].text)
    person_cases = phrase_cases(mentions[person.mention].text)
    if not role_cases or not person_cases:
        return False
    if "nom" in role_cases and "nom" not in person_cases:
        return True
    before = window.gaps[first - 1].tokens if first else window.lead.tokens
    if "nom" in role_cases or "nom" not in person_cases:
        return False
    governed = bool(before) and word_class(before[-1]) == "noun" and "function" not in word_kinds(before[-1])
    return governed or (not before and "inst" not in role_cases)


def _opens_another_list(window: Window, first: int, second: int) -> bool:
    """Say whether a prepositional phrase after the person leads to others: `Anny Lis przy współudziale wójta`."""
    left, right = window.units[first], window.units[second]
    if left.kind != "person" or right.office is None or second == first + 1:
        return False
    words = [token for token in window.gaps[first].tokens[:2] if token != ","]
    return bool(words) and "adjunct" in word_kinds(words[0])


def _is_patron(mentions: Sequence[Mention], window: Window, first: int, second: int) -> bool:
    """Say whether the person's own office ends the name of the body before: `dyrektor Biura Posła Adama Burego`."""
    left, right = window.units[first], window.units[second]
    if second != first + 1 or right.kind != "person" or window.gaps[first].tokens:
        return False
    body = left.mention if left.office is None else left.office.institution
    if body is None or left.end != mentions[body].end:
        return False
    words = mentions[body].text.split()
    return len(words) > 1 and names_office(words[-1]) and "gen" in phrase_cases(mentions[right.mention].text)


def _is_shared(left: Unit, right: Unit) -> bool:
    """Say whether one of two is an office of several people or a body, which a long list may share."""
    target = right if left.kind == "person" else left
    return target.office is None or target.office.number == "plural"


def make_candidate(mentions: Sequence[Mention], window: Window, first: int, second: int) -> Candidate:
    """Return the candidate of two units of a window, a person and an office or body, in either order."""
    person, target = sides(window, first, second)
    pattern = name_pattern(window, first, second)
    features = candidate_features(mentions, window, first, second)
    kind = target.kind
    told = (first, second) in window.order.joined
    return Candidate(person, target, pattern, tuple([f"{kind}:{feature}" for feature in features]), told)


def name_pattern(window: Window, first: int, second: int) -> str:
    """Name the shape of a link, as docs and evidence show it.

    The name says which part comes first, and what stands between: nothing (`next`), a mark, a few words
    (`words`), or other units (`chain` when only people stand between, joined by separators; `far`).
    """
    left, right = window.units[first], window.units[second]
    order = f"{left.kind}-{right.kind}"
    if second == first + 1:
        return f"{order}:{gap_class(window.gaps[first])}"
    return f"{order}:{'chain' if is_chain(window, first, second) else 'far'}"
