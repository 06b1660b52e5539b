"""The recogniser of our networks as articles are read with it: spaCy's, its decisions made for all words at once.

spaCy's `ner` walks through a text word by word, and asks the interpreter's lock for leave at every step. Yet outside
an entity its next step depends on the word alone, and inside one on the word and where the entity began. So what
each word would begin is found for all words of a batch in one product, and all entities then go on side by side.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import ENT_IOB, ENT_TYPE, IS_SPACE, SENT_START
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span
from thinc.api import Model

from pipeline.extract.encoder import is_ours
from pipeline.extract.products import one_thread

FACTORY = "civic_recogniser"
_NEVER = np.float32(-np.inf)

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]
Spans = list[tuple[int, int, str]]


@Language.factory(
    FACTORY,
    assigns=["doc.ents", "token.ent_iob", "token.ent_type"],
    default_config={
        "moves": None,
        "update_with_oracle_cut_size": 100,
        "incorrect_spans_key": None,
        "scorer": {"@scorers": "spacy.ner_scorer.v1"},
    },
    default_score_weights={"ents_f": 1.0, "ents_p": 0.0, "ents_r": 0.0, "ents_per_type": None},
)
def make_recogniser(
    nlp: Language,
    name: str,
    model: Model[Any, Any],
    moves: Any,
    update_with_oracle_cut_size: int,
    incorrect_spans_key: str | None,
    scorer: Callable[..., Any] | None,
) -> "Recogniser":
    """Make the component from the settings of spaCy's `ner`."""
    return Recogniser(
        nlp.vocab,
        model,
        name,
        moves,
        update_with_oracle_cut_size=update_with_oracle_cut_size,
        incorrect_spans_key=incorrect_spans_key,
        scorer=scorer,
    )


def prefer_recogniser(config: dict[str, Any]) -> dict[str, Any]:
    """Return what to change in a pipeline's config so that networks of ours decide for all words at once."""
    return {
        f"components.{name}.factory": FACTORY
        for name, component in config.get("components", {}).items()
        if component.get("factory") == "ner" and is_ours(component)
    }


class Recogniser(EntityRecognizer):  # type: ignore[misc]  # spaCy is compiled: mypy sees Any
    """spaCy's `ner`, which decides the same about plain texts; what it learns, and from what, is unchanged."""

    def predict(self, docs: Sequence[Doc]) -> Any:
        """Return the entities of each document; of documents that have some already, what spaCy's own returns."""
        docs = [docs] if isinstance(docs, Doc) else docs
        if not self._can_decide(docs):
            return super().predict(docs)
        with one_thread():
            return self._decide(docs)

    def _decide(self, docs: Sequence[Doc]) -> list[Spans]:
        rows = self.model.get_ref("tok2vec").predict(docs)
        words = np.asarray(self.model.get_ref("lower").predict(rows))
        steps = _Steps(
            words.reshape(len(words), words.shape[1], -1),
            self.model.get_ref("lower").get_param("b").reshape(-1),
            words.shape[-1],
            self.model.get_ref("upper").get_param("W").astype(np.float64),
            self.model.get_ref("upper").get_param("b"),
        )
        names = [self.moves.get_class_name(number) for number in range(self.moves.n_moves)]
        return find_entities(steps, names, docs)

    def set_annotations(self, docs: Sequence[Doc], found: Any) -> None:
        """Write the entities into the documents."""
        if not all(isinstance(spans, list) for spans in found):
            super().set_annotations(docs, found)
            return
        for doc, spans in zip(docs, found, strict=True):
            doc.set_ents(
                [Span(doc, start, end, label=label) for start, end, label in spans], default="outside"
            )

    def _can_decide(self, docs: Sequence[Doc]) -> bool:
        attributes = self.model.attrs
        is_plain = (
            self.cfg["beam_width"] == 1 and attributes["has_upper"] and not attributes["unseen_classes"]
        )
        lower = self.model.get_ref("lower")
        return (
            is_plain
            and (lower.get_dim("nF"), lower.get_dim("nP") > 1) == (3, True)
            and any(len(doc) for doc in docs)
            and not any(doc.to_array([ENT_IOB, ENT_TYPE, SENT_START])[1:].any() for doc in docs)
        )


