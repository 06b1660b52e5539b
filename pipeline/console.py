"""What a person sees in the terminal: progress, summary, tables."""

import platform
import sys
import time
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import pandas as pd
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from pipeline.engines.progress import Progress as RunProgress
from pipeline.engines.progress import Tell
from pipeline.export.content import Written
from pipeline.export.dataset import Dataset, Summary
from pipeline.guards import terminal_text
from pipeline.resolve.audit import Audit
from pipeline.resolve.judgements import FILE_NAME, judged_pairs, load_judgements
from pipeline.resolve.weakest import TABLES as LINK_TABLES
from pipeline.resolve.weakest import find_weakest_link

if TYPE_CHECKING:
    from pipeline.name_columns import ColumnSummary
    from pipeline.tables import TableInfo
    from pipeline.training.refresh import TableChange

_PLAIN_EVERY_S = 10.0
_SHOWN_CHANGES = 8
_STEM = 4  # letters that the cases of a place's name share


def plain(text: str) -> str:
    """Return text from outside made safe for a terminal: no control characters, no markup."""
    return escape(terminal_text(text))


def count(number: object, noun: str) -> str:
    """Return a number with its noun: `1 article`, `2 articles`."""
    return f"{number} {_noun(number, noun)}"


def _noun(number: object, noun: str) -> str:
    return noun if number == 1 else f"{noun}s"


def shown(value: object) -> str:
    """Return a table's cell as safe text; an empty one as nothing."""
    return plain(str(value)) if isinstance(value, str) or (value is not None and value == value) else ""


