"""What a link might take over from elsewhere in its article: bodies and places, with readable features.

The features say what the office is, what the body or place is, where it stands, and who else is tied to it.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.extract.candidates import word_kinds
from pipeline.extract.gaps import read_gap
from pipeline.normalise.complements import fits_complement, title_share
from pipeline.normalise.diacritics import fold_diacritics
from pipeline.normalise.institutions import classify_institution
from pipeline.normalise.locations import nominative_location
from pipeline.normalise.role_codes import RoleParts, expand_role_code
from pipeline.normalise.teryt import load_gazetteer
from pipeline.records import Link, Mention, Municipality, Name
from pipeline.tables import load_table

_NEAREST_BEFORE, _NEAREST_AFTER, _MOST_FREQUENT = 5, 2, 2
_MOST_SUITING = 3
_STEM = 4
_PATH = 4
_LOOK = 25
_OPENING = 300


@dataclass(frozen=True, slots=True)
class Article:
    """What inheritance looks at: the mentions of one article with their names, and its municipality."""

    text: str
    mentions: Sequence[Mention]
    names: Sequence[Name]
    municipality: Municipality
    municipality_name: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A body or place that a link might inherit: nominative, mentions, what speaks for it."""

    nominative: str
    mentions: tuple[int, ...]
    features: tuple[str, ...]


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
        body = None if link.institution is None else _key(article.names[link.institution].nominative)
        for part in filter(None, (body, None if place is None else "@" + _key(place))):
            scene.holders[part].add(people[link.person])
            scene.codes[part].add(_office(article, link).code)
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
            body = _key(scene.article.names[institution].nominative)


def offer_bodies(scene: Scene, link: Link) -> list[Offer]:
    """Return every body that a link with a role and without a body might inherit."""
    if link.role is None or link.institution is not None:
        return []
    branch = _office(scene.article, link).branch
    suiting = [group for group in scene.alike[branch][:_MOST_SUITING] if branch]
    shortlist = _shortlist(scene, "institution", _position(scene, link), always=suiting)
    return [_offer_body(scene, link, group) for group in shortlist]


def offer_places(scene: Scene, link: Link) -> list[Offer]:
    """Return every place that a link without a place might inherit."""
    own = bare_place(scene.article.municipality_name)
    named = [group for group in scene.places.values() if bare_place(group.nominative) == own]
    shortlist = _shortlist(scene, "place", _position(scene, link), always=named)
    return [_offer_place(scene, link, group) for group in shortlist]


def decline_features(scene: Scene, link: Link, label: str) -> tuple[str, ...]:
    """Return what speaks for leaving the part out."""
    office, article = _office(scene.article, link), scene.article
    groups = scene.bodies if label == "institution" else scene.places
    kind = _body_kind(article, link)
    role = "" if link.role is None else article.names[link.role].nominative
    known = [
        part for part in scene.bodies_of[scene.people[link.person]] if (part[0] == "@") == (label == "place")
    ]
    features = [
        "none",
        f"none:code={office.code}",
        f"none:branch={office.branch}",
        f"none:level={office.level}:{office.public}",
        f"none:public={office.public}:{office.single}",
        f"none:groups={min(len(groups), 4)}",
        f"none:words={min(len(role.split()), 4)}",
        f"none:last={_stem(role.split()[-1]) if role else ''}",
        f"none:last_branch={office.branch}:{len(role.split()) > 1}",
        f"none:body={kind}",
        f"none:body_word={_first_word(article, link)}",
        f"none:body_code={kind}:{office.branch}",
        f"none:role={link.role is not None}:{link.institution is not None}",
        f"none:inferred={'institution' in link.inferred}",
        f"none:status={link.status}",
        f"none:place={link.place is not None}",
        f"none:person_has={min(len(known), 2)}",
        f"none:known={article.municipality.teryt is not None}",
    ]
    return tuple(features)


def _offer_body(scene: Scene, link: Link, group: Group) -> Offer:
    role = scene.article.names[link.role].nominative if link.role is not None else ""
    shared = _stems(role) & _stems(group.nominative)
    office = _office(scene.article, link)
    features = [
        *_office_features(office.code, office.branch, role, group.kind),
        *(where := tuple(_where_features(scene, link, group, "institution"))),
        *(f"{feature}:suits={branch_of(group.kind) == office.branch}" for feature in where),
        *_tie_features(scene, link, group, _key(group.nominative), office),
        *_path_features(scene, link, group),
        *_suit_features(scene, link, group, office),
        *_theme_features(scene, link, group, office, role),
        f"shared={min(len(shared), 2)}:{len(role.split()) > 1}",
        f"acronym={group.nominative.isupper()}",
        f"has_place={link.place is not None}:{group.kind}",
    ]
    return Offer(group.nominative, group.mentions, tuple(features))


