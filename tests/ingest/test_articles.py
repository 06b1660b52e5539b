"""From what a reader found to a document."""

import hashlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ConfigError, UnreadableInput
from pipeline.ingest import Limits, Skipped, number_duplicates
from pipeline.ingest.articles import (
    Article,
    clean_teryt,
    clean_title,
    clean_url,
    make_article_id,
    make_document,
)
from pipeline.records import Document, Reject

TEXT = "Wójt Jan Nowak otworzył nową świetlicę."


def test_the_id_is_of_the_url_and_else_of_the_text() -> None:
    assert make_article_id("https://x.pl/1", TEXT) == hashlib.sha256(b"https://x.pl/1").hexdigest()[:16]
    assert make_article_id(None, TEXT) == hashlib.sha256(TEXT.encode()).hexdigest()[:16]


def test_a_document_carries_what_the_article_says() -> None:
    day = date(2025, 5, 17)
    article = Article("a.txt", TEXT, "cp1250", "https://x.pl/1", "Tytuł", day, "1609084")
    assert make_document(article, Limits()) == Document(
        make_article_id("https://x.pl/1", TEXT),
        "a.txt",
        TEXT,
        "https://x.pl/1",
        "Tytuł",
        day,
        "cp1250",
        "1609084",
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n\xa0", "empty"),
        ("123 --- 456", "no words"),
        ("Wójt Nowak", "fewer than 3 words"),
        (TEXT + "\x00", "null characters in the text"),
        (TEXT * 3, r"longer than 100 characters; raise max_chars"),
        ("The mayor of the town has opened a new school", r"not Polish \(looks like en\)"),
    ],
)
def test_what_is_no_article_says_why(text: str, reason: str) -> None:
    with pytest.raises(UnreadableInput, match=reason):
        make_document(Article("a.txt", text), Limits(max_chars=100))


def test_lone_surrogates_are_replaced_one_for_one() -> None:
    document = make_document(Article("a.txt", TEXT + " \ud83d koniec"), Limits())
    assert document.text == TEXT + " \ufffd koniec"


def test_limits_below_one_are_the_callers_mistake() -> None:
    with pytest.raises(ConfigError, match="max_chars is 0"):
        Limits(max_chars=0)


def make(article_id: str, source: str) -> Document:
    return Document(article_id, source, TEXT)


def test_equal_ids_are_numbered_in_the_order_they_come() -> None:
    one, other = "0" * 16, "f" * 16
    found = [make(one, "a"), make(other, "b"), Reject("c", "ingest", "empty"), make(one, "d"), make(one, "e")]
    numbered = list(number_duplicates([*found, Skipped("f", "hidden")]))
    assert [getattr(document, "article_id", None) for document in numbered] == [
        one,
        other,
        None,
        f"{one}-2",
        f"{one}-3",
        None,
    ]


@given(st.lists(st.sampled_from(["0" * 16, "1" * 16, "ab" * 8])))
def test_numbered_ids_are_unique_and_first_ones_unchanged(ids: list[str]) -> None:
    numbered = list(number_duplicates(make(article_id, str(place)) for place, article_id in enumerate(ids)))
    made = [document.article_id for document in numbered if isinstance(document, Document)]
    assert len(set(made)) == len(ids)
    assert set(ids) <= set(made)
    assert [article_id.partition("-")[0] for article_id in made] == ids


@pytest.mark.parametrize(
    ("value", "url"),
    [
        (" https://x.pl/a?b=1 ", "https://x.pl/a?b=1"),
        ("www.x.pl", "www.x.pl"),
        ("ul. Rynek 1", None),
        ("brak", None),
        ("", None),
        (None, None),
        (5, None),
        ("x." + "y" * 5000, None),
    ],
)
def test_urls(value: object, url: str | None) -> None:
    assert clean_url(value) == url


@pytest.mark.parametrize(
    ("value", "teryt"),
    [
        ("1609084", "1609084"),
        (" 0201011 ", "0201011"),
        (201011, "0201011"),
        (1609084, "1609084"),
        (2, "02"),
        ("201011", None),
        ("x", None),
        (True, None),
        (None, None),
        (1609084.0, None),
        ("١٦", None),
    ],
)
def test_teryt_codes(value: object, teryt: str | None) -> None:
    assert clean_teryt(value) == teryt


def test_titles_are_one_line() -> None:
    assert clean_title(" Nowa\n\tszkoła\x1b w Łące ") == "Nowa szkoła w Łące"
    assert clean_title(" \n") is None
    assert clean_title(7) is None
    assert len(clean_title("a" * 5000) or "") == 1000
