"""A mention of a person made ready for the strategies: its words, its slots' weights, its couple."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from pipeline.morphology import analyse
from pipeline.normalise.contexts import gender_evidence, slot_weights
from pipeline.normalise.name_parts import RARELY, Part, clean_name, is_surname_first, split_name
from pipeline.normalise.name_readings import Reading
from pipeline.normalise.slots import PLURAL, of_case, of_gender, slots_of
from pipeline.normalise.titles import split_titles
from pipeline.quick import quickly_made
from pipeline.records import Gender
from pipeline.remembered import PHRASES
from pipeline.tables import load_table

_OFTEN = 0.6
_KNOWN_GENDER = 1000.0
_ROLE_OF_WOMAN = 50.0
_ROLE_OF_MAN = 3.0
_FAMILY = 200.0
_PLURAL_ELSEWHERE = 0.5
_VOCATIVE_OF_FULL_NAME = 0.005
_VOCATIVE = 0.3
_NAME = r"[A-ZĄĆĘŁŃÓŚŹŻ][^\W\d_]+"
_PARTNER = rf"(?P<partner>{_NAME}(?:\s+{_NAME}(?:\s?-\s?{_NAME})?){{1,2}})"


@dataclass(frozen=True, slots=True)
class PersonForm:
    """One mention of a person as the text has it.

    Attributes:
        text: The name itself, as found.
        left: Up to 80 characters of the text before the name.
        right: Up to 80 characters after it.
        title: Ranks, degrees and honorifics before the name, when the caller split them off.
        role_lemma_gender: The gender of the role's nominative beside the name (`dyrektorka`: f).
        gender: The holder's gender where the caller is sure of it.
    """

    text: str
    left: str = ""
    right: str = ""
    title: str = ""
    role_lemma_gender: Gender | None = None
    gender: Gender | None = None


@quickly_made
@dataclass(frozen=True, slots=True)
class Solution:
    """One way to read a whole name: a reading for each word that inflects, and its share 0..1."""

    readings: tuple[Reading, ...]
    gender: Gender
    weight: float
    rule: str
    is_plural: bool = False

    @property
    def lemmas(self) -> tuple[str, ...]:
        """The nominatives of the inflecting words, in the text's order."""
        return tuple(reading.lemma for reading in self.readings)

    def weighing(self, weight: float) -> "Solution":
        """Return the same solution with another weight; much quicker than `replace`."""
        return Solution(self.readings, self.gender, weight, self.rule, self.is_plural)


Solutions = tuple[Solution, ...]


@dataclass(frozen=True, slots=True)
class Partner:
    """A person named beside another who shares the surname; `is_joined` by `i` rather than `z`."""

    parts: tuple[Part, ...]
    is_joined: bool


@dataclass(frozen=True, slots=True)
class PersonCase:
    """A form made ready.

    Attributes:
        parts: The words of the name; one borrowed from a partner comes last.
        weights: How likely each slot is here.
        in_couple: The name stands beside a partner's (`Marii i Janowi Dudkom`).
        birth_form: The surname at birth as the text has it (`z domu Lis`).
        partner: The partner whose surname is borrowed as the last of `parts`.
    """

    form: PersonForm
    titles: tuple[str, ...]
    parts: tuple[Part, ...]
    weights: tuple[float, ...]
    in_couple: bool = False
    partner: Partner | None = None
    birth_form: str = ""

    @property
    def open_parts(self) -> tuple[Part, ...]:
        """The words that inflect."""
        return tuple(part for part in self.parts if part.kind != "fixed")

    @property
    def key(self) -> str:
        """What tells one form from another when the article votes."""
        return " ".join(part.word for part in self.parts)


def make_cases(forms: Sequence[PersonForm]) -> list[PersonCase]:
    """Make the mentions of one article ready; lists of `NOWAK Jan` make that order likely for all."""
    cases = [_make_case(form, RARELY) for form in forms]
    full = {
        case.key: is_surname_first(case.parts) for case in cases if len(case.parts) > 1 and not case.partner
    }
    turned = sum(full.values())
    if turned < 2 or turned * 2 < len(full):
        return cases
    return [_make_case(form, _OFTEN) for form in forms]


def without_partner(case: PersonCase) -> PersonCase:
    """Return the case without the words borrowed from the partner."""
    return replace(case, parts=case.parts[:-1], partner=None) if case.partner else case


