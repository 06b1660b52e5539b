"""The people of one article: its mentions of one person, joined."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline.records import Gender, Link, Mention, Name, Reading
from pipeline.resolve.keys import fold, surname_key


@dataclass(frozen=True, slots=True)
class Statement:
    """One link of an article, with the nominatives of its parts."""

    link: Link
    role: Name | None
    role_code: str | None
    institution: Name | None
    institution_mention: str | None
    place: str | None


@dataclass(frozen=True, slots=True)
class Person:
    """One person as one article knows them.

    Attributes:
        mentions: Mention ids, in reading order.
        name: The fullest nominative.
        statements: What the article says they hold.
        municipality: TERC of the gmina, 7 digits, that the article is about.
    """

    article_id: str
    mentions: tuple[str, ...]
    name: Name
    names: tuple[Name, ...]
    gender: Gender | None
    title: str | None
    statements: tuple[Statement, ...]
    municipality: str | None
    published: date | None

    @property
    def person_id(self) -> str:
        """The id of the first mention."""
        return min(self.mentions)


@dataclass(slots=True)
class _Group:
    indices: list[int] = field(default_factory=list)


def find_people(reading: Reading, statements: Sequence[Statement]) -> list[Person]:
    """Return the people of one article; `statements` are in the order of its links."""
    indices = [index for index, mention in enumerate(reading.mentions) if mention.label == "person"]
    groups = _group_full_names(reading.names, indices)
    for index in indices:
        if not _is_full(reading.names[index]):
            _join_partial(reading.names, groups, index)
    return [_make_person(reading, statements, sorted(group)) for group in groups]


def _group_full_names(names: Sequence[Name], indices: Sequence[int]) -> list[list[int]]:
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index in indices:
        name = names[index]
        if _is_full(name):
            groups[(fold(name.given_names).split()[0], surname_key(name.surname))].append(index)
    return list(groups.values())


def _is_full(name: Name) -> bool:
    return bool(name.surname) and len(fold(name.given_names).split(" ")[0].removesuffix(".")) > 1


def _join_partial(names: Sequence[Name], groups: list[list[int]], index: int) -> None:
    """Join a surname, a given name or an initial to the one group it fits; the nearest before on a tie."""
    fitting = [group for group in groups if any(_fits(names[index], names[other]) for other in group)]
    if not fitting:
        groups.append([index])
        return
    before = [group for group in fitting if min(group) < index] or fitting
    if len(before) > 1 and not names[index].surname:
        groups.append([index])
        return
    max(before, key=lambda group: max((other for other in group if other < index), default=-1)).append(index)


def _fits(part: Name, full: Name) -> bool:
    if part.gender and full.gender and part.gender != full.gender:
        return False
    given, whole = fold(part.given_names), fold(full.given_names)
    if part.surname:
        initial = given.removesuffix(".").split(" ")[0]
        same_surname = surname_key(part.surname) in (
            surname_key(full.surname),
            *surname_key(full.surname).split(),
        )
        return same_surname and (not initial or not whole or whole.startswith(initial))
    return bool(given) and given in whole.split()


def _make_person(reading: Reading, statements: Sequence[Statement], group: Sequence[int]) -> Person:
    names = [reading.names[index] for index in group]
    mentions: list[Mention] = [reading.mentions[index] for index in group]
    genders = [name.gender for name in names if name.gender]
    titles = [" ".join(name.titles) for name in names if name.titles]
    document = reading.document
    return Person(
        article_id=document.article_id,
        mentions=tuple(mention.mention_id for mention in mentions),
        name=fullest_name(names),
        names=tuple(names),
        gender=max(sorted(set(genders)), key=genders.count) if genders else None,
        title=max(titles, key=len) if titles else None,
        statements=tuple(statement for statement in statements if statement.link.person in group),
        municipality=reading.municipality.teryt,
        published=document.published,
    )


def fullest_name(names: Sequence[Name]) -> Name:
    """Return the name with most parts; among equals the most frequent, then the surest, then by alphabet."""
    counts: dict[str, int] = defaultdict(int)
    for name in names:
        counts[name.nominative] += 1

    def rank(name: Name) -> tuple[int, int, int, float, str]:
        parts = len(name.nominative.replace(".", "").split())
        initials = sum(len(part.removesuffix(".")) == 1 for part in name.nominative.split())
        return (
            -parts + 2 * initials,
            -len(name.given_names.split()),
            -counts[name.nominative],
            -name.score,
            name.nominative,
        )

    return min(names, key=rank)