@dataclass(frozen=True, slots=True)
class _Steps:
    """What the network makes of a batch, ready to score any step in it.

    Attributes:
        words: What each word adds at each of three places: as the next word, as an entity's first, as its last so
            far; (1 + words, 3, hidden units x pieces). Row 0 is for nothing at that place.
        bias: Added to the sum of the three.
        pieces: Of each hidden unit, the largest counts.
        out: Weights of the steps, (steps, hidden units), in double floats: what else is in a batch moves no digit.
        out_bias: Their bias.
    """

    words: Floats
    bias: Floats
    pieces: int
    out: NDArray[np.float64]
    out_bias: Floats

    def score(self, following: Ints, first: Ints | int, last: Ints | int) -> Floats:
        """Return the score of every step, (rows, steps), for rows of `words` at the three places."""
        summed = self.words[following, 0] + self.words[first, 1] + self.words[last, 2] + self.bias
        pieces = summed.reshape(len(summed), -1, self.pieces)
        hidden = reduce(np.maximum, (pieces[:, :, piece] for piece in range(self.pieces)))
        return cast(Floats, (hidden @ self.out.T).astype(np.float32) + self.out_bias)


def find_entities(steps: _Steps, names: Sequence[str], docs: Sequence[Doc]) -> list[Spans]:
    """Return start, end and label of the entities of each document.

    Args:
        steps: What the network makes of the documents' words, one after the other.
        names: Of the steps: `B-person`, `I-person`, ..., `O`.
        docs: Documents without entities or sentences.
    """
    lengths = [len(doc) for doc in docs]
    ends = np.repeat(np.cumsum(lengths), lengths)
    openings = _choose_openings(steps, names, docs, ends)
    labels = {name[2:]: number for number, name in enumerate(names) if name.startswith("I-")}
    begun = np.flatnonzero([names[step].startswith("B-") for step in openings])
    inner = np.asarray([labels.get(names[openings[word]][2:], 0) for word in begun], dtype=np.intp)
    outer = np.asarray([names.index(f"L-{names[openings[word]][2:]}") for word in begun], dtype=np.intp)
    last = dict(zip(begun.tolist(), _go_on(steps, begun, inner, outer, ends).tolist(), strict=True))
    return _read_off(openings, names, last, lengths)


def _choose_openings(steps: _Steps, names: Sequence[str], docs: Sequence[Doc], ends: Ints) -> list[int]:
    """Return the best step at each word, were no entity open there: to begin one, to be one, or to be none."""
    words = np.arange(len(ends))
    scores = steps.score(words + 1, 0, 0)
    is_space = np.concatenate([doc.to_array(IS_SPACE).astype(bool) for doc in docs])
    for number, name in enumerate(names):
        if name[:2] in ("I-", "L-") or name in ("U-", "M"):
            scores[:, number] = _NEVER
        elif name != "O":
            scores[is_space, number] = _NEVER
        if name.startswith("B-"):
            scores[words + 1 == ends, number] = _NEVER
    return cast(list[int], scores.argmax(axis=1).tolist())


def _go_on(steps: _Steps, begun: Ints, inner: Ints, outer: Ints, ends: Ints) -> Ints:
    """Return the last word of each entity that begins at `begun`, were it to begin there.

    Args:
        steps: What scores a step.
        begun: First words.
        inner: The step that goes on with each entity.
        outer: The step that ends it.
        ends: For each word the end of its document.
    """
    last = begun + 1
    open_ = np.flatnonzero(last < ends[begun])
    while len(open_):
        word = last[open_]
        scores = steps.score(word + 1, begun[open_] + 1, word)
        on, off = (scores[np.arange(len(open_)), step[open_]] for step in (inner, outer))
        goes_on = np.where(inner[open_] < outer[open_], on >= off, on > off) & (word + 1 < ends[word])
        open_ = open_[goes_on]
        last[open_] += 1
    return last


def _read_off(
    openings: Sequence[int], names: Sequence[str], last: dict[int, int], lengths: Sequence[int]
) -> list[Spans]:
    found: list[Spans] = []
    start = 0
    for length in lengths:
        spans: Spans = []
        free = start
        for word in range(start, start + length):
            name = names[openings[word]]
            if word < free or name == "O":
                continue
            free = (last[word] if name.startswith("B-") else word) + 1
            spans.append((word - start, free - start, name[2:]))
        found.append(spans)
        start += length
    return found