def _offer_place(scene: Scene, link: Link, group: Group) -> Offer:
    article = scene.article
    role = article.names[link.role].nominative if link.role is not None else ""
    office, body = _office(article, link), _body_kind(article, link)
    own = bare_place(group.nominative) == bare_place(article.municipality_name)
    unit = f"{group.kind}:{own}"
    beside = _beside(scene, link, group)
    features = [
        *_office_features(office.code, office.branch, role, unit),
        f"level={office.level}:{unit}",
        *(where := tuple(_where_features(scene, link, group, "place"))),
        *(f"{feature}:own={own}" for feature in where),
        f"own_code={own}:{office.code}",
        f"own_branch={own}:{office.branch}:{office.level}",
        f"own_public={own}:{office.public}:{office.single}:{body}",
        f"own_beside={own}:{beside}",
        f"own_beside={own}:{beside}:{office.branch}",
        *_tie_features(scene, link, group, "@" + _key(group.nominative), office),
        f"own={own}",
        f"unit={unit}",
        f"unit_count={unit}:{min(len(group.mentions), 3)}",
        f"body={body}:{unit}",
        f"body_word={_first_word(article, link)}:{unit}",
        f"body_word_own={_first_word(article, link)}:{own}",
        f"body_code={office.code}:{_first_word(article, link)}:{own}",
        f"role={link.role is not None}:{link.institution is not None}:{unit}",
        f"seat={group.is_seat}:{own}",
        f"seat_of_body={_is_seat_of(scene, link, group)}",
        f"in_name={_is_in_name(scene, link, group)}:{own}",
        f"beside={beside}",
        f"beside_code={beside}:{office.code}",
        f"beside_unit={beside}:{unit}",
        f"known={article.municipality.teryt is not None}:{own}",
        f"title={(title := title_share(article.title, bare_place(group.nominative)))}",
        f"title_own={title}:{unit}",
        f"title_code={title}:{office.code}:{unit}",
        f"town={(town := _town(article))}:{office.code}:{unit}",
        f"town_branch={town}:{office.branch}:{unit}",
        f"town_body={town}:{body}:{unit}",
        *_form_features(scene, group, office, own=own),
    ]
    return Offer(group.nominative, group.mentions, tuple(features))


def _form_features(scene: Scene, group: Group, office: RoleParts, *, own: bool) -> tuple[str, str]:
    """Return in what forms the article names its own gmina, beside what is offered."""
    forms = _own_forms(scene)
    return (
        f"both_forms={own}:{group.kind}:{forms}",
        f"both_level={office.level}:{office.code}:{group.kind}:{forms}:{own}",
    )


@lru_cache(maxsize=50_000)
def _office_features(code: str, branch: str, role: str, kind: str) -> tuple[str, ...]:
    words = role.split()
    last = _stem(words[-1]) if words else ""
    return (
        f"kind={kind}",
        f"code={code}:{kind}",
        f"branch={branch}:{kind}",
        f"last={last}:{kind}",
        f"words={min(len(words), 3)}:{kind}",
    )


def _where_features(scene: Scene, link: Link, group: Group, label: str) -> Iterator[str]:
    groups = scene.bodies if label == "institution" else scene.places
    summary = scene.summaries[label]
    position = _position(scene, link)
    before = bisect_left(group.starts, position)
    last = group.starts[before - 1] if before else -1
    recency = _others_between(summary.named, _key(group.nominative), last, position) if before else -1
    inside = bisect_left(group.starts, link.start) < bisect_left(group.starts, link.end)
    gap = position - last if before else group.starts[0] - position
    order = "before" if before else "after"
    paragraphs = scene.article.text.count("\n", max(last, 0), position) if before and gap < 2000 else 9
    first = summary.first == group.starts[0]
    yield f"inside={inside}:{order}"
    yield f"gap={order}:{min(gap // 120, 8)}"
    yield f"recency={recency}"
    yield f"paragraphs={order}:{min(paragraphs, 4)}"
    yield f"count={min(len(group.starts), 4)}"
    yield f"most={len(group.starts) == summary.most}:{min(summary.most, 3)}"
    yield f"first={first}:{group.starts[0] < _OPENING}"
    yield f"only={len(groups) == 1}"
    yield f"inside_recency={inside}:{recency}"


