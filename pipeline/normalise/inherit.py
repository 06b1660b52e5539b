"""Bodies and places that a phrase leaves out but the article makes plain.

`Prezes Jan Nowak` in an article about one OSP is its president; `wójt` alone is that of the article's gmina.
A choice model over readable features weighs every body and place of the article, and leaving the part out,
for every link that lacks one; what it adds from outside the phrase is marked as inferred.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.normalise.memberships import (
    find_unlinked,
    join_body,
    make_roster,
    no_body_features,
    offer_memberships,
)
from pipeline.normalise.offers import Offer, decline_features, offer_bodies, offer_places
from pipeline.normalise.part_names import branch_of, is_never_of
from pipeline.normalise.scenes import (
    Article,
    Scene,
    make_scene,
    nearest_index,
    office_of,
    own_body_kind,
    stated_place,
)
from pipeline.normalise.told_parts import find_told
from pipeline.records import Link
from pipeline.weights import Logistic, load_weights

__all__ = ["Article", "inherit_parts"]

Told = tuple[Link, str | None]
_BESIDE = "beside=no"
# An inherited part that is right with at least this chance adds more to recall than it costs precision.
_LEAST_BODY, _LEAST_PLACE = 0.4, 0.35


def inherit_parts(
    article: Article,
    links: Sequence[Link],
    places: Sequence[str | None],
    *,
    models: Mapping[str, Logistic] | None = None,
) -> tuple[tuple[Link, ...], tuple[str | None, ...]]:
    """Return the links and places with inherited parts filled in and named in `inferred`.

    Args:
        article: The article.
        links: Its links.
        places: The nominative of each link's stated place, or None.
        models: `inherit_institution`, `inherit_place` and `membership`; None takes the shipped ones.
    """
    models = models or load_weights()
    parted = [pair for pair in zip(links, places, strict=True) for pair in _part_impossible(article, *pair)]
    links, places = [link for link, _ in parted], [place for _, place in parted]
    scene = make_scene(article, links, places)
    with_bodies = [
        _tell_body(article, link) or _inherit_body(scene, link, models["inherit_institution"])
        for link in links
    ]
    joined = _join_people(article, with_bodies, places, model=models["membership"])
    with_bodies, places = [*with_bodies, *joined], [*places, *(None for _ in joined)]
    told = [_tell_place(article, link, place) for link, place in zip(with_bodies, places, strict=True)]
    with_bodies = [link for link, _ in told]
    stated = [stated_place(article, link, place) for link, place in told]
    scene = make_scene(article, with_bodies, stated)
    pairs = [
        (_mark_seat(link), place)
        if place is not None
        else _inherit_place(scene, link, models["inherit_place"])
        for link, place in zip(with_bodies, stated, strict=True)
    ]
    pairs = _share_with_deputies(article, pairs)
    return tuple(link for link, _ in pairs), tuple(place for _, place in pairs)


def _part_impossible(article: Article, link: Link, place: str | None) -> Iterator[tuple[Link, str | None]]:
    """Yield a link as it is, or its office alone when such an office never has a body of that branch.

    A body right after the person is the person's own: `burmistrzowie. Dziękował Jan Lis z OSP Rudno`.
    """
    if link.institution is not None and link.role is not None:
        branch = branch_of(own_body_kind(article, link))
        if is_never_of(office_of(article, link).branch, branch):
            rest = tuple(part for part in link.inferred if part != "institution")
            yield replace(link, institution=None, inferred=rest), place
            if link.institution == link.person + 1:
                yield replace(link, role=None, place=None), None
            return
    yield link, place


def _join_people(
    article: Article, links: Sequence[Link], places: Sequence[str | None], *, model: Logistic
) -> list[Link]:
    """Return a link to a body for each person without any whose list belongs to one."""
    people = sum(mention.label == "person" for mention in article.mentions)
    if people == len({link.person for link in links}):
        return []
    scene = make_scene(article, links, places)
    roster = make_roster(scene)
    joined = []
    for link in find_unlinked(roster):
        best = _choose(
            offer_memberships(roster, link), no_body_features(roster, link), model, least=_LEAST_BODY
        )
        if best is not None:
            joined.append(join_body(scene, link, *best))
    return joined


def _tell_body(article: Article, link: Link) -> Link | None:
    """Return a link with the body that grammar gives it, or None; one of another sentence is inferred."""
    index = find_told(article, link, "institution") if link.institution is None else None
    if index is None or link.role is None:
        return None
    apart = _are_apart(article, index, link.role)
    return replace(
        link, institution=index, inferred=(*link.inferred, "institution") if apart else link.inferred
    )


def _tell_place(article: Article, link: Link, place: str | None) -> tuple[Link, str | None]:
    """Return a link and its place, the one that labels its line where it states none."""
    stated = place is not None or link.institution is not None
    index = None if stated else find_told(article, link, "location")
    return (link, place) if index is None else (replace(link, place=index), article.names[index].nominative)


def _are_apart(article: Article, left: int, right: int) -> bool:
    """Say whether a sentence or line ends between two mentions."""
    between = article.text[article.mentions[left].end : article.mentions[right].start]
    return "\n" in between or ". " in between


def _share_with_deputies(article: Article, pairs: Sequence[Told]) -> list[Told]:
    """Give a bare deputy the body and the place of the office that the article names before."""
    held = {link.role: (link, place) for link, place in pairs if link.role is not None}
    shared = []
    for link, place in pairs:
        placed = None if link.role is None else article.offices.get(link.role)
        principal = None if placed is None or placed.principal is None else held.get(placed.principal)
        own = link.institution is not None and "institution" not in link.inferred
        if principal is None or own or link.place is not None:
            shared.append((link, place))
        else:
            shared.append(_share(article, link, *principal))
    return shared


def _share(article: Article, link: Link, principal: Link, place: str | None) -> Told:
    """Return a deputy's link with the parts of the principal's."""
    assert link.role is not None and principal.role is not None
    parts = (("institution", principal.institution), ("place", place))
    apart = _are_apart(article, principal.role, link.role)
    inferred = tuple(
        part for part, value in parts if value is not None and (apart or part in principal.inferred)
    )
    confidence = round(min(link.confidence, principal.confidence), 4)
    shared = replace(link, institution=principal.institution, inferred=inferred, confidence=confidence)
    return shared, place


def _inherit_body(scene: Scene, link: Link, model: Logistic) -> Link:
    best = _choose(
        offer_bodies(scene, link), decline_features(scene, link, "institution"), model, least=_LEAST_BODY
    )
    if best is None:
        return link
    offer, chance = best
    nearest = nearest_index(offer.mentions, link.person)
    inferred = (*link.inferred, "institution")
    confidence = round(link.confidence * chance, 4)
    return replace(link, institution=nearest, inferred=inferred, confidence=confidence)


def _inherit_place(scene: Scene, link: Link, model: Logistic) -> tuple[Link, str | None]:
    best = _choose(
        offer_places(scene, link), decline_features(scene, link, "place"), model, least=_LEAST_PLACE
    )
    if best is None:
        return link, None
    offer, chance = best
    confidence = round(link.confidence * chance, 4)
    if _BESIDE in offer.features or link.inferred:
        return replace(link, inferred=(*link.inferred, "place"), confidence=confidence), offer.nominative
    beside = {link.person, link.role, link.institution}
    near = {part + step for part in beside if part is not None for step in (-1, 1)}
    index = next((at for at in offer.mentions if at in near), None)
    return replace(link, place=index, confidence=confidence), offer.nominative


def _mark_seat(link: Link) -> Link:
    """Mark the place that came with an inherited body as inferred."""
    inherited = "institution" in link.inferred and link.place is None
    return replace(link, inferred=(*link.inferred, "place")) if inherited else link


def _choose(
    offers: Sequence[Offer], decline: Sequence[str], model: Logistic, *, least: float
) -> tuple[Offer, float] | None:
    """Return the likeliest offer and its chance, or None when none is likely enough."""
    if not offers:
        return None
    *chances, _ = model.share([*(offer.features for offer in offers), decline])
    chance, _, best = max(
        (chance, offer.nominative, number)
        for number, (chance, offer) in enumerate(zip(chances, offers, strict=True))
    )
    return (offers[best], chance) if chance >= least else None
