"""Whether an office is held now, was held, is sought: a choice model over the words around a link.

Words that speak for a status stand in data/tables/status_words.tsv (lemmas) and status_phrases.tsv; what
counts is where they stand: in the words that lead into the office, before the person, elsewhere.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from pipeline.extract.openings import look_for
from pipeline.morphology import analyse
from pipeline.records import STATUSES, Link, Mention, Status
from pipeline.remembered import FORMS, PHRASES
from pipeline.tables import load_table
from pipeline.weights import Logistic

_NEAR = 60
_STEM = 4
_NUMBERS: dict[str, int] = {status: number for number, status in enumerate(STATUSES)}
_NOMINAL = frozenset({"adj", "subst", "ppas", "pact"})
_TENSES = {"praet": "past", "fin": "now", "bedzie": "future"}


@dataclass(frozen=True, slots=True)
class StatusScene:
    """An article with what its links need to know of its time.

    Attributes:
        mourned: Starts of surnames of the people whom the article says have died.
        hero: Start of the surname of the person named most, the first on a tie.
        obituary: How many words of mourning the article has.
    """

    text: str
    mentions: Sequence[Mention]
    starts: Sequence[int]
    ends: Sequence[int]
    published: date | None
    mourned: frozenset[str]
    hero: str
    obituary: int


def make_status_scene(text: str, mentions: Sequence[Mention], published: date | None) -> StatusScene:
    """Note where mentions start and end, and who has died."""
    mourned = {
        _stem(mention.text)
        for mention in mentions
        if mention.label == "person" and "deceased" in _mourning(text, mention)
    }
    starts, ends = ([getattr(mention, side) for mention in mentions] for side in ("start", "end"))
    people = Counter(_stem(mention.text) for mention in mentions if mention.label == "person")
    hero = people.most_common(1)[0][0] if people else ""
    obituary = len(_cue_lemmas(text) & _words_of_mourning())
    return StatusScene(text, mentions, starts, ends, published, frozenset(mourned), hero, obituary)


def choose_status(features: Sequence[str], model: Logistic, *, stated: Status | None = None) -> Status:
    """Return the likeliest status.

    Args:
        features: Those of `status_features`.
        model: What weighs them.
        stated: What the role's own modifier says; only a death outweighs it.
    """
    known = _status_weights(model)
    rows = [known[feature] for feature in features if feature in known]
    totals = [sum(column) for column in zip(*rows, strict=True)] if rows else [0.0] * len(STATUSES)
    best = max(zip(totals, STATUSES, strict=True))[1] if rows else "current"
    return best if stated is None or best == "deceased" else stated


@lru_cache(maxsize=16)
def _status_weights(model: Logistic) -> dict[str, list[float]]:
    """Return the weight of each feature for every status, in the order of `STATUSES`."""
    rows: dict[str, list[float]] = {}
    for name, weight in model.weights.items():
        status, _, feature = name.partition("|")
        rows.setdefault(feature, [0.0] * len(STATUSES))[_NUMBERS[status]] = weight
    return rows


def status_alternatives(features: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the features of each status in the order of `STATUSES`."""
    return [tuple(f"{status}|{feature}" for feature in features) for status in STATUSES]


def status_features(scene: StatusScene, link: Link) -> tuple[str, ...]:
    """Return readable features of what the text around a link says of its time."""
    return tuple(sorted({*_place_features(scene, link), *_date_features(scene, link)}))


def _place_features(scene: StatusScene, link: Link) -> Iterator[str]:
    text, person = scene.text, scene.mentions[link.person]
    target = scene.mentions[link.role if link.role is not None else link.institution or link.person]
    stretches = {
        "role": target.text if target.label == "role" else "",
        "lead": text[_lead_start(scene, target) : target.start],
        "follow": text[target.end : _follow_end(scene, target)],
        "person": text[_lead_start(scene, person) : person.start],
        "after": text[person.end : _follow_end(scene, person)],
        "sentence": text[link.start : link.end][:400],
        "between": _between(text, person, target),
    }
    yield "bias"
    yield f"target={target.label}"
    for place, stretch in stretches.items():
        cues = _find_cues(stretch)
        yield from (f"{place}:{cue}" for cue in cues)
        if place not in ("sentence", "between"):
            yield from (f"near:{cue}" for cue in cues)
            yield from (f"{place}={word}" for word in _cue_words(stretch))
            yield from (f"{place}:tense={tense}" for tense in _tenses(stretch))
    yield f"mourned={_stem(person.text) in scene.mourned}"
    yield f"mourned_lead={_stem(person.text) in scene.mourned}:{'sentences' in link.rule}"
    obituary = _stem(person.text) == scene.hero and scene.obituary
    yield f"obituary={min(scene.obituary, 3)}:{_stem(person.text) == scene.hero}"
    yield f"obituary_hero={bool(obituary)}"
    yield f"opening={'deceased' in _find_cues(text[:250])}"
    yield f"far={'sentences' in link.rule}:{target.label}"


def _date_features(scene: StatusScene, link: Link) -> Iterator[str]:
    yield f"since={_relation(link.since, scene.published)}"
    yield f"until={_relation(link.until, scene.published)}"
    yield f"dates={_relation(link.since, scene.published)}:{_relation(link.until, scene.published)}"


