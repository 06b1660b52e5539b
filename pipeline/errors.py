"""Errors that a user can meet; each message says what is wrong and what to do next."""


class CivicActorsError(Exception):
    """Base of every error that this package raises on purpose."""


class TableError(CivicActorsError):
    """A table or a gold file breaks its format; the message reads `path:line: reason`."""

    def __init__(self, path: object, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}")
        self.line = line
        self.reason = reason


class UnreadableInput(CivicActorsError):
    """One input cannot be read; becomes a row of `rejects`, never stops a batch."""


class ModelError(CivicActorsError):
    """A spaCy pipeline cannot be used here."""


class ConfigError(CivicActorsError):
    """A setting is unknown or out of range."""


class OutputError(CivicActorsError):
    """The output folder cannot take this run."""


class EngineError(CivicActorsError):
    """The processes that read articles cannot work."""
