"""Normalise one article: the nominative of all its mentions, its municipality, the place of each link."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from pipeline.normalise.inherit import Article, inherit_parts
from pipeline.normalise.institutions import find_seat, nominative_institution
from pipeline.normalise.link_confidence import weigh_links
from pipeline.normalise.locations import nominative_location
from pipeline.normalise.municipality import infer_municipality
from pipeline.normalise.office_context import read_offices
from pipeline.normalise.people import PersonForm, nominative_people
from pipeline.normalise.roles import nominative_role
from pipeline.normalise.teryt import load_gazetteer
from pipeline.normalise.titles import titles_of
from pipeline.records import Extraction, Link, Mention, Municipality, Name, Reading
from pipeline.remembered import PHRASES

_CONTEXT = 80


def normalise_extraction(extraction: Extraction, *, weigh: bool = True) -> Reading:
    """Return what an article says with every name in the nominative.

    Args:
        extraction: What was found in the article.
        weigh: Turn the linker's score into the chance that a statement is right; False leaves it, for fitting.
    """
    document, mentions = extraction.document, extraction.mentions
    names = [_name_thing(document.text, mention) for mention in mentions]
    for index, name in _name_people(extraction, names).items():
        names[index] = name
    municipality = _find_municipality(extraction, names)
    if municipality.teryt:
        names = [
            _name_thing(document.text, mention, near=(municipality.teryt,))
            if mention.label == "location"
            else name
            for mention, name in zip(mentions, names, strict=True)
        ]
    near = (municipality.teryt,) if municipality.teryt else ()
    stated = [place_of(mentions, names, link, near=near) for link in extraction.links]
    article = make_article(document.text, mentions, names, municipality, title=document.title)
    links, places = inherit_parts(article, extraction.links, stated)
    links = weigh_links(links, mentions) if weigh else links
    return Reading(
        document=document,
        mentions=mentions,
        names=tuple(names),
        links=links,
        places=places,
        municipality=municipality,
    )


def make_article(
    text: str,
    mentions: Sequence[Mention],
    names: Sequence[Name],
    municipality: Municipality,
    *,
    title: str | None = None,
) -> Article:
    """Return what inheritance looks at."""
    unit = load_gazetteer().units.get(municipality.teryt or "")
    offices = read_offices(mentions, names)
    return Article(text, mentions, names, municipality, unit.name if unit else "", title or "", offices)


def _name_thing(text: str, mention: Mention, *, near: Sequence[str] = ()) -> Name:
    left, right = _context(text, mention)
    if mention.label == "role":
        return nominative_role(mention.text, left=left, right=right)
    if mention.label == "institution":
        return nominative_institution(mention.text, left=left, right=right)
    if mention.label == "location":
        return nominative_location(mention.text, left=left, right=right, near=near)
    return Name(mention.text, mention.text, "person")


def _name_people(extraction: Extraction, names: Sequence[Name]) -> dict[int, Name]:
    """Name all people of an article together: mentions of one person help each other."""
    indices = [index for index, mention in enumerate(extraction.mentions) if mention.label == "person"]
    forms = []
    for index in indices:
        mention = extraction.mentions[index]
        left, right = _context(extraction.document.text, mention)
        gender = next(
            (
                names[link.role].gender
                for link in extraction.links
                if link.person == index and link.role is not None and names[link.role].gender == "f"
            ),
            None,
        )
        forms.append(PersonForm(mention.text, left, right, mention.title, gender))
    named = nominative_people(forms)
    return {
        index: replace(name, titles=(*titles, *name.titles)) if (titles := titles_of(form.title)) else name
        for index, form, name in zip(indices, forms, named, strict=True)
    }


def _context(text: str, mention: Mention) -> tuple[str, str]:
    return text[max(0, mention.start - _CONTEXT) : mention.start], text[mention.end : mention.end + _CONTEXT]


def _find_municipality(extraction: Extraction, names: Sequence[Name]) -> Municipality:
    document = extraction.document
    if document.municipality_teryt:
        return Municipality(document.municipality_teryt, 1.0)
    by_label = {
        label: [
            name.nominative
            for name, mention in zip(names, extraction.mentions, strict=True)
            if mention.label == label
        ]
        for label in ("institution", "location", "role")
    }
    teryt, confidence = infer_municipality(
        title=document.title,
        url=document.url,
        institutions=by_label["institution"],
        locations=by_label["location"],
        roles=by_label["role"],
    )
    return Municipality(teryt, confidence)


def place_of(
    mentions: Sequence[Mention], names: Sequence[Name], link: Link, *, near: Sequence[str] = ()
) -> str | None:
    """Return the nominative of a link's place: the one beside the role, or the seat in the body's name.

    Args:
        mentions: Those of the article.
        names: Their nominatives.
        link: Who holds what.
        near: TERC codes of what the article is about: `w Śmiłowie` may be `Śmiłów` or `Śmiłowo`.
    """
    if link.place is not None:
        return names[link.place].nominative
    if link.institution is None:
        return None
    body = mentions[link.institution].text
    seat = find_seat(body)
    if seat is None:
        return None
    return _name_seat(body, seat, tuple(near))


@lru_cache(maxsize=PHRASES)
def _name_seat(body: str, seat: tuple[int, int], near: tuple[str, ...]) -> str:
    return nominative_location(body[seat[0] : seat[1]], left=body[: seat[0]], near=near).nominative
