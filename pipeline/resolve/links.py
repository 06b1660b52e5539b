"""Under which keys a claim is found by others, so that what is new meets only whom it may sway."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.resolve.block import context_keys, is_vague, name_keys
from pipeline.resolve.compare import Claim
from pipeline.resolve.profiles import content_of
from pipeline.resolve.vague import looked_up, own_key, person_keys


@dataclass(frozen=True, slots=True)
class Links:
    """Hashes of keys.

    Attributes:
        content: Of all that is compared: claims of one content may be one profile.
        blocks: Under which a whole name is compared; who shares one is tied only if the pair speaks for one person.
        met: Under which a claim is found; who seeks one of them is tied to it.
        sought: What the claim seeks among the keys met by others.
    """

    content: int
    blocks: tuple[int, ...]
    met: tuple[int, ...]
    sought: tuple[int, ...]


def link_claim(claim: Claim) -> Links:
    """Return the keys of a claim.

    A vague claim looks for people under some of its keys, and people are found by it under theirs; both ways are
    sought, since either of the two may be the new one.
    """
    content = _hash(("content", *map(_text, content_of(claim))))
    people = [_hash(("person", *key)) for key in person_keys(claim)]
    seekers = [_hash(("seeker", *key)) for key in person_keys(claim)]
    met, sought = [content, *people], [content, *seekers]
    if not is_vague(claim):
        blocks = [_hash(("name", *key)) for key in name_keys(claim)]
        blocks += [_hash(("context", *key)) for key in context_keys(claim)]
        return Links(content, tuple(blocks), tuple(met), tuple(sought))
    alike = _hash(("alike", *own_key(claim)))
    met += [alike, *(_hash(("seeker", *key)) for key in looked_up(claim))]
    sought += [alike, *(_hash(("person", *key)) for key in looked_up(claim))]
    return Links(content, (), tuple(met), tuple(sought))


def _text(value: object) -> str:
    return "\x1e".join(sorted(map(str, value))) if isinstance(value, frozenset) else str(value)


def _hash(parts: Iterable[str]) -> int:
    """Return 64 bits, signed; two keys of one hash only make more be looked at."""
    digest = hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)
