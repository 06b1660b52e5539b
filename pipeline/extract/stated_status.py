"""The status that an office's own modifiers say: inside the role, `byłego dyrektora`, or right before it.

Source: data/tables/role_modifiers.tsv, time_words.tsv.
"""

from collections.abc import Sequence
from functools import cache, lru_cache

from pipeline.morphology import analyse
from pipeline.records import STATUSES, Mention, Status
from pipeline.remembered import PHRASES
from pipeline.tables import load_table

_NEAR = 60
_LONGEST_OUTSIDE = 4
_NOMINAL = frozenset({"adj", "subst", "ppas", "pact"})


@lru_cache(maxsize=PHRASES)
def status_in_role(role: str) -> Status | None:
    """Return the status that a role's own modifier says: `byłego dyrektora`, `p.o. wójta`, `burmistrz elekt`.

    Source: data/tables/role_modifiers.tsv.
    """
    words = role.lower().replace("-elekt", " elekt").split()
    known = _modifiers()
    for position, word in (("before", words[0]), ("after", words[-1])):
        lemmas = (word, *(reading.lemma.lower() for reading in analyse(word) if reading.pos in _NOMINAL))
        found = next((known[position, lemma] for lemma in lemmas if (position, lemma) in known), None)
        if found and (position == "before" or len(words) > 1):
            return found
    return None


def state_status(text: str, role: Mention) -> Status | None:
    """Return the status that a role's modifiers say, inside it or right before it; None for none."""
    return status_in_role(role.text) or status_before_role(text, role.start)


def state_beside(text: str, role: Mention, person: Mention) -> Status | None:
    """Return the status that a role, its holder and the words between them say; None for none.

    `skarbnikiem będzie Anna Lis` is elect, unless she goes on (`nadal`) or stands in (`pełnić obowiązki`).
    """
    stated = state_status(text, role)
    between = text[role.end : person.start] if role.end <= person.start < role.end + _NEAR else ""
    words = frozenset(between.lower().split())
    if stated is None and words & _time_words("will_be") and not words & _time_words("goes_on"):
        return "elect"
    return stated


def status_before_role(text: str, start: int) -> Status | None:
    """Return the status that the words right before a role say and leave outside it: `ustępujący wójt`.

    So many years that are over (`przez 31 lat nauczycielka`) make it a former one.
    Source: data/tables/role_modifiers.tsv, time_words.tsv.
    """
    words = text[max(0, start - _NEAR) : start].lower().split()
    if not words or not words[-1].isalpha():
        return None
    if words[-1] in _time_words("years") | _time_words("span") and "przez" in words[-_LONGEST_OUTSIDE:]:
        return "former"
    known = _outside()
    for size in range(min(_LONGEST_OUTSIDE, len(words)), 0, -1):
        if found := known.get(_modifier_key(words[-size:])):
            return found
    return None


def _modifier_key(words: Sequence[str]) -> str:
    """Return a phrase with its last word as an adjective's or participle's lemma, where it is one."""
    return " ".join((*words[:-1], _adjective_lemma(words[-1])))


@lru_cache(maxsize=PHRASES)
def _adjective_lemma(word: str) -> str:
    readings = analyse(word)
    for kinds in (("adj",), ("pact", "ppas")):
        if lemmas := {reading.lemma.lower() for reading in readings if reading.pos in kinds}:
            return min(lemmas)
    return word


@cache
def _outside() -> dict[str, Status]:
    """The status of each phrase that stands before a role and stays outside it."""
    rows = [row for row in load_table("role_modifiers") if row["position"] == "outside"]
    return {
        _modifier_key(row["form"].lower().split()): status
        for row in rows
        for status in STATUSES
        if status == row["kind"]
    }


@cache
def _modifiers() -> dict[tuple[str, str], Status]:
    """The status of each modifier by its place and its first word, as written and as a lemma."""
    known: dict[tuple[str, str], Status] = {}
    for row in load_table("role_modifiers"):
        status = next((status for status in STATUSES if status == row["kind"]), None)
        phrase_after = row["position"] == "after" and " " in row["form"]
        if status is None or row["position"] not in ("before", "after") or phrase_after:
            continue
        word = row["form"].lower().split()[0 if row["position"] == "before" else -1].strip("-")
        for lemma in (word, *(reading.lemma.lower() for reading in analyse(word) if reading.pos in _NOMINAL)):
            known.setdefault((row["position"], lemma), status)
    return known


@cache
def _time_words(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in load_table("time_words") if row["kind"] == kind)
