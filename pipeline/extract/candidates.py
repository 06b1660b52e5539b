"""Candidate links and their features: which person might hold which office, or belong to which body.

A feature is a readable string; the model that weighs them is a table of (feature, weight).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.extract.gaps import Gap, read_gap
from pipeline.extract.list_order import Item, ListOrder, read_list_order
from pipeline.extract.offices import Office
from pipeline.morphology import analyse
from pipeline.records import Mention
from pipeline.remembered import PHRASES
from pipeline.tables import load_table

MAX_BETWEEN = 60
MAX_APART = 9
_PAIRS = (frozenset({"person", "office"}), frozenset({"person", "body"}))
_SEPARATORS = frozenset({",", "i", "oraz", "¶", "-", "#", ".", ";", "•", "*", "a", "też", "także", "z"})
_LIST_MARKS, _CHAIN_MARKS = _SEPARATORS | {":"}, _SEPARATORS | {"(", ")"}
_MARK_NAMES = {"-": "dash", ",": "comma", "(": "bracket", ":": "colon", "¶": "line", "|": "cell"}

_CLASSES = (
    ("prep", frozenset({"prep"})),
    ("conj", frozenset({"conj", "comp", "part", "adv"})),
    ("verb", frozenset({"inf", "fin", "praet", "imps", "bedzie"})),
    ("noun", frozenset({"subst", "ger"})),
    ("adj", frozenset({"adj", "ppas", "pact", "ppron3", "num"})),
)


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
    """A person and an office or body of one window, with what speaks for and against their link.

    `is_told` says that the order of the list that holds them leaves no doubt.
    """

    person: Unit
    target: Unit
    pattern: str
    features: tuple[str, ...]
    is_told: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of text in which links are sought: a sentence, or a list with its heading."""

    start: int
    end: int
    units: tuple[Unit, ...]
    gaps: tuple[Gap, ...]
    lead: Gap
    tail: Gap
    people: tuple[Unit, ...]
    shape: str
    has_lines: bool
    order: ListOrder


def make_window(
    text: str, mentions: Sequence[Mention], units: Sequence[Unit], start: int, end: int
) -> Window:
    """Read the gaps between the units of one window; `lead` and `tail` stand before and after them."""
    edges = [(left.end, right.start) for left, right in zip(units, units[1:], strict=False)]
    lead = read_gap(text[max(start, units[0].start - 80) : units[0].start]) if units else read_gap("")
    tail = read_gap(text[units[-1].end : min(end, units[-1].end + 80)]) if units else read_gap("")
    gaps = tuple(read_gap(text[left:right]) for left, right in edges)
    people = tuple(unit for unit in units if unit.kind == "person")
    has_lines = any("¶" in gap.tokens for gap in gaps)
    order = _read_order(units, gaps)
    return Window(start, end, tuple(units), gaps, lead, tail, people, _name_shape(units), has_lines, order)


def _read_order(units: Sequence[Unit], gaps: Sequence[Gap]) -> ListOrder:
    items, line = [], 0
    for place, unit in enumerate(units):
        line += place > 0 and "¶" in gaps[place - 1].tokens
        plural = unit.office is not None and unit.office.number == "plural"
        items.append(Item("offices" if plural else unit.kind, line))
    return read_list_order(items, [_gap_class(gap) for gap in gaps])


