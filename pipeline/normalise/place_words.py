"""What a token can be when it names a place: the dictionary, the register's names, learned endings."""

from collections import defaultdict
from functools import cache, lru_cache

from pipeline.morphology import CASES
from pipeline.normalise.phrase_words import Noun, Word, read_word
from pipeline.tables import load_table

_LONGEST_ENDING = 9
_PLACE = frozenset({"nazwa_geograficzna"})


@cache
def place_names() -> frozenset[str]:
    """Return the name of every locality and unit of the registers."""
    names = {row["name"] for row in load_table("localities")}
    return frozenset(names | {row["name"] for row in load_table("teryt_units")})


@cache
def _changes() -> dict[str, list[tuple[int, str, str, str, str, int]]]:
    changes: dict[str, list[tuple[int, str, str, str, str, int]]] = defaultdict(list)
    for row in load_table("place_endings"):
        cut, add, number, case, gender = row["change"].split(" ")
        item = (int(cut), "" if add == "-" else add, number, case, gender, int(row["count"]))
        changes[row["ending"]].append(item)
    return changes


def guess_places(form: str) -> list[Noun]:
    """Return what an unknown place name can be by its ending, with the share of each reading.

    The longest ending that the table knows decides.
    """
    changes = _changes()
    for length in range(min(_LONGEST_ENDING, len(form) - 1), 0, -1):
        if found := changes.get(form[-length:].lower()):
            total = sum(item[-1] for item in found)
            return [_make_guess(form, item, total) for item in found]
    return []


def known_places(form: str) -> list[Noun]:
    """Return the readings of a form as a name of the registers, in any case."""
    changes, names, found = _changes(), place_names(), {}
    for length in range(min(_LONGEST_ENDING, len(form) - 1), 0, -1):
        for item in changes.get(form[-length:].lower(), ()):
            noun = _make_guess(form, item, item[-1], source="gazetteer")
            if noun.nominative in names:
                found[noun.nominative, noun.number, noun.case, noun.gender] = noun
    for vowel in "yieao":
        # A bare genitive plural of a name whose shape the dictionary has no example of: `Skurgw`.
        if not found and (name := form + vowel) in names:
            found[name, "pl", "gen", "n"] = Noun(name, name, "pl", "gen", "n", True, _PLACE, "gazetteer")
    if form in names and not any(noun.case == "nom" for noun in found.values()):
        found[form, "sg", "nom", "n"] = Noun(form, form, "sg", "nom", "n", False, _PLACE, "gazetteer")
    return list(found.values())


def _make_guess(
    form: str, item: tuple[int, str, str, str, str, int], total: int, source: str = "ending"
) -> Noun:
    cut, add, number, case, gender, count = item
    name = form[: len(form) - cut] + add
    return Noun(name, name, number, case, gender, number == "pl", _PLACE, source, count / total)


@cache
def _abbreviations() -> dict[str, str]:
    return {row["head"]: row["gender"] for row in load_table("location_heads") if row["gender"] != "-"}


@lru_cache(maxsize=100_000)
def read_place_word(text: str) -> Word:
    """Return everything one token can be, with place names that the dictionary lacks."""
    if gender := _abbreviations().get(text.lower()):
        return Word(text, tuple(Noun(text, text, "sg", case, gender) for case in CASES if case != "voc"))
    word = read_word(text)
    if not word.is_capitalised or len(text) < 3 or any(noun.source == "acronym" for noun in word.nouns):
        return word
    natural = "-".join(part.capitalize() for part in text.split("-")) if text.isupper() else text
    known = {(noun.nominative, noun.case) for noun in word.nouns}
    extra = [noun for noun in known_places(natural) if (noun.nominative, noun.case) not in known]
    is_place = any(_PLACE & noun.names for noun in (*word.nouns, *extra))
    if not is_place and not word.adjectives and not word.preposition_cases:
        extra += guess_places(natural) if not word.nouns else []
    if not word.nouns and not word.adjectives:
        extra.append(Noun(natural, natural, "sg", "nom", "m3", source="unknown"))
    if not extra:
        return word
    return Word(
        text,
        (*word.nouns, *extra),
        word.adjectives,
        word.preposition_cases,
        word.is_conjunction,
        word.is_transparent,
        word.is_name_adjective,
    )


@cache
def town_names() -> frozenset[str]:
    """Return the names of towns."""
    return frozenset(row["name"] for row in load_table("localities") if row["kind"] == "town")
