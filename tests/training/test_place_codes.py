from datetime import date
from pathlib import Path

from pipeline.records import Document, Mention, Municipality, Name, Reading
from pipeline.tables import data_folder, load_table
from pipeline.training.gold import GoldArticle, load_gold
from pipeline.training.place_codes import load_place_codes, tally_place_codes

GOLD = data_folder() / "gold"


def _reading(*places: str, teryt: str | None) -> Reading:
    mentions = tuple(Mention("a", i, i + 1, place, "location") for i, place in enumerate(places))
    names = tuple(Name(place, place, "location") for place in places)
    document = Document(article_id="a", source="a.txt", text="x")
    return Reading(document, mentions, names, (), (), Municipality(teryt, 1.0))


def _article(municipality: str | None) -> GoldArticle:
    return GoldArticle(
        "a", Path("a.txt"), "dev", "x", date(2024, 1, 1), "sport", "w", None, municipality, (), (), ()
    )


def test_every_location_of_dev_and_test_has_a_row_and_no_other() -> None:
    codes = load_place_codes(GOLD)
    for split in ("dev", "test"):
        for article in load_gold(GOLD, split):
            named = {mention.lemma for mention in article.mentions if mention.label == "location"}
            assert set(codes.get(article.article_id, {})) == named, article.article_id


def test_every_code_stands_in_the_registers() -> None:
    units = {row["teryt"] for row in load_table("teryt_units")}
    localities = {(row["terc"], row["simc"]) for row in load_table("localities")}
    for article, places in load_place_codes(GOLD).items():
        for place, code in places.items():
            assert code is None or code in localities or (code[0] in units and not code[1]), (article, place)


def test_a_river_given_a_village_is_wrong_and_a_missing_village_is_missed() -> None:
    codes = {"a": {"Kije": ("2608022", "0242750"), "Wisła": None, "Umianowice": ("2608022", "0243062")}}
    found = {"a": _reading("Kije", "Opole", teryt="2608022")}
    (tally,) = tally_place_codes([_article("2608022")], codes, found, "way")
    location = tally["teryt.way.location"]
    assert (location.right_given, location.given, location.wanted) == (1, 2, 2)
    assert tally["teryt.way.municipality"].right_given == 1


def test_an_article_without_codes_counts_nothing() -> None:
    assert tally_place_codes([_article(None)], {}, {"a": _reading("Kije", teryt=None)}, "way") == [{}]
