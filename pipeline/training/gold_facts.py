"""What a gold line says of one person: the part after `@id`."""

from pathlib import Path

from pipeline.training.gold import GoldAffiliation, format_affiliation, parse_affiliations


def format_facts(held: GoldAffiliation) -> str:
    """Return the facts of one office: `role=wójt | since=2018`."""
    return format_affiliation(held).partition(" ")[2]


def read_facts(actor: str, text: str) -> list[GoldAffiliation]:
    """Return the offices that lines of facts say of one person.

    Raises:
        TableError: A line breaks the format.
    """
    lines = [f"@{actor} {line}" for line in text.split("\n") if line.strip()]
    return list(parse_affiliations(Path("facts"), lines, 1))
