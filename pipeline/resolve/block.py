"""Which pairs are compared at all: those that share a block."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from pipeline.resolve.compare import Claim
from pipeline.resolve.given_names import block_names, is_initial, split_given
from pipeline.resolve.keys import older_forms, surname_parts
from pipeline.resolve.surnames import sounds

Key = tuple[str, ...]
Block = list[int]
LARGEST = 1_500  # claims compared with each other; a larger block is cut by gmina, then by office


def is_vague(claim: Claim) -> bool:
    """Say whether a claim lacks a surname, a whole given name, or any place and body."""
    given = split_given(claim.given_names)
    is_placeless = not claim.municipalities and not claim.institutions
    return not claim.surname or not given or is_initial(given[0]) or is_placeless


def candidate_pairs(claims: Sequence[Claim], largest: int = LARGEST) -> Iterator[tuple[int, int]]:
    """Yield each pair of indices that shares a block, the smaller first; once unless its block was cut.

    Args:
        claims: With whole names, sorted by claim_id.
        largest: Claims of the largest block that is compared whole.
    """
    keys = [name_keys(claim) for claim in claims]
    for key, block in _group(range(len(claims)), lambda index: keys[index]):
        for part in cut_block(claims, block, largest):
            for left, right in combinations(part, 2):
                if len(keys[left]) == 1 or len(keys[right]) == 1 or key == min(keys[left] & keys[right]):
                    yield left, right
    yield from _context_pairs(claims, keys, largest)


def _context_pairs(
    claims: Sequence[Claim], keys: Sequence[frozenset[Key]], largest: int
) -> Iterator[tuple[int, int]]:
    """Yield the pairs whose names differ but which share a gmina and office, or a body."""
    places = [context_keys(claim) for claim in claims]
    for key, block in _group(range(len(claims)), lambda index: places[index]):
        if len(block) > largest:
            continue
        for left, right in combinations(block, 2):
            if not keys[left] & keys[right] and key == min(places[left] & places[right]):
                yield left, right


def name_keys(claim: Claim) -> frozenset[Key]:
    """Return the blocks of a claim by its name: one for each part of the surname and given name."""
    return _name_keys(claim.given_names, claim.surname)


@lru_cache(maxsize=400_000)
def _name_keys(given_names: str, surname: str) -> frozenset[Key]:
    parts = surname_parts(surname)
    names = {*parts, *(f"~{heard}" for heard in sounds(surname))}
    names |= {plain for part in parts for plain in older_forms(part)}
    return frozenset((name, given) for name in names for given in block_names(split_given(given_names)[0]))


def context_keys(claim: Claim) -> frozenset[Key]:
    """Return blocks that find a misspelt surname: one given name, one gmina or body, one first letter."""
    first = surname_parts(claim.surname)[0][:1]
    places = {*(f"{place}/{code}" for place in claim.municipalities for code in claim.role_codes)}
    places |= claim.institutions | claim.municipalities
    return frozenset((place, split_given(claim.given_names)[0][:3], first) for place in places)


def cut_block(claims: Sequence[Claim], block: Block, largest: int) -> list[Block]:
    """Cut a block that is too large by gmina, then by office; what is larger still is not compared."""
    parts = [block]
    for cells in (_by_municipality, _by_office):
        parts = [
            piece
            for part in parts
            for piece in ([part] if len(part) <= largest else _split(claims, part, cells))
        ]
    return [part for part in parts if 1 < len(part) <= largest]


def _split(claims: Sequence[Claim], block: Block, cells: Callable[[Claim], Iterable[str]]) -> list[Block]:
    return [part for _, part in _group(block, lambda index: [(cell,) for cell in cells(claims[index])])]


def _by_municipality(claim: Claim) -> Iterable[str]:
    return claim.municipalities or ("",)


def _by_office(claim: Claim) -> Iterable[str]:
    return claim.role_codes or ("",)


def _group(indices: Iterable[int], keys: Callable[[int], Iterable[Key]]) -> list[tuple[Key, Block]]:
    blocks: dict[Key, Block] = defaultdict(list)
    for index in indices:
        for key in keys(index):
            blocks[key].append(index)
    return [(key, block) for key, block in sorted(blocks.items()) if len(block) > 1]
