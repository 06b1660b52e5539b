"""Bodies under several names: `PSP w Sokółce` and `Komenda Powiatowa Państwowej Straży Pożarnej w Sokółce`."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from pipeline.normalise.institutions import classify_institution, find_seat
from pipeline.resolve.keys import fold
from pipeline.tables import load_table

_QUOTED = re.compile(r"[„“\"»«”]([^„“\"»«”]+)[”\"«»“]")
_DIGITS = {"voivodeship": 2, "powiat": 4, "gmina": 6}  # of TERC
_STEM = 5  # letters that the cases of a Polish word mostly share


@dataclass(frozen=True, slots=True)
class BodyName:
    """What the name of a body says, as it is compared.

    Attributes:
        gmina: Six digits of TERC: of the seat, or of the article where the name has none; or empty.
        seat: The seat inside the name, folded; or empty.
        quoted: Words in quotation marks, folded; or empty.
        words: Stems of all words but the seat and the patron, acronyms of kinds written out.
    """

    kind: str
    gmina: str
    seat: str
    quoted: str
    number: str
    patron: str
    words: frozenset[str]

    @property
    def detail(self) -> int:
        """How much the name tells."""
        parts = (self.seat, self.quoted, self.number, self.patron)
        return len(self.words) + 2 * sum(bool(part) for part in parts)


@lru_cache(maxsize=400_000)
def read_body_name(nominative: str, gmina: str) -> BodyName:
    """Return what a body's name says; `gmina` is that of its seat or its article.

    >>> sorted(read_body_name("PSP w Opolu", "166101").words)
    ['panst', 'pozar', 'straz']
    """
    parts = classify_institution(nominative)
    words = tuple(_words(_without_seat(nominative, parts.patron), parts.kind))
    return BodyName(
        kind=_kind(words) or parts.kind,
        gmina=gmina,
        seat=fold(parts.seat),
        quoted=quoted_name(nominative),
        number=parts.number,
        patron=_stems(parts.patron),
        words=frozenset(words),
    )


def quoted_name(nominative: str) -> str:
    """Return the words in quotation marks, folded; empty without any.

    >>> quoted_name("KGW „Jagoda” w Centawie")
    'jagoda'
    """
    quoted = _QUOTED.search(nominative)
    return fold(quoted[1]) if quoted else ""


def join_names(names: Iterable[BodyName]) -> list[list[BodyName]]:
    """Group names of one body: each vaguer name joins the one fuller body of its gmina that it can mean.

    A name that can mean two bodies stays alone; one of no known gmina joins the only body that bears its own words
    anywhere. The result does not depend on the order.
    """
    blocks: dict[tuple[str, str], list[BodyName]] = defaultdict(list)
    nowhere: list[BodyName] = []
    for name in sorted(set(names), key=_order):
        if name.kind and name.gmina:
            blocks[name.kind, name.gmina[: _DIGITS[single_kinds().get(name.kind, "gmina")]]].append(name)
        else:
            nowhere.append(name)
    return _join_nowhere(nowhere, [group for block in blocks.values() for group in _join_block(block)])


def _join_nowhere(nowhere: Sequence[BodyName], groups: list[list[BodyName]]) -> list[list[BodyName]]:
    """Let each name of no known gmina join the one group that has all its own words."""
    bearers: dict[tuple[str, str, frozenset[str]], set[int]] = defaultdict(set)
    for number, group in enumerate(groups):
        for name in group:
            for own in _own_words(name):
                bearers[own].add(number)
    joined = [list(group) for group in groups]
    for name in nowhere:
        found = {number for own in _own_words(name) for number in bearers.get(own, ())}
        if len(found) == 1:
            joined[found.pop()].append(name)
        else:
            joined.append([name])
    return joined


def _own_words(name: BodyName) -> Iterable[tuple[str, str, frozenset[str]]]:
    """Yield what only one body is likely to bear: words in quotes, or words beyond those of its kind."""
    if not name.kind:
        return
    if name.quoted:
        yield (name.kind, name.quoted, frozenset())
    elif name.words not in _plain_words() and not (name.number or name.patron):
        yield (name.kind, "", name.words)


@cache
def _plain_words() -> frozenset[frozenset[str]]:
    """Return the stems of each kind's name: what many bodies share."""
    return frozenset(frozenset(stems) for stems in _kinds_by_stems())


