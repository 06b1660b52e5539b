"""What speaks for and against a link of a person to an office or body of the same window, as readable features."""

from collections.abc import Iterator, Sequence

from pipeline.extract.gaps import Gap
from pipeline.extract.grammar import phrase_cases, phrase_genders, phrases_agree, word_class, word_kinds
from pipeline.extract.windows import LIST_MARKS, Unit, Window, gap_class
from pipeline.records import Mention

MAX_BETWEEN = 60
_CHAIN_MARKS = (LIST_MARKS - {":"}) | {"(", ")"}


def candidate_features(mentions: Sequence[Mention], window: Window, first: int, second: int) -> Iterator[str]:
    """Yield the features of two units of a window, a person and an office or body, in either order."""
    person, target = sides(window, first, second)
    yield "bias"
    yield from _path_features(window, first, second)
    yield from _rival_features(window, first, second)
    yield from _window_features(window)
    yield from _agreement_features(mentions, person, target)
    yield from _lead_features(mentions, window, first, second)
    yield from _line_features(window, first, second)
    yield from _verb_features(mentions, window, first, second)


def _gap_detail(gap: Gap) -> str:
    """Return the class of a gap, and of a few words also what parts of speech they are."""
    name = gap_class(gap)
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


def is_chain(window: Window, first: int, second: int) -> bool:
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
    chain = is_chain(window, first, second)
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
    inner = gap_class(window.gaps[first]) if second == first + 1 else "far"
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
    return f"{window.units[other].kind}/{gap_class(gap)}"


def _window_features(window: Window) -> Iterator[str]:
    yield f"list={window.shape}"
    yield f"ends={':' in window.lead.tokens}"


def _lead_features(mentions: Sequence[Mention], window: Window, first: int, second: int) -> Iterator[str]:
    """Tell the words that lead into the target and follow it, and how near the person is among all people."""
    person, target = sides(window, first, second)
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
    person, target = sides(window, first, second)
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
    return phrases_agree(mentions[target.office.role].text, mentions[person.mention].text)


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


def sides(window: Window, first: int, second: int) -> tuple[Unit, Unit]:
    """Return the person and the office or body of a pair."""
    left, right = window.units[first], window.units[second]
    return (left, right) if left.kind == "person" else (right, left)
