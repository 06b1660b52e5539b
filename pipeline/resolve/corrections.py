"""What people have put right: a person's name or gender, the role or place of what is said of them.

A correction holds for whoever bears its mention in the next run, so it outlives a change of ids.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.errors import CivicActorsError
from pipeline.normalise.role_codes import expand_role_code
from pipeline.records import Actor, Gender, Name
from pipeline.resolve.local import Person, Statement

OF_PERSON = ("name", "given_names", "surname", "gender")
OF_STATEMENT = ("role", "place")
FIELDS = (*OF_PERSON, *OF_STATEMENT)
_RULE = "corrected"

Fixes = Mapping[str, Sequence["Correction"]]


@dataclass(frozen=True, slots=True)
class Correction:
    """One person's word on one field of one person of the dataset.

    Attributes:
        mention: A mention id of the person; it holds for all of theirs.
        field: One of `FIELDS`.
        value: What is right; empty takes back what was corrected before. A gender is f or m.
        who: Who says so.
        when: YYYY-MM-DD or a fuller ISO time.
        why: In their words.
        old: For role and place, the value that is wrong; empty means the only one.
    """

    mention: str
    field: str
    value: str
    who: str
    when: str
    why: str = ""
    old: str = ""

    def __post_init__(self) -> None:
        """Refuse a field that is none, a gender that is none, and a judge without a name."""
        if self.field not in FIELDS:
            raise CivicActorsError(f"a field is {', '.join(FIELDS)}, not {self.field!r}")
        if self.field == "gender" and self.value not in ("", "f", "m"):
            raise CivicActorsError(f"a gender is f or m, not {self.value!r}")
        if self.old and self.field not in OF_STATEMENT:
            raise CivicActorsError("only a role or a place is told by its old value")
        if not self.mention or not self.who or not self.when:
            raise CivicActorsError("a correction says of whom, who corrects and when")


def group_corrections(corrections: Iterable[Correction]) -> dict[str, list[Correction]]:
    """Return the corrections that hold by mention: the last on each field and old value, unless taken back."""
    last: dict[tuple[str, str, str], Correction] = {}
    for correction in corrections:
        key = (correction.mention, correction.field, correction.old)
        last.pop(key, None)
        last[key] = correction
    grouped: dict[str, list[Correction]] = {}
    for correction in last.values():
        if correction.value:
            grouped.setdefault(correction.mention, []).append(correction)
    return grouped


def corrections_of(people: Iterable[Person], fixes: Fixes) -> list[Correction]:
    """Return the corrections of one person of the dataset, in the order of their mentions."""
    if not fixes:
        return []
    mentions = sorted(mention for person in people for mention in person.mentions)
    return [correction for mention in mentions for correction in fixes.get(mention, ())]


def correct_people(people: Sequence[Person], corrections: Sequence[Correction]) -> list[Person]:
    """Return what the articles say of one person with its roles and places put right."""
    for correction in corrections:
        if correction.field in OF_STATEMENT:
            people = [
                replace(
                    person, statements=tuple(_correct_statement(one, correction) for one in person.statements)
                )
                for person in people
            ]
    return list(people)


def _correct_statement(statement: Statement, correction: Correction) -> Statement:
    if correction.field == "place":
        is_meant = correction.old in ("", statement.place) and statement.place is not None
        return replace(statement, place=correction.value) if is_meant else statement
    role = statement.role
    if role is None or correction.old not in ("", role.nominative):
        return statement
    mended = Name(role.form, correction.value, "role", rule=_RULE, score=1.0)
    return replace(statement, role=mended, role_code=expand_role_code(correction.value).code)


def corrected_places(
    clusters: Sequence[Sequence[Person]], fixed: Sequence[Sequence[Correction]]
) -> set[tuple[str, str, str]]:
    """Return the places that were put right, each with the gmina of an article and the code of the office."""
    return {
        (statement.place, person.municipality or "", statement.role_code or "")
        for cluster, own in zip(clusters, fixed, strict=True)
        if any(correction.field == "place" for correction in own)
        for person in cluster
        for statement in person.statements
        if statement.place
    }


def correct_actor(actor: Actor, corrections: Sequence[Correction]) -> Actor:
    """Return a person of the dataset with name and gender put right; the old name becomes an alias."""
    for correction in corrections:
        if correction.field == "gender":
            gender: Gender = "f" if correction.value == "f" else "m"
            actor = replace(actor, gender=gender)
        elif correction.field in OF_PERSON:
            actor = _rename(actor, correction)
    return actor


def _rename(actor: Actor, correction: Correction) -> Actor:
    if correction.field == "name":
        given, _, surname = correction.value.rpartition(" ")
    else:
        given = correction.value if correction.field == "given_names" else actor.given_names
        surname = correction.value if correction.field == "surname" else actor.surname
    name = f"{given} {surname}".strip()
    aliases = tuple(sorted({*actor.aliases, actor.name} - {name}))
    return replace(actor, name=name, given_names=given, surname=surname, aliases=aliases)
