"""TERYT codes measured: the places of an article, and the gmina that it is about, against `places.tsv`.

A place counts once an article, as its code: TERC, and SIMC for a locality. A code given to what has none in
gold (a river, a country, a village that the text does not tell apart) is wrong.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from pipeline.normalise.teryt import link_places
from pipeline.records import Reading
from pipeline.tables import read_table
from pipeline.training.gold import GoldArticle
from pipeline.training.scores import Tally, tally_sets

Code = tuple[str, str]
"""TERC of a unit or of the gmina that a locality lies in, and SIMC, empty for a unit."""

PlaceCodes = Mapping[str, Mapping[str, Code | None]]
"""The code of each place, by its nominative, of each article; None where it has none."""

_NONE = "-"


def load_place_codes(folder: Path) -> dict[str, dict[str, Code | None]]:
    """Load `places.tsv`: the code of each place, by its nominative, of each article; empty without the file.

    Raises:
        TableError: The file breaks the format.
    """
    codes: dict[str, dict[str, Code | None]] = defaultdict(dict)
    path = folder / "places.tsv"
    for row in read_table(path) if path.exists() else ():
        simc = "" if row["simc"] == _NONE else row["simc"]
        codes[row["article"]][row["place"]] = None if row["teryt"] == _NONE else (row["teryt"], simc)
    return dict(codes)


def linked_codes(reading: Reading) -> dict[str, Code]:
    """Return the code of each place of a reading that the gazetteer links, by its nominative."""
    return {name: (link.teryt, link.simc or "") for name, link in link_places(reading).items() if link.teryt}


def tally_codes(wanted: Collection[Code | None], given: Collection[Code]) -> Tally:
    """Count the codes of one article."""
    return tally_sets({code for code in wanted if code}, set(given))


def tally_place_codes(
    articles: Sequence[GoldArticle],
    codes: PlaceCodes,
    readings: Mapping[str, Reading],
    way: str,
) -> list[dict[str, Tally]]:
    """Count the codes of every article, and its gmina; articles without codes or reading count nothing.

    Args:
        articles: Gold.
        codes: What `load_place_codes` gives.
        readings: Of the same articles, by article_id.
        way: What names the figures: `end_to_end` or `gold_mentions`.
    """
    tallies: list[dict[str, Tally]] = []
    for article in articles:
        reading = readings.get(article.article_id)
        if reading is None or article.article_id not in codes:
            tallies.append({})
            continue
        wanted = codes[article.article_id].values()
        gmina = [article.municipality] if article.municipality else []
        found = [reading.municipality.teryt] if reading.municipality.teryt else []
        tallies.append(
            {
                f"teryt.{way}.location": tally_codes(wanted, linked_codes(reading).values()),
                f"teryt.{way}.municipality": tally_sets(gmina, found),
            }
        )
    return tallies
