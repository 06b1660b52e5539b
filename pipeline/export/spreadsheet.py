"""Cells as a spreadsheet may open them: nothing that came from an article can act as a formula."""

import re

# The full-width forms act as the plain ones in East Asian editions of Excel.
_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?", re.ASCII)

LIST_SEPARATOR = " | "


def guard(text: str) -> str:
    """Return a cell with an apostrophe before what a spreadsheet would run; numbers stay.

    >>> guard("=1+1"), guard("-5"), guard("Anna Lis")
    ("'=1+1", '-5', 'Anna Lis')
    """
    return f"'{text}" if text.startswith(_ACTIVE) and not _NUMBER.fullmatch(text) else text


def flat(value: object) -> object:
    """Return a list as one text, its parts separated by ` | `; anything else as it is."""
    return LIST_SEPARATOR.join(value) if isinstance(value, list) else value
