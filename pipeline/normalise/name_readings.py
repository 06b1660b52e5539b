"""What one word of a person's name can be: strategies, each word -> readings, empty to abstain.

A reading is a nominative with the slots (gender, number, case) in which it gives the form seen, so
the round trip holds by construction: Morfeusz' readings are its own inflection reversed, and a guess
that Morfeusz' paradigm of the guessed lemma contradicts is dropped.
"""

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import product

from pipeline.morphology import Analysis, analyse, inflect
from pipeline.normalise.endings import Guess, apostrophe_tails, ending_votes, undo_ending
from pipeline.normalise.slots import (
    FEMININE,
    GENDERS,
    MASCULINE,
    NOMINATIVE,
    SINGULAR,
    as_feminine,
    make_mask,
    of_gender,
    plural_as_singular,
)
from pipeline.quick import quickly_made
from pipeline.records import Gender
from pipeline.remembered import PHRASES, RARE
from pipeline.tables import load_table

_GIVEN = ("imię",)
_SURNAME = ("nazwisko", "nazwisko_(odmężowskie)", "nazwisko_(odojcowskie)")
_RARE_SURNAME = 0.03
_RARE_GIVEN = 5.0
_DIMINUTIVE = 50_000.0
_INDECLINABLE = 0.002
_FEWER_GIVEN = 0.8
_NOT_A_PERSON = 0.3
_CONTRADICTED = 0.05
_STIFF = 0.2
_DOUBT = 10.0
_VOWELS = ("i", "y", "e", "é", "o", "ó", "u")
_INDECLINABLE_MAN = 0.3
_OBLIQUE_STIFF = 0.05
_KNOWN_ENDING = 0.5
_HARDLY = 0.02
_COMPOUND_LIMIT = 8
_APOSTROPHE = re.compile(r"(.+)['’]([^\W\d_]{1,4})")
_OBLIQUE = MASCULINE & SINGULAR & ~NOMINATIVE


@quickly_made
@dataclass(frozen=True, slots=True)
class Reading:
    """One nominative of one word of a name.

    Attributes:
        mask: The slots in which this lemma has the form seen.
        weight: How common the lemma is; comparable within one strategy.
        lexeme: Morfeusz' lexeme, for its plural; empty for a guess.
    """

    lemma: str
    gender: Gender
    mask: int
    weight: float
    rule: str
    is_given: bool = False
    lexeme: str = ""

    def weighing(self, weight: float) -> "Reading":
        """Return the same reading with another weight; much quicker than `replace`."""
        return Reading(self.lemma, self.gender, self.mask, weight, self.rule, self.is_given, self.lexeme)


Readings = tuple[Reading, ...]


@lru_cache(maxsize=PHRASES)
def read_given_name(word: str) -> Readings:
    """Return the readings of a word as a forename: Morfeusz', and endings that lead to a known one."""
    if apostrophe := tuple(reading for reading in read_apostrophe(word) if reading.is_given):
        return apostrophe
    found: dict[tuple[str, Gender], Reading] = {}
    for analysis in analyse(word):
        for reading in _of_analysis(analysis, _GIVEN, "given_name"):
            count = given_name_count(reading.lemma, reading.gender) or _RARE_GIVEN
            _merge(found, replace(reading, weight=count, is_given=True))
    for guess in undo_ending(word):
        count = given_name_count(guess.lemma, guess.gender)
        if count and (guess.lemma, guess.gender) not in found and not _contradicts(guess, word, _GIVEN):
            weight = count * guess.share
            _merge(found, Reading(guess.lemma, guess.gender, guess.mask, weight, "given_name", True))
    for gender in GENDERS:
        # A name of the register stands for itself, whatever its ending (`Yurii`, `Anatolii`).
        count = given_name_count(word, gender)
        if count and (word, gender) not in found:
            mask = of_gender(gender) & SINGULAR & NOMINATIVE
            _merge(found, Reading(word, gender, mask, count, "given_name", True))
    return _ordered(found)