@contextmanager
def show_progress(
    doing: str = "Reading articles", done_so_far: str = "articles read"
) -> Iterator[Callable[[int], None]]:
    """Show how far a command is: a live line on a terminal, plain lines elsewhere, both on stderr."""
    if sys.stderr.isatty():
        columns = (
            TextColumn(doing),
            BarColumn(),
            TextColumn("{task.completed}"),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("read", total=None)
            yield lambda done: progress.update(task, completed=done)
    else:
        yield _plain_progress(done_so_far)


@contextmanager
def show_run() -> Iterator[Tell]:
    """Show how far a run is: a bar with speed and time left on a terminal, plain lines elsewhere; on stderr."""
    if not sys.stderr.isatty():
        yield _plain_run()
        return
    columns = (
        TextColumn("Reading articles"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[speed]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("read", total=None, speed="")

        def tell(now: RunProgress) -> None:
            bar.update(task, completed=now.done, total=now.total, speed=_speed(now))

        yield tell


def _speed(now: RunProgress) -> str:
    return f"{now.articles_per_second:,.1f} articles/s, {now.words_per_second:,.0f} words/s"


def _plain_run() -> Tell:
    last = time.monotonic()

    def tell(now: RunProgress) -> None:
        nonlocal last
        if time.monotonic() - last < _PLAIN_EVERY_S:
            return
        last = time.monotonic()
        left = "" if now.seconds_left is None else f", {now.seconds_left / 60:,.0f} min left"
        sys.stderr.write(f"{now.done:,} of {now.total:,} articles, {_speed(now)}{left}\n")

    return tell


def _plain_progress(done_so_far: str) -> Callable[[int], None]:
    started = last = time.monotonic()

    def tell(done: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _PLAIN_EVERY_S:
            last = now
            sys.stderr.write(f"{done} {done_so_far}, {done / (now - started):.0f} a second\n")

    return tell


def print_summary(console: Console, summary: Summary) -> None:
    """Print what a run read, found and refused."""
    if summary.was_finished:
        console.print(f"{plain(str(summary.out))} already holds this dataset; nothing to do.")
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(justify="right", style="bold")
    table.add_column()
    for number, what in _summary_lines(summary):
        table.add_row(f"{number:,}", what)
    console.print(table)
    if summary.n_rejects:
        console.print(f"{count(summary.n_rejects, 'input')} rejected (table rejects):", style="yellow")
        for reason, times in list(summary.rejects.items())[:8]:
            console.print(f"  {times:,} x {plain(reason)}")
    if summary.skipped:
        listed = ", ".join(f"{times} {plain(suffix)}" for suffix, times in summary.skipped.items())
        console.print(f"Files of other types left aside: {listed}", style="dim")


def _summary_lines(summary: Summary) -> list[tuple[int, str]]:
    duplicates = f", {summary.n_duplicates} more are copies" if summary.n_duplicates else ""
    nobody = f", {summary.n_nobody} of them without a person" if summary.n_nobody else ""
    return [
        (summary.n_articles, f"{_noun(summary.n_articles, 'article')}{nobody}{duplicates}"),
        (summary.n_actors, _noun(summary.n_actors, "actor")),
        (summary.n_institutions, _noun(summary.n_institutions, "institution")),
        (summary.n_affiliations, _noun(summary.n_affiliations, "affiliation")),
        (summary.n_locations, f"places, {summary.n_unlinked_places} without a TERYT code"),
        (summary.n_abstentions, "names left as written because no rule was sure"),
    ]


def print_column_summary(console: Console, summary: "ColumnSummary") -> None:
    """Print what became of a CSV's column."""
    names = (
        f"{summary.n_changed:,} names changed, {summary.n_unsure:,} left as written because no rule was sure"
    )
    console.print(f"{count(summary.n_rows, 'row')}: {names}, {summary.n_empty:,} empty", highlight=False)
    separator = {",": "commas", ";": "semicolons", "\t": "tabs"}[summary.separator]
    console.print(f"Read as {summary.encoding}, separated by {separator}; written as UTF-8", style="dim")
    if summary.n_bad:
        what = f"{count(summary.n_bad, 'row')} kept as written: other cells than the header has"
        console.print(what, style="yellow", highlight=False)


def print_tables(console: Console, tables: "Sequence[TableInfo]") -> None:
    """Print the tables of knowledge: rows, date of the register, source, licence."""
    table = Table(header_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("Table", overflow="fold")
    table.add_column("Rows", justify="right")
    table.add_column("Date")
    table.add_column("Source", overflow="fold", ratio=3)
    table.add_column("Licence", overflow="fold", ratio=2)
    for info in tables:
        table.add_row(info.name, f"{info.n_rows:,}", info.state, plain(info.source), plain(info.licence))
    console.print(table)


def print_table_changes(console: Console, changes: "Sequence[TableChange]") -> None:
    """Print how refreshed tables differ from those before, with the first of what changed."""
    for change in changes:
        console.print(f"[bold]{change.table}[/bold] {change.before} → {change.after}: {change.n_rows:,} rows")
        renamed = [f"{key} {old} → {new}" for key, old, new in change.renamed]
        listed = (("added", change.added), ("removed", change.removed), ("renamed", renamed))
        for what, items in (*listed, ("moved to another gmina", change.moved)):
            more = f" and {len(items) - _SHOWN_CHANGES:,} more" if len(items) > _SHOWN_CHANGES else ""
            shown_items = f": {', '.join(items[:_SHOWN_CHANGES])}{more}" if items else ""
            console.print(f"  {len(items):,} {what}{plain(shown_items)}", highlight=False)


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


def print_audit(console: Console, audit: Audit) -> None:
    """Print the precision of a filled-in sample, by role and by source."""
    table = Table(title="Precision of the claims judged", title_justify="left", header_style="bold")
    for heading in ("By", "Group"):
        table.add_column(heading, overflow="fold")
    for heading in ("Precision", "95 % interval", "Right", "Judged"):
        table.add_column(heading, justify="right")
    before = "all"
    for figure in audit.figures:
        if figure.by != before:
            table.add_section()
        before = figure.by
        interval = f"{figure.low:.3f}-{figure.high:.3f}"
        cells = (f"{figure.share:.3f}", interval, str(figure.right), str(figure.judged))
        table.add_row(figure.by, plain(figure.name), *cells)
    console.print(table)
    for part, wrong in audit.wrong_parts.items():
        console.print(f"wrong {plain(part)}: {wrong}")
    if audit.n_open:
        console.print(f"{count(audit.n_open, 'row')} without an answer left out", style="dim")


def print_written(console: Console, written: Written) -> None:
    """Print the files of an export, their sizes, and what did not fit."""
    for path in written.files:
        console.print(f"{plain(str(path))}  [dim]{_size(path.stat().st_size)}[/dim]", soft_wrap=True)
    for note in written.notes:
        console.print(plain(note), style="yellow", soft_wrap=True)


def _size(n_bytes: int) -> str:
    return f"{n_bytes / 1e6:,.1f} MB" if n_bytes >= 1e5 else f"{n_bytes / 1e3:,.1f} kB"


def tell_pair(console: Console) -> Callable[[list[dict[str, Any]], list[str]], None]:
    """Return what prints both sides of a pair, one beside the other, and what was compared below."""

    def tell(sides: list[dict[str, Any]], reasons: list[str]) -> None:
        table = Table(show_header=True, header_style="bold", expand=True)
        for side in sides:
            table.add_column(plain(str(side["name"])), ratio=1, overflow="fold")
        cells = ["\n\n".join(side["sentences"]) or "(no office is said)" for side in sides]
        table.add_row(*(plain(" ".join(cell.split(" "))) for cell in cells))
        table.add_row(*(plain(str(side["article_id"])) for side in sides), style="dim")
        console.print(table)
        for reason in reasons:
            console.print(f"  {plain(reason)}")

    return tell


def print_info(console: Console) -> None:
    """Print versions for a bug report."""
    from pipeline.export.manifest import hash_folder
    from pipeline.tables import data_folder

    for package in ("civic-actors", "spacy", "morfeusz2", "pandas", "pyarrow"):
        console.print(f"{package} {version(package)}")
    console.print(f"python {platform.python_version()} on {platform.system()} {platform.machine()}")
    for part in ("model", "tables"):
        console.print(f"{part} {hash_folder(data_folder() / part)[:16]}")
