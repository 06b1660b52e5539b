"""From readings to the dataset's people, bodies, places and affiliations."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from pipeline.normalise.role_codes import expand_role_code
from pipeline.normalise.teryt import load_gazetteer
from pipeline.records import Actor, Name, Reading
from pipeline.resolve.compare import Claim
from pipeline.resolve.keys import fold
from pipeline.resolve.local import Person, Statement, fullest_name, most_frequent
from pipeline.resolve.matcher import Matcher, Pair
from pipeline.resolve.rarity import count_surnames
from pipeline.tables import load_table


def make_statements(reading: Reading) -> list[Statement]:
    """Return the links of an article with the nominatives of their parts."""
    statements = []
    for link, place in zip(reading.links, reading.places, strict=True):
        role = None if link.role is None else reading.names[link.role]
        institution = None if link.institution is None else reading.names[link.institution]
        statements.append(
            Statement(
                link=link,
                role=role,
                role_code=None if role is None else expand_role_code(role.nominative).code,
                institution=institution,
                institution_mention=None
                if link.institution is None
                else reading.mentions[link.institution].mention_id,
                place=place,
            )
        )
    return statements


def make_matcher(claims: Iterable[Claim], judged: Mapping[Pair, str] | None = None) -> Matcher:
    """Return the judge of pairs, which knows how frequent each surname is among the claims."""
    rarity = count_surnames((claim.given_names, claim.surname) for claim in claims)
    return Matcher(rarity, judged or {})


def make_claims(people: Sequence[Person]) -> list[Claim]:
    """Return what is compared of each person of each article."""
    named: dict[str, set[str]] = defaultdict(set)
    for person in people:
        if person.name.surname and person.name.given_names:
            named[person.article_id].add(fold(person.name.nominative))
    return [make_claim(person, company=named[person.article_id]) for person in people]


def make_claim(person: Person, company: Iterable[str] = ()) -> Claim:
    """Return what is compared of one person of one article.

    Args:
        person: The person.
        company: Folded full names of everybody in the article.
    """
    stated = _stated_municipalities(person)
    codes = {statement.role_code for statement in person.statements if statement.role_code}
    bodies = {
        fold(statement.institution.nominative) for statement in person.statements if statement.institution
    }
    return Claim(
        claim_id=person.person_id,
        given_names=person.name.given_names,
        surname=person.name.surname,
        gender=person.gender,
        titles=frozenset(fold(person.title or "").split()),
        role_codes=frozenset(codes),
        institutions=frozenset(bodies),
        municipalities=frozenset(stated or _municipality_of_article(person)),
        is_placed=bool(stated),
        articles=frozenset({person.article_id}),
        first=person.published,
        last=person.published,
        company=frozenset(company) - {fold(name.nominative) for name in person.names},
    )


def _municipality_of_article(person: Person) -> Iterable[str]:
    return {person.municipality[:6]} if person.municipality else set()


def _stated_municipalities(person: Person) -> Iterable[str]:
    """Return the gminas of the offices that the text itself gives; a wójt's is rural, a mayor's has a town."""
    gazetteer = load_gazetteer()
    near = (person.municipality,) if person.municipality else ()
    units = {row["code"]: row for row in load_table("office_units")}
    found: set[str] = set()
    for statement in person.statements:
        if not statement.place or "place" in statement.link.inferred:
            continue
        unit = units.get(statement.role_code or "")
        hint = unit["kind_hint"] if unit else ""
        teryt = gazetteer.link_location(statement.place, kind_hint=hint, near=near).teryt or ""
        if len(teryt) >= 6 and (unit is None or teryt[6:] in unit["types"]):
            found.add(teryt[:6])
    return found


def make_actor(actor_id: str, cluster: Sequence[Person], headlines: Mapping[str, str]) -> Actor:
    """Return one person of the dataset from what each article knows of them."""
    names = [name for person in cluster for name in person.names]
    name = fullest_name(names)
    days = [person.published for person in cluster if person.published]
    genders = [person.gender for person in cluster if person.gender]
    return Actor(
        actor_id=actor_id,
        name=name.nominative,
        given_names=name.given_names,
        surname=name.surname,
        birth_name=next((name.birth_name for name in names if name.birth_name), None),
        gender=most_frequent(genders),
        title=_latest_title(cluster),
        headline=headlines.get(actor_id),
        is_public=_is_public(cluster),
        aliases=_aliases(names, name),
        n_articles=len({person.article_id for person in cluster}),
        n_mentions=sum(len(person.mentions) for person in cluster),
        first_seen=min(days, default=None),
        last_seen=max(days, default=None),
    )


def _aliases(names: Iterable[Name], chosen: Name) -> tuple[str, ...]:
    return tuple(sorted({name.nominative for name in names} - {chosen.nominative}))


def _latest_title(cluster: Sequence[Person]) -> str | None:
    titled = [person for person in cluster if person.title]
    if not titled:
        return None
    return max(titled, key=lambda person: (person.published or date.min, person.person_id)).title


def _is_public(cluster: Sequence[Person]) -> bool:
    roles = [statement.role for person in cluster for statement in person.statements if statement.role]
    return any(expand_role_code(role.nominative).public for role in roles)
