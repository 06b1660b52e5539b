"""Who holds which office: windows of the text, scored candidate links, and the choice among them."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.extract.candidates import Candidate, find_candidates
from pipeline.extract.denials import find_denied
from pipeline.extract.distant import find_distant
from pipeline.extract.list_places import find_list_places
from pipeline.extract.offices import Office, find_offices
from pipeline.extract.turn_heads import TurnHead, find_turn_heads
from pipeline.extract.windows import Unit, Window, make_window
from pipeline.records import Link, Mention
from pipeline.weights import Logistic

_SHORT_LINE = 110
_LONGEST_WINDOW = 4_000
# What the head of a turn is worth at least: of those in stenograms 99 of 100 are right (docs/turn-heads.md); so is
# what the order of a whole list tells, 566 of 567 in the gold's train and dev parts.
_SURE = 0.99

Spans = Sequence[tuple[int, int]]
Scored = tuple[Candidate, float]


def find_links(text: str, mentions: Sequence[Mention], sentences: Spans, model: Logistic) -> Iterator[Link]:
    """Yield the links of one article, in reading order.

    Args:
        text: The article.
        mentions: Its mentions in reading order.
        sentences: `[start, end)` of its sentences, in order.
        model: What weighs the candidates.
    """
    windows = list(find_windows(text, mentions, sentences))
    denied = find_denied(text, mentions, sentences)
    near = [
        (candidate, _score_near(candidate, model))
        for window in windows
        for candidate in find_candidates(mentions, window)
        if candidate.target.mention not in denied
    ]
    heads = [head for window in windows for head in find_turn_heads(text, mentions, window)]
    kept = _choose(_affirm(near, heads, model), model.threshold)
    inner = frozenset(mention for head in heads for mention in head.inner)
    linked = inner | {candidate.target.mention for candidate, _ in kept}
    distant = [
        (candidate, model.score(candidate.features))
        for candidate in find_distant(text, mentions, windows, linked | denied)
    ]
    chosen = [*kept, *_choose(distant, model.threshold)]
    places = _share_places(text, mentions, windows, kept)
    for link in _make_links(chosen, sentences):
        place = None if link.role is None else places.get((link.person, link.role))
        yield link if place is None else replace(link, place=place)


def _score_near(candidate: Candidate, model: Logistic) -> float:
    score = model.score(candidate.features)
    return max(score, _SURE) if candidate.is_told else score


def _affirm(near: Sequence[Scored], heads: Sequence[TurnHead], model: Logistic) -> list[Scored]:
    """Give the office of each turn head to its holder alone, and the offices inside it to nobody."""
    told = {head.candidate.target.mention for head in heads}.union(*(head.inner for head in heads))
    others = [pair for pair in near if pair[0].target.mention not in told]
    sure = [(head.candidate, max(model.score(head.candidate.features), _SURE)) for head in heads]
    return [*others, *sure]


def _share_places(
    text: str, mentions: Sequence[Mention], windows: Sequence[Window], kept: Sequence[Scored]
) -> dict[tuple[int, int], int]:
    """Return the place of each (person, role) whose office several people of a list hold."""
    holders: dict[int, set[int]] = defaultdict(set)
    for candidate, _ in kept:
        holders[candidate.target.mention].add(candidate.person.mention)
    shared: dict[tuple[int, int], int] = {}
    for window in windows:
        for unit in window.units:
            if unit.office is None or len(holders[unit.mention]) < 2:
                continue
            found = find_list_places(text, mentions, window, unit, frozenset(holders[unit.mention]))
            for person, place in found.places.items() if found else ():
                shared[person, unit.mention] = place
    return shared


def find_windows(text: str, mentions: Sequence[Mention], sentences: Spans) -> Iterator[Window]:
    """Yield the windows that hold mentions: sentences, and lists with their heading."""
    position = 0
    for start, end in merge_lines(text, sentences):
        indices = []
        while position < len(mentions) and mentions[position].start < end:
            if mentions[position].start >= start:
                indices.append(position)
            position += 1
        if indices:
            yield make_window(text, mentions, _find_units(text, mentions, indices), start, end)


def merge_lines(text: str, sentences: Spans) -> Iterator[tuple[int, int]]:
    """Yield sentences, those of a list joined with each other and with the heading before them.

    A heading ends with a colon; neighbouring short lines count as one list (`Wójt` over `Jan Nowak`).
    """
    merged: list[tuple[int, int]] = []
    for start, end in sentences:
        if not text[start:end].strip():
            continue
        if merged and end - merged[-1][0] < _LONGEST_WINDOW and _continues(text, merged[-1], (start, end)):
            merged[-1] = (merged[-1][0], end)
        else:
            yield from merged
            merged = [(start, end)]
    yield from merged


def _continues(text: str, before: tuple[int, int], after: tuple[int, int]) -> bool:
    left = text[before[0] : before[1]].rstrip()
    break_start = before[0] + len(left)
    lines = text[break_start : after[0]].count("\n")
    if lines == 0:
        return left.endswith(":")
    last_line = left.rpartition("\n")[2]
    next_line = text[after[0] : after[1]].strip().partition("\n")[0]
    if left.endswith(":") or (":" in left.partition("\n")[0][-2:] and _is_item(next_line)):
        return lines <= 2
    if _is_item(last_line) and _is_item(next_line):
        return lines == 1
    if lines == 2:
        return _goes_on(left, last_line, next_line)
    return (
        lines == 1
        and max(len(last_line), len(next_line)) < _SHORT_LINE
        and not last_line.endswith((".", "!"))
    )


def _goes_on(block: str, last_line: str, next_line: str) -> bool:
    """Say whether a block after an empty line goes on with the list before: the next constituency's names."""
    announced = ":\n" in block
    short = max(len(last_line), len(next_line)) < _SHORT_LINE
    return (
        announced
        and short
        and not last_line.endswith((".", "!", ":"))
        and not next_line.endswith((".", "!", ":"))
    )


