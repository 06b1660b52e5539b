"""Tell which articles are copies of another: press releases on many sites, print and AMP versions.

A copy may have another headline, a portal's words around it, and small edits. It is no copy when it says
something of its own: notices of one template that name another person, place or day are articles each.

1. Each article gets a MinHash signature of its runs of three words (480 bytes; all that is kept of it).
2. Locality-sensitive hashing names pairs that may share half of their runs: time grows with the number of
   articles, not of pairs.
3. A pair counts only when the texts themselves say so: shared runs, then the words that differ.

Broder (1997), On the resemblance and containment of documents. The signatures are those of rensa (MIT).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.metadata import version
from itertools import pairwise

from rapidfuzz.distance import Indel
from rensa import RMinHash, RMinHashLSH  # type: ignore[import-untyped]

from pipeline.records import Document

_RUN_WORDS = 3
_SIGNATURE, _BANDS, _SEED = 120, 40, 2024
_MIN_WORDS = 12
# Share of the shorter text's runs that stand in the other; chosen on the pairs of tests/ingest/near_pairs.py.
_CONTAINED = 0.6
# A shared core of so many words tells a copy whatever a portal adds after it.
_LONG_CORE = 60
# Fewer words at the end of an original are its own last sentence, more are another portal's footer.
_FOOTER = 12
# Estimated share of all runs of both texts below which the texts are not looked at.
_ALIKE = 0.25
_MAX_CHECKED = 24
_SWAP = 3

_WORD = re.compile(r"\w+(?:[-/.,]\w+)*")
_STEM = 4
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-") | {0xAD: None}

_Piece = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Signed:
    """One article's signature, and what decides which of two copies came first."""

    article_id: str
    published: date | None
    minhash: RMinHash

    @property
    def order(self) -> tuple[date, str]:
        """The earlier of two copies is the original; one without a day comes last."""
        return self.published or date.max, self.article_id


def sign_document(document: Document) -> Signed | None:
    """Return the signature of an article, or None for one too short to tell from its like."""
    words = split_words(document.text)
    if len(words) < _MIN_WORDS:
        return None
    minhash = RMinHash(num_perm=_SIGNATURE, seed=_SEED)
    minhash.update(sorted(_runs(words)))
    return Signed(document.article_id, document.published, minhash)


@cache
def signature_recipe() -> str:
    """Return all that signatures depend on beside the text: those of another recipe cannot be compared."""
    return (
        f"rensa {version('rensa')}, {_SIGNATURE} of seed {_SEED}, runs of {_RUN_WORDS}, {_MIN_WORDS} at least"
    )


def pack_signature(signed: Signed) -> bytes:
    """Return the signature proper, to be kept on disk."""
    packed: bytes = signed.minhash.__getstate__()
    return packed


def unpack_signature(article_id: str, published: date | None, packed: bytes) -> Signed:
    """Return the signature of an article from what `pack_signature` gave by the same recipe."""
    minhash = RMinHash(num_perm=_SIGNATURE, seed=_SEED)
    minhash.__setstate__(packed)
    return Signed(article_id, published, minhash)


def find_near_copies(signed: Iterable[Signed], text_of: Callable[[str], str]) -> dict[str, str]:
    """Return the id of the original of each article that is a copy.

    The result does not depend on the order of the articles: they are gone through by day of publication,
    then id, and each is compared with originals only, so that no copy leads to another copy.

    Args:
        signed: Signatures of articles.
        text_of: Returns the text of an article by its id; called for likely pairs only.
    """
    found: dict[str, str] = {}
    originals: list[Signed] = []
    index = RMinHashLSH(threshold=0.5, num_perm=_SIGNATURE, num_bands=_BANDS)
    for one in sorted(signed, key=lambda article: article.order):
        scored = [
            (one.minhash.jaccard(other.minhash), other)
            for other in map(originals.__getitem__, index.query(one.minhash))
        ]
        likely = sorted(
            (pair for pair in scored if pair[0] >= _ALIKE), key=lambda pair: (-pair[0], pair[1].order)
        )
        text = text_of(one.article_id) if likely else ""
        original = next(
            (other for _, other in likely[:_MAX_CHECKED] if is_copy(text, text_of(other.article_id))), None
        )
        if original is None:
            index.insert(len(originals), one.minhash)
            originals.append(one)
        else:
            found[one.article_id] = original.article_id
    return found


def is_copy(text: str, original: str) -> bool:
    """Say whether a text says nothing of its own beside an earlier one.

    >>> notice = "Gmina Kije zaprasza w sobotę o godzinie dziesiątej na spotkanie z sołtysem wsi Rębów do świetlicy"
    >>> is_copy("Portal. " + notice, notice), is_copy(notice.replace("Rębów", "Gołuchów"), notice)
    (True, False)
    """
    ours, theirs = split_words(text), split_words(original)
    first, second = _runs(ours), _runs(theirs)
    if not first or not second or len(first & second) < _CONTAINED * min(len(first), len(second)):
        return False
    return not _says_more(ours, theirs)


def split_words(text: str) -> list[str]:
    """Return the words and numbers of a text, in their own letter case, all dashes alike."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).translate(_DASHES))


def _runs(words: Sequence[str]) -> set[str]:
    folded = [word.casefold() for word in words]
    return {" ".join(folded[start : start + _RUN_WORDS]) for start in range(len(folded) - _RUN_WORDS + 1)}


def _says_more(ours: list[str], theirs: list[str]) -> bool:
    """Say whether what differs in our text names something that the other does not."""
    same = _shared(ours, theirs)
    core = sum(end - begin for begin, end, _, _ in same)
    runs = [piece for piece in same if piece[1] - piece[0] >= _RUN_WORDS]
    first, last = (runs[0][0], runs[-1][1]) if runs else (0, 0)
    known, mine = _facts(theirs), _facts(ours)
    inside = [piece for piece in same if first <= piece[0] < last]
    bounds = [(0, 0, 0, 0), *inside, (len(ours), len(ours), len(theirs), len(theirs))]
    for before, after in pairwise(bounds):
        begin, lost_words = before[1], after[2] - before[3]
        if begin >= last and core >= _LONG_CORE and not 0 < lost_words < _FOOTER:
            continue
        gap, other = _facts(ours[begin : after[0]]), _facts(theirs[before[3] : after[2]])
        if after[0] - begin <= _SWAP and lost_words <= _SWAP and gap - other and other - gap:
            return True  # one name or number put in the place of another, even one named elsewhere
        new, lost = gap - known, other - mine
        # At the edges a portal puts its own name; inside the text one new name is enough.
        if new and (lost or first < begin < last):
            return True
    return False


def _shared(ours: list[str], theirs: list[str]) -> list[_Piece]:
    """Return the shared pieces in order: begin and end in our words, begin and end in theirs."""
    pieces = Indel.opcodes([word.casefold() for word in ours], [word.casefold() for word in theirs])
    return [
        (piece.src_start, piece.src_end, piece.dest_start, piece.dest_end)
        for piece in pieces
        if piece.tag == "equal"
    ]


def _facts(words: Iterable[str]) -> set[str]:
    """Return what a notice may differ in: numbers, and words with a capital, by their stems."""
    return {_stem(word) for word in words if word[0].isdigit() or word[0].isupper()}


def _stem(word: str) -> str:
    return word if word[0].isdigit() else word.casefold()[: max(_STEM, len(word) - 3)]
