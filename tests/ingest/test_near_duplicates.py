"""Copies are found, and texts that only look alike stay apart."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest import sort_input
from pipeline.ingest.near_duplicates import find_near_copies, is_copy, sign_document
from pipeline.records import Document
from tests.ingest.near_pairs import copies, load_texts, lookalikes

NOTICE = (
    "Gmina Kije zaprasza w sobotę na spotkanie z sołtysem {name} do świetlicy w Rębowie,"
    " początek o {hour}, wstęp wolny"
)


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return load_texts()[::6]


def _find(*pairs: tuple[str, str]) -> dict[str, str]:
    texts = dict(pairs)
    signed = (sign_document(Document(key, key, text)) for key, text in pairs)
    return find_near_copies([one for one in signed if one], texts.__getitem__)


def test_copies_are_found(texts: list[str]) -> None:
    missed = [
        kind for kind, text, original in copies(texts) if _find(("a", original), ("b", text)) != {"b": "a"}
    ]
    assert missed == []


def test_lookalikes_stay_apart(texts: list[str]) -> None:
    pairs = list(lookalikes(texts))
    wrong = [kind for kind, text, original in pairs if is_copy(text, original)]
    assert len(pairs) > 200
    assert len(wrong) <= 0.01 * len(pairs), wrong


@pytest.mark.parametrize(
    "other",
    [
        NOTICE.format(name="Adamem Wroną", hour="17.00"),
        NOTICE.format(name="Janem Zielińskim", hour="18.00"),
        NOTICE.format(name="Janem Zielińskim", hour="17.00").replace("Rębowie", "Gołuchowie"),
    ],
)
def test_one_other_name_hour_or_place_is_another_article(other: str) -> None:
    assert not is_copy(other, NOTICE.format(name="Janem Zielińskim", hour="17.00"))
    assert not is_copy(NOTICE.format(name="Janem Zielińskim", hour="17.00"), other)


def test_the_earliest_is_the_original() -> None:
    text = NOTICE.format(name="Janem Zielińskim", hour="17.00")
    day = date(2024, 5, 1)
    documents = [
        Document(
            f"{number}",
            f"{number}",
            "portal " * number + text + " dziękujemy",
            published=day - timedelta(number),
        )
        for number in range(5)
    ]
    ingested = sort_input(documents)
    assert [document.article_id for document in ingested.spool] == ["4"]
    assert {original for _, original in ingested.spool.copies()} == {"4"}
    undated = Document("0a", "x", text)
    assert "0a" in {document.article_id for document, _ in sort_input([*documents, undated]).spool.copies()}


def test_a_copy_leads_to_no_copy() -> None:
    text = NOTICE.format(name="Janem Zielińskim", hour="17.00")
    documents = [
        Document("b", "b", text),
        Document("c", "c", text.upper()),
        Document("a", "a", f"Portal. {text}"),
    ]
    ingested = sort_input(documents)
    assert len(ingested.spool) == 1
    assert {original for _, original in ingested.spool.copies()} == {next(iter(ingested.spool)).article_id}


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), order=st.randoms(use_true_random=False))
def test_the_order_of_articles_does_not_matter(seed: int, order: random.Random) -> None:
    rng = random.Random(seed)
    words = [f"słowo{number}" for number in range(60)]
    base = " ".join(rng.choices(words, k=40))
    made = [base, *(" ".join([*rng.sample(words, rng.randint(0, 12)), base]) for _ in range(6))]
    documents = [
        Document(
            f"{number}", f"{number}", text, published=rng.choice([None, date(2024, 1, rng.randint(1, 9))])
        )
        for number, text in enumerate(made)
    ]
    shuffled = list(documents)
    order.shuffle(shuffled)
    assert _sorted(shuffled) == _sorted(documents)


def _sorted(documents: list[Document]) -> tuple[list[Document], list[tuple[Document, str]]]:
    spool = sort_input(documents).spool
    return list(spool), list(spool.copies())
