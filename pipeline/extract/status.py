"""Whether an office is held now, was held, is sought: a logistic model over the words around a link."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from pipeline.morphology import analyse
from pipeline.records import STATUSES, Link, Mention, Status
from pipeline.tables import load_table
from pipeline.weights import Logistic

_NEAR = 50


def choose_status(features: Sequence[str], models: Mapping[str, Logistic]) -> Status:
    """Return the surest status above one half, or `current`; `models` are named `status_former` and so on."""
    scores = {
        status: models[f"status_{status}"].score(features) for status in STATUSES if status != "current"
    }
    best = max(scores, key=lambda status: (scores[status], status))
    return best if scores[best] > 0.5 else "current"


def status_features(text: str, mentions: Sequence[Mention], link: Link) -> tuple[str, ...]:
    """Return readable features of what the text around a link says of its time."""
    return tuple(sorted(set(_features(text, mentions, link))))


def _features(text: str, mentions: Sequence[Mention], link: Link) -> Iterator[str]:
    yield "bias"
    person = mentions[link.person]
    target = mentions[link.role if link.role is not None else link.institution or link.person]
    first, last = sorted((person, target), key=lambda mention: mention.start)
    yield f"target={target.label}"
    places = {
        "title": person.title + " " + text[max(0, person.start - 12) : person.start],
        "between": text[first.end : last.start][:120],
        "before_target": text[max(link.start, target.start - _NEAR) : target.start],
        "after_target": text[target.end : min(link.end, target.end + _NEAR)],
        "before_person": text[max(link.start, person.start - _NEAR) : person.start],
        "after_person": text[person.end : min(link.end, person.end + _NEAR)],
        "sentence": text[link.start : link.end][:500],
        "opening": text[:300],
    }
    if target.label == "role":
        places["role"] = target.text
        places["just_before"] = text[max(link.start, target.start - 18) : target.start]
    for place, stretch in places.items():
        yield from _cue_features(place, stretch)
    yield from (f"tense={tense}" for tense in _tenses(places["between"]))
    yield f"opening_past={sorted(_tenses(places['opening']))}" if not places["between"] else "joined"


def _cue_features(place: str, stretch: str) -> Iterator[str]:
    cues = _cues()
    for lemma in sorted(_content(stretch)):
        for cue in cues.get(lemma, ()):
            yield f"{place}:{cue}"
            if place not in ("sentence", "opening"):
                yield f"{place}={lemma}"


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


def _tenses(text: str) -> set[str]:
    found: set[str] = set()
    for token in text.split()[:30]:
        for reading in analyse(token.strip(".,;:!?()")):
            if reading.pos in ("praet", "fin", "bedzie"):
                found.add(f"{reading.pos}:{'perf' if 'perf' in reading.tag.split(':') else 'imperf'}")
    return found


def _content(text: str) -> set[str]:
    words = (token.strip(".,;:!?()[]„”\"'*") for token in text.replace("-", " ").split())
    return {lemma for word in words if word for lemma in _lemmas(word)}


@lru_cache(maxsize=100_000)
def _lemmas(word: str) -> frozenset[str]:
    return frozenset({word.lower(), *(reading.lemma.lower() for reading in analyse(word))})
