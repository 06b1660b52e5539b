"""Grammar of words and phrases, as links ask for it: parts of speech, link words, cases, genders, agreement."""

from functools import cache, lru_cache

from pipeline.morphology import analyse
from pipeline.remembered import PHRASES
from pipeline.tables import load_table

_CLASSES = (
    ("prep", frozenset({"prep"})),
    ("conj", frozenset({"conj", "comp", "part", "adv"})),
    ("verb", frozenset({"inf", "fin", "praet", "imps", "bedzie"})),
    ("noun", frozenset({"subst", "ger"})),
    ("adj", frozenset({"adj", "ppas", "pact", "ppron3", "num"})),
)


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


@lru_cache(maxsize=PHRASES)
def phrases_agree(role: str, name: str) -> str:
    """Say in what the words of an office and a name agree: case and gender (`both`), `case`, `no`, or `unknown`."""
    if _phrase_readings(role) & _phrase_readings(name):
        return "both"
    role_cases, person_cases = phrase_cases(role), phrase_cases(name)
    if not role_cases or not person_cases:
        return "unknown"
    return "case" if role_cases & person_cases else "no"