def _relation(value: str | None, published: date | None) -> str:
    """Say whether a date lies before or after the article's own."""
    if value is None or published is None:
        return "none" if value is None else "unknown"
    own = published.isoformat()[: len(value)]
    return "past" if value < own else "future" if value > own else "same"


def _lead_start(scene: StatusScene, mention: Mention) -> int:
    """Return where the words that lead into a mention start: after the mention before it, or its sentence."""
    at = bisect_left(scene.starts, mention.start)
    last = scene.ends[at - 1] if at else 0
    low = max(0, mention.start - _NEAR)
    stop = max(scene.text.rfind(mark, low, mention.start) + len(mark) for mark in ("\n", "; "))
    return max(last, stop, low)


def _follow_end(scene: StatusScene, mention: Mention) -> int:
    at = bisect_left(scene.starts, mention.end)
    following = scene.starts[at] if at < len(scene.starts) else len(scene.text)
    high = mention.end + _NEAR
    stops = [at for at in (scene.text.find(mark, mention.end, high) for mark in ("\n", ". ")) if at >= 0]
    return min([following, high, *stops])


def _between(text: str, person: Mention, target: Mention) -> str:
    first, last = sorted((person, target), key=lambda mention: mention.start)
    return text[first.end : last.start][:160]


def _mourning(text: str, person: Mention) -> tuple[str, ...]:
    """Return the cues in the words just around a person."""
    before = text[max(0, person.start - 45) : person.start].rpartition("\n")[2].rpartition(". ")[2]
    after = text[person.end : person.end + 25].partition("\n")[0].partition(". ")[0]
    return _find_cues(f"{before} {person.title} | {after}", strong=True)


def _stem(name: str) -> str:
    return name.split()[-1][:_STEM].lower()


@lru_cache(maxsize=PHRASES)
def _find_cues(stretch: str, *, strong: bool = False) -> tuple[str, ...]:
    """Return the statuses that words and phrases of a stretch speak for.

    Args:
        stretch: A few words of the text.
        strong: Leave out the words that speak for several statuses.
    """
    found: set[str] = set()
    for lemma in _cue_lemmas(stretch):
        cues = _cues()[lemma]
        if len(cues) == 1 or not strong:
            found.update(cues)
    for phrase in _phrases_in(stretch):
        found.update(_phrases()[phrase])
    return tuple(sorted(found))


@lru_cache(maxsize=PHRASES)
def _cue_words(stretch: str) -> tuple[str, ...]:
    return tuple(sorted(_cue_lemmas(stretch) | _phrases_in(stretch)))


def _phrases_in(stretch: str) -> set[str]:
    plain = f" {' '.join(stretch.lower().split())}"
    return set(_phrase_pattern().findall(plain))


@cache
def _phrase_pattern() -> re.Pattern[str]:
    phrases = "|".join(re.escape(phrase) for phrase in sorted(_phrases(), key=len, reverse=True))
    return re.compile(rf"(?<= ){look_for(_phrases())}(?:{phrases})")


@cache
def _phrases() -> dict[str, tuple[str, ...]]:
    """The statuses that each phrase speaks for."""
    phrases: dict[str, tuple[str, ...]] = {}
    for row in load_table("status_phrases"):
        phrases[row["phrase"]] = (*phrases.get(row["phrase"], ()), row["cue"])
    return phrases


@cache
def _cues() -> dict[str, tuple[str, ...]]:
    """The statuses that each word speaks for."""
    cues: dict[str, set[str]] = {}
    for row in load_table("status_words"):
        cues.setdefault(row["word"], set()).add(row["cue"])
    for row in load_table("role_modifiers"):
        if " " not in row["form"] and row["kind"] in STATUSES:
            cues.setdefault(row["form"].strip("-.").lower(), set()).add(row["kind"])
    return {word: tuple(sorted(kinds)) for word, kinds in cues.items()}


@cache
def _words_of_mourning() -> frozenset[str]:
    """The words that speak for nothing but a death."""
    return frozenset(word for word, kinds in _cues().items() if kinds == ("deceased",))


@lru_cache(maxsize=PHRASES)
def _tenses(stretch: str) -> tuple[str, ...]:
    found: set[str] = set()
    for token in stretch.split():
        for reading in analyse(token.strip(".,;:!?()–-")):
            if reading.pos in _TENSES:
                found.add(f"{_TENSES[reading.pos]}:{'be' if reading.lemma == 'być' else 'other'}")
                break
    return tuple(sorted(found))


def _cue_lemmas(text: str) -> frozenset[str]:
    """Return the words of a text that speak for a status, as written or as lemmas."""
    return frozenset[str]().union(*map(_cues_of_word, set(text.replace("-", " ").split())))


@lru_cache(maxsize=FORMS)
def _cues_of_word(token: str) -> frozenset[str]:
    word = token.strip(".,;:!?()[]„”\"'*")
    if not word:
        return frozenset()
    lemmas = {word.lower(), *(reading.lemma.lower() for reading in analyse(word))}
    return frozenset(lemmas & _cues().keys())
