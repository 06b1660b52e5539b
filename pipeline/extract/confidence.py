"""How sure a mention is: a logistic model over the span, its analyses and its context.

spaCy's transition parser gives no usable score, so this model is fitted on what the recogniser found in the
gold's dev part, right or wrong, and asked about every mention.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from pipeline.extract.morfeusz import word_features
from pipeline.records import Mention
from pipeline.remembered import PHRASES
from pipeline.weights import Logistic, spell

_read_word = lru_cache(maxsize=PHRASES)(word_features)


def score_mentions(text: str, mentions: Sequence[Mention], model: Logistic) -> tuple[Mention, ...]:
    """Return the mentions of one article with their confidence, 0..1."""
    repeated = count_repeated(mentions)
    return tuple(
        replace(
            mention, confidence=round(model.score(confidence_features(text, mentions, place, repeated)), 4)
        )
        for place, mention in enumerate(mentions)
    )


def count_repeated(mentions: Sequence[Mention]) -> Counter[tuple[str, str]]:
    """Return how often each (folded text, label) occurs."""
    return Counter((mention.text.casefold(), str(mention.label)) for mention in mentions)


def confidence_features(
    text: str, mentions: Sequence[Mention], place: int, repeated: Counter[tuple[str, str]]
) -> tuple[str, ...]:
    """Return readable features of one mention; all carry its label.

    Args:
        text: The article.
        mentions: Its mentions, in reading order.
        place: Index of the mention asked about.
        repeated: How often each (folded text, label) occurs among the mentions.
    """
    mention = mentions[place]
    label = mention.label
    return (
        f"{label}:bias",
        *_span_features(label, mention.text),
        *_spell_context(label, _read_context(text, mention)),
        *_neighbour_features(text, mentions, place),
        f"{label}:repeated={min(repeated[mention.text.casefold(), label], 3)}",
        f"{label}:titled={bool(mention.title)}",
    )


@lru_cache(maxsize=PHRASES)
def _span_features(label: str, text: str) -> tuple[str, ...]:
    words = text.split()
    _, _, names, kinds = _read_word(words[0])
    return spell(
        f"{label}:words={min(len(words), 6)}",
        f"{label}:capital={words[0][:1].isupper()}:{words[-1][:1].isupper()}",
        f"{label}:capitals={text.isupper() and len(text) > 4}",
        f"{label}:lower={text.islower()}",
        f"{label}:broken={chr(10) in text}",
        *_word_features(f"{label}:first", words[0]),
        *_word_features(f"{label}:last", words[-1]),
        f"{label}:only_known={len(words) == 1}:{names}:{kinds}",
    )


def _word_features(side: str, word: str) -> tuple[str, ...]:
    lemma, _, names, kinds = _read_word(word.strip('.,;:()„”"'))
    return f"{side}_names={names}", f"{side}_kinds={kinds}", f"{side}_known={not lemma.startswith('?')}"


class _Context(NamedTuple):
    """What stands right before and after a mention."""

    starts_sentence: bool
    starts_line: bool
    previous_capital: bool
    following_capital: bool
    glued: bool
    opens_quote: bool
    closes_quote: bool
    previous_kind: str
    following_kind: str


def _read_context(text: str, mention: Mention) -> _Context:
    before = text[max(0, mention.start - 30) : mention.start]
    after = text[mention.end : mention.end + 30]
    previous = next(iter(before.rsplit(maxsplit=1)[-1:]), "")
    following = next(iter(after.split(maxsplit=1)), "")
    return _Context(
        starts_sentence=not before.strip() or before.rstrip()[-1:] in ".!?:",
        starts_line=before.endswith("\n") or not before,
        previous_capital=previous[:1].isupper(),
        following_capital=following[:1].isupper(),
        glued=bool(after[:1].strip()) and after[:1] not in ",.;:!?)”'",
        opens_quote=before[-1:] in "„”",
        closes_quote=after[:1] in "„”",
        previous_kind=_read_word(previous.strip(".,;:()"))[3] if previous else "none",
        following_kind=_read_word(following.strip(".,;:()"))[3] if following else "none",
    )


@lru_cache(maxsize=PHRASES)
def _spell_context(label: str, context: _Context) -> tuple[str, ...]:
    return spell(
        f"{label}:starts_sentence={context.starts_sentence}",
        f"{label}:starts_line={context.starts_line}",
        f"{label}:previous_capital={context.previous_capital}",
        f"{label}:following_capital={context.following_capital}",
        f"{label}:glued={context.glued}",
        f"{label}:quote={context.opens_quote}:{context.closes_quote}",
        f"{label}:previous_kind={context.previous_kind}",
        f"{label}:following_kind={context.following_kind}",
    )


def _neighbour_features(text: str, mentions: Sequence[Mention], place: int) -> Iterator[str]:
    label = mentions[place].label
    for step, side in ((-1, "left"), (1, "right")):
        other = place + step
        if 0 <= other < len(mentions):
            low, high = min(place, other), max(place, other)
            gap = text[mentions[low].end : mentions[high].start].strip()
            near = "touching" if not gap else "mark" if len(gap) == 1 else "far"
            yield f"{label}:{side}={mentions[other].label}:{near}"
        else:
            yield f"{label}:{side}=none"
