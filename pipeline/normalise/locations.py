"""Locations to the nominative: `Nowej Wsi` -> `Nowa Wieś`, `powiatu nyskiego` -> `powiat nyski`."""

import os
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache, partial

from pipeline.morphology import analyse
from pipeline.normalise.phrase_features import Grammar
from pipeline.normalise.phrases import (
    Candidate,
    Extra,
    Ranked,
    find_candidates,
    make_name,
    prepare,
    rank_candidates,
    ranked_rule,
    unchanged,
)
from pipeline.normalise.place_words import read_place_word
from pipeline.places import place_names
from pipeline.records import Name
from pipeline.tables import load_table


@cache
def location_grammar() -> Grammar:
    """Return what places need from the phrase rules."""
    heads = load_table("location_heads")
    return Grammar(
        label="location",
        lexicon=read_place_word,
        heads=frozenset(row["head"] for row in heads),
        appositives=frozenset(row["head"] for row in heads if row["name_case"] == "same"),
        compound=True,
    )


def _part_kind(form: str) -> str:
    """Return a form with a space after its kind, which careless typing leaves out: `ul.Leśnej`, `woj.śląskim`."""
    return _glued_kind().sub(r"\1 ", form, count=1)


@cache
def _glued_kind() -> re.Pattern[str]:
    kinds = (row["head"] for row in load_table("location_heads") if row["head"].endswith("."))
    return re.compile(rf"^({'|'.join(map(re.escape, kinds))})(?=[^\W\d_])", re.IGNORECASE)


@cache
def _name_counts() -> Counter[str]:
    counts = Counter(row["name"] for row in load_table("localities"))
    # A town is written about far more often than a village of the same name.
    counts.update({row["name"]: 20 for row in load_table("localities") if row["kind"] == "town"})
    # The seat of a gmina gives it its name, and is named in its articles all the time.
    counts.update({row["name"]: 8 for row in load_table("teryt_units") if len(row["teryt"]) == 7})
    return counts


@cache
def _names_by_gmina() -> dict[str, frozenset[str]]:
    names: dict[str, set[str]] = {}
    for row in load_table("localities"):
        names.setdefault(row["terc"], set()).add(row["name"])
    return {terc: frozenset(group) for terc, group in names.items()}


def _own_names(near: tuple[str, ...]) -> frozenset[str]:
    """Return the names of localities in the gminas `near`."""
    return frozenset(name for code in near for name in _names_by_gmina().get(code, ()))


def nominative_location(form: str, *, left: str = "", right: str = "", near: Sequence[str] = ()) -> Name:
    """Return the nominative of a place's name.

    Args:
        form: The name as it stands in the text.
        left: Up to 80 characters before it.
        right: Up to 80 characters after it.
        near: TERC codes of gminas that the text is about; their own villages are preferred.

    >>> nominative_location("Nowej Wsi").nominative
    'Nowa Wieś'
    """
    grammar = location_grammar()
    clean = prepare(_part_kind(form), grammar)
    ranked = _of_one_unit(rank_candidates(clean, grammar, left=left, extra=_place_evidence(tuple(near))))
    if " " in clean and not (ranked and _is_covered(clean, ranked[0].candidate)):
        found = find_register_name(clean)
        if found:
            return Name(form, found, "location", rule="register", score=0.9)
    if not ranked or (ranked[0].candidate.nominative not in place_names() and _is_of_people(clean)):
        name = unchanged(clean, "location")
        return Name(form=form, nominative=name.nominative, label="location")
    return make_name(form, ranked, "location", ranked_rule(ranked[0].candidate, grammar))


def _of_one_unit(ranked: Sequence[Ranked]) -> Sequence[Ranked]:
    """Return the readings in which the unit before a name is one, if there are any: `Gminy Nowe Miasto`."""
    single = [item for item in ranked if item.candidate.nominative.split()[0].lower() in _units()]
    return single or ranked


@cache
def _units() -> frozenset[str]:
    kinds = ("gmina", "powiat", "voivodeship")
    return frozenset(row["head"] for row in load_table("location_heads") if row["kind"] in kinds)


@lru_cache(maxsize=256)
def _place_evidence(near: tuple[str, ...]) -> Extra:
    """Return what the registers tell of a name; the same object for the same gminas, so rankings can be kept."""
    return partial(_place_features, own=_own_names(near))


def _place_features(name: str, *, own: frozenset[str]) -> Sequence[str]:
    count = _name_counts().get(name, 0)
    known = name in place_names() or name.replace(" ", "-") in place_names()
    features = [f"register={min(count.bit_length(), 5)}" if known else "register=no"]
    if own:
        features.append(f"near={name in own}")
    return features


def _is_of_people(form: str) -> bool:
    """Say whether a name can only be a street's, called after people: `Obrońców Westerplatte`, `Partyzantów`."""
    readings = analyse(form.split()[0])
    return bool(readings) and all(
        reading.pos == "subst"
        and reading.numbers == {"pl"}
        and reading.genders == {"m1"}
        and "nom" not in reading.cases
        for reading in readings
    )


def _is_covered(form: str, candidate: Candidate) -> bool:
    """Say whether the reading is a name of the register, or explains every word of the form."""
    if candidate.group.noun.source == "kept":
        return False
    explained = len(candidate.group.adjectives) + 1 >= len(form.split())
    return explained or candidate.nominative in place_names() or not form[0].isupper()


def find_register_name(form: str) -> str | None:
    """Return the only name of several words in the register that the form can be a case of, or None.

    For names whose adjective no dictionary knows: `Malowej Górze` -> `Malowa Góra`.
    """
    words = form.lower().split()
    found = {name for name in _register_by_start().get(_start(words), ()) if _same_stems(words, name)}
    return found.pop() if len(found) == 1 else None


@cache
def _register_by_start() -> dict[tuple[str, ...], list[str]]:
    starts: dict[tuple[str, ...], list[str]] = {}
    for name in sorted(place_names()):
        if " " in name:
            starts.setdefault(_start(name.lower().split()), []).append(name)
    return starts


def _start(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word[:2] for word in words)


def _same_stems(words: Sequence[str], name: str) -> bool:
    parts = name.lower().split()
    return all(
        word == part or len(os.path.commonprefix((word, part))) >= max(3, len(part) - 1)
        for word, part in zip(words, parts, strict=True)
    )


def location_candidates(form: str, *, left: str = "", near: Sequence[str] = ()) -> list[Candidate]:
    """Return every reading of the form, for training."""
    grammar = location_grammar()
    extra = _place_evidence(tuple(near))
    return list(find_candidates(prepare(_part_kind(form), grammar), grammar, left=left, extra=extra))
