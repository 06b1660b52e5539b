"""How sure a mention is: a logistic model over the span, its analyses and its context.

spaCy's transition parser gives no usable score, so this model is fitted on what the recogniser found in the
gold's dev part, right or wrong, and asked about every mention.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from pipeline.extract.morfeusz import word_features
from pipeline.records import Mention
from pipeline.remembered import PHRASES
from pipeline.weights import Logistic

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
    features = [
        "bias",
        *_span_features(mention),
        *_context_features(text, mention),
        *_neighbour_features(text, mentions, place),
        f"repeated={min(repeated[mention.text.casefold(), mention.label], 3)}",
        f"titled={bool(mention.title)}",
    ]
    return tuple([f"{mention.label}:{feature}" for feature in features])


def _span_features(mention: Mention) -> Iterator[str]:
    words = mention.text.split()
    yield f"words={min(len(words), 6)}"
    yield f"capital={words[0][:1].isupper()}:{words[-1][:1].isupper()}"
    yield f"capitals={mention.text.isupper() and len(mention.text) > 4}"
    yield f"lower={mention.text.islower()}"
    yield f"broken={chr(10) in mention.text}"
    yield from _word_features("first", words[0])
    yield from _word_features("last", words[-1])
    _, _, names, kinds = _read_word(words[0])
    yield f"only_known={len(words) == 1}:{names}:{kinds}"


@lru_cache(maxsize=PHRASES)
def _word_features(side: str, word: str) -> tuple[str, ...]:
    lemma, _, names, kinds = _read_word(word.strip('.,;:()„”"'))
    return f"{side}_names={names}", f"{side}_kinds={kinds}", f"{side}_known={not lemma.startswith('?')}"


def _context_features(text: str, mention: Mention) -> Iterator[str]:
    before = text[max(0, mention.start - 30) : mention.start]
    after = text[mention.end : mention.end + 30]
    previous = next(iter(before.rsplit(maxsplit=1)[-1:]), "")
    following = next(iter(after.split(maxsplit=1)), "")
    yield f"starts_sentence={not before.strip() or before.rstrip()[-1:] in '.!?:'}"
    yield f"starts_line={before.endswith(chr(10)) or not before}"
    yield f"previous_capital={previous[:1].isupper()}"
    yield f"following_capital={following[:1].isupper()}"
    yield f"glued={bool(after[:1].strip()) and after[:1] not in ',.;:!?)”'}"
    yield f"quote={before[-1:] in '„”'}:{after[:1] in '„”'}"
    yield f"previous_kind={_read_word(previous.strip('.,;:()'))[3] if previous else 'none'}"
    yield f"following_kind={_read_word(following.strip('.,;:()'))[3] if following else 'none'}"


def _neighbour_features(text: str, mentions: Sequence[Mention], place: int) -> Iterator[str]:
    for step, side in ((-1, "left"), (1, "right")):
        other = place + step
        if 0 <= other < len(mentions):
            low, high = min(place, other), max(place, other)
            gap = text[mentions[low].end : mentions[high].start].strip()
            near = "touching" if not gap else "mark" if len(gap) == 1 else "far"
            yield f"{side}={mentions[other].label}:{near}"
        else:
            yield f"{side}=none"