def _suit_features(scene: Scene, link: Link, group: Group, office: RoleParts) -> Iterator[str]:
    """Tell whether a body is of the office's branch, and whether it is the article's only or first such."""
    branch = branch_of(group.kind)
    suits = branch == office.branch
    alike = scene.alike[branch]
    opens = group.starts[0] < _OPENING
    yield f"branches={office.branch}:{branch}"
    yield f"code_branch={office.code}:{branch}"
    yield f"suits={suits}:{office.known}"
    yield f"suits_only={suits}:{min(len(alike), 3)}:{opens}"
    yield f"suits_first={suits}:{alike[0] is group}:{min(len(alike), 2)}"
    yield f"code_only={office.code}:{min(len(alike), 2)}"
    yield f"branch_only={office.branch}:{branch}:{min(len(alike), 2)}:{opens}"
    yield f"theme={opens}:{min(len(group.starts), 3)}:{suits}"
    before = scene.previous.get(link.person if link.role is None else link.role)
    deputy = office.code.startswith("deputy")
    yield f"previous={before == _key(group.nominative)}:{deputy}"


def _theme_features(scene: Scene, link: Link, group: Group, office: RoleParts, role: str) -> Iterator[str]:
    """Tell whether the office names the body by a common noun, and whether the article is about the body."""
    fits = fits_complement(role, group.nominative, group.kind)
    summary = scene.summaries["institution"]
    title = title_share(scene.article.title, group.nominative)
    first, most = summary.first == group.starts[0], len(group.starts) == summary.most
    alike = min(len(scene.alike[branch_of(group.kind)]), 2)
    before = bisect_left(group.starts, _position(scene, link))
    yield f"fits={fits}"
    yield f"fits_only={fits}:{alike}:{first}"
    yield f"fits_before={fits}:{before > 0}"
    yield f"title={title}"
    yield f"title_branch={title}:{office.branch}:{branch_of(group.kind)}"
    yield f"title_code={title}:{office.code}"
    yield f"title_kind={title}:{group.kind}"
    yield f"theme_code={office.code}:{first}:{most}"
    yield f"theme_branch={office.branch}:{branch_of(group.kind)}:{first}:{most}"
    yield f"theme_title={title}:{first}:{most}:{office.known}"
    heading = _is_heading(scene, group, before)
    yield f"heading={heading}"
    pronoun = _pronoun(scene, link)
    last = group.starts[before - 1] if before else -1
    named = scene.summaries["institution"].named
    recency = _others_between(named, _key(group.nominative), last, _position(scene, link)) if before else -1
    yield f"heading_recency={heading}:{recency}"
    if pronoun:
        yield f"pronoun={pronoun}:{recency}"
        yield f"pronoun_first={pronoun}:{first}:{most}"


def _is_heading(scene: Scene, group: Group, before: int) -> bool:
    """Say whether the body was last named on a line of its own."""
    if not before:
        return False
    index = group.mentions[before - 1]
    text, mention = scene.article.text, scene.article.mentions[index]
    start = text.rfind("\n", 0, mention.start) + 1
    end = text.find("\n", mention.end)
    end = len(text) if end < 0 else end
    return end - start < len(mention.text) + 8


def _pronoun(scene: Scene, link: Link) -> str:
    """Return a pronoun just before the office: `jej szef`, `nasz wolontariusz`; empty without one."""
    start = _position(scene, link)
    tokens = read_gap(scene.article.text[max(0, start - 30) : start]).tokens[-2:]
    return next((token for token in reversed(tokens) if "pronoun" in word_kinds(token)), "")


def _path_features(scene: Scene, link: Link, group: Group) -> Iterator[str]:
    """Tell what stands between the office and the mention of a body nearest to it in the same window."""
    part = link.role if link.role is not None else link.person
    mentions = scene.article.mentions
    nearest = nearest_index(group.mentions, part)
    low, high = sorted((nearest, part))
    if high - low > _PATH:
        yield "path=far"
        return
    side = "left" if nearest < part else "right"
    between = "".join(mention.label[0] for mention in mentions[low + 1 : high])
    stretch = scene.article.text[mentions[low].end : mentions[high].start]
    ends = "line" if "\n" in stretch else "sentence" if ". " in stretch else "near"
    yield f"path={side}:{between}:{ends}"
    yield f"path_ends={side}:{len(between)}:{ends}"
    if not between:
        gap = read_gap(stretch[-120:])
        yield f"gap={side}:{gap.key}"
        kinds = sorted({kind for token in gap.tokens[-6:] for kind in word_kinds(token)})
        yield from (f"gap_kind={side}:{kind}" for kind in kinds)
        yield f"gap_size={side}:{min(len(gap.tokens), 6)}:{ends}"


