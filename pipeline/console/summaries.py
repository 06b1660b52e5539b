"""What a command has done: what was read and written, which tables and versions there are."""

import platform
from collections.abc import Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from pipeline.console.text import count, noun_of, plain
from pipeline.export.content import Written
from pipeline.export.dataset import Summary

if TYPE_CHECKING:
    from pipeline.name_columns import ColumnSummary
    from pipeline.tables import TableInfo
    from pipeline.training.refresh import TableChange

_SHOWN_CHANGES = 8


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
        (summary.n_articles, f"{noun_of(summary.n_articles, 'article')}{nobody}{duplicates}"),
        (summary.n_actors, noun_of(summary.n_actors, "actor")),
        (summary.n_institutions, noun_of(summary.n_institutions, "institution")),
        (summary.n_affiliations, noun_of(summary.n_affiliations, "affiliation")),
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


def print_written(console: Console, written: Written) -> None:
    """Print the files of an export, their sizes, and what did not fit."""
    for path in written.files:
        console.print(f"{plain(str(path))}  [dim]{_size(path.stat().st_size)}[/dim]", soft_wrap=True)
    for note in written.notes:
        console.print(plain(note), style="yellow", soft_wrap=True)


def _size(n_bytes: int) -> str:
    return f"{n_bytes / 1e6:,.1f} MB" if n_bytes >= 1e5 else f"{n_bytes / 1e3:,.1f} kB"


def print_info(console: Console) -> None:
    """Print versions for a bug report."""
    from pipeline.export.manifest import hash_folder
    from pipeline.tables import data_folder

    for package in ("civic-actors", "spacy", "morfeusz2", "pandas", "pyarrow"):
        console.print(f"{package} {version(package)}")
    console.print(f"python {platform.python_version()} on {platform.system()} {platform.machine()}")
    for part in ("model", "tables"):
        console.print(f"{part} {hash_folder(data_folder() / part)[:16]}")
