"""Commands about a finished dataset: other formats, what it says of a person, a site, erasure."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pipeline import console as screen
from pipeline.commands.options import Existing

EXPORTS = (
    "csv",
    "xlsx",
    "jsonl",
    "sqlite",
    "duckdb",
    "gexf",
    "graphml",
    "popolo",
    "ftm",
    "delta",
    "labelstudio",
    "docbin",
)


def export(
    dataset: Existing,
    to: Annotated[str, typer.Option(help=f"One of {', '.join(EXPORTS)}.")],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FOLDER", help="Folder for the files.")],
    all_people: Annotated[
        bool, typer.Option("--all-people", help="Also people who hold no public office or function.")
    ] = False,
    since: Annotated[Path | None, typer.Option(help="The earlier dataset that --to delta compares.")] = None,
) -> None:
    """Write a dataset in another format; private people are left out, their names masked.

    Example: civic-actors export out --to xlsx -o tables
    """
    from pipeline.export.convert import export_dataset

    screen.print_written(
        Console(), export_dataset(dataset, to=to, out=out, all_people=all_people, since=since)
    )


def show(out: Existing, rows: Annotated[int, typer.Option(min=1, help="Rows to show.")] = 15) -> None:
    """Show the first actors of a dataset and where its files are.

    Example: civic-actors show out --rows 20
    """
    from pipeline.export.dataset import load_dataset

    screen.print_dataset(Console(), load_dataset(out), rows=rows)


def explain(
    out: Existing, actor: Annotated[str, typer.Argument(help="An actor_id, or part of a name.")]
) -> None:
    """Print what the articles say of one person, with the words marked, and what holds the articles together.

    Example: civic-actors explain out "Bednorz"
    """
    from pipeline.export.dataset import load_dataset

    if not screen.print_actor(Console(), load_dataset(out), actor):
        raise typer.BadParameter(f"no actor has the id or name {actor!r}; look with: civic-actors show {out}")


def report(
    out: Existing,
    folder: Annotated[Path, typer.Option("-o", "--out", help="New or empty folder, or an older report.")],
    language: Annotated[str, typer.Option(help="What pages speak at first: pl or en.")] = "pl",
    all_people: Annotated[
        bool, typer.Option("--all-people", help="Keep people without a public office too.")
    ] = False,
    texts: Annotated[
        bool, typer.Option("--texts/--no-texts", help="Keep the whole texts of articles, not only sentences.")
    ] = True,
) -> None:
    """Write a site about a dataset that opens from disk: search, people, timelines, marked sentences.

    Example: civic-actors report out -o report
    """
    from pipeline.export.dataset import load_dataset
    from pipeline.export.report import report as write_report
    from pipeline.export.report.words import LANGUAGES

    chosen = next((known for known in LANGUAGES if known == language), None)
    if chosen is None:
        raise typer.BadParameter(f"--language must be one of {', '.join(LANGUAGES)}")
    dataset = load_dataset(out)
    with screen.show_progress("Writing pages", "pages written") as progress:
        pages = write_report(
            dataset, folder, all_people=all_people, texts=texts, language=chosen, progress=progress
        )
    typer.echo(f"{screen.count(f'{pages:,}', 'page')}: open {folder / 'index.html'}")


def erase(
    out: Existing,
    who: Annotated[str, typer.Argument(metavar="NAME_OR_ID", help="An actor_id, or a whole name.")],
    everywhere: Annotated[
        bool, typer.Option("--everywhere", help="Leave out everybody of the name later, in any gmina.")
    ] = False,
) -> None:
    """Erase one person from a dataset, for good; later runs into the same folder leave them out too.

    Example: civic-actors erase out "Elfryda Kurpierz"
    """
    from pipeline.export.erase import erase_person

    erasure = erase_person(out, who, everywhere=everywhere)
    typer.echo(
        f"{erasure.actor_id} erased: {screen.count(erasure.n_mentions, 'mention')}"
        f" in {screen.count(erasure.n_articles, 'article')}; {out / 'erased.jsonl'} keeps a hash"
    )
