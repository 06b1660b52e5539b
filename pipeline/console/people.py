"""The people of a dataset: the best known, and every sentence about one."""

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any

import pandas as pd
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.console.text import count, plain, shown
from pipeline.export.dataset import Dataset
from pipeline.guards import terminal_text
from pipeline.resolve.judgements import FILE_NAME, judged_pairs, load_judgements
from pipeline.resolve.weakest import TABLES as LINK_TABLES
from pipeline.resolve.weakest import find_weakest_link

_STEM = 4  # letters that the cases of a place's name share


def print_dataset(console: Console, dataset: Dataset, *, rows: int) -> None:
    """Print the actors that most articles name, and where the files are."""
    table = Table(title="Actors that most articles name", title_justify="left", header_style="bold")
    table.add_column("Name", no_wrap=True)
    table.add_column("Role", overflow="fold", ratio=2)
    table.add_column("Where", overflow="fold", ratio=3)
    table.add_column("Articles", justify="right")
    for row in overview(dataset).head(rows).itertuples(index=False):
        where = _join_place(shown(row.institution), shown(row.place))
        table.add_row(shown(row.name), shown(row.role), where, f"{row.n_articles:,}")
    console.print(table)
    console.print(f"Tables: {plain(str(dataset.folder))}/*.parquet, described in datapackage.json")


def _join_place(body: str, place: str) -> str:
    """Return a body and its place; the place is left out where the body's name holds its stem."""
    stem = place.split()[-1][:_STEM] if place else ""
    return ", ".join(part for part in (body, "" if body and stem and stem in body else place) if part)


def overview(dataset: Dataset) -> pd.DataFrame:
    """Return name, role, institution, place and number of articles of each actor, best known first."""
    held = dataset.affiliations.sort_values(
        ["n_articles", "last_seen", "confidence", "affiliation_id"], ascending=[False, False, False, True]
    ).drop_duplicates("actor_id")
    actors = dataset.actors[["actor_id", "name", "n_articles", "n_mentions"]]
    frame = actors.merge(
        held[["actor_id", "role", "institution_id", "location_id"]], on="actor_id", how="left"
    )
    bodies = dataset.institutions[["institution_id", "name"]].rename(columns={"name": "institution"})
    places = dataset.locations[["location_id", "name"]].rename(columns={"name": "place"})
    frame = frame.merge(bodies, on="institution_id", how="left").merge(places, on="location_id", how="left")
    frame = frame.sort_values(["n_articles", "n_mentions", "name"], ascending=[False, False, True])
    return frame[["name", "role", "institution", "place", "n_articles"]]


def print_actor(console: Console, dataset: Dataset, wanted: str) -> bool:
    """Print people by id or part of a name, with every sentence; False when there is nobody."""
    actors = dataset.actors
    found = actors[
        (actors["actor_id"] == wanted)
        | actors["name"].str.casefold().str.contains(wanted.casefold(), regex=False)
    ]
    for actor in found.itertuples(index=False):
        console.print(f"[bold]{shown(actor.name)}[/bold]  {shown(actor.headline)}")
        console.print(f"  {actor.actor_id}, {count(actor.n_articles, 'article')}", style="dim")
        _print_evidence(console, dataset, str(actor.actor_id))
        _print_weakest(console, dataset, str(actor.actor_id))
    return not found.empty


def _print_evidence(console: Console, dataset: Dataset, actor_id: str) -> None:
    held = dataset.affiliations[dataset.affiliations["actor_id"] == actor_id]
    bodies = dataset.institutions.set_index("institution_id")["name"].to_dict()
    places = dataset.locations.set_index("location_id")["name"].to_dict()
    articles = dataset.articles.set_index("article_id")[["published", "title", "source"]].to_dict("index")
    for line in held.itertuples(index=False):
        bounds = (("from", line.since), ("until", line.until))
        period = " ".join(f"{word} {day}" for word, day in bounds if isinstance(day, str))
        parts = (line.role, bodies.get(line.institution_id), places.get(line.location_id))
        office = ", ".join(shown(part) for part in parts if isinstance(part, str))
        console.print(f"  [green]{office}[/green]: {line.status} {period}".rstrip())
        said = dataset.evidence[dataset.evidence["affiliation_id"] == line.affiliation_id]
        for row in said.itertuples(index=False):
            sentence = Text(" ".join(terminal_text(str(row.sentence)).split()))
            marked = [part for part in (row.person_text, row.role_text) if isinstance(part, str)]
            sentence.highlight_words([" ".join(part.split()) for part in marked], style="bold cyan")
            console.print(Padding(sentence, (0, 0, 0, 4)))
            told = f"{_name_article(articles[row.article_id])}; {plain(str(row.rule))}, {row.confidence:.2f}"
            console.print(Padding(Text.from_markup(told, style="dim"), (0, 0, 0, 6)))


def _name_article(article: Mapping[Hashable, Any]) -> str:
    """Return the day, the title and the source of an article."""
    parts = (article["published"], article["title"], article["source"])
    return ", ".join(plain(str(part)) for part in parts if isinstance(part, (str, date)))


def _print_weakest(console: Console, dataset: Dataset, actor_id: str) -> None:
    """Print the weakest link of a person, its reasons, and what would part the articles."""
    tables = {name: getattr(dataset, name) for name in LINK_TABLES}
    judged = judged_pairs(load_judgements(dataset.folder / FILE_NAME))
    link = find_weakest_link(tables, actor_id, judged)
    if link is None:
        return
    ours, theirs = (" ".join(side) for side in link.sides)
    console.print(
        f"  [bold]Weakest link[/bold], score {link.score:+.1f}: {plain(ours)} [dim]to[/dim] {plain(theirs)}"
    )
    for reason in link.reasons:
        mark = "[yellow]*[/yellow]" if reason.feature in link.breaking else " "
        console.print(f"   {mark} {reason.weight:+6.2f}  {plain(reason.sentence)}")
    if link.breaking:
        told = "Without what is marked *, or judged different, they would be two people."
    else:
        told = "Too little speaks for it alone: they are one because nobody else can be meant."
    console.print(f"    {told}", style="dim")
    console.print(f"    The pair: {plain(link.left)} and {plain(link.right)}", style="dim", highlight=False)


def _name_articles(articles: tuple[str, ...]) -> str:
    """Return an article's id, or how many there are."""
    return plain(articles[0]) if len(articles) == 1 else f"{len(articles)} other articles"