@lru_cache(maxsize=PHRASES)
def read_stiff_given_name(word: str) -> Readings:
    """Return the readings of a forename that stands in its nominative in every case (`Mario Draghiego`)."""
    counts = {gender: given_name_count(word, gender) for gender in GENDERS}
    return tuple(
        Reading(word, gender, mask, counts[gender] * share, "stiff", is_given=True)
        for gender in GENDERS
        if counts[gender]
        for mask, share in (
            (of_gender(gender) & SINGULAR & NOMINATIVE, 1.0),
            (of_gender(gender) & SINGULAR & ~NOMINATIVE, _INDECLINABLE),
        )
    )


@lru_cache(maxsize=RARE)
def read_surname(word: str) -> Readings:
    """Return the readings of a word as a surname that Morfeusz knows."""
    found: dict[tuple[str, Gender], Reading] = {}
    shares = _shares(word)
    for analysis in analyse(word):
        for reading in _of_analysis(analysis, _SURNAME, "dictionary"):
            share = shares.get((reading.lemma, reading.gender), 0.0)
            weight = surname_count(reading.lemma) + _RARE_SURNAME * (1 + 2 * share)
            _merge(found, reading.weighing(weight))
    for guess in undo_ending(word):
        count = surname_count(guess.lemma)
        is_new = (guess.lemma, guess.gender) not in found
        if count and is_new and not _contradicts(guess, word, _SURNAME):
            reading = Reading(guess.lemma, guess.gender, guess.mask, count * guess.share, "known_surname")
            _merge(found, reading)
    as_man = found.get((word, "m"))
    if as_man and (word, "f") not in found and not word.endswith(("a", "i", "y")):
        _merge(found, replace(as_man, gender="f", mask=FEMININE & SINGULAR))
    return _ordered(found)


@lru_cache(maxsize=PHRASES)
def guess_surname(word: str) -> Readings:
    """Return readings by the ending; a guess to a surname known from texts weighs more."""
    found: list[Reading] = []
    for guess in undo_ending(word):
        known = _CONTRADICTED if _contradicts(guess, word, _SURNAME) else 1 + surname_count(guess.lemma)
        weight = guess.share * known
        if weight:
            found.append(Reading(guess.lemma, guess.gender, guess.mask, weight, "endings"))
    if not word.endswith("a"):
        # Any woman's surname may stand still, and any word may be a foreign nominative, the likelier
        # the less its ending is one of Polish names.
        weight = _STIFF * _DOUBT / (_DOUBT + ending_votes(word))
        if _is_oblique(word):
            weight *= _OBLIQUE_STIFF
        found.append(Reading(word, "f", FEMININE & SINGULAR, weight, "endings"))
        found.append(Reading(word, "m", MASCULINE & SINGULAR & NOMINATIVE, weight, "endings"))
        if word.endswith(_VOWELS):
            # Foreign surnames in a vowel often stay as they are (`Alberta Fujimori`).
            mask = MASCULINE & SINGULAR & ~NOMINATIVE
            found.append(Reading(word, "m", mask, weight * _INDECLINABLE_MAN, "endings"))
    return tuple(found)


def _is_oblique(word: str) -> bool:
    """Say whether a word ends as names hardly ever do in the nominative (`-em`, `-owi`, `-ego`)."""
    guesses = undo_ending(word)
    known = sum(guess.share for guess in guesses)
    kept = sum(guess.share for guess in guesses if guess.lemma == word)
    return known > _KNOWN_ENDING and kept < _HARDLY * known


def read_apostrophe(word: str) -> Readings:
    """Return the readings of a foreign name with a Polish ending after an apostrophe (`George'a`)."""
    match = _APOSTROPHE.fullmatch(word)
    if not match or match[2] not in apostrophe_tails():
        return ()
    mask = 0
    for guess in undo_ending(word):
        mask |= guess.mask if guess.lemma == match[1] else 0
    given = max(given_name_count(match[1], "m"), 1.0)
    return (Reading(match[1], "m", mask or _OBLIQUE, given, "apostrophe", is_given=given > 1),)


