"""A bench of composed sentences with dates: of each office its status, since and until as a reader gives them.

`data/bench/dates.tsv` says how it is written. A hash of the text puts each row into the half `fit`, which may
teach the small models, or `held`, which only measures. The links are given, so time alone is measured:

    python -m pipeline.training.dated_sentences data/bench/dates.tsv
"""

import argparse
import hashlib
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pipeline.errors import TableError
from pipeline.extract.affiliations import tell_times
from pipeline.records import LABELS, STATUSES, Link, Mention
from pipeline.tables import read_table
from pipeline.training.scores import Figure, Tally, score_tallies, tally_answers
from pipeline.weights import Logistic, load_weights

HALVES = ("fit", "held")
_MARK = re.compile(r"\[(?P<text>[^|\]]+)\|(?P<label>[pril])\]")
_LABELS = {label[0]: label for label in LABELS}


@dataclass(frozen=True, slots=True)
class DatedSentence:
    """One row of the bench.

    Attributes:
        links: Who holds what, with the status, since and until that a reader gives.
    """

    text: str
    published: date
    mentions: tuple[Mention, ...]
    links: tuple[Link, ...]

    def bare_links(self) -> list[Link]:
        """Return the links as the linker leaves them: without status and time."""
        return [replace(link, status="current", since=None, until=None) for link in self.links]


def load_sentences(path: Path, half: str | None = None) -> list[DatedSentence]:
    """Load the rows of one half, or all of them, in the file's order.

    Raises:
        TableError: A row marks nothing, or claims an office that is not marked.
    """
    rows = [(row, *_read_marks(row["text"])) for row in read_table(path)]
    return [
        DatedSentence(
            text,
            date.fromisoformat(row["published"]),
            mentions,
            tuple(_read_claims(path, row["claims"], mentions, len(text))),
        )
        for row, text, mentions in rows
        if half in (None, half_of(text))
    ]


def half_of(text: str) -> str:
    """Return `fit` or `held`, always the same by the text."""
    return HALVES[hashlib.sha256(text.encode()).digest()[0] % 2]


def measure_sentences(
    sentences: Iterable[DatedSentence], models: Mapping[str, Logistic]
) -> dict[str, Figure]:
    """Return `status`, `since` and `until`, measured with the links given."""
    tallies = []
    for sentence in sentences:
        found = read_times(sentence, models)
        pairs = list(zip(sentence.links, found, strict=True))
        tallies.append(
            {
                "status": tally_answers([wanted.status == given.status for wanted, given in pairs]),
                "since": _tally_dates([(wanted.since, given.since) for wanted, given in pairs]),
                "until": _tally_dates([(wanted.until, given.until) for wanted, given in pairs]),
            }
        )
    return score_tallies(tallies)


def read_times(sentence: DatedSentence, models: Mapping[str, Logistic]) -> list[Link]:
    """Return the sentence's links with the status and time that the models give."""
    return tell_times(
        sentence.text, sentence.mentions, sentence.bare_links(), models, published=sentence.published
    )


def _tally_dates(values: Sequence[tuple[str | None, str | None]]) -> Tally:
    right = sum(wanted is not None and wanted == given for wanted, given in values)
    given_count = sum(given is not None for _, given in values)
    return Tally(right, given_count, right, sum(wanted is not None for wanted, _ in values))


def _read_marks(marked: str) -> tuple[str, tuple[Mention, ...]]:
    text, mentions, position = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[position : match.start()]
        start = len(text)
        text += match["text"]
        mentions.append(Mention("", start, len(text), match["text"], _LABELS[match["label"]]))
        position = match.end()
    return text + marked[position:], tuple(mentions)


def _read_claims(path: Path, claims: str, mentions: Sequence[Mention], length: int) -> Iterator[Link]:
    """Read `Lis: wójt since=2018; Bury: OSP Kije`: a surname and a marked office or body with its time."""
    for claim in claims.split("; "):
        surname, _, rest = claim.partition(": ")
        words = rest.split(" ")
        told = dict(word.split("=") for word in words if "=" in word)
        office = " ".join(word for word in words if "=" not in word)
        person = _find(mentions, "person", surname)
        role = _find(mentions, "role", office, near=person)
        body = _find(mentions, "institution", office)
        if person is None or (role is None and body is None):
            raise TableError(path, 1, f"nothing is marked as {claim!r}; claims repeat the marked words")
        status = next(status for status in STATUSES if status == told.get("status", "current"))
        yield Link(
            person=person,
            role=role,
            institution=body if role is None else None,
            place=None,
            start=0,
            end=length,
            rule="bench",
            confidence=1.0,
            status=status,
            since=told.get("since"),
            until=told.get("until"),
        )


def _find(mentions: Sequence[Mention], label: str, words: str, *, near: int | None = None) -> int | None:
    """Return the mention of a label with these words, the nearest to another mention where several have them."""
    fitting = [
        number
        for number, mention in enumerate(mentions)
        if mention.label == label
        and (mention.text.split()[-1] if label == "person" else mention.text) == words
    ]
    return min(fitting, key=lambda number: (abs(number - (near or 0)), number), default=None)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures of both halves under the shipped weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    path = parser.parse_args(arguments).path
    for half in HALVES:
        sentences = load_sentences(path, half)
        for name, figure in measure_sentences(sentences, load_weights()).items():
            sys.stdout.write(
                f"{half:5} {len(sentences):4} rows  {name:7} precision {figure.precision:.3f}  "
                f"recall {figure.recall:.3f}  F {figure.f:.3f}  of {figure.wanted}\n"
            )


if __name__ == "__main__":
    main()
