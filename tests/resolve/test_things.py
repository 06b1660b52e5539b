"""Bodies and places: their ids are of what they are, so that further articles never change them."""

import pytest

from pipeline.records import Affiliation, Document, Link, Mention, Municipality, Name, Reading
from pipeline.resolve.things import resolve_things

OZIMEK, NYSA = "1609083", "1607063"


def _reading(article_id: str, body: str, gmina: str = OZIMEK) -> Reading:
    mention = Mention(article_id, 0, len(body), body, "institution")
    name = Name(body, body, "institution")
    document = Document(article_id, f"{article_id}.txt", body)
    return Reading(document, (mention,), (name,), (), (), Municipality(gmina, 1.0))


def test_an_article_that_sorts_before_leaves_the_ids_as_they_are() -> None:
    later = _reading("b", "Urząd Miejski w Ozimku")
    (alone,) = resolve_things([later]).institutions
    things = resolve_things([_reading("a", "Urząd Miejski w Ozimku"), later])
    assert [body.institution_id for body in things.institutions] == [alone.institution_id]
    assert things.institutions[0].n_articles == 2


def test_an_office_without_its_seat_is_that_of_the_articles_gmina() -> None:
    spelt = ["Urząd Miejski w Ozimku", "Urząd Miejski"]
    things = resolve_things([_reading(str(n), body) for n, body in enumerate(spelt)])
    assert len(things.institutions) == 1
    elsewhere = resolve_things([_reading("0", spelt[0]), _reading("1", spelt[1], NYSA)])
    assert len(elsewhere.institutions) == 2


@pytest.mark.parametrize(("status", "headline"), [("current", "wójt"), ("former", "wójt (former)")])
def test_a_headline_says_what_is_over(status: str, headline: str) -> None:
    held = Affiliation(
        "f", "p", "wójt", "wojt", None, None, status, None, None, False, False, None, None, 1, 0.9
    )
    assert resolve_things([]).make_headlines([held]) == {"p": headline}


def _commander(article_id: str, office: str, body: str, gmina: str = OZIMEK) -> Reading:
    text = f"{office} {body} Jan Lis"
    words = ((office, "role"), (body, "institution"), ("Jan Lis", "person"))
    mentions = tuple(
        Mention(article_id, (start := text.index(word)), start + len(word), word, label)
        for word, label in words
    )
    names = tuple(Name(word, word, label) for word, label in words)
    link = Link(2, 0, 1, None, 0, len(text))
    document = Document(article_id, f"{article_id}.txt", text)
    return Reading(document, mentions, names, (link,), (None,), Municipality(gmina, 1.0))


@pytest.mark.parametrize(
    ("office", "gmina", "n_bodies"),
    [
        ("Komendant Powiatowy", OZIMEK, 1),
        ("Komendant Główny", OZIMEK, 2),
        ("Komendant Wojewódzki", OZIMEK, 2),
        ("Komendant Wojewódzki", NYSA, 2),
    ],
)
def test_a_body_above_the_powiat_is_not_that_of_the_article(office: str, gmina: str, n_bodies: int) -> None:
    local = _reading("a", "Policja w Ozimku")
    things = resolve_things([local, _commander("b", office, "Policja", gmina)])
    assert len(things.institutions) == n_bodies


def test_voivodeships_have_a_body_each_and_the_country_one() -> None:
    krakow = "1261011"
    for office, n_bodies in (("Komendant Wojewódzki", 2), ("Komendant Główny", 1)):
        readings = [
            _commander(str(number), office, "Policja", gmina)
            for number, gmina in enumerate((OZIMEK, NYSA, krakow))
        ]
        assert len(resolve_things(readings).institutions) == n_bodies
