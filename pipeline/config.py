"""Settings: the defaults of config.toml, and what a caller changes; an unknown key is an error."""

import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from pipeline.errors import ConfigError

ENGINES = ("local", "spark")


@dataclass(frozen=True, slots=True)
class Config:
    """All settings of a run; config.toml says what each means."""

    workers: int
    engine: str
    spark_master: str
    spark_chunks: int
    spark_work: str
    chunk_articles: int
    chunk_words: int
    stall_seconds: int
    worker_chunks: int
    max_bytes: int
    max_chars: int
    parse_seconds: int
    batch_size: int

    def __post_init__(self) -> None:
        """Refuse values out of range."""
        for field in fields(self):
            value = getattr(self, field.name)
            if field.type is str and not isinstance(value, str):
                raise ConfigError(f"{field.name} must be text, not {value!r}")
            if field.type is int and (not isinstance(value, int) or value < 1):
                raise ConfigError(f"{field.name} must be a whole number of at least 1, not {value!r}")
        if self.engine not in ENGINES:
            raise ConfigError(f"engine must be one of {', '.join(ENGINES)}, not {self.engine!r}")

    def changed(self, **settings: Any) -> "Config":
        """Return a copy with some settings changed; None keeps the default.

        Raises:
            ConfigError: A setting is unknown or out of range.
        """
        known = {field.name for field in fields(self)}
        if unknown := sorted(set(settings) - known):
            raise ConfigError(f"unknown setting {', '.join(unknown)}; known are {', '.join(sorted(known))}")
        return replace(self, **{key: value for key, value in settings.items() if value is not None})


def load_config(path: Path | None = None) -> Config:
    """Load the shipped defaults, then a file of the same form over them.

    Raises:
        ConfigError: The file is not TOML, or names an unknown setting.
    """
    defaults = Config(**_read(Path(__file__).with_name("config.toml")))
    return defaults if path is None else defaults.changed(**_read(path))


def _read(path: Path) -> dict[str, Any]:
    try:
        sections = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: {error}") from error
    settings: dict[str, Any] = {}
    for name, section in sections.items():
        if not isinstance(section, dict):
            raise ConfigError(f"{path}: {name} stands outside a [section]")
        settings |= section
    return settings
