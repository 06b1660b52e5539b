"""Text from outside made safe for a terminal, and numbers with their nouns."""

from rich.markup import escape

from pipeline.guards import terminal_text


def plain(text: str) -> str:
    """Return text from outside made safe for a terminal: no control characters, no markup."""
    return escape(terminal_text(text))


def count(number: object, noun: str) -> str:
    """Return a number with its noun: `1 article`, `2 articles`."""
    return f"{number} {noun_of(number, noun)}"


def noun_of(number: object, noun: str) -> str:
    """Return a noun as it stands after a number."""
    return noun if number == 1 else f"{noun}s"


def shown(value: object) -> str:
    """Return a table's cell as safe text; an empty one as nothing."""
    return plain(str(value)) if isinstance(value, str) or (value is not None and value == value) else ""
