"""What went wrong, by cause, with the words around: the list that a person reads to do better."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from pipeline.files import write_text
from pipeline.training.accounts import Account, Claim, Span, fold_case, one_space
from pipeline.training.matches import RELATIONS, find_relation, match_overlapping, match_strictly, pair_claims

_AROUND = 60
_LONGEST = 240


@dataclass(frozen=True, slots=True)
class Mistake:
    """One error.

    Attributes:
        cause: missed, spurious, boundary, label, lemma, gender, link missed, link spurious, status, date.
        label: Of gold, or of the system where gold has nothing; `person-role` and the like for links.
        start: Offset in the article's text.
        wanted: What gold says; empty when nothing.
        given: What the system says; empty when nothing.
        around: The words around, the place itself between `[[` and `]]`.
    """

    cause: str
    label: str
    article_id: str
    start: int
    wanted: str
    given: str
    around: str


def find_mistakes(gold: Account, found: Account) -> list[Mistake]:
    """Return every error of one article, in reading order."""
    mistakes = [*_span_mistakes(gold, found), *_name_mistakes(gold, found), *_link_mistakes(gold, found)]
    return sorted(mistakes, key=lambda mistake: (mistake.start, mistake.cause, mistake.label, mistake.wanted))


def write_mistakes(mistakes: Iterable[Mistake], path: Path) -> None:
    """Write the errors as tab-separated values with a header, sorted by cause and label."""
    rows = sorted(
        mistakes, key=lambda mistake: (mistake.cause, mistake.label, mistake.article_id, mistake.start)
    )
    lines = ["\t".join(field.name for field in fields(Mistake))]
    lines += ["\t".join(one_space(str(cell)) for cell in astuple(row)) for row in rows]
    write_text(path, "\n".join(lines) + "\n")


def mark_words(text: str, start: int, end: int) -> str:
    """Return the words of `[start, end)` between brackets, with 60 characters either side, on one line."""
    inner = text[start:end]
    if len(inner) > _LONGEST:
        inner = f"{inner[: _LONGEST // 2]} … {inner[-_LONGEST // 2 :]}"
    left, right = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return one_space(f"{left}[[{inner}]]{right}")


def _span_mistakes(gold: Account, found: Account) -> Iterator[Mistake]:
    right = match_strictly(gold.spans, found.spans)
    wanted = _without(gold.spans, [pair[0] for pair in right])
    given = _without(found.spans, [pair[1] for pair in right])
    touching = _pair_touching(wanted, given)
    for one, other in touching:
        cause = "boundary" if one.label == other.label else "label"
        shown = other.text if cause == "boundary" else f"{other.text} ({other.label})"
        yield _mistake(gold, one, cause, one.text, shown)
    for span in _without(wanted, [pair[0] for pair in touching]):
        yield _mistake(gold, span, "missed", span.text, "")
    for span in _without(given, [pair[1] for pair in touching]):
        yield _mistake(gold, span, "spurious", "", span.text)


def _pair_touching(wanted: Sequence[Span], given: Sequence[Span]) -> list[tuple[Span, Span]]:
    """Pair spans that overlap: those of one label first, then the rest."""
    labels = sorted({span.label for span in wanted})
    pairs = [
        pair
        for label in labels
        for pair in match_overlapping(_of_label(wanted, label), _of_label(given, label))
    ]
    rest = _without(wanted, [pair[0] for pair in pairs]), _without(given, [pair[1] for pair in pairs])
    return [*pairs, *match_overlapping(*rest)]


def _of_label(spans: Sequence[Span], label: str) -> list[Span]:
    return [span for span in spans if span.label == label]


def _without(spans: Sequence[Span], gone: Sequence[Span]) -> list[Span]:
    starts = {(span.start, span.end, span.label) for span in gone}
    return [span for span in spans if (span.start, span.end, span.label) not in starts]


def _name_mistakes(gold: Account, found: Account) -> Iterator[Mistake]:
    for one, other in match_strictly(gold.spans, found.spans):
        if one_space(one.lemma) != one_space(other.lemma):
            yield _mistake(gold, one, "lemma", one.lemma, other.lemma)
        if one.label != "person":
            continue
        if (one.gender in ("f", "m") and one.gender != other.gender) or (one.gender == "?" and other.gender):
            yield _mistake(gold, one, "gender", one.gender or "", other.gender or "")


def _link_mistakes(gold: Account, found: Account) -> Iterator[Mistake]:
    for part in RELATIONS:
        wanted, given = find_relation(gold, part), find_relation(found, part)
        for claim in _claims_of(gold, part, wanted - given):
            yield _link_mistake(gold, claim, "link missed", part)
        for claim in _claims_of(found, part, given - wanted):
            yield _link_mistake(gold, claim, "link spurious", part)
    for one, other in pair_claims(gold.claims, found.claims):
        yield from _claim_mistakes(gold, one, other)


def _claims_of(account: Account, part: str, ties: set[tuple[str, str]]) -> list[Claim]:
    """Return the first claim that states each of the ties."""
    first: dict[tuple[str, str], Claim] = {}
    for claim in account.claims:
        key = fold_case(claim.person), fold_case(getattr(claim, part) or "")
        if key in ties:
            first.setdefault(key, claim)
    return list(first.values())


def _link_mistake(gold: Account, claim: Claim, cause: str, part: str) -> Mistake:
    said = f"{claim.person} = {getattr(claim, part)}{' (inferred)' if part in claim.inferred else ''}"
    wanted, given = (said, "") if cause == "link missed" else ("", said)
    around = mark_words(gold.text, claim.start, claim.end)
    return Mistake(cause, f"person-{part}", gold.article_id, claim.start, wanted, given, around)


def _claim_mistakes(gold: Account, one: Claim, other: Claim) -> Iterator[Mistake]:
    compared = (
        ("status", "status", one.status, other.status),
        ("date", "since", one.since, other.since),
        ("date", "until", one.until, other.until),
    )
    around = mark_words(gold.text, one.start, one.end)
    for cause, label, wanted, given in compared:
        if wanted != given:
            yield Mistake(cause, label, gold.article_id, one.start, wanted or "", given or "", around)


def _mistake(gold: Account, span: Span, cause: str, wanted: str, given: str) -> Mistake:
    around = mark_words(gold.text, span.start, span.end)
    return Mistake(cause, span.label, gold.article_id, span.start, wanted, given, around)