def _order(name: BodyName) -> tuple[object, ...]:
    return (-name.detail, sorted(name.words), name.seat, name.quoted, name.number, name.patron, name.gmina)


def _join_block(names: Sequence[BodyName]) -> list[list[BodyName]]:
    """Join from the fullest name to the vaguest, so that each meets every body that it can mean."""
    groups: list[list[BodyName]] = []
    known: list[BodyName] = []
    for name in names:
        fitting = [number for number, body in enumerate(known) if may_mean(name, body)]
        if len(fitting) == 1:
            groups[fitting[0]].append(name)
            known[fitting[0]] = _fuller(known[fitting[0]], name)
        else:
            groups.append([name])
            known.append(name)
    return groups


def may_mean(name: BodyName, body: BodyName) -> bool:
    """Say whether a name can be of a body whose fuller name is known: nothing differs, and something pins it."""
    parts = ((name.number, body.number), (name.patron, body.patron), (name.quoted, body.quoted))
    if any(one and other and one != other for one, other in parts):
        return False
    has_one_name = bool(name.quoted) and name.quoted == body.quoted
    if not has_one_name and not name.words <= body.words:
        return False
    unit = "" if name.number or body.number else single_kinds().get(name.kind, "")
    if name.seat and body.seat and name.seat != body.seat and unit != "gmina":
        return False
    return bool(unit) or has_one_name or (bool(name.seat) and name.seat == body.seat)


def _fuller(body: BodyName, name: BodyName) -> BodyName:
    return replace(
        body,
        seat=body.seat or name.seat,
        quoted=body.quoted or name.quoted,
        number=body.number or name.number,
        patron=body.patron or name.patron,
    )


def _without_seat(nominative: str, patron: str) -> str:
    seat = find_seat(nominative)
    if seat is not None:
        unit, _, place = nominative[seat[0] : seat[1]].partition(" ")
        kept = unit if place and unit.lower() in _unit_words() else ""
        nominative = f"{nominative[: seat[0]]} {kept} {nominative[seat[1] :]}"
    return _QUOTED.sub(" ", nominative.replace(patron, " ") if patron else nominative)


@cache
def _unit_words() -> frozenset[str]:
    return frozenset(row["word"] for row in load_table("institution_markers") if row["opens"] == "unit")


def _words(name: str, kind: str) -> Iterable[str]:
    for word in fold(name).split():
        written_out = _written_out()
        for full in (written_out.get((word, kind)) or written_out.get((word, ""), word)).split():
            if len(full) > 2:
                yield full[:_STEM]


def _stems(text: str) -> str:
    return " ".join(word[:_STEM] for word in fold(text).split())


@cache
def single_kinds() -> Mapping[str, str]:
    """Return the kinds of body of which a unit has one, with that unit: gmina, powiat or voivodeship."""
    return {row["kind"]: row["unit"] for row in load_table("single_kinds")}


def _kind(words: Sequence[str]) -> str:
    """Return the kind whose name's stems the words start with; the longest such."""
    kinds = _kinds_by_stems()
    found = (kinds.get(tuple(words[:length])) for length in range(min(len(words), 8), 0, -1))
    return next((kind for kind in found if kind), "")


@cache
def _kinds_by_stems() -> Mapping[tuple[str, ...], str]:
    kinds: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in load_table("institution_kinds"):
        kinds[tuple(word[:_STEM] for word in fold(row["head"]).split() if len(word) > 2)].add(row["kind"])
    # The stem of a single word is shared by unlike kinds.
    return {stems: min(found) for stems, found in kinds.items() if len(found) == 1 and len(stems) > 1}


@cache
def _written_out() -> Mapping[tuple[str, str], str]:
    """Return the plainest name that each acronym stands for, by acronym and kind of body, and by acronym alone."""
    full: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in load_table("institution_kinds"):
        for acronym in filter(None, row["acronym"].split("|")):
            for kind in (row["kind"], ""):
                full[fold(acronym), kind].add(fold(row["head"]))
    return {key: min(heads, key=lambda head: (len(head), head)) for key, heads in full.items()}
