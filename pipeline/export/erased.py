"""Remember who was erased without keeping the name: salted hashes in `erased.jsonl` beside the tables.

Whoever holds the file can test a guessed name against it, because the salt lies beside the hash: it hides a
name from a reader, not from somebody who already suspects it.
"""

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.errors import OutputError

FILE_NAME = "erased.jsonl"
EVERYWHERE = "*"

_HEX = re.compile(r"[0-9a-f]{32,64}")


@dataclass(frozen=True, slots=True)
class Erased:
    """One erased person: HMAC-SHA256 of the normalised name and the gmina, and its salt, in hex."""

    salt: str
    digest: str

    def __post_init__(self) -> None:
        """Refuse what is no hash."""
        if not _HEX.fullmatch(self.salt) or not _HEX.fullmatch(self.digest):
            raise ValueError("salt and digest are hex digits")


def find_file(out: str | Path, given: Path | None) -> Path | None:
    """Return the file of erased people: the one given, or that of the dataset's folder, if there is one."""
    own = Path(out) / FILE_NAME
    return given or (own if own.exists() else None)


def new_salt() -> str:
    """Return a salt of 128 random bits, in hex."""
    return secrets.token_hex(16)


def hash_person(name: str, gmina: str, *, salt: str) -> str:
    """Return the hash of a person's name and the TERC of a gmina (six digits count), or of `EVERYWHERE`."""
    words = " ".join(sorted(re.findall(r"\w+", name.casefold())))
    return hmac.new(bytes.fromhex(salt), f"{words}\n{gmina[:6]}".encode(), hashlib.sha256).hexdigest()


def load_erased(path: Path) -> list[Erased]:
    """Load who was erased; nobody when there is no file.

    Raises:
        OutputError: A line is not of this form; the message reads `path:line: reason`.
    """
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_parse(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]


def format_erased(erased: Iterable[Erased]) -> str:
    """Return the lines of the file."""
    return "".join(json.dumps(asdict(one)) + "\n" for one in erased)


def find_erased(dataset: Any, erased: Iterable[Erased]) -> set[str]:
    """Return the actor_id of everybody in a dataset who was erased earlier."""
    known: dict[str, set[str]] = {}
    for one in erased:
        known.setdefault(one.salt, set()).add(one.digest)
    if not known:
        return set()
    gminas = gminas_of_actors(dataset)
    return {
        actor_id
        for actor_id, name in _names(dataset.actors)
        for gmina in (*gminas.get(actor_id, {""}), EVERYWHERE)
        for salt, digests in known.items()
        if hash_person(name, gmina, salt=salt) in digests
    }


def gminas_of_actors(dataset: Any) -> dict[str, set[str]]:
    """Return the gminas of the articles that name each actor; an unknown one is empty text."""
    towns = dataset.articles.set_index("article_id")["municipality_teryt"].to_dict()
    people = dataset.mentions[dataset.mentions["label"] == "person"]
    found: dict[str, set[str]] = {}
    for actor_id, article in zip(people["entity_id"], people["article_id"], strict=True):
        if isinstance(actor_id, str):
            teryt = towns.get(article)
            found.setdefault(actor_id, set()).add(teryt[:6] if isinstance(teryt, str) else "")
    return found


def _names(actors: pd.DataFrame) -> Iterator[tuple[str, str]]:
    for actor_id, name, aliases in zip(actors["actor_id"], actors["name"], actors["aliases"], strict=True):
        # A surname alone would take away every namesake.
        yield from ((actor_id, one) for one in (name, *aliases) if one == name or " " in one)


def _parse(path: Path, number: int, line: str) -> Erased:
    try:
        found: Mapping[str, Any] = json.loads(line)
        return Erased(**found)
    except (ValueError, TypeError) as error:
        raise OutputError(
            f"{path}:{number}: {error}; take the file that `civic-actors erase` wrote"
        ) from error
