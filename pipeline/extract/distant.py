"""Links across sentences: the person named in one, the office or body in another.

Polish prose names a person once and goes on with verbs alone (`Pracuje tu od lat. Jest prezesem OSP`), so
an office or body that found nobody in its own window is offered the people named shortly before and after.
"""

from collections.abc import Iterator, Sequence

from pipeline.extract.candidates import Candidate, Unit, Window, phrase_cases
from pipeline.extract.gaps import read_gap
from pipeline.morphology import analyse
from pipeline.records import Mention

_PEOPLE_BEFORE = 3
_PEOPLE_AFTER = 1
_REACH = 700


def find_distant(
    text: str, mentions: Sequence[Mention], windows: Sequence[Window], linked: frozenset[int]
) -> Iterator[Candidate]:
    """Yield candidates that join people to the offices and bodies of other windows.

    Args:
        text: The article.
        mentions: Its mentions.
        windows: All windows of the article, in order, also those without people.
        linked: Mentions of roles and bodies that already have a person.
    """
    people = [(number, unit) for number, window in enumerate(windows) for unit in _of_kind(window, "person")]
    for number, window in enumerate(windows):
        targets = [
            unit for unit in window.units if unit.kind in ("office", "body") and unit.mention not in linked
        ]
        for target in targets:
            yield from _offer_people(text, mentions, windows, people, number, target)


def _of_kind(window: Window, kind: str) -> list[Unit]:
    return [unit for unit in window.units if unit.kind == kind]


def _offer_people(
    text: str,
    mentions: Sequence[Mention],
    windows: Sequence[Window],
    people: Sequence[tuple[int, Unit]],
    number: int,
    target: Unit,
) -> Iterator[Candidate]:
    before = [(at, unit) for at, unit in people if at < number and target.start - unit.end < _REACH]
    after = [(at, unit) for at, unit in people if at > number and unit.start - target.end < _REACH]
    offered = before[-_PEOPLE_BEFORE:][::-1]
    for rank, (at, unit) in enumerate(offered):
        yield _make(text, mentions, windows, target, number, unit, at, rank, "before")
    for rank, (at, unit) in enumerate(after[:_PEOPLE_AFTER]):
        yield _make(text, mentions, windows, target, number, unit, at, rank, "after")


def _make(
    text: str,
    mentions: Sequence[Mention],
    windows: Sequence[Window],
    target: Unit,
    number: int,
    person: Unit,
    at: int,
    rank: int,
    side: str,
) -> Candidate:
    home, away = windows[number], windows[at]
    kind = f"far_{target.kind}:{side}"
    rivals = len(_of_kind(home, "person"))
    lead = read_gap(text[home.start : target.start]).tokens
    features = [
        "bias",
        f"rank={rank}",
        f"sentences={min(abs(number - at), 5)}",
        f"people_here={min(rivals, 2)}",
        f"people_there={min(len(_of_kind(away, 'person')), 3)}",
        f"first_there={away.units[0] is person}",
        f"rank_sentences={rank}:{min(abs(number - at), 3)}:{min(rivals, 1)}",
        f"lead_length={min(len(lead), 6)}",
        *(f"lead={token}" for token in lead[-4:]),
        *(f"next={token}" for token in read_gap(text[target.end : target.end + 40]).tokens[:2]),
        *_target_features(mentions, target),
        f"paragraphs={min(text.count(chr(10) * 2, min(person.end, target.end), max(person.start, target.start)), 3)}",
        *_verb_features(text[home.start : home.end]),
    ]
    pattern = f"{'person-' + target.kind if side == 'before' else target.kind + '-person'}:sentences"
    return Candidate(person, target, pattern, tuple(f"{kind}:{feature}" for feature in features))


def _target_features(mentions: Sequence[Mention], target: Unit) -> Iterator[str]:
    if target.office is None:
        return
    words = mentions[target.office.role].text.split()
    yield f"number={target.office.number}"
    yield f"complete={target.office.institution is not None}:{target.office.place is not None}"
    yield f"length={min(len(words), 4)}:{words[0][0].isupper()}"
    cases = phrase_cases(mentions[target.office.role].text)
    yield f"cases={'.'.join(sorted(cases))}"


def _verb_features(sentence: str) -> Iterator[str]:
    """Tell whether the sentence has a verb of its own, and of which person and gender."""
    for word in sentence.split()[:12]:
        for reading in analyse(word.strip(',.;:!?()„”"')):
            if reading.pos in ("praet", "fin", "bedzie"):
                yield f"verb={reading.pos}:{'.'.join(sorted(reading.genders))}"
                return
    yield "verb=none"