@lru_cache(maxsize=PHRASES)
def read_common_word(word: str) -> Readings:
    """Return the readings of a word that is a noun or an adjective (`Wielkiego`, `Lwem`)."""
    found: dict[tuple[str, Gender], Reading] = {}
    for analysis in analyse(word):
        if analysis.pos not in ("subst", "adj") or "depr" in analysis.tag:
            continue
        for reading in _of_any(analysis, "common_word"):
            lemma = reading.lemma[:1].upper() + reading.lemma[1:]
            if not word[:1].isupper():
                lemma = reading.lemma
            if analysis.pos == "adj" and reading.gender == "f":
                lemma = _feminine(lemma)
            weight = 1.0 if "m1" in analysis.genders and analysis.pos == "subst" else _NOT_A_PERSON
            _merge(found, replace(reading, lemma=lemma, weight=weight))
    return _ordered(found)


def as_it_stands(word: str, *, numbers: int = SINGULAR) -> Readings:
    """Return the word as its own nominative, indeclinable, of either gender."""
    return (
        Reading(word, "m", MASCULINE & numbers, 0.5, "as_it_stands"),
        Reading(word, "f", FEMININE & numbers, 0.5, "as_it_stands"),
    )


def in_couple(readings: Readings) -> Readings:
    """Return the singular of surnames in the plural (`Janowi Dudkom`), for him and for her."""
    found: dict[tuple[str, Gender], Reading] = {}
    for reading in readings:
        mask = plural_as_singular(reading.mask & MASCULINE)
        if mask:
            _merge(found, replace(reading, mask=mask))
            hers = feminine_surname(reading.lemma)
            _merge(found, replace(reading, lemma=hers, gender="f", mask=as_feminine(mask)))
    return _ordered(found)


def feminine_surname(surname: str) -> str:
    """Return a wife's form of her husband's surname: adjectives inflect, nouns stay."""
    hers = _feminine(surname)
    adjectival = any(a.lemma == hers and "gen" not in a.cases and a.is_name(*_SURNAME) for a in analyse(hers))
    return hers if surname.endswith(("ski", "cki", "dzki")) or adjectival else surname


def partner_surnames(reading: Reading) -> tuple[str, str]:
    """Return a husband's and a wife's surname by that of either of them."""
    if reading.gender == "m":
        return reading.lemma, feminine_surname(reading.lemma)
    his = reading.lemma[:-1] + "i" if reading.lemma.endswith(("ska", "cka", "dzka")) else reading.lemma
    return his, reading.lemma


def stiff_reading(lemma: str, gender: Gender) -> Reading:
    """Return a reading that agrees with any case of the gender."""
    return Reading(lemma, gender, of_gender(gender) & SINGULAR, 1.0, "partner")


def plural_nominative(reading: Reading, form: str) -> str:
    """Return the plural nominative of a name read as plural: `Kowalskich` -> `Kowalscy`."""
    plurals = [
        analysis
        for analysis in inflect(reading.lexeme or reading.lemma)
        if "pl" in analysis.numbers
        and "nom" in analysis.cases
        and not analysis.tag.startswith("depr")
        and (not reading.lexeme or analysis.lexeme == reading.lexeme)
    ]
    # People come before animals and things of the same name.
    people = [analysis for analysis in plurals if "m1" in analysis.genders]
    if forms := [analysis.form for analysis in people or plurals]:
        is_surname = reading.rule != "common_word"
        owie = [plural for plural in forms if is_surname and plural.endswith("owie")]
        return _capitals_of(form, (owie or forms)[0])
    if reading.lemma.endswith(("ski", "cki", "dzki")):
        return reading.lemma[:-2] + "cy" if reading.lemma.endswith("ski") else reading.lemma[:-3] + "ccy"
    stem = re.sub(r"(ów|om|ami|ach|owie)$", "", form)
    return stem + "owie" if stem != form else form


def _capitals_of(form: str, word: str) -> str:
    return word[:1].upper() + word[1:] if form[:1].isupper() else word


