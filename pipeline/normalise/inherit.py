"""Bodies and places that a phrase leaves out but the article makes plain.

`Prezes Jan Nowak` in an article about one OSP is its president; `wójt` alone is that of the article's gmina.
A logistic model over readable features weighs every body and place of the article for every link that
lacks one; what it adds is marked as inferred.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.normalise.institutions import classify_institution
from pipeline.normalise.role_codes import expand_role_code
from pipeline.records import Link, Mention, Municipality, Name
from pipeline.weights import Logistic, load_weights


@dataclass(frozen=True, slots=True)
class Article:
    """What inheritance looks at: the mentions of one article with their names, and its municipality."""

    text: str
    mentions: Sequence[Mention]
    names: Sequence[Name]
    municipality: Municipality
    municipality_name: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A body or place that a link might inherit: its nominative, and where it is mentioned."""

    label: str
    nominative: str
    mentions: tuple[int, ...]
    features: tuple[str, ...]


def inherit_parts(
    article: Article, links: Sequence[Link], places: Sequence[str | None]
) -> tuple[tuple[Link, ...], tuple[str | None, ...]]:
    """Return the links and places with inherited parts filled in and named in `inferred`."""
    models = load_weights()
    with_bodies = [_inherit_body(article, link, links, models["inherit_institution"]) for link in links]
    found = [
        place if place is not None else _inherit_place(article, link, models["inherit_place"])
        for link, place in zip(with_bodies, places, strict=True)
    ]
    marked = [
        replace(link, inferred=(*link.inferred, "place")) if new is not None and old is None else link
        for link, old, new in zip(with_bodies, places, found, strict=True)
    ]
    return tuple(marked), tuple(found)


def offer_bodies(article: Article, link: Link, links: Sequence[Link]) -> Iterator[Offer]:
    """Yield every body of the article for a link with a role and without a body."""
    if link.role is None or link.institution is not None:
        return
    groups = _group(article, "institution")
    same_code = _bodies_of_same_code(article, link, links)
    for nominative, indices in groups.items():
        features = [
            *_office_features(article, link, classify_institution(nominative).kind or "other"),
            *_position_features(article, link, indices, len(groups)),
            f"same_code={nominative in same_code}",
            f"any_linked={any(other.institution in indices for other in links)}",
            f"acronym={nominative.isupper()}",
        ]
        yield Offer("institution", nominative, indices, tuple(features))


def offer_places(article: Article, link: Link) -> Iterator[Offer]:
    """Yield every place of the article for a link without a place."""
    groups = _group(article, "location")
    body = "" if link.institution is None else article.names[link.institution].nominative
    kind = classify_institution(body).kind if body else "none"
    for nominative, indices in groups.items():
        own = _bare(nominative) == _bare(article.municipality_name)
        first = nominative.split()[0].lower()
        unit = first if first in ("gmina", "powiat", "województwo", "miasto", "ul.", "ulica") else "name"
        features = [
            *_office_features(article, link, unit),
            *_position_features(article, link, indices, len(groups)),
            f"own={own}",
            f"own_unit={own}:{unit}",
            f"body={kind}:{own}:{unit}",
            f"known={article.municipality.teryt is not None}:{own}",
        ]
        yield Offer("place", nominative, indices, tuple(features))


def _inherit_body(article: Article, link: Link, links: Sequence[Link], model: Logistic) -> Link:
    best = _best(offer_bodies(article, link, links), model)
    if best is None:
        return link
    nearest = min(best.mentions, key=lambda index: abs(article.mentions[index].start - link.start))
    return replace(link, institution=nearest, inferred=(*link.inferred, "institution"))


def _inherit_place(article: Article, link: Link, model: Logistic) -> str | None:
    best = _best(offer_places(article, link), model)
    return None if best is None else best.nominative


def _best(offers: Iterator[Offer], model: Logistic) -> Offer | None:
    scored = [(model.score(offer.features), offer.nominative, offer) for offer in offers]
    if not scored:
        return None
    score, _, offer = max(scored, key=lambda triple: (triple[0], triple[1]))
    return offer if score >= model.threshold else None


def _group(article: Article, label: str) -> dict[str, tuple[int, ...]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for index, mention in enumerate(article.mentions):
        if mention.label == label:
            groups[article.names[index].nominative].append(index)
    return {nominative: tuple(indices) for nominative, indices in groups.items()}


def _office_features(article: Article, link: Link, kind: str) -> Iterator[str]:
    yield "bias"
    yield f"kind={kind}"
    if link.role is None:
        yield f"no_role:{kind}:{link.institution is not None}"
        return
    role = article.names[link.role].nominative
    parts = expand_role_code(role)
    yield f"code={parts.code}:{kind}"
    yield f"code={parts.code}"
    yield f"branch={parts.branch}:{kind}"
    yield f"level={parts.level}:{kind}"
    yield f"public={parts.public}:{parts.single}:{kind}"
    yield f"last_word={role.split()[-1].lower()}:{kind}"
    yield f"length={min(len(role.split()), 4)}"
    yield f"has_body={link.institution is not None}:{kind}"
    yield f"has_place={link.place is not None}"


def _position_features(article: Article, link: Link, indices: Sequence[int], total: int) -> Iterator[str]:
    starts = [article.mentions[index].start for index in indices]
    before = [link.start - start for start in starts if start < link.end]
    nearest = min(abs(start - link.start) for start in starts)
    inside = any(link.start <= start < link.end for start in starts)
    yield f"count={min(len(indices), 4)}"
    yield f"total={min(total, 6)}"
    yield f"only={total == 1}"
    yield f"inside={inside}"
    yield f"distance={min(nearest // 150, 6)}"
    yield f"before={bool(before)}"
    yield f"opening={starts[0] < 250}:{min(total, 3)}"
    person = article.mentions[link.person]
    between = [
        mention
        for mention in article.mentions
        if mention.label == "institution" and min(starts) < mention.start < person.start
    ]
    yield f"others_between={min(len(between), 3)}"
    newest = max((start for start in starts if start < person.start), default=-1)
    later = any(
        mention.label in ("institution", "location") and newest < mention.start < person.start
        for mention in article.mentions
    )
    yield f"latest={newest >= 0 and not later}"


def _bodies_of_same_code(article: Article, link: Link, links: Sequence[Link]) -> set[str]:
    code = expand_role_code(article.names[link.role].nominative).code if link.role is not None else ""
    return {
        article.names[other.institution].nominative
        for other in links
        if other.role is not None and other.institution is not None
        if expand_role_code(article.names[other.role].nominative).code == code
    }


def _bare(place: str) -> str:
    first, _, rest = place.partition(" ")
    return (rest if first.lower() in ("gmina", "miasto") and rest else place).casefold()
