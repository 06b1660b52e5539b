"""The code of an office: what it is, at which level, and what its modifiers say.

Source: data/tables/roles.tsv and role_modifiers.tsv.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from pipeline.morphology import analyse
from pipeline.normalise.diacritics import fold_diacritics
from pipeline.normalise.roles import nominative_role
from pipeline.remembered import PHRASES
from pipeline.tables import Row, load_table

_MOST_MODIFIERS = 4
_ORDINALS = ("I", "II", "III")


@dataclass(frozen=True, slots=True)
class RoleParts:
    """What an office's name says.

    Attributes:
        code: Function alone, such as `mayor`, `deputy_mayor`; a slug of the name when it is unknown.
        level: gmina, powiat, voivodeship, national, any; empty when unknown.
        branch: executive, council, school, ...; empty when unknown.
        public: Whether its holder acts in public.
        single: Whether one body or place has just one holder.
        flags: Out of deputy, acting, former, honorary, candidate, elect.
        known: Whether the table has it.
    """

    code: str
    level: str = ""
    branch: str = ""
    public: bool = False
    single: bool = False
    flags: frozenset[str] = frozenset()
    known: bool = False

    @property
    def deputy(self) -> bool:
        """Say whether the holder is somebody's deputy."""
        return "deputy" in self.flags or self.code.startswith("deputy_")


@dataclass(frozen=True, slots=True)
class _Modifier:
    form: str
    position: str
    kind: str


@lru_cache(maxsize=PHRASES)
def expand_role_code(role_nominative: str) -> RoleParts:
    """Return the code of an office; the longest name that the table has decides.

    Adjectives before the head are set aside when nothing else helps: they say of where, seldom of what.

    >>> expand_role_code("zastępczyni burmistrza").code
    'deputy_mayor'
    >>> expand_role_code("Lubelski Komendant Wojewódzki").code
    'commandant'
    """
    rest, flags = _without_modifiers(_write_out(role_nominative))
    row, unknown = _find_row(rest), rest
    while row is None and (shorter := _without_adjective(rest)):
        rest, more = _without_modifiers(shorter)
        row, flags = _find_row(rest), flags | more
    return RoleParts(code=_slug(unknown), flags=flags) if row is None else _make_parts(row, flags)


def _write_out(role: str) -> str:
    """Return an office in lower case, the abbreviation that it begins with written out."""
    first, _, rest = " ".join(role.lower().split()).partition(" ")
    return f"{_abbreviations().get(first, first)} {rest}".strip()


@cache
def _abbreviations() -> Mapping[str, str]:
    rows = [row for row in load_table("abbreviations") if row["kind"] == "role"]
    return {row["short"].lower(): row["full"].split(",")[0].lower() for row in rows}


def _without_modifiers(text: str) -> tuple[str, frozenset[str]]:
    """Return an office without what is said of its holder: acting, former, deputy."""
    flags = frozenset[str]()
    for _ in range(_MOST_MODIFIERS):
        modifier = None if _whole_row(text) else _find_modifier(text)
        if modifier is None:
            break
        flags |= {modifier.kind}
        text = _without(text, modifier)
    return text, flags


def _without_adjective(text: str) -> str:
    """Return what follows an adjective or an ordinal number; empty where the first word is neither."""
    first, _, rest = text.partition(" ")
    ordinal = first.upper() in _ORDINALS
    return (
        rest
        if ordinal or any(analysis.pos == "adj" for analysis in analyse(first.rpartition("-")[2]))
        else ""
    )


def _find_row(text: str) -> Row | None:
    return _whole_row(text) or _longest_row(text) or _longest_row(_as_nominative(text))


def _make_parts(row: Row, flags: frozenset[str]) -> RoleParts:
    parts = RoleParts(
        code=row["code"],
        level=row["level"],
        branch=row["branch"],
        public=row["public"] == "yes",
        single=row["single"] == "yes",
        flags=flags,
        known=True,
    )
    if "deputy" in flags and not parts.code.startswith("deputy"):
        return replace(parts, code=f"deputy_{parts.code}", single=False)
    return parts


@cache
def _rows() -> Mapping[str, Row]:
    rows: dict[str, Row] = {}
    for row in load_table("roles"):
        for form in filter(None, row["feminine"].split("|")):
            rows.setdefault(form, row)
    rows.update({row["lemma"]: row for row in load_table("roles")})
    return rows


@cache
def _modifiers() -> tuple[_Modifier, ...]:
    """Return the modifiers, the longest first, those written together last."""
    rows = [
        _Modifier(row["form"].lower(), row["position"], row["kind"]) for row in load_table("role_modifiers")
    ]
    kept = [item for item in rows if item.position in ("before", "after", "prefix")]
    return tuple(sorted(kept, key=lambda item: (item.position == "prefix", -len(item.form), item.form)))


def _find_modifier(text: str) -> _Modifier | None:
    for item in _modifiers():
        if item.position == "before" and text.startswith(item.form + " "):
            return item
        if item.position == "after" and text.endswith(
            (" " + item.form, item.form if item.form[0] == "-" else "\0")
        ):
            return item
        if (
            item.position == "prefix"
            and text.startswith(item.form)
            and _whole_row(text[len(item.form) :].lstrip("- "))
        ):
            return item
    return None


def _without(text: str, modifier: _Modifier) -> str:
    if modifier.position == "after":
        return text.removesuffix(modifier.form).rstrip(" -")
    return text.removeprefix(modifier.form).lstrip(" -")


def _whole_row(text: str) -> Row | None:
    return _rows().get(text) or _rows().get(_as_nominative(text))


def _longest_row(text: str) -> Row | None:
    words = text.split()
    for length in range(len(words), 0, -1):
        if row := _rows().get(" ".join(words[:length])):
            return row
    return None


@lru_cache(maxsize=PHRASES)
def _as_nominative(text: str) -> str:
    """Return an office in the nominative: what `p.o.` and `zastępca` govern stands in the genitive."""
    return nominative_role(text).nominative if text else text


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", fold_diacritics(text)).strip("_")


def is_womans_office(role_nominative: str) -> bool:
    """Say whether an office is named in a form that women alone bear.

    >>> is_womans_office("zastępczyni burmistrza"), is_womans_office("wójt")
    (True, False)
    """
    words = role_nominative.lower().split()
    return bool(words) and words[0] in _womens_words()


@cache
def _womens_words() -> frozenset[str]:
    """Return the first words of offices in their feminine form, those that men bear too left out."""
    rows = _rows().values()
    feminine = {form.split()[0] for row in rows for form in row["feminine"].split("|") if form}
    return frozenset(feminine - {row["lemma"].split()[0] for row in rows})
