"""An article seen as the bodies and places it names, and what its links already say of them."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.normalise.office_context import PlacedOffice
from pipeline.normalise.part_names import body_kind, branch_of, key_of, seat_of, stem_of, unit_of
from pipeline.normalise.role_codes import RoleParts, expand_role_code
from pipeline.quick import quickly_made
from pipeline.records import Link, Mention, Municipality, Name

_MOST_FREQUENT = 2


@dataclass(frozen=True, slots=True)
class Article:
    """What inheritance looks at: the mentions of one article with their names, and its municipality."""

    text: str
    mentions: Sequence[Mention]
    names: Sequence[Name]
    municipality: Municipality
    municipality_name: str
    title: str = ""
    offices: Mapping[int, PlacedOffice] = field(default_factory=dict)


@quickly_made
@dataclass(frozen=True, slots=True)
class Group:
    """One body or place of the article.

    Attributes:
        mentions: Indices of the mentions that name it, or in whose names it stands, in reading order.
        starts: Where they start.
        kind: Kind of body, or the unit of a place (`gmina`, `street`, `name`).
        is_seat: Whether it stands only inside the names of bodies.
        body_kinds: Of a place, the kinds of the bodies that have it as their seat.
    """

    nominative: str
    mentions: tuple[int, ...]
    starts: tuple[int, ...]
    kind: str
    is_seat: bool = False
    body_kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Summary:
    """An article's bodies or places at large.

    Attributes:
        first: Where the first one stands.
        most: How often the commonest is named.
        named: Where each is named, in reading order, with its key.
        frequent: Keys of the first one and the commonest.
    """

    first: int
    most: int
    named: list[tuple[int, str]]
    frequent: tuple[str, ...]


@dataclass(slots=True)
class Scene:
    """An article with its bodies and places grouped, and what its links already say of them."""

    article: Article
    links: Sequence[Link]
    bodies: Mapping[str, Group]
    places: Mapping[str, Group]
    people: Sequence[str]
    holders: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    codes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    bodies_of: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    previous: dict[int, str] = field(default_factory=dict)
    summaries: dict[str, Summary] = field(default_factory=dict)
    alike: dict[str, list[Group]] = field(default_factory=lambda: defaultdict(list))


def make_scene(article: Article, links: Sequence[Link], places: Sequence[str | None]) -> Scene:
    """Group the bodies and places of an article and note who is tied to which of them."""
    people = [name.nominative.rpartition(" ")[2].casefold() for name in article.names]
    scene = Scene(article, links, _group_bodies(article), _group_places(article), people)
    _note_previous(scene)
    for label, groups in (("institution", scene.bodies), ("place", scene.places)):
        if groups:
            scene.summaries[label] = _summarise(groups)
    for group in scene.bodies.values():
        scene.alike[branch_of(group.kind)].append(group)
    for link, place in zip(links, places, strict=True):
        body = None if link.institution is None else key_of(article.names[link.institution].nominative)
        for part in filter(None, (body, None if place is None else "@" + key_of(place))):
            scene.holders[part].add(people[link.person])
            scene.codes[part].add(office_of(article, link).code)
            scene.bodies_of[people[link.person]].add(part)
    return scene


def _summarise(groups: Mapping[str, Group]) -> Summary:
    named = sorted((start, key) for key, group in groups.items() for start in group.starts)
    commonest = sorted(groups, key=lambda key: -len(groups[key].starts))[:_MOST_FREQUENT]
    frequent = (named[0][1], *commonest)
    return Summary(named[0][0], len(groups[commonest[0]].starts), named, frequent)


def _note_previous(scene: Scene) -> None:
    """Note for each office which body the office before it in the text belongs to."""
    mentions, body = scene.article.mentions, ""
    known = {link.role: link.institution for link in scene.links if link.role is not None}
    for index in sorted(known, key=lambda index: mentions[index].start):
        scene.previous[index] = body
        institution = known[index]
        if institution is not None:
            body = key_of(scene.article.names[institution].nominative)


def _group_bodies(article: Article) -> dict[str, Group]:
    found: dict[str, list[int]] = defaultdict(list)
    for index, mention in enumerate(article.mentions):
        if mention.label == "institution":
            found[key_of(article.names[index].nominative)].append(index)
    return {
        key: _make_group(article, indices, article.names[indices[0]].nominative)
        for key, indices in found.items()
    }


def _make_group(article: Article, indices: Sequence[int], nominative: str) -> Group:
    starts = tuple(article.mentions[index].start for index in indices)
    return Group(nominative, tuple(indices), starts, body_kind(nominative))


def _group_places(article: Article) -> dict[str, Group]:
    """Group the places that are mentions, and the seats that stand in the names of bodies."""
    found: dict[str, list[int]] = defaultdict(list)
    names: dict[str, str] = {}
    stated: set[str] = set()
    for index, mention in enumerate(article.mentions):
        place = ""
        if mention.label == "location":
            place = article.names[index].nominative
            stated.add(key_of(place))
            names[key_of(place)] = place
        elif mention.label == "institution":
            place = seat_of(article.names[index].nominative)
        if place:
            found[key_of(place)].append(index)
            names.setdefault(key_of(place), place)
    return {
        key: Group(
            names[key],
            tuple(indices),
            tuple(article.mentions[index].start for index in indices),
            unit_of(names[key]),
            key not in stated,
            frozenset(
                body_kind(article.names[index].nominative)
                for index in indices
                if article.mentions[index].label == "institution"
            ),
        )
        for key, indices in found.items()
    }


def stated_place(article: Article, link: Link, place: str | None) -> str | None:
    """Return the place of a link that its phrase states: as given, or inside its body's name."""
    if place is not None or link.institution is None:
        return place
    return seat_of(article.names[link.institution].nominative) or None


def nearest_index(indices: Sequence[int], index: int) -> int:
    """Return the one of some mentions, in reading order, that stands nearest to another mention."""
    at = bisect_left(indices, index)
    return min(indices[max(0, at - 1) : at + 1], key=lambda other: abs(other - index))


def office_of(article: Article, link: Link) -> RoleParts:
    """Return what the role of a link says of the office; empty without a role."""
    if link.role is None:
        return RoleParts("")
    placed = article.offices.get(link.role)
    return placed.parts if placed else expand_role_code(article.names[link.role].nominative)


def own_body_kind(article: Article, link: Link) -> str:
    """Return the kind of the body that a link has; empty without one."""
    return "" if link.institution is None else body_kind(article.names[link.institution].nominative)


def own_body_word(article: Article, link: Link) -> str:
    """Return how the name of the link's body begins: an acronym, or `Gmin`, `Powi`; empty without a body."""
    if link.institution is None:
        return ""
    word = article.names[link.institution].nominative.split()[0].strip('„”"')
    return word if word.isupper() else stem_of(word)


def position_of(scene: Scene, link: Link) -> int:
    """Return where the office of a link starts, or its person without one."""
    part = link.role if link.role is not None else link.person
    return scene.article.mentions[part].start
