"""Commands that read: articles, names, rows of other tables."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pipeline import console as screen
from pipeline.commands.options import (
    DONE_WITH_REJECTS,
    Ids,
    Inputs,
    Judgements,
    Model,
    Out,
    columns_of,
    model_of,
)
from pipeline.records import LABELS, Label


def run(
    inputs: Inputs,
    out: Out,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that read articles.")] = None,
    engine: Annotated[
        str | None, typer.Option(help="What reads articles: local (the default) or spark.")
    ] = None,
    spark_master: Annotated[
        str | None, typer.Option(metavar="URL", help="Where Spark runs; else local[*].")
    ] = None,
    model: Model = None,
    column: Annotated[list[str] | None, typer.Option(help="A table's column, such as text=body.")] = None,
    sources: Annotated[Path | None, typer.Option(help="CSV: prefix, municipality_teryt, publisher.")] = None,
    update: Annotated[
        bool,
        typer.Option("--update", help="Add the inputs to the dataset in -o, with its ids and judgements."),
    ] = False,
    ids: Ids = None,
    judgements: Judgements = None,
    public_only: Annotated[
        bool, typer.Option("--public-only", help="Leave out people without a public function.")
    ] = False,
    erased: Annotated[
        Path | None, typer.Option(help="erased.jsonl of another dataset; else that of OUT.")
    ] = None,
) -> None:
    """Read articles and write the dataset of their civic actors.

    Whatever stops it, the same command goes on where it was.

    Example: civic-actors run data/articles -o out
    """
    from pipeline.flow import run as run_flow

    with screen.show_run() as progress:
        summary = run_flow(
            inputs,
            out,
            workers=workers,
            engine=engine,
            spark_master=spark_master,
            model=model_of(model),
            columns=columns_of(column),
            sources=sources,
            update=update,
            ids=ids,
            judgements=judgements,
            public_only=public_only,
            erased=erased,
            progress=progress,
        )
    screen.print_summary(Console(), summary)
    if summary.n_rejects:
        raise typer.Exit(DONE_WITH_REJECTS)


def nominative(
    names: Annotated[list[str] | None, typer.Argument(help="Names; without any, lines of stdin.")] = None,
    label: Annotated[str, typer.Option(help=f"One of {', '.join(LABELS)}.")] = "person",
    details: Annotated[bool, typer.Option(help="Add gender, parts, rule, score and alternatives.")] = False,
    table: Annotated[
        str | None, typer.Option("--csv", metavar="FILE", help="A CSV whose column to read, or -.")
    ] = None,
    column: Annotated[str | None, typer.Option(help="Name of that column.")] = None,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="File for that table; else stdout.")] = None,
) -> None:
    """Put names in the nominative: a line in, a line out; or a column of a CSV, all else kept.

    Example: civic-actors nominative --csv names.csv --column name -o names-nominative.csv
    """
    chosen = next((known for known in LABELS if known == label), None)
    if chosen is None:
        raise typer.BadParameter(f"--label must be one of {', '.join(LABELS)}")
    if (table is None) != (column is None) or (table is None and out is not None) or (table and names):
        raise typer.BadParameter("a table needs --csv FILE and --column NAME, and no names; -o is for tables")
    if table is not None and column is not None:
        _nominative_column(table, column, label=chosen, details=details, out=out)
        return
    from pipeline.normalise import nominative as find_nominative

    for line in names or (line.rstrip("\n") for line in sys.stdin):
        name = find_nominative(line, label=chosen)
        cells = [name.nominative]
        if details:
            cells += [name.gender or "", name.rule, f"{name.score:.2f}", "; ".join(name.alternatives)]
        typer.echo("\t".join(cells))


def _nominative_column(table: str, column: str, *, label: Label, details: bool, out: Path | None) -> None:
    from pipeline.name_columns import add_nominatives

    source = None if table == "-" else Path(table)
    summary = add_nominatives(source, column, label=label, details=details, out=out)
    screen.print_column_summary(Console(stderr=True), summary)
    if summary.n_bad:
        raise typer.Exit(DONE_WITH_REJECTS)


def resolve(
    claims: Annotated[Path, typer.Argument(help="Parquet or CSV with claim_id, name, and more.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder for clusters.parquet.")],
    known: Annotated[Path | None, typer.Option(help="People listed with an actor_id of their own.")] = None,
    ids: Ids = None,
    judgements: Judgements = None,
) -> None:
    """Say which rows of any table are of one person, and why.

    Example: civic-actors resolve councillors.csv -o resolved --known candidates.csv
    """
    from pipeline.resolve.claim_files import resolve_files

    with screen.show_progress("Joining claims", "claims joined") as progress:
        resolved = resolve_files(claims, out, known=known, ids=ids, judgements=judgements, tell=progress)
    typer.echo(f"{resolved.n_claims:,} claims, {resolved.n_actors:,} actors: {out / 'clusters.parquet'}")
    if known is not None:
        typer.echo(
            f"{resolved.n_listed_unseen:,} listed people without a claim, {resolved.n_unlisted:,} actors not listed"
        )
