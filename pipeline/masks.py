"""What is masked or left out of a text becomes `█`, one for one, so that every offset holds."""

import re
from collections.abc import Iterable

MASK = "█"

Span = tuple[int, int]

_MASKED = re.compile(r"[^\r\n]")


def mask_spans(text: str, spans: Iterable[Span]) -> str:
    """Return the text with `█` for each character of the spans; line ends stay.

    Spans are `[start, end)` in code points, in any order, and may overlap.

    >>> mask_spans("tel. 123", [(5, 8)])
    'tel. ███'
    """
    parts: list[str] = []
    last = 0
    for start, end in sorted(spans):
        begin = max(start, last)
        if end > begin:
            parts += [text[last:begin], _MASKED.sub(MASK, text[begin:end])]
            last = end
    return "".join([*parts, text[last:]])