def _is_item(line: str) -> bool:
    return line.lstrip()[:1] in {"-", "–", "—", "•", "*", "·"} or line.lstrip()[:2].rstrip(".)").isdigit()


def _find_units(text: str, mentions: Sequence[Mention], indices: Sequence[int]) -> list[Unit]:
    offices = {office.role: office for office in find_offices(text, mentions, indices)}
    used = {part for office in offices.values() for part in office.parts()}
    units = [_office_unit(office) for office in offices.values()]
    kinds = {"person": "person", "institution": "body", "location": "place"}
    units += [
        Unit(kinds[mentions[index].label], index, mentions[index].start, mentions[index].end)
        for index in indices
        if index not in used
    ]
    return sorted(units, key=lambda unit: unit.start)


def _office_unit(office: Office) -> Unit:
    return Unit("office", office.role, office.start, office.end, office)


def _choose(scored: Iterable[Scored], threshold: float) -> list[Scored]:
    """Keep the candidates above the threshold; an office of one holder keeps its best."""
    by_target: dict[int, list[Scored]] = defaultdict(list)
    for candidate, score in scored:
        if score >= threshold:
            by_target[candidate.target.mention].append((candidate, score))
    kept: list[Scored] = []
    for chosen in by_target.values():
        best = max(chosen, key=lambda pair: pair[1])
        kept += [pair for pair in chosen if pair is best or _may_share(pair[0])]
    return kept


def _may_share(candidate: Candidate) -> bool:
    """Say whether an office may have this holder beside its surest one.

    A form that can be singular or plural (`wokalistki`) is shared by a list of people alone, not by somebody
    further on in the sentence.
    """
    office = candidate.target.office
    if office is None or office.number == "plural":
        return True
    return office.number == "either" and not candidate.pattern.endswith(":far")


def _make_links(kept: Iterable[Scored], sentences: Spans) -> Iterator[Link]:
    offices: dict[int, list[Scored]] = defaultdict(list)
    bodies: dict[int, list[Scored]] = defaultdict(list)
    for candidate, score in kept:
        group = bodies if candidate.target.office is None else offices
        group[candidate.person.mention].append((candidate, score))
    for person in sorted({*offices, *bodies}):
        yield from _join_parts(offices[person], bodies[person], sentences)


def _join_parts(offices: Sequence[Scored], bodies: Sequence[Scored], sentences: Spans) -> Iterator[Link]:
    """Give a body of its own to the one office that lacks one; others stand alone."""
    free = list(bodies)
    for candidate, score in offices:
        office = candidate.target.office
        assert office is not None
        joined = free.pop() if office.institution is None and len(free) == 1 else None
        link = _make_link(candidate, score, sentences)
        yield link if joined is None else _add_body(link, *joined)
    for candidate, score in free:
        yield _make_link(candidate, score, sentences)


def _make_link(candidate: Candidate, score: float, sentences: Spans) -> Link:
    office = candidate.target.office
    start, end = _bounds(candidate, sentences)
    return Link(
        person=candidate.person.mention,
        role=office.role if office else None,
        institution=office.institution if office else candidate.target.mention,
        place=office.place if office else None,
        start=start,
        end=end,
        rule=candidate.pattern,
        confidence=round(score, 4),
    )


def _add_body(link: Link, candidate: Candidate, score: float) -> Link:
    """Give a link the person's own body; one from another sentence counts as inferred."""
    inferred = ("institution",) if candidate.pattern.endswith(":sentences") else ()
    confidence = round(link.confidence * score, 4)
    return replace(link, institution=candidate.target.mention, inferred=inferred, confidence=confidence)


def _bounds(candidate: Candidate, sentences: Spans) -> tuple[int, int]:
    """Return the stretch of sentences from the one part to the other."""
    first = min(candidate.person.start, candidate.target.start)
    last = max(candidate.person.end, candidate.target.end)
    opening = bisect_right(sentences, first, key=lambda span: span[0]) - 1
    closing = bisect_left(sentences, last, key=lambda span: span[1])
    if opening < 0 or closing >= len(sentences):
        return first, last
    return min(first, sentences[opening][0]), max(last, sentences[closing][1])
