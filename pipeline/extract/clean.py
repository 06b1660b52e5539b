"""Text as the recogniser likes it, with a way back to the offsets of the article.

Soft hyphens and zero-width marks go, non-breaking spaces become spaces, letters are composed (NFC), and the
lines of a text that was cut to one width are joined; every character of the clean text knows where it came from.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extract.wrapped_lines import join_wrapped_lines
from pipeline.records import Document, Extraction, Link, Mention

_DROPPED = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_SPACES = dict.fromkeys(
    map(ord, "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u202f\u3000\t"), " "
)
_LIGATURES = {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl"}
_PLAIN = re.compile("[^\u00ad\u00a0\u0300-\u036f\u2000-\u200d\u202f\u2060\u3000\ufb00-\ufb04\ufeff\t\r]*")


@dataclass(frozen=True, slots=True)
class CleanText:
    """A cleaned text; `origins[i]` is where its i-th character starts in the source (None: same place)."""

    text: str
    origins: tuple[int, ...] | None
    length: int

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Return the source offsets of `[start, end)` of the clean text."""
        if self.origins is None:
            return start, end
        last = self.origins[end] if end < len(self.origins) else self.length
        return self.origins[start], max(last, self.origins[start])

    def restore(self, document: Document, mentions: Sequence[Mention], links: Sequence[Link]) -> Extraction:
        """Return mentions and links with the offsets and words of the source."""
        if self.text == document.text:
            return Extraction(document, tuple(mentions), tuple(links))
        return Extraction(
            document,
            tuple(self._restore_mention(document.text, mention) for mention in mentions),
            tuple(
                replace(link, start=start, end=end)
                for link in links
                for start, end in (self.to_source(link.start, link.end),)
            ),
        )

    def _restore_mention(self, text: str, mention: Mention) -> Mention:
        start, end = self.to_source(mention.start, mention.end)
        while end > start and text[end - 1].isspace():
            end -= 1
        return replace(mention, start=start, end=end, text=text[start:end])


def clean_text(text: str) -> CleanText:
    r"""Return the text as the recogniser reads it.

    >>> clean_text("Nowa\u00adkowski").text
    'Nowakowski'
    """
    if _PLAIN.fullmatch(text):
        return CleanText(join_wrapped_lines(text), None, len(text))
    characters: list[str] = []
    origins: list[int] = []
    for start, end in _clusters(text):
        piece = _clean_cluster(text[start:end])
        characters.append(piece)
        origins.extend([start] * len(piece))
    return CleanText(join_wrapped_lines("".join(characters)), tuple(origins), len(text))


def _clusters(text: str) -> list[tuple[int, int]]:
    """Return base characters with the combining marks that follow them."""
    starts = [
        index for index, character in enumerate(text) if index == 0 or not unicodedata.combining(character)
    ]
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def _clean_cluster(cluster: str) -> str:
    composed = unicodedata.normalize("NFC", _DROPPED.sub("", cluster))
    if composed == "\r":
        return ""
    return _LIGATURES.get(composed, composed.translate(_SPACES))
