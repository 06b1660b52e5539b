"""What an office named by one bare word means beside the offices around it.

`Zastępczyni` after a wójt is a deputy wójt; `skarbnik` after a `prezes` keeps a brigade's purse, after a wójt
the gmina's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pipeline.normalise.role_codes import RoleParts, expand_role_code
from pipeline.records import Mention, Name
from pipeline.tables import load_table

_REACH = 120


@dataclass(frozen=True, slots=True)
class PlacedOffice:
    """An office as the offices beside it make it plain.

    Attributes:
        principal: Mention of the office whose bare deputy this is; None for others.
    """

    parts: RoleParts
    principal: int | None = None


def read_offices(mentions: Sequence[Mention], names: Sequence[Name]) -> Mapping[int, PlacedOffice]:
    """Return what each office of an article is, those of one bare word as the offices beside them tell.

    Args:
        mentions: Those of the article, in reading order.
        names: Their nominatives.
    """
    roles = [index for index, mention in enumerate(mentions) if mention.label == "role"]
    known = [expand_role_code(names[index].nominative) for index in roles]
    found: dict[int, PlacedOffice] = {}
    for at, index in enumerate(roles):
        before = roles[at - 1] if at and _is_near(mentions, roles[at - 1], index) else None
        after = known[at + 1] if at + 1 < len(roles) and _is_near(mentions, index, roles[at + 1]) else None
        if len(names[index].nominative.split()) > 1:
            found[index] = PlacedOffice(known[at])
        elif known[at].code == "deputy" and before is not None and not found[before].parts.deputy:
            found[index] = PlacedOffice(_deputise(found[before].parts), before)
        else:
            beside = (None if before is None else found[before].parts, after)
            found[index] = PlacedOffice(_read_bare(known[at], beside))
    return found


def _is_near(mentions: Sequence[Mention], left: int, right: int) -> bool:
    return mentions[right].start - mentions[left].end < _REACH


def _deputise(office: RoleParts) -> RoleParts:
    return replace(office, code=f"deputy_{office.code}", single=False, flags=office.flags | {"deputy"})


def _read_bare(office: RoleParts, beside: Sequence[RoleParts | None]) -> RoleParts:
    """Return an office that boards, councils and gminas share as that of the first side that tells."""
    kind = _shared_offices().get(office.code, "")
    sides = [side for found in beside if found is not None and (side := _side_of(found))]
    if not sides or kind not in ("purse", "chair"):
        return office
    if kind == "chair":
        return replace(office, branch="council", level="gmina") if sides[0] == "gmina" else office
    if sides[0] == "board":
        return replace(office, code=f"board_{office.code}", branch="other")
    return replace(office, branch="executive", level="gmina")


def _side_of(office: RoleParts) -> str:
    """Say whether an office makes a bare one beside it one of a board, or of a gmina; empty when neither."""
    if office.level == "gmina" and office.branch in ("executive", "council"):
        return "gmina"
    on_board = office.code.startswith("board_") or _shared_offices().get(office.code) in ("board", "chair")
    return "board" if on_board else ""


@cache
def _shared_offices() -> Mapping[str, str]:
    """Return the codes of offices that a board shares with a council or gmina, and those of a board alone."""
    return {row["code"]: row["kind"] for row in load_table("board_offices")}
