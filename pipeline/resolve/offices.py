"""What an office code says: whether one gmina or body has one holder, and who heads a gmina.

Source: data/tables/roles.tsv and titles.tsv.
"""

from functools import cache

from pipeline.resolve.keys import fold
from pipeline.tables import load_table


@cache
def single_codes() -> frozenset[str]:
    """Return the codes of offices that one body or place has just one of."""
    return frozenset(row["code"] for row in load_table("roles") if row["single"] == "yes")


@cache
def head_codes() -> frozenset[str]:
    """Return the codes of executive offices that bind their one holder to one gmina."""
    return frozenset(
        row["code"]
        for row in load_table("roles")
        if row["single"] == "yes" and row["level"] == "gmina" and row["branch"] == "executive"
    )


@cache
def powiat_codes() -> frozenset[str]:
    """Return the codes of offices that are found in a powiat or voivodeship and nowhere below."""
    levels: dict[str, set[str]] = {}
    for row in load_table("roles"):
        levels.setdefault(row["code"], set()).add(row["level"])
    return frozenset(code for code, found in levels.items() if found <= {"powiat", "voivodeship"})


@cache
def clergy_titles() -> frozenset[str]:
    """Return the folded titles of one word that clergy bear."""
    forms = {fold(row["form"]) for row in load_table("titles") if row["kind"] == "clergy"}
    return frozenset(form for form in forms if " " not in form)


@cache
def clergy_codes() -> frozenset[str]:
    """Return the codes of offices that are found in the church alone."""
    return frozenset(code for code, found in _branches().items() if found == {"church"})


def branches_of(code: str) -> frozenset[str]:
    """Return the branches in which an office is found; empty for an unknown code."""
    return _branches().get(code, frozenset())


@cache
def _branches() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in load_table("roles"):
        if row["branch"] != "other":
            found.setdefault(row["code"], set()).add(row["branch"])
    return {code: frozenset(branches) for code, branches in found.items()}