def _name_shape(units: Sequence[Unit]) -> str:
    """Tell how a whole list alternates: who comes first, who last, and how evenly."""
    kinds = [unit.kind for unit in units if unit.kind in ("person", "office")]
    if not kinds:
        return "none"
    people, offices = kinds.count("person"), kinds.count("office")
    balance = "even" if people == offices else "people" if people > offices else "offices"
    return f"{kinds[0]}>{kinds[-1]}:{balance}:{min(offices, 3)}"


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

    `Prokurator oskarżył Adama Burego`: a subject acts on somebody. `Puchar burmistrza zdobył Adam Bury`: an
    office that a noun governs stands before a verb with a subject of its own.
    """
    office, person = window.units[first], window.units[second]
    if _opens_another_list(window, first, second):
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
    governed = bool(before) and word_class(before[-1]) == "noun" and "function" not in word_kinds(before[-1])
    return governed and "nom" not in role_cases and "nom" in person_cases


def _opens_another_list(window: Window, first: int, second: int) -> bool:
    """Say whether a prepositional phrase after the person leads to others: `Anny Lis przy współudziale wójta`."""
    left, right = window.units[first], window.units[second]
    if left.kind != "person" or right.office is None or second == first + 1:
        return False
    words = [token for token in window.gaps[first].tokens[:2] if token != ","]
    return bool(words) and "adjunct" in word_kinds(words[0])


def _is_shared(left: Unit, right: Unit) -> bool:
    """Say whether one of two is an office of several people or a body, which a long list may share."""
    target = right if left.kind == "person" else left
    return target.office is None or target.office.number == "plural"


def make_candidate(mentions: Sequence[Mention], window: Window, first: int, second: int) -> Candidate:
    """Return the candidate of two units of a window, a person and an office or body, in either order."""
    person, target = _sides(window, first, second)
    pattern = name_pattern(window, first, second)
    features = [
        "bias",
        *_path_features(window, first, second),
        *_rival_features(window, first, second),
        *_window_features(window),
        *_agreement_features(mentions, person, target),
        *_lead_features(mentions, window, first, second),
        *_line_features(window, first, second),
        *_verb_features(mentions, window, first, second),
    ]
    kind = target.kind
    told = (first, second) in window.order.joined
    return Candidate(person, target, pattern, tuple([f"{kind}:{feature}" for feature in features]), told)


def _sides(window: Window, first: int, second: int) -> tuple[Unit, Unit]:
    """Return the person and the office or body of a pair."""
    left, right = window.units[first], window.units[second]
    return (left, right) if left.kind == "person" else (right, left)


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
    if len(gap.tokens) == 1:
        return _MARK_NAMES.get(gap.tokens[0], "word")
    return "list" if _LIST_MARKS.issuperset(gap.tokens) else "words"


def _gap_detail(gap: Gap) -> str:
    """Return the class of a gap, and of a few words also what parts of speech they are."""
    name = _gap_class(gap)
    if name == "word":
        return f"word/{_link_class(gap.tokens[0])}"
    if name == "words":
        verbs = [token for token in gap.tokens[:12] if word_class(token) == "verb"]
        return f"words/{_link_class(verbs[0] if verbs else gap.tokens[-1])}"
    return name


def _link_class(token: str) -> str:
    """Return the kind of a verb of being, leading, standing for, or else the part of speech of a word."""
    kinds = word_kinds(token)
    return kinds[0] if kinds else word_class(token)


def _is_chain(window: Window, first: int, second: int) -> bool:
    """Say whether only people (and their bodies) joined by separators stand between the two."""
    left, right = window.units[first], window.units[second]
    between = window.units[first + 1 : second]
    gaps = window.gaps[first + 1 : second] if left.kind != "person" else window.gaps[first : second - 1]
    wanted = {"person"} if "body" in (left.kind, right.kind) else {"person", "body", "place"}
    return all(unit.kind in wanted for unit in between) and all(
        _CHAIN_MARKS.issuperset(gap.tokens) for gap in gaps
    )


def _path_features(window: Window, first: int, second: int) -> Iterator[str]:
    left, right = window.units[first], window.units[second]
    order = f"{left.kind}>{right.kind}"
    chain = _is_chain(window, first, second)
    between = [unit.kind[0] for unit in window.units[first + 1 : second]]
    gaps = window.gaps[first:second]
    yield f"order={order}"
    yield f"between={order}:{''.join(between) if len(between) < 4 else 'many'}"
    for kind in "opbl":
        yield f"between_{kind}={order}:{min(between.count(kind), 3)}"
    if len(gaps) == 1:
        yield f"gap={order}:{gaps[0].key}"
        yield f"class={order}:{_gap_detail(gaps[0])}"
        yield from (f"token={order}:{token}" for token in set(gaps[0].tokens[:12]))
        yield f"length={order}:{min(len(gaps[0].tokens), 9)}"
    else:
        yield f"first_gap={order}:{gaps[0].key}"
        yield f"last_gap={order}:{gaps[-1].key}"
        yield f"chain={order}:{chain}"
        yield f"total={order}:{min(sum(len(gap.tokens) for gap in gaps) // 4, 8)}"
    target = left if left.kind != "person" else right
    if target.office is not None:
        plural = target.office.number
        yield f"{plural}={order}:{len(between) and 'far'}:{chain}"
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
    yield f"list={window.shape}"
    yield f"ends={':' in window.lead.tokens}"


def _lead_features(mentions: Sequence[Mention], window: Window, first: int, second: int) -> Iterator[str]:
    """Tell the words that lead into the target and follow it, and how near the person is among all people."""
    person, target = _sides(window, first, second)
    at = second if window.units[second] is target else first
    order = "after" if at == second else "before"
    before = window.gaps[at - 1].tokens if at else window.lead.tokens
    after = window.gaps[at].tokens if at < len(window.gaps) else window.tail.tokens
    yield f"into={order}:{' '.join(before[-2:])}"
    yield f"into_last={order}:{' '.join(before[-1:])}"
    yield f"out={order}:{' '.join(after[:2])}"
    yield f"out_first={order}:{' '.join(after[:1])}"
    for kind in sorted({kind for token in before[-5:] for kind in word_kinds(token)}):
        yield f"into_kind={order}:{kind}"
    for kind in sorted({kind for token in after[:3] for kind in word_kinds(token)}):
        yield f"out_kind={order}:{kind}"
    governor = word_class(before[-1]) if before else "edge"
    yield f"governed={order}:{governor}:{agreement(person, target, mentions)}"
    people = window.people
    nearer = sum(abs(unit.start - target.start) < abs(person.start - target.start) for unit in people)
    yield f"nearer={order}:{min(nearer, 3)}:{min(len(people), 3)}"
    yield f"first_person={order}:{people[0] is person}:{window.units[0] is person}"


def _line_features(window: Window, first: int, second: int) -> Iterator[str]:
    """Tell how many line breaks part the two, and who shares a line of a list with them."""
    breaks = sum("¶" in gap.tokens for gap in window.gaps[first:second])
    if not window.has_lines:
        return
    order = f"{window.units[first].kind}>{window.units[second].kind}"
    yield f"breaks={order}:{min(breaks, 3)}"
    if breaks == 0:
        start, end = _line_bounds(window, first, second)
        kinds = [unit.kind for unit in window.units[start:end]]
        people, offices, bodies = (min(kinds.count(kind), 2) for kind in ("person", "office", "body"))
        yield f"line={order}:{people}:{offices}:{bodies}"
        yield f"line_starts={order}:{kinds[0]}"


def _line_bounds(window: Window, first: int, second: int) -> tuple[int, int]:
    start, end = first, second + 1
    while start > 0 and first - start < MAX_BETWEEN and "¶" not in window.gaps[start - 1].tokens:
        start -= 1
    while end < len(window.units) and end - second < MAX_BETWEEN and "¶" not in window.gaps[end - 1].tokens:
        end += 1
    return start, end


def _verb_features(mentions: Sequence[Mention], window: Window, first: int, second: int) -> Iterator[str]:
    """Tell whether a verb parts the two, and whether both could be its subject."""
    person, target = _sides(window, first, second)
    order = "person" if window.units[first] is person else target.kind
    tokens = [token for gap in window.gaps[first:second] for token in gap.tokens[:12]]
    verbs = [_link_class(token) for token in tokens if word_class(token) == "verb"]
    agrees = agreement(person, target, mentions)
    nominative = "nom" in phrase_cases(mentions[person.mention].text)
    yield f"verb={order}:{verbs[0] if verbs else 'none'}:{min(len(verbs), 2)}:{agrees}"
    yield f"verb_case={order}:{verbs[0] if verbs else 'none'}:{nominative}:{second - first == 1}"


def agreement(person: Unit, target: Unit, mentions: Sequence[Mention]) -> str:
    """Say in what a person and an office agree: case and gender (`both`), `case`, `no`, or `unknown`."""
    if target.office is None:
        return "body"
    return _phrases_agree(mentions[target.office.role].text, mentions[person.mention].text)


@lru_cache(maxsize=PHRASES)
def _phrases_agree(role: str, name: str) -> str:
    if _phrase_readings(role) & _phrase_readings(name):
        return "both"
    role_cases, person_cases = phrase_cases(role), phrase_cases(name)
    if not role_cases or not person_cases:
        return "unknown"
    return "case" if role_cases & person_cases else "no"


@lru_cache(maxsize=PHRASES)
def word_class(lemma: str) -> str:
    """Return the part of speech of a lemma, coarsely: what it may govern."""
    found = {reading.pos for reading in analyse(lemma)}
    for name, members in _CLASSES:
        if found & members:
            return name
    return "mark" if not lemma[:1].isalnum() else "other"


def word_kinds(word: str) -> tuple[str, ...]:
    """Return what kinds of link word a lemma is: a verb of leading, of working, of standing for a body."""
    return _link_words().get(word, ())


@cache
def _link_words() -> dict[str, tuple[str, ...]]:
    kinds: dict[str, tuple[str, ...]] = {}
    for row in load_table("link_words"):
        kinds[row["word"]] = (*kinds.get(row["word"], ()), row["kind"])
    return kinds


def _agreement_features(mentions: Sequence[Mention], person: Unit, target: Unit) -> Iterator[str]:
    if target.office is None:
        return
    role, name = mentions[target.office.role].text, mentions[person.mention].text
    level = agreement(person, target, mentions)
    yield f"agree={level}"
    genders = phrase_genders(name), phrase_genders(role)
    if all(genders):
        yield f"genders={''.join(sorted(genders[0]))}:{''.join(sorted(genders[1]))}"
    order = "before" if person.start < target.start else "after"
    yield f"agree={order}:{level}:{'nom' in phrase_cases(role)}:{'nom' in phrase_cases(name)}"


@lru_cache(maxsize=PHRASES)
def _phrase_readings(text: str) -> frozenset[tuple[str, str]]:
    """Return the pairs of gender and case in which the words of a phrase agree."""
    kept: frozenset[tuple[str, str]] | None = None
    for word in text.split()[:3]:
        found = frozenset(
            (gender[0], case)
            for reading in analyse(word)
            if reading.pos != "brev"
            for gender in reading.genders
            for case in reading.cases
        )
        if found and (kept is None or kept & found):
            kept = found if kept is None else kept & found
    return kept or frozenset()


@lru_cache(maxsize=PHRASES)
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


@lru_cache(maxsize=PHRASES)
def phrase_genders(text: str) -> frozenset[str]:
    """Return the genders, f or m, that the first word of a name or office may have; empty when unknown."""
    word = next(iter(text.split()), "")
    found = frozenset[str]().union(*(reading.genders for reading in analyse(word)))
    return frozenset({"m" if gender.startswith("m") else gender for gender in found} & {"m", "f"})
