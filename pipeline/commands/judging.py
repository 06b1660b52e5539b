"""Commands by which people judge: uncertain pairs, wrong facts, a sample of claims."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pipeline import console as screen
from pipeline.commands.options import Existing, JudgementsFile, Who, Why


def review(
    out: Existing,
    who: Who,
    judgements: JudgementsFile = None,
    csv: Annotated[Path | None, typer.Option(help="Write the pairs to this CSV, to fill in.")] = None,
    filled: Annotated[Path | None, typer.Option(help="Read the judgements of this filled-in CSV.")] = None,
) -> None:
    """Judge the most uncertain pairs of a dataset: y one person, n two, u unsure, s skip, q stop.

    Example: civic-actors review out --who "Anna Lis" --csv pairs.csv
    """
    from pipeline.resolve.review import read_review, review_dataset, write_review

    path = judgements or out / "judgements.jsonl"
    if csv is not None:
        typer.echo(f"{write_review(out, path, csv):,} pairs to judge in the column verdict: {csv}")
        return
    if filled is not None:
        typer.echo(f"{read_review(path, filled, who=who):,} judged: {path}")
        return
    judged = review_dataset(out, path, who=who, ask=typer.prompt, tell=screen.tell_pair(Console()))
    typer.echo(f"{judged:,} judged: {path}")


def withdraw(
    out: Existing,
    left: Annotated[str, typer.Argument(help="A mention_id of the pair, as in judgements.jsonl.")],
    right: Annotated[str, typer.Argument(help="The other one.")],
    who: Who,
    why: Why = "",
    judgements: JudgementsFile = None,
) -> None:
    """Take back what was judged of a pair; the line stays, a new one opens the pair again.

    Example: civic-actors withdraw out 3f2a90b1c4d5e6f7:12 9b1c4d5e6f73f2a0:40 --who "Anna Lis"
    """
    from datetime import date

    from pipeline.resolve.judgements import withdraw_judgement

    path = judgements or out / "judgements.jsonl"
    withdraw_judgement(path, (left, right), who=who, when=date.today().isoformat(), why=why)
    typer.echo(f"withdrawn: {path}")


def correct(
    out: Existing,
    actor: Annotated[str, typer.Argument(help="An actor_id.")],
    field: Annotated[str, typer.Argument(help="name, given_names, surname, gender, role or place.")],
    value: Annotated[str, typer.Argument(help="What is right; empty takes a correction back.")],
    who: Who,
    why: Why = "",
    old: Annotated[str, typer.Option(help="The role or place that is wrong, when there are several.")] = "",
    judgements: JudgementsFile = None,
) -> None:
    """Put right a person's name, gender, role or place; the next run with --judgements obeys.

    Example: civic-actors correct out 5b0c17aa90f1d2e3 gender f --who "Anna Lis" --why "zdjęcie"
    """
    from pipeline.resolve.amend import correct_dataset
    from pipeline.resolve.review import load_tables

    path = judgements or out / "judgements.jsonl"
    correct_dataset(load_tables(out), path, (actor, field, value), who=who, why=why, old=old)
    typer.echo(f"corrected, for the next run with --judgements: {path}")


def audit(
    out: Existing,
    sample: Annotated[int, typer.Option(min=1, help="Claims to take.")] = 200,
    csv: Annotated[Path | None, typer.Option(help="CSV to write; else audit.csv in this folder.")] = None,
    filled: Annotated[Path | None, typer.Option(help="Read this filled-in CSV and measure.")] = None,
    seed: Annotated[int, typer.Option(help="The same seed takes the same claims.")] = 2026,
) -> None:
    """Measure a dataset yourself: a sample of its claims to fill in, read back as precision.

    Example: civic-actors audit out --sample 200 --csv audit.csv
    """
    from pipeline.export.dataset import load_dataset
    from pipeline.resolve.audit import TABLES, read_audit, write_audit

    dataset = load_dataset(out)
    tables = {name: getattr(dataset, name) for name in TABLES}
    if filled is not None:
        screen.print_audit(Console(), read_audit(tables, filled))
        return
    path = csv or Path("audit.csv")
    typer.echo(f"{write_audit(tables, path, sample=sample, seed=seed):,} claims to judge (y, n) in {path}")
