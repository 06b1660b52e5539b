"""Align what the system says with what gold says, and count by label and stage.

A figure's name reads `stage.way.part`: `mentions.strict.person`, `links.end_to_end.role`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from pipeline.records import LABELS
from pipeline.training.accounts import Account, Claim, Span, drop_head, fold_case, one_space
from pipeline.training.scores import Tally, b_cubed, tally_answers, tally_b_cubed, tally_sets

RELATIONS = ("role", "institution", "place")

Pair = tuple[Span, Span]
Named = Iterator[tuple[str, Tally]]


def tally_mentions(gold: Account, found: Account) -> dict[str, Tally]:
    """Count mentions, nominatives, gender and people of one article."""
    pairs = match_strictly(gold.spans, found.spans)
    return {
        **dict(_tally_spans(gold, found)),
        **dict(_tally_nominatives(pairs)),
        **dict(_tally_gender(pairs)),
        **dict(_tally_people(gold, found)),
        "grouping.article.person": tally_grouping(pairs),
    }


def tally_links(gold: Account, found: Account, way: str) -> dict[str, Tally]:
    """Count who holds what in one article; `way` names the figures (`end_to_end`, `gold_mentions`)."""
    tallies = {
        f"links.{way}.{part}": tally_sets(find_relation(gold, part), find_relation(found, part))
        for part in RELATIONS
    }
    lenient = [
        {(person, drop_head(place)) for person, place in find_relation(side, "place")}
        for side in (gold, found)
    ]
    tallies[f"links.{way}.place_lenient"] = tally_sets(*lenient)
    tallies |= dict(_tally_inferred(gold, found, way))
    return tallies | dict(_tally_claims(pair_claims(gold.claims, found.claims), way))


def match_strictly(gold: Sequence[Span], found: Sequence[Span]) -> list[Pair]:
    """Return the pairs with the same label and bounds."""
    by_place = {(span.start, span.end, span.label): span for span in found}
    keys = [(span, (span.start, span.end, span.label)) for span in gold]
    return [(span, by_place[key]) for span, key in keys if key in by_place]


def match_overlapping(gold: Sequence[Span], found: Sequence[Span]) -> list[Pair]:
    """Return the most pairs that share a character, each span in one pair at most; labels are not compared.

    Args:
        gold: Spans in reading order that do not overlap each other.
        found: The same of the other side.
    """
    pairs, position = [], 0
    for span in gold:
        while position < len(found) and found[position].end <= span.start:
            position += 1
        if position < len(found) and found[position].start < span.end:
            pairs.append((span, found[position]))
            position += 1
    return pairs


def find_relation(account: Account, part: str) -> set[tuple[str, str]]:
    """Return who is tied to which `role`, `institution` or `place`, without letter case."""
    ties = ((claim.person, getattr(claim, part)) for claim in account.claims)
    return {(fold_case(person), fold_case(value)) for person, value in ties if value}


def _tally_inferred(gold: Account, found: Account, way: str) -> Named:
    """Count what was found of what gold states beside the person, and of what it infers."""
    for part in ("institution", "place"):
        given = find_relation(found, part)
        for kind in ("stated", "inferred"):
            claims = [claim for claim in gold.claims if (part in claim.inferred) == (kind == "inferred")]
            wanted = find_relation(replace(gold, claims=tuple(claims)), part)
            yield f"{kind}.{way}.{part}", tally_answers([tie in given for tie in sorted(wanted)])


def pair_claims(gold: Sequence[Claim], found: Sequence[Claim]) -> list[tuple[Claim, Claim]]:
    """Return gold's claims that were found: the same person and role, or body where gold has no role."""
    free, pairs = list(found), []
    for claim in gold:
        fitting = [other for other in free if _claim_key(other) == _claim_key(claim)]
        if fitting:
            best = max(fitting, key=lambda other: _shared_parts(claim, other))
            free.remove(best)
            pairs.append((claim, best))
    return pairs


