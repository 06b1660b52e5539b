"""Gold and system side by side: spans, names, people and who holds what."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Reading
from pipeline.training.accounts import (
    Account,
    Span,
    account_of_gold,
    account_of_reading,
    drop_head,
    group_people,
)
from pipeline.training.gold import GoldArticle
from pipeline.training.matches import (
    find_relation,
    match_overlapping,
    match_strictly,
    pair_claims,
    tally_links,
    tally_mentions,
)
from pipeline.training.mistakes import find_mistakes, mark_words
from pipeline.training.scores import Tally

Read = Callable[[GoldArticle], Reading]


def _account(reading: Reading) -> Account:
    return account_of_reading(reading, group_people(reading))


def _spans(bounds: list[tuple[int, int]], label: str = "role") -> list[Span]:
    return [Span(start, end, "x", label, "x") for start, end in bounds]


def _causes(gold: Account, found: Account) -> list[tuple[str, str, str, str]]:
    return [
        (mistake.cause, mistake.label, mistake.wanted, mistake.given)
        for mistake in find_mistakes(gold, found)
    ]


def test_reading_that_says_what_gold_says_is_all_right(article: GoldArticle, read: Read) -> None:
    gold, found = account_of_gold(article), _account(read(article))
    tallies = tally_mentions(gold, found) | tally_links(gold, found, "end_to_end")
    for name, tally in tallies.items():
        assert tally.right_given == tally.given == tally.wanted == tally.right_wanted, name
    assert tallies["mentions.strict.all"].wanted == 7
    assert tallies["people.any_case.person"].wanted == 2
    assert tallies["links.end_to_end.role"].wanted == 2
    assert tallies["links.end_to_end.institution"].wanted == 1
    assert tallies["inferred.end_to_end.place"].wanted == 1
    assert tallies["stated.end_to_end.place"].wanted == 1
    assert tallies["dates.end_to_end.since"].wanted == 1
    assert tallies["status.end_to_end.not_current"].wanted == 1
    assert find_mistakes(gold, found) == []


def test_inflected_forms_are_those_that_differ_from_the_nominative(article: GoldArticle, read: Read) -> None:
    gold = account_of_gold(article)
    tallies = tally_mentions(gold, _account(read(article)))
    assert tallies["nominative.exact.all"].wanted == 7
    assert tallies["nominative.inflected_exact.all"].wanted == 3


def test_wrong_names_count_by_label_and_are_listed(article: GoldArticle, read: Read) -> None:
    reading = read(article)
    names = list(reading.names)
    names[0] = replace(names[0], nominative="Wójt")
    names[2] = replace(names[2], nominative="Anna Dudka", surname="Dudka", gender="m")
    gold, found = account_of_gold(article), _account(replace(reading, names=tuple(names)))
    tallies = tally_mentions(gold, found)
    assert tallies["nominative.exact.role"] == Tally(1, 2, 1, 2)
    assert tallies["nominative.any_case.role"] == Tally(2, 2, 2, 2)
    assert tallies["gender.known.person"] == Tally(2, 3, 2, 3)
    # `Dudek` no longer joins `Anna Dudka`: three people are given, one of the two wanted among them.
    assert tallies["people.any_case.person"] == Tally(1, 3, 1, 2)
    assert tallies["grouping.article.person"] == Tally(3, 3, 2, 3)
    causes = _causes(gold, found)
    assert ("lemma", "role", "wójt", "Wójt") in causes
    assert ("lemma", "person", "Anna Dudek", "Anna Dudka") in causes
    assert ("gender", "person", "f", "m") in causes
    assert ("link missed", "person-role", "Anna Dudek = wójt", "") in causes
    assert ("link spurious", "person-role", "", "Anna Dudka = Wójt") in causes


def test_guess_where_gold_leaves_gender_open_counts_apart(article: GoldArticle, read: Read) -> None:
    gold = account_of_gold(article)
    gold = replace(gold, spans=tuple(replace(span, gender=span.gender and "?") for span in gold.spans))
    found = _account(read(article))
    tallies = tally_mentions(gold, found)
    assert tallies["gender.known.person"].wanted == 0
    assert tallies["gender.left_open.person"] == Tally(0, 3, 0, 3)


def test_mistakes_of_spans_by_cause(article: GoldArticle, read: Read) -> None:
    gold = account_of_gold(article)
    role, place, person, other, *_ = gold.spans
    found = replace(
        _account(read(article)),
        spans=(
            replace(role, label="institution"),
            replace(place, start=place.start + 6, text="Ozimek"),
            Span(person.end + 2, person.end + 11, "Przyszedł", "role", "Przyszedł"),
            other,
        ),
        claims=(),
    )
    causes = _causes(replace(gold, claims=()), found)
    assert ("label", "role", "wójta", "wójta (institution)") in causes
    assert ("boundary", "location", "Gminy Ozimek", "Ozimek") in causes
    assert ("missed", "person", "Annę Dudek", "") in causes
    assert ("spurious", "role", "", "Przyszedł") in causes
    assert len(causes) == 7


def test_mistakes_of_links_status_and_dates(article: GoldArticle, read: Read) -> None:
    gold, found = account_of_gold(article), _account(read(article))
    wojt, prezes = found.claims
    found = replace(
        found,
        claims=(replace(wojt, since=None, place="Kadłub"), replace(prezes, status="current", until="2020")),
    )
    assert _causes(gold, found) == [
        ("date", "since", "2018", ""),
        ("link missed", "person-place", "Anna Dudek = Gmina Ozimek", ""),
        ("link spurious", "person-place", "", "Anna Dudek = Kadłub"),
        ("date", "until", "", "2020"),
        ("status", "status", "former", "current"),
    ]
    tallies = tally_links(gold, found, "end_to_end")
    assert tallies["status.end_to_end.all"] == Tally(1, 2, 1, 2)
    assert tallies["dates.end_to_end.until"] == Tally(0, 1, 0, 0)
    assert tallies["inferred.end_to_end.place"] == Tally(1, 1, 1, 1)
    assert tallies["stated.end_to_end.place"] == Tally(0, 1, 0, 1)


@pytest.mark.parametrize(
    ("place", "bare"),
    [("gmina kije", "kije"), ("miasto kije", "kije"), ("powiat nyski", "powiat nyski"), ("gmina", "gmina")],
)
def test_gmina_and_town_may_be_left_out_of_a_place(place: str, bare: str) -> None:
    assert drop_head(place) == bare


def test_lenient_place_takes_gmina_for_its_town(article: GoldArticle, read: Read) -> None:
    gold, found = account_of_gold(article), _account(read(article))
    claims = tuple(replace(claim, place=(claim.place or "").removeprefix("Gmina ")) for claim in found.claims)
    tallies = tally_links(gold, replace(found, claims=claims), "end_to_end")
    assert tallies["links.end_to_end.place"].right_wanted == 1
    assert tallies["links.end_to_end.place_lenient"].right_wanted == 2


def test_relations_are_sets_without_letter_case(article: GoldArticle) -> None:
    gold = account_of_gold(article)
    claims = (*gold.claims, *(replace(claim, person=claim.person.upper()) for claim in gold.claims))
    assert find_relation(replace(gold, claims=claims), "role") == {
        ("anna dudek", "wójt"),
        ("jan kos", "prezes"),
    }


def test_claims_of_one_role_twice_pair_with_those_of_their_body(article: GoldArticle) -> None:
    claim = account_of_gold(article).claims[1]
    other = replace(claim, institution="KGW Krasiejów")
    assert pair_claims([claim, other], [other, claim]) == [(claim, claim), (other, other)]
    assert pair_claims([claim, other], [other]) == [(claim, other)]
    assert pair_claims([claim], [replace(claim, person="Ewa Lis")]) == []


def test_strict_match_needs_bounds_and_label() -> None:
    assert len(match_strictly(_spans([(0, 4), (5, 9)]), _spans([(0, 4), (5, 8)]))) == 1
    assert match_strictly(_spans([(0, 4)]), _spans([(0, 4)], "person")) == []


lengths = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 3)), max_size=5)


def _lay_out(gaps: list[tuple[int, int]]) -> list[Span]:
    bounds, at = [], 0
    for gap, length in gaps:
        bounds.append((at + gap, at + gap + length))
        at += gap + length
    return _spans(bounds)


def _most_pairs(gold: list[Span], found: list[Span]) -> int:
    @cache
    def best(position: int, free: frozenset[int]) -> int:
        if position == len(gold):
            return 0
        span = gold[position]
        touching = [at for at in free if found[at].start < span.end and span.start < found[at].end]
        return max([best(position + 1, free), *(1 + best(position + 1, free - {at}) for at in touching)])

    return best(0, frozenset(range(len(found))))


@given(lengths, lengths)
def test_overlap_pairs_as_many_as_can_be(left: list[tuple[int, int]], right: list[tuple[int, int]]) -> None:
    gold, found = _lay_out(left), _lay_out(right)
    pairs = match_overlapping(gold, found)
    assert all(one.start < other.end and other.start < one.end for one, other in pairs)
    assert len({other.start for _, other in pairs}) == len(pairs) == _most_pairs(gold, found)


def test_words_around_are_marked_on_one_line() -> None:
    text = "a" * 70 + " nowy\nwójt  Kos " + "b" * 70
    shown = mark_words(text, text.index("wójt"), text.index(" Kos"))
    assert shown == "a" * 54 + " nowy [[wójt ]] Kos " + "b" * 55