def _make_case(form: PersonForm, surname_first: float) -> PersonCase:
    whole, birth_form = _split_birth_name(clean_name(form.text), form.right)
    titles, name = split_titles(whole)
    parts = split_name(name, surname_first=surname_first)
    partner = _find_partner(parts, form)
    title = form.title.strip()
    left = form.left if form.left.rstrip().endswith(title) else f"{form.left} {title} "
    weights = _weigh_slots(left, form.right, form.role_lemma_gender, form.gender, is_full=len(parts) > 1)
    if partner:
        parts = (*parts, Part(partner.parts[-1].word, "surname"))
    in_couple = bool(partner) or bool(_partner_before().search(form.left))
    return PersonCase(form, titles, parts, weights, in_couple, partner, birth_form)


def _split_birth_name(name: str, right: str) -> tuple[str, str]:
    """Cut `z domu Lis` off the name, or find it right after; return the name and `Lis`."""
    if match := _birth_name().search(name):
        return name[: match.start()].rstrip(), match["surname"]
    after = _birth_name().match(right)
    return name, after["surname"] if after else ""


def _weigh_slots(
    left: str, right: str, role_gender: Gender | None, gender: Gender | None, *, is_full: bool
) -> tuple[float, ...]:
    factors = list(gender_evidence(left, right))
    factors.append((of_case("voc"), _VOCATIVE_OF_FULL_NAME if is_full else _VOCATIVE))
    factors.append((PLURAL, _FAMILY if _is_family(left) else _PLURAL_ELSEWHERE))
    if role_gender:
        strength = _ROLE_OF_WOMAN if role_gender == "f" else _ROLE_OF_MAN
        factors.append((of_gender(role_gender), strength))
    if gender:
        factors.append((of_gender(gender), _KNOWN_GENDER))
    return _multiply(slot_weights(left, right), tuple(factors))


@lru_cache(maxsize=PHRASES)
def _multiply(weights: tuple[float, ...], factors: tuple[tuple[int, float], ...]) -> tuple[float, ...]:
    changed = list(weights)
    for mask, factor in factors:
        for slot in slots_of(mask):
            changed[slot] *= factor
    return tuple(changed)


def _find_partner(parts: tuple[Part, ...], form: PersonForm) -> Partner | None:
    """Return the partner whose surname the text leaves out here: `Marii` + ` i Janowi Dudkom`."""
    if not parts or any(part.kind not in ("given", "either") for part in parts):
        return None
    match = _partner_after().match(form.right)
    if not match:
        return None
    name = split_name(clean_name(match["partner"]))
    is_whole = len(name) > 1 and name[0].kind == "given" and name[-1].kind == "surname"
    return Partner(name, is_joined=bool(match["and"])) if is_whole else None


def _is_family(left: str) -> bool:
    words = re.findall(r"\w+", left[-30:])[-2:]
    family = _words_of_kind("family")
    return any(
        analysis.lemma in family and _is_plural_word(analysis.lemma, analysis.numbers)
        for word in words
        for analysis in analyse(word.lower())
    )


def _is_plural_word(lemma: str, numbers: frozenset[str]) -> bool:
    return (
        "pl" in numbers or any("pl" in analysis.numbers for analysis in analyse(lemma)) or lemma.endswith("o")
    )


@cache
def _words_of_kind(kind: str) -> frozenset[str]:
    return frozenset(row["words"] for row in load_table("name_words") if row["kind"] == kind)


def _pattern_of(kind: str) -> str:
    words = sorted(_words_of_kind(kind), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words) + ")"


@cache
def _birth_name() -> re.Pattern[str]:
    return re.compile(rf"[\s,(]+{_pattern_of('birth_name')}\s+(?P<surname>{_NAME}(?:-{_NAME})?)\)?")


@cache
def _partner_after() -> re.Pattern[str]:
    listed = rf"(?:,\s*{_NAME})*"
    joined = rf"(?:(?P<and>{_pattern_of('and')})|{_pattern_of('with')})"
    return re.compile(rf"{listed}\s*(?:,\s*)?{joined}\s+{_PARTNER}")


@cache
def _partner_before() -> re.Pattern[str]:
    return re.compile(rf"(?:^|\s|[(,„\"]){_NAME}\s*{_pattern_of('and')}\s+$|(?:^|\s){_NAME},\s+$")
