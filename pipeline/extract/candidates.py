"""Candidate links and their features: which person might hold which office, or belong to which body.

A feature is a readable string; the model that weighs them is a table of (feature, weight).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract.gaps import Gap, read_gap
from pipeline.extract.offices import Office
from pipeline.morphology import analyse
from pipeline.records import Mention

MAX_BETWEEN = 24
_SEPARATORS = frozenset({",", "i", "oraz", "¶", "-", "#", ".", ";", "•", "*", "a", "też", "także", "z"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A person, an office with its complements, or a body of its own, as one item of a window."""

    kind: str
    mention: int
    start: int
    end: int
    office: Office | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person and an office or body of one window, with what speaks for and against their link."""

    person: Unit
    target: Unit
    pattern: str
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of text in which links are sought: a sentence, or a list with its heading."""

    start: int
    end: int
    units: tuple[Unit, ...]
    gaps: tuple[Gap, ...]
    lead: Gap
    tail: Gap


def make_window(
    text: str, mentions: Sequence[Mention], units: Sequence[Unit], start: int, end: int
) -> Window:
    """Read the gaps between the units of one window; `lead` and `tail` stand before and after them."""
    edges = [(left.end, right.start) for left, right in zip(units, units[1:], strict=False)]
    lead = read_gap(text[max(start, units[0].start - 80) : units[0].start]) if units else read_gap("")
    tail = read_gap(text[units[-1].end : min(end, units[-1].end + 80)]) if units else read_gap("")
    gaps = tuple(read_gap(text[left:right]) for left, right in edges)
    return Window(start, end, tuple(units), gaps, lead, tail)


def find_candidates(mentions: Sequence[Mention], window: Window) -> Iterator[Candidate]:
    """Yield every pair of a person and an office or body of the window, with features."""
    for first, unit in enumerate(window.units):
        for second in range(first + 1, min(first + 1 + MAX_BETWEEN, len(window.units))):
            other = window.units[second]
            if {unit.kind, other.kind} in ({"person", "office"}, {"person", "body"}):
                yield _make_candidate(mentions, window, first, second)


def _make_candidate(mentions: Sequence[Mention], window: Window, first: int, second: int) -> Candidate:
    left, right = window.units[first], window.units[second]
    person, target = (left, right) if left.kind == "person" else (right, left)
    pattern = name_pattern(window, first, second)
    features = [
        "bias",
        *_path_features(window, first, second),
        *_rival_features(window, first, second),
        *_window_features(window),
        *_agreement_features(mentions, person, target),
    ]
    kind = target.kind
    return Candidate(person, target, pattern, tuple(f"{kind}:{feature}" for feature in features))


def name_pattern(window: Window, first: int, second: int) -> str:
    """Name the shape of a link, as docs and evidence show it.

    The name says which part comes first, and what stands between: nothing (`next`), a mark, a few words
    (`words`), or other units (`chain` when only people stand between, joined by separators; `far`).
    """
    left, right = window.units[first], window.units[second]
    order = f"{left.kind}-{right.kind}"
    if second == first + 1:
        return f"{order}:{_gap_class(window.gaps[first])}"
    return f"{order}:{'chain' if _is_chain(window, first, second) else 'far'}"


def _gap_class(gap: Gap) -> str:
    if not gap.tokens:
        return "next"
    names = {"-": "dash", ",": "comma", "(": "bracket", ":": "colon", "¶": "line", "|": "cell"}
    if len(gap.tokens) == 1:
        return names.get(gap.tokens[0], "word")
    return "list" if set(gap.tokens) <= _SEPARATORS | {":"} else "words"


def _is_chain(window: Window, first: int, second: int) -> bool:
    """Say whether only people (and their bodies) joined by separators stand between the two."""
    left, right = window.units[first], window.units[second]
    between = window.units[first + 1 : second]
    gaps = window.gaps[first + 1 : second] if left.kind != "person" else window.gaps[first : second - 1]
    wanted = {"person"} if "body" in (left.kind, right.kind) else {"person", "body", "place"}
    return all(unit.kind in wanted for unit in between) and all(
        set(gap.tokens) <= _SEPARATORS | {"(", ")"} for gap in gaps
    )


