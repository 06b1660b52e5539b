"""Windows of a text: the people, offices and bodies of a sentence or list, and what stands between them."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.gaps import Gap, read_gap
from pipeline.extract.list_order import Item, ListOrder, read_list_order
from pipeline.extract.offices import Office
from pipeline.quick import quickly_made
from pipeline.records import Mention

LIST_MARKS = frozenset({",", "i", "oraz", "¶", "-", "#", ".", ";", "•", "*", "a", "też", "także", "z", ":"})
_JOINTS = frozenset({("i",), ("oraz",), ("a", "zarazem"), ("i", "zarazem"), (",", "a", "zarazem")})
_MARK_NAMES = {"-": "dash", ",": "comma", "(": "bracket", ":": "colon", "¶": "line", "|": "cell"}


@quickly_made
@dataclass(frozen=True, slots=True)
class Unit:
    """A person, an office with its complements, or a body of its own, as one item of a window."""

    kind: str
    mention: int
    start: int
    end: int
    office: Office | None = None


@quickly_made
@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of text in which links are sought: a sentence, or a list with its heading."""

    start: int
    end: int
    units: tuple[Unit, ...]
    gaps: tuple[Gap, ...]
    lead: Gap
    tail: Gap
    people: tuple[Unit, ...]
    shape: str
    has_lines: bool
    order: ListOrder


def make_window(
    text: str, mentions: Sequence[Mention], units: Sequence[Unit], start: int, end: int
) -> Window:
    """Read the gaps between the units of one window; `lead` and `tail` stand before and after them."""
    edges = [(left.end, right.start) for left, right in zip(units, units[1:], strict=False)]
    lead = read_gap(text[max(start, units[0].start - 80) : units[0].start]) if units else read_gap("")
    tail = read_gap(text[units[-1].end : min(end, units[-1].end + 80)]) if units else read_gap("")
    gaps = tuple(read_gap(text[left:right]) for left, right in edges)
    people = tuple(unit for unit in units if unit.kind == "person")
    has_lines = any("¶" in gap.tokens for gap in gaps)
    order = _read_order(units, gaps)
    return Window(start, end, tuple(units), gaps, lead, tail, people, _name_shape(units), has_lines, order)


def _read_order(units: Sequence[Unit], gaps: Sequence[Gap]) -> ListOrder:
    items, line = [], 0
    for place, unit in enumerate(units):
        line += place > 0 and "¶" in gaps[place - 1].tokens
        plural = unit.office is not None and unit.office.number == "plural"
        items.append(Item("offices" if plural else unit.kind, line))
    return read_list_order(items, ["and" if gap.tokens in _JOINTS else gap_class(gap) for gap in gaps])


def _name_shape(units: Sequence[Unit]) -> str:
    """Tell how a whole list alternates: who comes first, who last, and how evenly."""
    kinds = [unit.kind for unit in units if unit.kind in ("person", "office")]
    if not kinds:
        return "none"
    people, offices = kinds.count("person"), kinds.count("office")
    balance = "even" if people == offices else "people" if people > offices else "offices"
    return f"{kinds[0]}>{kinds[-1]}:{balance}:{min(offices, 3)}"


def gap_class(gap: Gap) -> str:
    """Name what a gap is: `next` when it is empty, a mark's name, `list` for several marks, `word` or `words`."""
    if not gap.tokens:
        return "next"
    if len(gap.tokens) == 1:
        return _MARK_NAMES.get(gap.tokens[0], "word")
    return "list" if LIST_MARKS.issuperset(gap.tokens) else "words"