def tally_grouping(pairs: Sequence[Pair]) -> Tally:
    """Count how well the mentions of one person were joined, B-cubed, over the mentions that both have."""
    people = [(str(number), gold, found) for number, (gold, found) in enumerate(pairs) if gold.actor]
    rates = b_cubed(
        {item: gold.actor for item, gold, _ in people}, {item: found.actor for item, _, found in people}
    )
    return tally_b_cubed(list(rates.values()))


def _tally_spans(gold: Account, found: Account) -> Named:
    ways: tuple[tuple[str, Callable[[Sequence[Span], Sequence[Span]], list[Pair]]], ...] = (
        ("strict", match_strictly),
        ("overlap", match_overlapping),
    )
    for way, match in ways:
        parts = []
        for label in LABELS:
            wanted, given = ([span for span in side.spans if span.label == label] for side in (gold, found))
            right = len(match(wanted, given))
            parts.append(Tally(right, len(given), right, len(wanted)))
            yield f"mentions.{way}.{label}", parts[-1]
        yield f"mentions.{way}.all", _add(parts)


def _add(parts: Sequence[Tally]) -> Tally:
    return Tally(
        sum(part.right_given for part in parts),
        sum(part.given for part in parts),
        sum(part.right_wanted for part in parts),
        sum(part.wanted for part in parts),
    )


def _tally_nominatives(pairs: Sequence[Pair]) -> Named:
    for label in (*LABELS, "all"):
        mine = [pair for pair in pairs if label in (pair[0].label, "all")]
        inflected = [pair for pair in mine if is_inflected(pair[0])]
        for way, chosen in (("", mine), ("inflected_", inflected)):
            exact = [one_space(gold.lemma) == one_space(found.lemma) for gold, found in chosen]
            folded = [fold_case(gold.lemma) == fold_case(found.lemma) for gold, found in chosen]
            yield f"nominative.{way}exact.{label}", tally_answers(exact)
            yield f"nominative.{way}any_case.{label}", tally_answers(folded)


def is_inflected(span: Span) -> bool:
    """Say whether the form in the text differs from its nominative."""
    return one_space(span.text) != one_space(span.lemma)


def _tally_gender(pairs: Sequence[Pair]) -> Named:
    people = [(gold.gender, found.gender) for gold, found in pairs if gold.label == "person"]
    known = [wanted == given for wanted, given in people if wanted in ("f", "m")]
    left_open = [given not in ("f", "m") for wanted, given in people if wanted == "?"]
    yield "gender.known.person", tally_answers(known)
    yield "gender.left_open.person", tally_answers(left_open)


def _tally_people(gold: Account, found: Account) -> Named:
    for way, key in (("exact", one_space), ("any_case", fold_case)):
        wanted, given = ({key(name) for name in side.people().values()} for side in (gold, found))
        yield f"people.{way}.person", tally_sets(wanted, given)


def _tally_claims(pairs: Sequence[tuple[Claim, Claim]], way: str) -> Named:
    yield f"status.{way}.all", tally_answers([gold.status == found.status for gold, found in pairs])
    yield (
        f"status.{way}.not_current",
        _tally_values(
            [(_unless_current(gold.status), _unless_current(found.status)) for gold, found in pairs]
        ),
    )
    yield f"dates.{way}.since", _tally_values([(gold.since, found.since) for gold, found in pairs])
    yield f"dates.{way}.until", _tally_values([(gold.until, found.until) for gold, found in pairs])


def _unless_current(status: str) -> str | None:
    return None if status == "current" else status


def _tally_values(values: Sequence[tuple[str | None, str | None]]) -> Tally:
    right = sum(wanted is not None and wanted == given for wanted, given in values)
    given_count = sum(given is not None for _, given in values)
    return Tally(right, given_count, right, sum(wanted is not None for wanted, _ in values))


def _claim_key(claim: Claim) -> tuple[str, str, str]:
    if claim.role:
        return fold_case(claim.person), "role", fold_case(claim.role)
    return fold_case(claim.person), "institution", fold_case(claim.institution or "")


def _shared_parts(left: Claim, right: Claim) -> int:
    parts = ((left.institution, right.institution), (left.place, right.place))
    return sum(fold_case(one or "") == fold_case(other or "") for one, other in parts)
