"""The people of one article: its mentions of one person, joined; whoever is torn stays alone."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.normalise.role_codes import is_womans_office
from pipeline.normalise.titles import titles_of
from pipeline.records import Gender, Link, Mention, Name, Reading
from pipeline.resolve.keys import fold
from pipeline.resolve.name_words import NameWords, fits, is_same_person, read_name


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


@dataclass(frozen=True, slots=True)
class Held:
    """One statement, and the actor of whom it is."""

    actor_id: str
    person: Person
    statement: Statement


@dataclass(frozen=True, slots=True)
class _Scene:
    """The people's mentions of an article: how each reads, where it stands, its offices and titles."""

    words: Mapping[int, NameWords]
    starts: Mapping[int, int]
    codes: Mapping[int, frozenset[str]]
    titles: Mapping[int, frozenset[str]]


def find_people(reading: Reading, statements: Sequence[Statement]) -> list[Person]:
    """Return the people of one article; `statements` are in the order of its links."""
    indices = [index for index, mention in enumerate(reading.mentions) if mention.label == "person"]
    codes: dict[int, set[str]] = defaultdict(set)
    for statement in statements:
        if statement.role_code:
            codes[statement.link.person].add(statement.role_code)
    scene = _Scene(
        words={index: read_name(reading.names[index]) for index in indices},
        starts={index: reading.mentions[index].start for index in indices},
        codes={index: frozenset(codes[index]) for index in indices},
        titles={index: _titles(reading, index) for index in indices},
    )
    return [_make_person(reading, statements, group) for group in group_mentions(scene)]


def _titles(reading: Reading, index: int) -> frozenset[str]:
    """Return the folded titles of one mention: those before the name and those inside it."""
    return frozenset(map(fold, (*reading.names[index].titles, *titles_of(reading.mentions[index].title))))


def group_mentions(scene: _Scene) -> list[list[int]]:
    """Return groups of mention indices: whole names first, then what fits just one of them."""
    whole = [index for index, words in scene.words.items() if words.is_whole]
    groups = _merge_alike(_group_alike(whole, scene), scene)
    parts = [index for index in scene.words if not scene.words[index].is_whole]
    torn: list[list[int]] = []
    known = len(groups)
    for index in sorted(parts, key=lambda index: (-scene.words[index].n_letters, scene.starts[index])):
        fitting = [group for group in groups if _fits_group(index, group, scene)]
        chosen = _choose(index, fitting, scene)
        if chosen is not None:
            chosen.append(index)
        elif any(group in groups[:known] for group in fitting):
            torn.append([index])
        else:
            groups.append([index])
    return [sorted(group) for group in sorted([*groups, *torn])]


def _group_alike(indices: Iterable[int], scene: _Scene) -> list[list[int]]:
    """Group whole names that read the same."""
    groups: dict[object, list[int]] = defaultdict(list)
    for index in indices:
        words = scene.words[index]
        groups[(words.given[:1], words.surname)].append(index)
    return list(groups.values())


def _merge_alike(groups: list[list[int]], scene: _Scene) -> list[list[int]]:
    """Join whole names that differ in spelling, where each is like the other alone."""
    like = [
        [
            other
            for other, theirs in enumerate(groups)
            if other != number and is_same_person(scene.words[ours[0]], scene.words[theirs[0]])
        ]
        for number, ours in enumerate(groups)
    ]
    merged = []
    for number, group in enumerate(groups):
        partner = like[number][0] if len(like[number]) == 1 else None
        if partner is None or like[partner] != [number]:
            merged.append(group)
        elif number < partner:
            merged.append([*group, *groups[partner]])
    return merged


def _fits_group(index: int, group: Sequence[int], scene: _Scene) -> bool:
    """Say whether a part of a name can be of a person: it fits one of their names and no gender speaks against it."""
    words = scene.words[index]
    genders = {scene.words[other].gender for other in group} - {None}
    if words.gender and genders and words.gender not in genders:
        return False
    return any(fits(words, scene.words[other]) for other in group)


