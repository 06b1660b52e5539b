"""What commands share: arguments that mean the same everywhere, and exit codes."""

from pathlib import Path
from typing import Annotated

import typer

DONE_WITH_REJECTS = 3
WRONG_CALL = 2
FAILURE = 1
INTERRUPTED = 130

Inputs = Annotated[
    list[str],
    typer.Argument(help="Files, folders, globs, article lists, or - for stdin; with Spark also addresses."),
]
Out = Annotated[str, typer.Option("-o", "--out", help="Folder of the dataset; with Spark also an address.")]
Existing = Annotated[Path, typer.Argument(metavar="OUT", help="Folder of a dataset.")]
Model = Annotated[str | None, typer.Option(help="Another spaCy pipeline: a folder or a package name.")]

Ids = Annotated[Path | None, typer.Option(help="ids.parquet of an earlier result, whose ids are kept.")]
Judgements = Annotated[Path | None, typer.Option(help="judgements.jsonl: pairs judged same or different.")]
Who = Annotated[str, typer.Option(help="Your name, kept with each judgement.")]
Why = Annotated[str, typer.Option(help="Why, in your words.")]
JudgementsFile = Annotated[Path | None, typer.Option(help="File to add to; else OUT/judgements.jsonl.")]


def columns_of(pairs: list[str] | None) -> dict[str, str] | None:
    """Return the columns that options such as `text=body` name; None when there are none."""
    return dict(split_pairs(pairs or [], "--column", "text=body")) or None


def split_pairs(pairs: list[str], option: str, example: str) -> list[tuple[str, str]]:
    """Return the names and values of an option that takes NAME=VALUE."""
    found = []
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not value:
            raise typer.BadParameter(f"{option} takes NAME=VALUE, such as {example}, not {pair!r}")
        found.append((key, value))
    return found


def model_of(model: str | None) -> str | Path | None:
    """Return a model as a folder where it looks like one, else as the name of a package."""
    if model is None:
        return None
    looks_like_path = "/" in model or "\\" in model or Path(model).exists()
    return Path(model) if looks_like_path else model
