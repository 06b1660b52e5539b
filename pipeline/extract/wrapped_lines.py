"""Text that was cut into lines of one width, as minutes from a PDF or a mail are: its lines are joined again.

A list ends its lines where its items end, a wrapped text anywhere, so most of its long lines go on in lower case.
"""

import re

_LONG = 50
_LEAST_BREAKS = 3
_LEAST_SHARE = 0.3
# A line that may go on in the next: no mark that ends a sentence or opens a list, and no item, heading or cell after.
_OPEN_BREAK = re.compile(r"(?<![\s.!?:;|])[ ]?\n(?=[^\W\d_]|[(„\"])(?!\w\))")


def join_wrapped_lines(text: str) -> str:
    r"""Return a text with the breaks inside its wrapped sentences made spaces; as it is when it is not wrapped.

    Every other character stays, and stays where it is.

    >>> join_wrapped_lines("Jan Lis\nprezes")
    'Jan Lis\nprezes'
    """
    if text.count("\n") < _LEAST_BREAKS:
        return text
    breaks = [match.end() - 1 for match in _OPEN_BREAK.finditer(text) if _is_long(text, match.start())]
    continued = sum(_goes_on(text, at) for at in breaks)
    if continued < _LEAST_BREAKS or continued < _LEAST_SHARE * len(breaks):
        return text
    characters = list(text)
    for at in breaks:
        characters[at] = " "
    return "".join(characters)


def _goes_on(text: str, at: int) -> bool:
    """Say whether a line goes on in lower case, as the items of a list parted by commas may too."""
    return text[at + 1].islower() and not text[at - 2 : at].rstrip().endswith((",", ";"))


def _is_long(text: str, end: int) -> bool:
    return end - text.rfind("\n", 0, end) > _LONG