def _choose(index: int, fitting: list[list[int]], scene: _Scene) -> list[int] | None:
    """Choose the one person meant: the only one, the one of the same office or title, or the clearly nearer."""
    if len(fitting) <= 1:
        return fitting[0] if fitting else None
    for narrow in (_of_one_office, _of_one_title, _with_surname_alike):
        kept = [group for group in fitting if narrow(index, group, scene)]
        if len(kept) == 1:
            return kept[0]
    return _nearest(index, fitting, scene)


def _of_one_office(index: int, group: Sequence[int], scene: _Scene) -> bool:
    return any(scene.codes[index] & scene.codes[other] for other in group)


def _of_one_title(index: int, group: Sequence[int], scene: _Scene) -> bool:
    return any(scene.titles[index] & scene.titles[other] for other in group)


def _with_surname_alike(index: int, group: Sequence[int], scene: _Scene) -> bool:
    """Prefer `Kowalska` to `Nowak-Kowalska` for a `Kowalska`."""
    return any(scene.words[index].surname == scene.words[other].surname for other in group)


_CLEARLY = 3  # the nearer person's last mention must be this many times nearer than the other's


def _nearest(index: int, fitting: list[list[int]], scene: _Scene) -> list[int] | None:
    """Choose the person mentioned last, when the others were mentioned much earlier."""
    here = scene.starts[index]
    before = [
        (here - max(starts), group)
        for group in fitting
        if (starts := [scene.starts[other] for other in group if scene.starts[other] < here])
    ]
    before.sort(key=lambda item: (item[0], item[1]))
    if not before or not scene.words[index].surname:
        return None
    if len(before) == 1:
        return before[0][1]
    return before[0][1] if before[1][0] >= _CLEARLY * before[0][0] else None


def _make_person(reading: Reading, statements: Sequence[Statement], group: Sequence[int]) -> Person:
    names = [reading.names[index] for index in group]
    mentions: list[Mention] = [reading.mentions[index] for index in group]
    genders: list[Gender] = [name.gender for name in names if name.gender]
    titles = [" ".join(name.titles) for name in names if name.titles]
    gender = most_frequent(genders)
    document = reading.document
    return Person(
        article_id=document.article_id,
        mentions=tuple(mention.mention_id for mention in mentions),
        name=fullest_name(names),
        names=tuple(names),
        gender=gender,
        title=max(titles, key=len) if titles else None,
        statements=tuple(
            statement
            for statement in statements
            if statement.link.person in group and _can_hold(gender, statement)
        ),
        municipality=reading.municipality.teryt,
        published=document.published,
    )


def _can_hold(gender: Gender | None, statement: Statement) -> bool:
    """Say that no man is a `zastępczyni`: in `zastępczyni Jana Lisa` he is the one she stands in for."""
    return gender != "m" or statement.role is None or not is_womans_office(statement.role.nominative)


def most_frequent(genders: Sequence[Gender]) -> Gender | None:
    """Return the gender given most often; None when none is given."""
    counted = Counter(sorted(genders)).most_common(1)
    return counted[0][0] if counted else None


def fullest_name(names: Sequence[Name]) -> Name:
    """Return the name with most parts; among equals the most frequent, then the surest, then by alphabet."""
    counts: dict[str, int] = defaultdict(int)
    for name in names:
        counts[name.nominative] += 1

    def rank(name: Name) -> tuple[bool, int, int, int, float, str]:
        parts = len(name.nominative.replace(".", "").split())
        initials = sum(len(part.removesuffix(".")) == 1 for part in name.nominative.split())
        return (
            name.nominative[:1].islower(),
            -parts + 2 * initials,
            -len(name.given_names.split()),
            -counts[name.nominative],
            -name.score,
            name.nominative,
        )

    return min(names, key=rank)