def _path_features(window: Window, first: int, second: int) -> Iterator[str]:
    left, right = window.units[first], window.units[second]
    order = f"{left.kind}>{right.kind}"
    between = [unit.kind[0] for unit in window.units[first + 1 : second]]
    gaps = window.gaps[first:second]
    yield f"order={order}"
    yield f"between={order}:{''.join(between) if len(between) < 4 else 'many'}"
    for kind in "opbl":
        yield f"between_{kind}={order}:{min(between.count(kind), 3)}"
    if len(gaps) == 1:
        yield f"gap={order}:{gaps[0].key}"
        yield f"class={order}:{_gap_class(gaps[0])}"
        yield from (f"token={order}:{token}" for token in set(gaps[0].tokens[:12]))
        yield f"length={order}:{min(len(gaps[0].tokens), 9)}"
    else:
        yield f"first_gap={order}:{gaps[0].key}"
        yield f"last_gap={order}:{gaps[-1].key}"
        yield f"chain={order}:{_is_chain(window, first, second)}"
        yield f"total={order}:{min(sum(len(gap.tokens) for gap in gaps) // 4, 8)}"
    target = left if left.kind != "person" else right
    if target.office is not None:
        plural = "plural" if target.office.is_plural else "single"
        yield f"{plural}={order}:{len(between) and 'far'}:{_is_chain(window, first, second)}"
        yield f"complete={order}:{target.office.institution is not None}:{target.office.place is not None}"


def _rival_features(window: Window, first: int, second: int) -> Iterator[str]:
    """Tell what the two could be joined to on their other sides, and how closely."""
    before = _neighbour(window, first, -1)
    after = _neighbour(window, second, 1)
    order = f"{window.units[first].kind}>{window.units[second].kind}"
    inner = _gap_class(window.gaps[first]) if second == first + 1 else "far"
    yield f"rivals={order}:{before}:{inner}:{after}"
    yield f"before={order}:{inner}:{before}"
    yield f"after={order}:{inner}:{after}"
    if second > first + 1:
        yield f"inner_left={order}:{_neighbour(window, first, 1)}"
        yield f"inner_right={order}:{_neighbour(window, second, -1)}"


def _neighbour(window: Window, position: int, step: int) -> str:
    other = position + step
    if not 0 <= other < len(window.units):
        return "edge"
    gap = window.gaps[min(position, other)]
    return f"{window.units[other].kind}/{_gap_class(gap)}"


def _window_features(window: Window) -> Iterator[str]:
    """Tell how the whole list alternates: who comes first, who last, and how evenly."""
    kinds = [unit.kind for unit in window.units if unit.kind in ("person", "office")]
    if kinds:
        people, offices = kinds.count("person"), kinds.count("office")
        balance = "even" if people == offices else "people" if people > offices else "offices"
        yield f"list={kinds[0]}>{kinds[-1]}:{balance}:{min(offices, 3)}"
    yield f"ends={':' in window.lead.tokens}"


def _agreement_features(mentions: Sequence[Mention], person: Unit, target: Unit) -> Iterator[str]:
    if target.office is None:
        return
    role_cases = phrase_cases(mentions[target.office.role].text)
    person_cases = phrase_cases(mentions[person.mention].text)
    if not role_cases or not person_cases:
        yield "agree=unknown"
        return
    yield f"agree={bool(role_cases & person_cases)}"
    order = "before" if person.start < target.start else "after"
    yield f"agree={order}:{bool(role_cases & person_cases)}:{'nom' in role_cases}:{'nom' in person_cases}"


@lru_cache(maxsize=50_000)
def phrase_cases(text: str) -> frozenset[str]:
    """Return the grammatical cases in which the words of a phrase agree; empty when none is known."""
    cases: frozenset[str] | None = None
    for word in text.split()[:3]:
        found = frozenset[str]().union(*(reading.cases for reading in analyse(word) if reading.pos != "brev"))
        if found and (cases is None or cases & found):
            cases = found if cases is None else cases & found
            if len(cases) == 1:
                break
    return cases or frozenset()
