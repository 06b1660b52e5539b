"""What a token can be when it names a place: the dictionary, the register's names, learned endings."""

from functools import cache, lru_cache

from pipeline.morphology import CASES
from pipeline.normalise.phrase_words import Noun, Word, read_word
from pipeline.places import LONGEST_ENDING, Change, place_changes, place_names, possible_changes
from pipeline.remembered import PHRASES
from pipeline.tables import load_table

_PLACE = frozenset({"nazwa_geograficzna"})


def guess_places(form: str) -> list[Noun]:
    """Return what an unknown place name can be by its ending, with the share of each reading.

    The longest ending that the table knows decides.
    """
    changes = place_changes()
    for length in range(min(LONGEST_ENDING, len(form) - 1), 0, -1):
        if found := changes.get(form[-length:].lower()):
            total = sum(change.count for change in found)
            return [_make_guess(form, change, total, f"ending{min(length, 5)}") for change in found]
    return []


def known_places(form: str) -> list[Noun]:
    """Return the readings of a form as a name of the registers, in any case."""
    names = place_names()
    found: dict[tuple[str, str, str, str], Noun] = {}
    for change in possible_changes(form):
        if form[: len(form) - change.cut] + change.add in names:
            noun = _make_guess(form, change, change.count, "gazetteer")
            found[noun.nominative, noun.number, noun.case, noun.gender] = noun
    for vowel in "yieao":
        # A bare genitive plural of a name whose shape the dictionary has no example of: `Skurgw`.
        if not found and (name := form + vowel) in names:
            found[name, "pl", "gen", "n"] = Noun(name, name, "pl", "gen", "n", True, _PLACE, "gazetteer")
    if form in names and not any(noun.case == "nom" for noun in found.values()):
        found[form, "sg", "nom", "n"] = Noun(form, form, "sg", "nom", "n", False, _PLACE, "gazetteer")
    return list(found.values())


def _make_guess(form: str, change: Change, total: int, source: str) -> Noun:
    name = form[: len(form) - change.cut] + change.add
    return Noun(
        nominative=name,
        singular=name,
        number=change.number,
        case=change.case,
        gender=change.gender,
        plural_only=change.number == "pl",
        names=_PLACE,
        source=source,
        weight=change.count / total,
    )


def _join_places(head: str, tail: str) -> list[Noun]:
    """Return the names of the register that two joined names give in one case: `Czerwionce-Leszczynach`."""
    first, second = (
        (
            *read_word(part).nouns,
            *(_make_guess(part, item, 1, "gazetteer") for item in possible_changes(part)),
        )
        for part in (head, tail)
    )
    joined = {
        (name, one.number, one.case, one.gender)
        for one in first
        for two in second
        if one.case == two.case and (name := f"{one.nominative}-{two.nominative}") in place_names()
    }
    return [
        Noun(name, name, number, case, gender, number == "pl", _PLACE, "gazetteer")
        for name, number, case, gender in sorted(joined)
    ]


@cache
def _abbreviations() -> dict[str, str]:
    return {row["head"]: row["gender"] for row in load_table("location_heads") if row["gender"] != "-"}


@lru_cache(maxsize=PHRASES)
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
    if "-" in natural and (joined := _join_places(*natural.rsplit("-", 1))):
        return Word(text, tuple(joined))
    is_known = bool(extra) or any(noun.source != "unknown" for noun in word.nouns)
    is_adjective = bool(word.adjectives) and not word.is_name_adjective
    if not is_known and not is_adjective and not word.preposition_cases:
        extra += guess_places(natural)
    if not word.nouns and not is_adjective:
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