def _tie_features(scene: Scene, link: Link, group: Group, key: str, office: RoleParts) -> Iterator[str]:
    holders, person = scene.holders.get(key, set()), scene.people[link.person]
    others = len(holders - {person})
    yield f"holders={min(others, 3)}"
    yield f"own_tie={person in holders}"
    yield f"same_code={office.code in scene.codes.get(key, set()) and others > 0}:{office.single}"
    yield f"same_code_kind={office.code in scene.codes.get(key, set()) and others > 0}:{group.kind}"


def _others_between(named: Sequence[tuple[int, str]], own: str, last: int, position: int) -> int:
    """Count the other bodies or places named between the last mention of one and the link; at most 3."""
    at = bisect_left(named, (position, ""))
    others: set[str] = set()
    while at > 0 and named[at - 1][0] > last and len(others) < 3:
        at -= 1
        if named[at][1] != own:
            others.add(named[at][1])
    return len(others)


def _shortlist(scene: Scene, label: str, position: int, *, always: Sequence[Group]) -> list[Group]:
    """Return the groups named nearest to a position, the first one, the most frequent ones, those given."""
    groups, summary = (scene.bodies if label == "institution" else scene.places), scene.summaries.get(label)
    if summary is None or len(groups) <= _NEAREST_BEFORE + _NEAREST_AFTER + _MOST_FREQUENT:
        return list(groups.values())
    at = bisect_left(summary.named, (position, ""))
    before = dict.fromkeys(key for _, key in reversed(summary.named[max(0, at - _LOOK) : at]))
    after = dict.fromkeys(key for _, key in summary.named[at : at + _LOOK])
    keys = [*list(before)[:_NEAREST_BEFORE], *list(after)[:_NEAREST_AFTER], *summary.frequent]
    keys += [_key(group.nominative) for group in always]
    return [groups[key] for key in dict.fromkeys(keys)]


def nearest_index(indices: Sequence[int], index: int) -> int:
    """Return the one of some mentions, in reading order, that stands nearest to another mention."""
    at = bisect_left(indices, index)
    return min(indices[max(0, at - 1) : at + 1], key=lambda other: abs(other - index))


def _group_bodies(article: Article) -> dict[str, Group]:
    found: dict[str, list[int]] = defaultdict(list)
    for index, mention in enumerate(article.mentions):
        if mention.label == "institution":
            found[_key(article.names[index].nominative)].append(index)
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
            stated.add(_key(place))
            names[_key(place)] = place
        elif mention.label == "institution":
            place = seat_of(article.names[index].nominative)
        if place:
            found[_key(place)].append(index)
            names.setdefault(_key(place), place)
    return {
        key: Group(
            names[key],
            tuple(indices),
            tuple(article.mentions[index].start for index in indices),
            _unit(names[key]),
            key not in stated,
            frozenset(
                body_kind(article.names[index].nominative)
                for index in indices
                if article.mentions[index].label == "institution"
            ),
        )
        for key, indices in found.items()
    }


def _beside(scene: Scene, link: Link, group: Group) -> str:
    """Say on which side of the person or the office a place stands with nothing else named between."""
    mentions = scene.article.mentions
    parts = [part for part in (link.person, link.role, link.institution) if part is not None]
    for part in parts:
        for step, side in ((-1, "left"), (1, "right")):
            index = part + step
            if not 0 <= index < len(mentions) or mentions[index].label != "location":
                continue
            if _key(scene.article.names[index].nominative) == _key(group.nominative):
                first, second = sorted((mentions[part], mentions[index]), key=lambda mention: mention.start)
                between = scene.article.text[first.end : second.start]
                if len(between) < 40 and "\n" not in between and ". " not in between:
                    words = "far" if len(between.split()) > 2 else "near"
                    return f"{mentions[part].label}:{side}:{words}"
    return "no"


def _is_seat_of(scene: Scene, link: Link, group: Group) -> bool:
    """Say whether a place is the seat of a body of the same kind as the link's own."""
    kind = _body_kind(scene.article, link)
    return kind not in ("", "other") and kind in group.body_kinds


def _is_in_name(scene: Scene, link: Link, group: Group) -> bool:
    """Say whether the body's name has a word of the place's name: `Wodociągi Osie`."""
    if link.institution is None:
        return False
    words = _long_stems(scene.article.names[link.institution].nominative)
    place = _long_stems(bare_place(group.nominative))
    return bool(place) and place <= words


