"""Find a person's name again where no mention marks it: in titles, addresses, copies, other cases."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pipeline.masks import Span, mask_spans

# What an ending may replace and add: `Dudek` stands as `Dudkom`, `Stec` as `Stecowie`.
_DROPPED, _ADDED, _SHORTEST_STEM = 2, 4, 3

_WORD = re.compile(r"[^\W\d_]+")
_NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class NamePatterns:
    """Patterns of some people's names.

    Attributes:
        whole: Names of two words and more in any case, in either order, and single words as written.
        title: The same, and single words in any case.
        address: Names of two words and more as an address spells them: `jan-kowalski`.
    """

    whole: re.Pattern[str]
    title: re.Pattern[str]
    address: re.Pattern[str]

    @classmethod
    def of(cls, names: Iterable[str]) -> "NamePatterns":
        """Make the patterns of names, each in any grammatical case."""
        split = sorted({tuple(_WORD.findall(unicodedata.normalize("NFC", name))) for name in names})
        full = [words for words in split if len(words) > 1]
        single = sorted({words[0] for words in split if len(words) == 1 and len(words[0]) > 1})
        surnames = sorted({words[-1] for words in full if len(words[-1]) > 1} | set(single))
        joined = [pattern for words in full for pattern in _orders(words, r"[\W_]{1,3}")]
        written = [f"(?-i:{re.escape(word)}|{re.escape(word.upper())})" for word in single]
        folded = [pattern for words in full for pattern in _orders(map(_fold, words), r"[\W_]{1,3}")]
        return cls(
            whole=_compile([*joined, *written]),
            title=_compile(
                [*joined, *(f"(?-i:(?=[^\\W\\d_a-ząćęłńóśźż])){_stem(name)}" for name in surnames)]
            ),
            address=_compile(folded),
        )

    def find(self, text: str) -> list[Span]:
        """Return where the names stand."""
        return [match.span() for match in self.whole.finditer(text)]

    def mask(self, text: Any) -> Any:
        """Return a text with the names as `█`; what is no text stays."""
        return mask_spans(text, self.find(text)) if isinstance(text, str) else text

    def mask_title(self, title: Any) -> Any:
        """Return a headline with the names as `█`, surnames alone too."""
        if not isinstance(title, str):
            return title
        return mask_spans(title, [match.span() for match in self.title.finditer(title)])

    def mask_address(self, address: Any) -> Any:
        """Return a url or path with the names as `█`, as in `/aktualnosci/jan-kowalski-ma-100-lat`."""
        if not isinstance(address, str):
            return address
        return mask_spans(address, [match.span() for match in self.address.finditer(_fold(address))])


def _orders(words: Iterable[str], gap: str) -> list[str]:
    stems = [_stem(word) for word in words]
    return [gap.join(stems), gap.join([stems[-1], *stems[:-1]])]


def _stem(word: str) -> str:
    kept = word[: max(_SHORTEST_STEM, len(word) - _DROPPED)]
    return rf"{re.escape(kept)}[^\W\d_]{{0,{_ADDED}}}"


def _compile(patterns: list[str]) -> re.Pattern[str]:
    if not patterns:
        return _NOTHING
    longest_first = sorted(set(patterns), key=lambda pattern: (-len(pattern), pattern))
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(longest_first)})(?![^\W\d_])", re.IGNORECASE)


def _fold(text: str) -> str:
    """Return text without Polish letters, character for character, as addresses are written."""
    return "".join(
        unicodedata.normalize("NFD", letter)[0] for letter in text.translate({0x141: "L", 0x142: "l"})
    )
