"""Links across sentences: the person named in one, the office or body in another.

Polish prose names a person once and goes on with verbs alone (`Pracuje tu od lat. Jest prezesem OSP`), so
an office or body that found nobody in its own window is offered the people named shortly before and after,
each once, and the person whom the article names most.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract.candidates import Candidate
from pipeline.extract.gaps import read_gap
from pipeline.extract.grammar import phrase_cases, phrase_genders, word_kinds
from pipeline.extract.windows import Unit, Window
from pipeline.morphology import analyse
from pipeline.records import Mention

_PEOPLE_BEFORE = 4
_PEOPLE_AFTER = 1
_REACH = 900
_LOOK_BACK = 40
_STEM = 4
_PAST = frozenset({"praet"})
_VERBS = frozenset({"praet", "fin", "bedzie", "imps"})


@dataclass(frozen=True, slots=True)
class _Named:
    """A mention of a person: its window, its unit, and the start of the surname, the same in every case."""

    window: int
    unit: Unit
    stem: str


@dataclass(frozen=True, slots=True)
class _Target:
    """An office or body without a person: its window, its unit, and the features that hold for all people."""

    window: int
    unit: Unit
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Scene:
    text: str
    mentions: Sequence[Mention]
    windows: Sequence[Window]
    people: Sequence[_Named]
    fame: Counter[str]
    most: int


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
    people = [
        _Named(number, unit, mentions[unit.mention].text.split()[-1][:_STEM].lower())
        for number, window in enumerate(windows)
        for unit in window.people
    ]
    fame = Counter(person.stem for person in people)
    scene = _Scene(text, mentions, windows, people, fame, max(fame.values(), default=0))
    passed = 0
    for number, window in enumerate(windows):
        while passed < len(people) and people[passed].window < number:
            passed += 1
        for target in window.units:
            if target.kind in ("office", "body") and target.mention not in linked:
                told = tuple(_target_features(scene, number, target))
                yield from _offer_people(scene, _Target(number, target, told), passed)


def _offer_people(scene: _Scene, target: _Target, passed: int) -> Iterator[Candidate]:
    before: dict[str, _Named] = {}
    for named in reversed(scene.people[max(0, passed - _LOOK_BACK) : passed]):
        if target.unit.start - named.unit.end > _REACH or len(before) == _PEOPLE_BEFORE:
            break
        before.setdefault(named.stem, named)
    for rank, named in enumerate(before.values()):
        yield _make(scene, target, named, rank, "before")
    after = [named for named in scene.people[passed : passed + _LOOK_BACK] if named.window > target.window]
    for rank, named in enumerate(after[:_PEOPLE_AFTER]):
        if named.unit.start - target.unit.end <= _REACH:
            yield _make(scene, target, named, rank, "after")


def _make(scene: _Scene, target: _Target, named: _Named, rank: int, side: str) -> Candidate:
    unit = target.unit
    kind = f"far_{unit.kind}:{side}"
    features = [
        "bias",
        *_person_features(scene, target.window, named, rank),
        *target.features,
        *_match_features(scene, target, named, rank),
    ]
    ends = f"person-{unit.kind}" if side == "before" else f"{unit.kind}-person"
    return Candidate(
        named.unit, unit, f"{ends}:sentences", tuple([f"{kind}:{feature}" for feature in features])
    )


def _person_features(scene: _Scene, number: int, named: _Named, rank: int) -> Iterator[str]:
    away = scene.windows[named.window]
    rivals = len(scene.windows[number].people)
    apart = abs(number - named.window)
    fame = scene.fame[named.stem]
    most = fame == scene.most
    nominative = "nom" in phrase_cases(scene.mentions[named.unit.mention].text)
    yield f"rank={rank}"
    yield f"sentences={min(apart, 5)}"
    yield f"people_here={min(rivals, 2)}"
    yield f"people_there={min(len(away.people), 3)}"
    yield f"first_there={away.units[0] is named.unit}:{nominative}"
    yield f"rank_sentences={rank}:{min(apart, 3)}:{min(rivals, 1)}"
    yield f"fame={min(fame, 4)}:{most}"
    yield f"fame_rank={most}:{min(fame, 3)}:{rank}:{min(rivals, 1)}"


def _target_features(scene: _Scene, number: int, target: Unit) -> Iterator[str]:
    home = scene.windows[number]
    lead = read_gap(scene.text[max(home.start, target.start - 120) : target.start]).tokens
    yield f"lead_length={min(len(lead), 6)}"
    yield from (f"lead={token}" for token in lead[-4:])
    yield f"into={' '.join(lead[-2:])}"
    yield from (
        f"kind={kind}" for kind in sorted({kind for token in lead[-5:] for kind in word_kinds(token)})
    )
    yield from (f"next={token}" for token in read_gap(scene.text[target.end : target.end + 40]).tokens[:2])
    yield f"first_unit={home.units[0] is target}"
    if target.office is None:
        return
    words = scene.mentions[target.office.role].text.split()
    yield f"number={target.office.number}"
    yield f"complete={target.office.institution is not None}:{target.office.place is not None}"
    yield f"length={min(len(words), 4)}:{words[0][0].isupper()}"
    cases = phrase_cases(scene.mentions[target.office.role].text)
    yield f"cases={'.'.join(sorted(cases))}"
    yield f"instrumental={'inst' in cases and 'nom' not in cases}:{min(len(home.people), 1)}"


def _match_features(scene: _Scene, target: _Target, named: _Named, rank: int) -> Iterator[str]:
    """Tell whether verb, office and person agree in gender, and whether a paragraph ends between them."""
    home, office = scene.windows[target.window], target.unit.office
    first, last = sorted((named.unit, target.unit), key=lambda unit: unit.start)
    paragraphs = scene.text.count("\n\n", first.end, last.start)
    yield f"paragraphs={min(paragraphs, 3)}"
    yield f"paragraph_rank={min(paragraphs, 2)}:{rank}"
    verb, gender, opens = _read_verb(scene.text[home.start : min(home.end, home.start + 300)])
    person = phrase_genders(scene.mentions[named.unit.mention].text)
    yield f"verb={verb}"
    yield f"opens={opens}:{verb}"
    yield f"verb_match={_match(person, gender)}:{opens}"
    yield f"verb_rank={_match(person, gender)}:{rank}:{min(len(home.people), 1)}"
    if office is not None:
        held = phrase_genders(scene.mentions[office.role].text)
        yield f"office_match={_match(person, held)}"


def _match(left: frozenset[str], right: frozenset[str]) -> str:
    if len(left) != 1 or len(right) != 1:
        return "unknown"
    return "yes" if left == right else "no"


@lru_cache(maxsize=5_000)
def _read_verb(sentence: str) -> tuple[str, frozenset[str], bool]:
    """Return the first verb's form, its gender in a singular past, and whether it opens the sentence."""
    for position, word in enumerate(sentence.split()[:14]):
        for reading in analyse(word.strip(',.;:!?()„”"–-')):
            if reading.pos in _VERBS:
                genders = frozenset("m" if gender.startswith("m") else gender for gender in reading.genders)
                known = genders & {"m", "f"} if "sg" in reading.numbers else frozenset[str]()
                return reading.pos, known if reading.pos in _PAST else frozenset(), position < 2
    return "none", frozenset(), False
