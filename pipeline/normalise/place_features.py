"""Features of a place offered to a link: its unit, the article's own municipality, what it stands beside."""

from functools import lru_cache

from pipeline.normalise.complements import title_share
from pipeline.normalise.diacritics import fold_diacritics
from pipeline.normalise.offer_features import each_beside, office_features, tie_features, where_features
from pipeline.normalise.part_names import bare_place, key_of
from pipeline.normalise.role_codes import RoleParts
from pipeline.normalise.scenes import Article, Group, Scene, office_of, own_body_kind, own_body_word
from pipeline.normalise.teryt import load_gazetteer
from pipeline.records import Link
from pipeline.remembered import PHRASES


def place_features(scene: Scene, link: Link, group: Group) -> tuple[str, ...]:
    """Return what speaks for a place as that of a link."""
    article = scene.article
    role = article.names[link.role].nominative if link.role is not None else ""
    office, body = office_of(article, link), own_body_kind(article, link)
    own = bare_place(group.nominative) == bare_place(article.municipality_name)
    unit = f"{group.kind}:{own}"
    beside = _side_of(scene, link, group)
    return (
        *office_features(office.code, office.branch, role, unit),
        f"level={office.level}:{unit}",
        *(where := where_features(scene, link, group, "place")),
        *each_beside(where, f"own={own}"),
        f"own_code={own}:{office.code}",
        f"own_branch={own}:{office.branch}:{office.level}",
        f"own_public={own}:{office.public}:{office.single}:{body}",
        f"own_beside={own}:{beside}",
        f"own_beside={own}:{beside}:{office.branch}",
        *tie_features(scene, link, group, "@" + key_of(group.nominative), office),
        f"own={own}",
        f"unit={unit}",
        f"unit_count={unit}:{min(len(group.mentions), 3)}",
        f"body={body}:{unit}",
        f"body_word={own_body_word(article, link)}:{unit}",
        f"body_word_own={own_body_word(article, link)}:{own}",
        f"body_code={office.code}:{own_body_word(article, link)}:{own}",
        f"role={link.role is not None}:{link.institution is not None}:{unit}",
        f"seat={group.is_seat}:{own}",
        f"seat_of_body={_is_seat_of_kind(scene, link, group)}",
        f"in_name={_is_in_body_name(scene, link, group)}:{own}",
        f"beside={beside}",
        f"beside_code={beside}:{office.code}",
        f"beside_unit={beside}:{unit}",
        f"known={article.municipality.teryt is not None}:{own}",
        f"title={(title := title_share(article.title, bare_place(group.nominative)))}",
        f"title_own={title}:{unit}",
        f"title_code={title}:{office.code}:{unit}",
        f"town={(town := _town_kind(article))}:{office.code}:{unit}",
        f"town_branch={town}:{office.branch}:{unit}",
        f"town_body={town}:{body}:{unit}",
        *_form_features(scene, group, office, own=own),
    )


def _form_features(scene: Scene, group: Group, office: RoleParts, *, own: bool) -> tuple[str, str]:
    """Return in what forms the article names its own gmina, beside what is offered."""
    forms = _own_forms(scene)
    return (
        f"both_forms={own}:{group.kind}:{forms}",
        f"both_level={office.level}:{office.code}:{group.kind}:{forms}:{own}",
    )


def _side_of(scene: Scene, link: Link, group: Group) -> str:
    """Say on which side of the person or the office a place stands with nothing else named between."""
    mentions = scene.article.mentions
    parts = [part for part in (link.person, link.role, link.institution) if part is not None]
    for part in parts:
        for step, side in ((-1, "left"), (1, "right")):
            index = part + step
            if not 0 <= index < len(mentions) or mentions[index].label != "location":
                continue
            if key_of(scene.article.names[index].nominative) == key_of(group.nominative):
                first, second = sorted((mentions[part], mentions[index]), key=lambda mention: mention.start)
                between = scene.article.text[first.end : second.start]
                if len(between) < 40 and "\n" not in between and ". " not in between:
                    words = "far" if len(between.split()) > 2 else "near"
                    return f"{mentions[part].label}:{side}:{words}"
    return "no"


def _is_seat_of_kind(scene: Scene, link: Link, group: Group) -> bool:
    """Say whether a place is the seat of a body of the same kind as the link's own."""
    kind = own_body_kind(scene.article, link)
    return kind not in ("", "other") and kind in group.body_kinds


def _is_in_body_name(scene: Scene, link: Link, group: Group) -> bool:
    """Say whether the body's name has a word of the place's name: `Wodociągi Osie`."""
    if link.institution is None:
        return False
    words = _long_stems(scene.article.names[link.institution].nominative)
    place = _long_stems(bare_place(group.nominative))
    return bool(place) and place <= words


@lru_cache(maxsize=PHRASES)
def _long_stems(name: str) -> frozenset[str]:
    words = (word.strip('„”()"') for word in name.split())
    return frozenset(
        fold_diacritics(word.lower())[: max(3, min(6, len(word) - 2))] for word in words if len(word) > 2
    )


@lru_cache(maxsize=4_000)
def _unit_kind(teryt: str | None) -> str:
    unit = load_gazetteer().units.get(teryt or "")
    return unit.kind if unit else ""


def _town_kind(article: Article) -> str:
    """Return the kind of the article's gmina: urban, rural, mixed; empty when unknown."""
    return _unit_kind(article.municipality.teryt)


def _own_forms(scene: Scene) -> str:
    """Say in which forms the article names its municipality: `gmina`, `name`, both, or none."""
    own = bare_place(scene.article.municipality_name)
    forms = {group.kind for group in scene.places.values() if bare_place(group.nominative) == own}
    return "+".join(sorted(forms)) or "no"
