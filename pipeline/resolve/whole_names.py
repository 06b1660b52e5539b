"""A whole name from a list into given names, surname, gender and titles; quick for plain nominatives."""

from collections import defaultdict
from collections.abc import Collection
from functools import cache, lru_cache

from pipeline.normalise.people import nominative_person
from pipeline.normalise.titles import split_titles
from pipeline.records import Gender, Name
from pipeline.resolve.given_names import mend_given, split_given
from pipeline.resolve.keys import fold, surname_key
from pipeline.resolve.surnames import is_surname
from pipeline.tables import load_table

_COMMON = 2_000
_MOST_INITIALS = 2
_ONE_SIDED = 50  # a given name borne by this many times more women than men, or the reverse, tells the gender


@lru_cache(maxsize=400_000)
def split_plain(text: str, gender: Gender | None = None) -> Name | None:
    """Return a common given name and a surname as they stand, in either order; None for anything else."""
    return _split_plain(" ".join(text.replace(",", " ").split()), (), gender)


@lru_cache(maxsize=400_000)
def split_name(text: str, gender: Gender | None = None) -> Name:
    """Return a name of a list with its parts.

    A common given name and a surname are taken as they stand, in either order and letter case; anything
    else goes through the normaliser.

    >>> split_name("KOWALSKA Anna Maria").surname
    'Kowalska'
    """
    words = " ".join(text.replace(",", " ").split())
    if plain := _split_plain(words, (), gender):
        return plain
    titles, rest = split_titles(words)
    plain = _split_plain(rest, tuple(titles), gender)
    return plain or nominative_person(rest or words, gender=gender, title=" ".join(titles))


def split_short(text: str, gender: Gender | None, surnames: Collection[str]) -> Name | None:
    """Return a surname alone or with initials, as it stands; None when it may be in another case.

    A surname is taken as it stands when the list itself has it with a whole given name, or a register does:
    the `Wajda` of `A. Wajda` is then no genitive. Without a given name only `-ska` and the like tell the gender.

    Args:
        text: The name.
        gender: The holder's, when the list says it.
        surnames: Folded surnames of the list's whole names.
    """
    words = [_natural(word) for word in text.split()]
    initials = [word for word in words if len(word.rstrip(".")) == 1]
    rest = [word for word in words if word not in initials]
    if len(rest) != 1 or len(initials) > _MOST_INITIALS or len(rest[0]) < 2:
        return None
    (surname,) = rest
    if not surname[:1].isupper() or not (fold(surname) in surnames or is_surname(surname)):
        return None
    given = " ".join(initials)
    own = gender or ("f" if surname_key(surname) != fold(surname) else None)
    whole = f"{given} {surname}".strip()
    return Name(text, whole, "person", own, given, surname, rule="plain", score=1.0)


def gender_of(given_names: str) -> Gender | None:
    """Return the gender that the first given name tells, if it does."""
    first = split_given(given_names)[:1]
    return _genders().get(mend_given(first[0]) or first[0]) if first else None


def _split_plain(text: str, titles: tuple[str, ...], gender: Gender | None) -> Name | None:
    words = [_natural(word) for word in text.split()]
    if len(words) < 2 or any(len(word.rstrip(".")) < 2 for word in words):
        return None
    first, last = _is_plain_given(words[0], gender), _is_plain_given(words[-1], gender)
    if first == last:
        return None
    if last:
        words = [*words[1:], words[0]]
    *given, surname = words
    if not all(_is_plain_given(word, gender) for word in given):
        return None
    return Name(
        form=text,
        nominative=" ".join(words),
        label="person",
        gender=gender_of(given[0]),
        given_names=" ".join(given),
        surname=surname,
        titles=titles,
        rule="plain",
        score=1.0,
    )


def _natural(word: str) -> str:
    return "-".join(part.capitalize() for part in word.split("-")) if word.isupper() else word


def _is_plain_given(word: str, gender: Gender | None) -> bool:
    """Say whether a word is a common given name as it stands; the holder's gender clears up `Stanisława`."""
    given = mend_given(fold(word)) or fold(word)
    return given in _genders() and (given not in _oblique() or _genders()[given] == gender)


@cache
def _genders() -> dict[str, Gender]:
    """Return the common given names that tell the gender, folded."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: {"f": 0, "m": 0})
    for row in load_table("given_names"):
        counts[fold(row["name"])][row["gender"]] += int(row["count"])
    genders: dict[str, Gender] = {}
    for name, count in counts.items():
        if max(count.values()) >= _COMMON and max(count.values()) > _ONE_SIDED * min(count.values()):
            genders[name] = "f" if count["f"] > count["m"] else "m"
    return genders


@cache
def _oblique() -> frozenset[str]:
    """Return women's names that are also a case of a man's: `Stanisława`."""
    men = {name for name, gender in _genders().items() if gender == "m"}
    return frozenset(name for name in _genders() if name.endswith("a") and name[:-1] in men)