@lru_cache(maxsize=20_000)
def _long_stems(name: str) -> frozenset[str]:
    words = (word.strip('„”()"') for word in name.split())
    return frozenset(
        fold_diacritics(word.lower())[: max(3, min(6, len(word) - 2))] for word in words if len(word) > 2
    )


@lru_cache(maxsize=4_000)
def _unit_kind(teryt: str | None) -> str:
    unit = load_gazetteer().units.get(teryt or "")
    return unit.kind if unit else ""


def _town(article: Article) -> str:
    """Return the kind of the article's gmina: urban, rural, mixed; empty when unknown."""
    return _unit_kind(article.municipality.teryt)


def _own_forms(scene: Scene) -> str:
    """Say in which forms the article names its municipality: `gmina`, `name`, both, or none."""
    own = bare_place(scene.article.municipality_name)
    forms = {group.kind for group in scene.places.values() if bare_place(group.nominative) == own}
    return "+".join(sorted(forms)) or "no"


def _office(article: Article, link: Link) -> RoleParts:
    return expand_role_code(article.names[link.role].nominative) if link.role is not None else RoleParts("")


def _body_kind(article: Article, link: Link) -> str:
    return "" if link.institution is None else body_kind(article.names[link.institution].nominative)


def _first_word(article: Article, link: Link) -> str:
    """Return how the name of the link's body begins: an acronym, or `Gmin`, `Powi`; empty without a body."""
    if link.institution is None:
        return ""
    word = article.names[link.institution].nominative.split()[0].strip('„”"')
    return word if word.isupper() else _stem(word)


def _position(scene: Scene, link: Link) -> int:
    part = link.role if link.role is not None else link.person
    return scene.article.mentions[part].start


@lru_cache(maxsize=20_000)
def _key(nominative: str) -> str:
    return " ".join(nominative.split()).casefold()


@lru_cache(maxsize=20_000)
def body_kind(nominative: str) -> str:
    """Return the kind of a body, `other` when it is unknown."""
    return classify_institution(nominative).kind or "other"


@lru_cache(maxsize=1_000)
def branch_of(kind: str) -> str:
    """Return the branch of public life that a kind of body belongs to; empty when unknown."""
    return next((row["branch"] for row in load_table("kind_branches") if row["kind"] == kind), "")


@lru_cache(maxsize=20_000)
def seat_of(nominative: str) -> str:
    """Return the seat inside a body's name, or the region whose body it is, or an empty string.

    >>> seat_of("Sejmik Województwa Opolskiego")
    'Województwo Opolskie'
    """
    return classify_institution(nominative).seat or _region_of(nominative)


def _region_of(nominative: str) -> str:
    """Return the region whose organ a body is: `Sejmik Województwa Opolskiego`, not `Zarząd Dróg Powiatu X`."""
    words = nominative.split()
    heads = {row["word"] for row in load_table("link_words") if row["kind"] == "region_head"}
    if (
        len(words) != 3
        or words[-2].lower() not in heads
        or not (words[-2][0].isupper() and words[-1][0].isupper())
    ):
        return ""
    return nominative_location(" ".join(words[-2:])).nominative


def stated_place(article: Article, link: Link, place: str | None) -> str | None:
    """Return the place of a link that its phrase states: as given, or inside its body's name."""
    if place is not None or link.institution is None:
        return place
    return seat_of(article.names[link.institution].nominative) or None


@lru_cache(maxsize=20_000)
def _unit(place: str) -> str:
    heads = {row["head"]: row["kind"] for row in load_table("location_heads")}
    head, _, rest = place.lower().partition(" ")
    return heads.get(head, "name") if rest else "name"


@lru_cache(maxsize=20_000)
def bare_place(place: str) -> str:
    """Return a place's name without `Gmina`, `Miasto`, `Miasto i Gmina`, letter case and spaces.

    >>> bare_place("Gmina Kije")
    'kije'
    """
    words = place.casefold().split()
    heads = {row["head"] for row in load_table("location_heads") if row["kind"] in ("gmina", "town")}
    while len(words) > 1 and (words[0] in heads or words[0] == "i"):
        words = words[1:]
    return " ".join(words)


@lru_cache(maxsize=20_000)
def _stems(phrase: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in phrase.split() if len(word) > 2)


def _stem(word: str) -> str:
    return fold_diacritics(word.lower())[:_STEM]
