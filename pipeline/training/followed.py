"""One sample article followed through the stages: the parts of docs/how-it-works.md."""

import pandas as pd

from pipeline.errors import CivicActorsError
from pipeline.export.dataset import Dataset
from pipeline.training.cookbook import as_table

_ARTICLE = "jagoda-z-centawy.md"
_ROWS = 12


def followed_parts(dataset: Dataset) -> dict[str, str]:
    """Return each part of the page by name, from a dataset of the sample articles.

    Raises:
        CivicActorsError: The dataset lacks the article that the page follows.
    """
    articles = dataset.articles[dataset.articles["source"].str.endswith(_ARTICLE)]
    if articles.empty:
        raise CivicActorsError(f"the dataset lacks {_ARTICLE}; run it over data/articles")
    article = articles.iloc[0]
    mentions = dataset.mentions[dataset.mentions["article_id"] == article["article_id"]].sort_values("start")
    evidence = dataset.evidence[dataset.evidence["article_id"] == article["article_id"]].sort_values("start")
    return {
        "followed-document": as_table(_document(article)),
        "followed-text": _quote(str(article["text"])),
        "followed-mentions": as_table(mentions[["start", "end", "label", "text", "confidence"]].head(_ROWS)),
        "followed-links": as_table(
            evidence[["person_text", "role_text", "status", "rule", "inferred", "confidence"]].head(_ROWS)
        ),
        "followed-names": as_table(mentions[["text", "lemma", "lemma_rule", "lemma_score"]].head(_ROWS)),
        "followed-actors": as_table(_actors(dataset, mentions)),
        "followed-affiliations": as_table(_affiliations(dataset, evidence)),
    }


def _quote(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.strip().splitlines())


def _document(article: pd.Series) -> pd.DataFrame:
    columns = ["article_id", "url", "title", "published", "encoding", "n_words", "municipality_teryt"]
    return pd.DataFrame({"column": columns, "value": [str(article[column]) for column in columns]})


def _actors(dataset: Dataset, mentions: pd.DataFrame) -> pd.DataFrame:
    here = mentions.loc[mentions["label"] == "person", "entity_id"].drop_duplicates()
    actors = dataset.actors.set_index("actor_id").loc[here].reset_index()
    return actors[["name", "gender", "headline", "n_articles", "first_seen", "last_seen"]]


def _affiliations(dataset: Dataset, evidence: pd.DataFrame) -> pd.DataFrame:
    held = dataset.affiliations.set_index("affiliation_id").loc[evidence["affiliation_id"].drop_duplicates()]
    names = dataset.actors.set_index("actor_id")["name"]
    bodies = dataset.institutions.set_index("institution_id")["name"]
    places = dataset.locations.set_index("location_id")["name"]
    return pd.DataFrame(
        {
            "name": held["actor_id"].map(names),
            "role": held["role"],
            "institution": held["institution_id"].map(bodies),
            "place": held["location_id"].map(places),
            "status": held["status"],
            "articles": held["n_articles"],
        }
    ).reset_index(drop=True)
