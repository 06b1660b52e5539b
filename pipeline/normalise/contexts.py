"""How likely each gender, number and case is, by the words beside a name: `name_contexts.tsv`.

One word to the left and one to the right, each by itself if it is frequent, else by its class
(`prep.gen`, `subst.nom.m1`, `praet.f`). Abbreviations (`dr`, `ks.`) are looked through.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from pipeline.morphology import CASES, analyse
from pipeline.normalise.slots import NOMINATIVE, SLOT_COUNT, of_gender
from pipeline.records import Gender
from pipeline.remembered import PHRASES
from pipeline.tables import load_table

_TOKEN = re.compile(r"[^\W_]+|[^\w\s]|\n")
_TRUST = 4.0
_CAUTION = 0.06
_STATED = 8.0
_BEFORE = 6
_VERBS = frozenset({"praet", "fin", "bedzie", "winien", "impt", "imps", "inf", "ger", "pact", "ppas", "pcon"})

Weights = tuple[float, ...]


def slot_weights(left: str, right: str) -> Weights:
    """Return the probability of each slot (see `slots`) of a name between these texts."""
    if not left.strip() and not right.strip():
        return _known()[""]
    return _weigh_between(_known_key(left_keys(left)), _known_key(right_keys(right)))


@lru_cache(maxsize=PHRASES)
def _weigh_between(before: str, after: str) -> Weights:
    """Return the weights of the slots between two contexts of the table."""
    prior = _known()[""]
    weights = list(prior)
    for key in (before, after):
        for slot, share in enumerate(_known()[key]):
            weights[slot] *= share / prior[slot]
    whole = sum(weights)
    return tuple(
        (1 - _CAUTION) * weight / whole + _CAUTION * p for weight, p in zip(weights, prior, strict=True)
    )


def gender_evidence(left: str, right: str) -> tuple[tuple[int, float], ...]:
    """Return slots with factors where the text says the gender: `pani` before, `powiedziała` after."""
    factors: list[tuple[int, float]] = []
    before = _TOKEN.findall(left[-30:])[-1:]
    genders = {g for token in before for g in _honorific_genders(token.lower())}
    if len(genders) == 1:
        factors.append((of_gender(min(genders)), _STATED))
    verb = right_keys(right)[1][2:]
    if verb in ("praet.f", "praet.m1"):
        hers = verb == "praet.f"
        factors.append((of_gender("f") & NOMINATIVE, _STATED if hers else 1 / _STATED))
        factors.append((of_gender("m") & NOMINATIVE, 1 / _STATED if hers else _STATED))
    return tuple(factors)


@lru_cache(maxsize=5_000)
def _honorific_genders(token: str) -> frozenset[Gender]:
    """Return the genders of people whom a word such as `panią` or `druha` introduces."""
    genders: set[Gender] = set()
    for analysis in analyse(token):
        if analysis.lemma in _honorifics() and "sg" in analysis.numbers:
            genders |= {"f"} if "f" in analysis.genders else {"m"}
    return frozenset(genders)


@cache
def _honorifics() -> frozenset[str]:
    return frozenset(row["form"] for row in load_table("titles") if row["kind"] == "honorific")


def left_keys(left: str) -> tuple[str, str]:
    """Return the word and the class key of what stands before a name."""
    tokens = _TOKEN.findall(left[-60:])[-_BEFORE:]
    if (
        left[-60:].startswith(tuple("abcdefghijklmnopqrstuvwxyz"))
        and len(left) > 60
        and len(tokens) == _BEFORE
    ):
        tokens = tokens[1:]
    while tokens and (is_abbreviation(tokens[-1]) or (tokens[-1] == "." and is_abbreviation(tokens[-2:][0]))):
        tokens.pop()
    return _keys("<", tokens[-1] if tokens else "")


def right_keys(right: str) -> tuple[str, str]:
    """Return the word and the class key of what stands after a name; `się` is looked through."""
    tokens = _TOKEN.findall(right[:40])
    if len(tokens) > 1 and tokens[0] == "się":
        tokens = tokens[1:]
    return _keys(">", tokens[0] if tokens else "")


@lru_cache(maxsize=PHRASES)
def is_abbreviation(token: str) -> bool:
    """Say whether a token can be an abbreviation such as `dr`, `ks`, `p`."""
    return token.islower() and any(analysis.pos == "brev" for analysis in analyse(token))


@lru_cache(maxsize=PHRASES)
def word_class(word: str) -> str:
    """Return a word's class: part of speech, cases and gender as far as they are sure."""
    if not word[:1].isalpha():
        return word[:1] or "^"
    if not word.islower() and not any(analysis.lemma.islower() for analysis in analyse(word)):
        return "Name"
    readings = analyse(word.lower())
    parts = {analysis.pos for analysis in readings}
    chosen = next((part for part in ("prep", "conj", "subst", "adj", *sorted(_VERBS)) if part in parts), "")
    if not chosen:
        return min(parts, default="unknown")
    if chosen in ("subst", "adj") and parts & {"praet", "fin"}:
        chosen += "+verb"
    same = [analysis for analysis in readings if analysis.pos == chosen.split("+")[0]]
    cases = {case for analysis in same for case in analysis.cases}
    genders = {g for analysis in same for g in analysis.genders if g in ("m1", "f")}
    return ".".join([chosen, *(case for case in CASES if case in cases), *sorted(genders)])


def _keys(side: str, token: str) -> tuple[str, str]:
    return f"{side}{token.lower()}" if token.strip() else f"{side}^", f"{side}:{word_class(token.strip())}"


def _known_key(keys: Sequence[str]) -> str:
    return next((key for key in keys if key in _known()), "")


@cache
def _known() -> dict[str, Weights]:
    counts = {
        row["context"]: tuple(float(n) for n in row["counts"].split()) for row in load_table("name_contexts")
    }
    if any(len(row) != SLOT_COUNT for row in counts.values()):
        raise ValueError("name_contexts.tsv: a row lacks slots")
    whole = tuple(n + 0.5 for n in counts["*"])
    prior = tuple(n / sum(whole) for n in whole)
    known = {"": prior}
    for key, row in counts.items():
        scale = sum(row) + _TRUST
        known[key] = tuple((n + _TRUST * p) / scale for n, p in zip(row, prior, strict=True))
    return known
