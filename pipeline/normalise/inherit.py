"""Bodies and places that a phrase leaves out but the article makes plain.

`Prezes Jan Nowak` in an article about one OSP is its president; `wójt` alone is that of the article's gmina.
A choice model over readable features weighs every body and place of the article, and leaving the part out,
for every link that lacks one; what it adds from outside the phrase is marked as inferred.
"""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.normalise.offers import (
    Article,
    Offer,
    Scene,
    decline_features,
    make_scene,
    offer_bodies,
    offer_places,
    seat_of,
)
from pipeline.records import Link
from pipeline.weights import Logistic, load_weights

__all__ = ["Article", "inherit_parts"]

_BESIDE = "beside=no"


def inherit_parts(
    article: Article, links: Sequence[Link], places: Sequence[str | None]
) -> tuple[tuple[Link, ...], tuple[str | None, ...]]:
    """Return the links and places with inherited parts filled in and named in `inferred`.

    Args:
        article: The article.
        links: Its links.
        places: The nominative of each link's stated place, or None.
    """
    models = load_weights()
    scene = make_scene(article, links, places)
    with_bodies = [_inherit_body(scene, link, models["inherit_institution"]) for link in links]
    stated = [
        place if place is not None or link.institution is None else _seat(article, link)
        for link, place in zip(with_bodies, places, strict=True)
    ]
    scene = make_scene(article, with_bodies, stated)
    pairs = [
        _mark_seat(link, old, new) if new is not None else _inherit_place(scene, link, models["inherit_place"])
        for link, old, new in zip(with_bodies, places, stated, strict=True)
    ]
    return tuple(link for link, _ in pairs), tuple(place for _, place in pairs)


def _inherit_body(scene: Scene, link: Link, model: Logistic) -> Link:
    best = _choose(offer_bodies(scene, link), decline_features(scene, link, "institution"), model)
    if best is None:
        return link
    offer, chance = best
    position = scene.article.mentions[link.person].start
    nearest = min(offer.mentions, key=lambda index: abs(scene.article.mentions[index].start - position))
    inferred = (*link.inferred, "institution")
    confidence = round(link.confidence * chance, 4)
    return replace(link, institution=nearest, inferred=inferred, confidence=confidence)


def _inherit_place(scene: Scene, link: Link, model: Logistic) -> tuple[Link, str | None]:
    best = _choose(offer_places(scene, link), decline_features(scene, link, "place"), model)
    if best is None:
        return link, None
    offer, chance = best
    confidence = round(link.confidence * chance, 4)
    if _BESIDE in offer.features or link.inferred:
        return replace(link, inferred=(*link.inferred, "place"), confidence=confidence), offer.nominative
    beside = {link.person, link.role, link.institution}
    index = next((at for at in offer.mentions if beside & {at - 1, at + 1}), None)
    return replace(link, place=index, confidence=confidence), offer.nominative


def _mark_seat(link: Link, before: str | None, seat: str) -> tuple[Link, str]:
    """Mark the seat of an inherited body as inferred."""
    return (link if before is not None else replace(link, inferred=(*link.inferred, "place"))), seat


def _seat(article: Article, link: Link) -> str | None:
    return seat_of(article.names[link.institution].nominative) or None if link.institution is not None else None


def _choose(offers: Sequence[Offer], decline: Sequence[str], model: Logistic) -> tuple[Offer, float] | None:
    """Return the likeliest offer and its chance, or None when leaving the part out is likelier."""
    if not offers:
        return None
    *chances, nothing = model.share([*(offer.features for offer in offers), decline])
    chance, _, best = max(
        (chance, offer.nominative, number) for number, (chance, offer) in enumerate(zip(chances, offers, strict=True))
    )
    return (offers[best], chance) if chance > nothing else None