def join_readings(parts: list[Readings], separator: str) -> Readings:
    """Return the readings of a compound (`Szyszko-Bohusza`): parts that agree, joined."""
    found: dict[tuple[str, Gender], Reading] = {}
    for combination in product(*(part[:_COMPOUND_LIMIT] for part in parts)):
        mask, weight = combination[0].mask, 1.0
        for reading in combination:
            mask &= reading.mask
            weight *= reading.weight
        if mask:
            lemma = separator.join(reading.lemma for reading in combination)
            last = combination[-1]
            _merge(found, replace(last, lemma=lemma, mask=mask, weight=weight, lexeme=""))
    return _ordered(found)


def given_name_count(name: str, gender: Gender) -> float:
    """Return how common the forename is, damped; 0 when the register has it not."""
    return _given_names().get((name, gender), 0.0)


def surname_count(surname: str) -> float:
    """Return in how many documents the surname stands; a woman's -ska counts as -ski."""
    if surname.endswith(("ska", "cka", "dzka")):
        surname = surname[:-1] + "i"
    return _surnames().get(surname, 0.0)


def _of_analysis(analysis: Analysis, classes: tuple[str, ...], rule: str) -> Readings:
    if analysis.pos != "subst" or not analysis.is_name(*classes):
        return ()
    return _of_any(analysis, rule)


def _of_any(analysis: Analysis, rule: str) -> Readings:
    numbers = analysis.numbers if len(analysis.numbers) == 1 else ("sg",)
    readings = []
    if analysis.genders & {"m1", "m2", "m3"}:
        mask = make_mask("m", numbers, analysis.cases)
        readings.append(Reading(analysis.lemma, "m", mask, 1.0, rule, lexeme=analysis.lexeme))
    if "f" in analysis.genders:
        mask = make_mask("f", numbers, analysis.cases)
        readings.append(Reading(analysis.lemma, "f", mask, 1.0, rule, lexeme=analysis.lexeme))
    return tuple(readings)


def _feminine(adjective: str) -> str:
    soft = adjective.endswith("i") and adjective[-2:-1] not in "kg"
    return (adjective if soft else adjective[:-1]) + "a"


def _merge(found: dict[tuple[str, Gender], Reading], reading: Reading) -> None:
    key = (reading.lemma, reading.gender)
    known = found.get(key)
    if known is None:
        found[key] = reading
    else:
        weight = max(known.weight, reading.weight)
        found[key] = replace(known, mask=known.mask | reading.mask, weight=weight)


def _ordered(found: dict[tuple[str, Gender], Reading]) -> Readings:
    return tuple(sorted(found.values(), key=lambda r: (-r.weight, r.lemma, r.gender)))


def _contradicts(guess: Guess, form: str, classes: tuple[str, ...]) -> bool:
    """Say whether Morfeusz knows the guessed lemma and cannot inflect it to the form."""
    forms = _forms_of(guess.lemma, guess.gender, classes)
    return bool(forms) and form not in forms


@lru_cache(maxsize=RARE)
def _forms_of(lemma: str, gender: Gender, classes: tuple[str, ...]) -> frozenset[str]:
    wanted = {"m1"} if gender == "m" else {"f"}
    return frozenset(a.form for a in inflect(lemma) if a.is_name(*classes) and a.genders & wanted)


@lru_cache(maxsize=PHRASES)
def _shares(word: str) -> dict[tuple[str, Gender], float]:
    shares: dict[tuple[str, Gender], float] = {}
    for guess in undo_ending(word):
        key = (guess.lemma, guess.gender)
        shares[key] = shares.get(key, 0.0) + guess.share
    return shares


@cache
def _given_names() -> dict[tuple[str, Gender], float]:
    names: dict[tuple[str, Gender], float] = {}
    for row in load_table("given_names"):
        names[row["name"], _gender(row["gender"])] = float(row["count"]) ** _FEWER_GIVEN
    for row in load_table("given_name_variants"):
        key = (row["variant"], _gender(row["gender"]))
        names[key] = max(names.get(key, 0.0), _DIMINUTIVE**_FEWER_GIVEN)
    return names


@cache
def _surnames() -> dict[str, float]:
    return {row["surname"]: float(row["count"]) for row in load_table("surnames")}


def _gender(text: str) -> Gender:
    return "f" if text == "f" else "m"
