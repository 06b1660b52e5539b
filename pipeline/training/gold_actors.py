"""Which people of different gold articles are one person: `actors.tsv`, a row for each person of each article."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pipeline.files import write_text
from pipeline.tables import read_table
from pipeline.training.gold import GoldArticle, load_gold

ACTORS = "actors.tsv"

_HEAD = (
    "# source: read off the articles' own text: a name with the same office and town, or a person of history",
    "# licence: CC BY 4.0",
    "# ARTICLE/PERSON is in one article only; `python -m pipeline.training.gold_actors FOLDER` adds such rows",
    "actor_id\tarticle_id*\tperson_id",
)


def load_actors(folder: Path) -> dict[tuple[str, str], str]:
    """Return the actor of each (article, person of the article); empty without the table.

    Raises:
        TableError: The table breaks the format, or puts two people of one article in one actor.
    """
    path = folder / ACTORS
    if not path.exists():
        return {}
    return {(row["article_id"], row["person_id"]): row["actor_id"] for row in read_table(path)}


def find_actor_faults(folder: Path, articles: Sequence[GoldArticle]) -> Iterator[str]:
    """Yield what the table has wrong: a person without a row or with several, a row of nobody.

    A folder without the table has no fault.

    Raises:
        TableError: The table breaks the format, or puts two people of one article in one actor.
    """
    if not (folder / ACTORS).exists():
        return
    people = _people(articles)
    seen: set[tuple[str, str]] = set()
    for row in read_table(folder / ACTORS):
        person = row["article_id"], row["person_id"]
        if person in seen:
            yield f"{row['person_id']!r} of {row['article_id']} has several actors; keep one row"
        elif person not in people:
            yield f"{row['article_id']} has no person {row['person_id']!r}; remove the row"
        seen.add(person)
    for article, actor in sorted(people - seen):
        yield f"{actor!r} of {article} has no row; run `python -m pipeline.training.gold_actors {folder}`"


def write_actors(folder: Path) -> int:
    """Bring the table up to date: people without a row get an actor of their own, rows of nobody go.

    Returns:
        How many actors are in more than one article.

    Raises:
        TableError: The table or an article breaks the format.
    """
    known = load_actors(folder)
    rows = {
        (article, person): known.get((article, person), f"{article}/{person}")
        for article, person in _people(load_gold(folder))
    }
    lines = sorted(f"{actor}\t{article}\t{person}" for (article, person), actor in rows.items())
    write_text(folder / ACTORS, "\n".join([*_HEAD, *lines]) + "\n")
    return count_recurring(rows)


def count_recurring(actors: Mapping[tuple[str, str], str]) -> int:
    """Return how many actors are in more than one article."""
    articles: dict[str, set[str]] = {}
    for (article, _), actor in actors.items():
        articles.setdefault(actor, set()).add(article)
    return sum(len(where) > 1 for where in articles.values())


def _people(articles: Sequence[GoldArticle]) -> set[tuple[str, str]]:
    return {(article.article_id, actor) for article in articles for actor in article.actors()}


if __name__ == "__main__":
    write_actors(Path(sys.argv[1]))
