"""How much of one input is read; beyond that it becomes a reject that names the setting."""

from dataclasses import dataclass, fields

from pipeline.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes and times beyond which one article is refused.

    Attributes:
        max_bytes: A file read as one article, a line of a JSON Lines file, a record of a CSV.
        max_chars: The text of one article, in code points; also an HTML or Markdown source.
        min_words: Words with at least one letter.
        parse_seconds: How long one HTML or Markdown source may be parsed.

    Raises:
        ConfigError: A limit is below 1.
    """

    max_bytes: int = 20 * 1024 * 1024
    max_chars: int = 1_000_000
    min_words: int = 3
    parse_seconds: int = 120

    def __post_init__(self) -> None:
        for field in fields(self):
            if (value := getattr(self, field.name)) < 1:
                raise ConfigError(f"{field.name} is {value}; give a whole number from 1")
