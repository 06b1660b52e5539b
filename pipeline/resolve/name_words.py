"""A name as the words that tell who may be meant: given names, parts of the surname, initials of both."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.records import Gender, Name
from pipeline.resolve.given_names import relate_one, split_given
from pipeline.resolve.keys import fold, older_forms, surname_parts
from pipeline.resolve.surnames import is_inflected

_SAME = frozenset({"same", "diminutive", "initial"})


@dataclass(frozen=True, slots=True)
class NameWords:
    """The words of one name, folded.

    Attributes:
        given: Given names and their initials.
        surname: Keys of the parts of the surname; an initial is one letter or two.
        others: The surnames of other nominatives that were possible.
        spelled: The surname as written.
        is_whole: Whether there are a given name and a surname, both written out.
    """

    given: tuple[str, ...]
    surname: tuple[str, ...]
    others: frozenset[tuple[str, ...]]
    spelled: str
    gender: Gender | None
    is_whole: bool

    @property
    def n_letters(self) -> int:
        """How much of the name is there."""
        return sum(len(word) for word in (*self.given, *self.surname))


def read_name(name: Name) -> NameWords:
    """Return the words of a name; `Jan K.` has the initial of a surname, `L. L.` those of both."""
    given, surname = list(split_given(name.given_names)), list(_dotless(name.surname))
    if not surname and len(given) > 1 and name.given_names.rstrip().endswith("."):
        surname = [given.pop()]
    if not given and len(surname) > 1 and all(_is_initial(word) for word in surname):
        given, surname = surname[:1], surname[1:]
    return NameWords(
        given=tuple(given),
        surname=tuple(surname),
        others=frozenset(_dotless(other) for other in name.alternatives if " " not in other),
        spelled=name.surname,
        gender=name.gender,
        is_whole=bool(given) and bool(surname) and not _is_initial(given[0]) and not _is_initial(surname[0]),
    )


def _dotless(surname: str) -> tuple[str, ...]:
    return surname_parts(surname.replace(".", " "))


def _is_initial(word: str) -> bool:
    return len(word) <= 2


def is_same_person(left: NameWords, right: NameWords) -> bool:
    """Say whether two whole names can be of one: a diminutive, a second surname, or a case ending left over."""
    if left.gender and right.gender and left.gender != right.gender:
        return False
    if not _agree(left.given, right.given):
        return False
    if left.surname == right.surname or _shares_part(left.surname, right.surname):
        return True
    return is_inflected(left.spelled, right.spelled) or is_inflected(right.spelled, left.spelled)


def fits(part: NameWords, full: NameWords) -> bool:
    """Say whether a part of a name can be of the person who bears another name."""
    if part.given and part.surname:
        given_fits = not full.given or _agree(part.given, full.given)
        return given_fits and (not full.surname or _surname_fits(part, full))
    if part.surname:
        return _surname_fits(part, full) or _is_given_of(part.surname, full)
    return _is_given_of(part.given, full) or (len(part.given) == 1 and part.given[0] in full.surname)


def _agree(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    return relate_one(ours[0], theirs[0]) in _SAME


def _surname_fits(part: NameWords, full: NameWords) -> bool:
    if part.surname == full.surname or _shares_part(part.surname, full.surname):
        return True
    if full.surname in part.others:
        return True
    if all(_is_initial(word) for word in part.surname):
        heads = full.surname[: len(part.surname)]
        return len(heads) == len(part.surname) and all(
            whole.startswith(initial) for initial, whole in zip(part.surname, heads, strict=True)
        )
    return len(part.surname) == 1 and bool(older_forms(fold(part.spelled)) & set(full.surname))


def _shares_part(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    short, long = sorted((set(ours), set(theirs)), key=len)
    return bool(short) and short < long and not any(_is_initial(word) for word in short)


def _is_given_of(words: Sequence[str], full: NameWords) -> bool:
    """Say whether one word is a given name of a person, or an everyday form of it."""
    if len(words) != 1 or _is_initial(words[0]):
        return False
    return any(relate_one(words[0], given) in ("same", "diminutive") for given in full.given)
