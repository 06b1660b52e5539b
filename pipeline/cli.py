"""The command `civic-actors`: each command is one call of the library, told to a person."""

import signal
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pipeline import console as screen
from pipeline.errors import CivicActorsError
from pipeline.records import LABELS, Label

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="Polish municipal news in; a sourced dataset of civic actors out.",
)

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
DONE_WITH_REJECTS = 3
WRONG_CALL = 2
FAILURE = 1
INTERRUPTED = 130

Inputs = Annotated[list[str], typer.Argument(help="Files, folders, globs, article lists, or - for stdin.")]
Out = Annotated[Path, typer.Option("-o", "--out", help="Folder of the dataset.")]
Existing = Annotated[Path, typer.Argument(metavar="OUT", help="Folder of a dataset.")]
Model = Annotated[str | None, typer.Option(help="Another spaCy pipeline: a folder or a package name.")]

Ids = Annotated[Path | None, typer.Option(help="ids.parquet of an earlier result, whose ids are kept.")]
Judgements = Annotated[Path | None, typer.Option(help="judgements.jsonl: pairs judged same or different.")]
Who = Annotated[str, typer.Option(help="Your name, kept with each judgement.")]
Why = Annotated[str, typer.Option(help="Why, in your words.")]
JudgementsFile = Annotated[Path | None, typer.Option(help="File to add to; else OUT/judgements.jsonl.")]


@app.command()
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
            model=_model(model),
            columns=_columns(column),
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


@app.command()
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


@app.command()
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

    resolved = resolve_files(claims, out, known=known, ids=ids, judgements=judgements)
    typer.echo(f"{resolved.n_claims:,} claims, {resolved.n_actors:,} actors: {out / 'clusters.parquet'}")
    if known is not None:
        typer.echo(
            f"{resolved.n_listed_unseen:,} listed people without a claim, {resolved.n_unlisted:,} actors not listed"
        )


@app.command()
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


@app.command()
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


@app.command()
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


@app.command()
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


@app.command()
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


@app.command()
def show(out: Existing, rows: Annotated[int, typer.Option(min=1, help="Rows to show.")] = 15) -> None:
    """Show the first actors of a dataset and where its files are.

    Example: civic-actors show out --rows 20
    """
    from pipeline.export.dataset import load_dataset

    screen.print_dataset(Console(), load_dataset(out), rows=rows)


@app.command()
def explain(
    out: Existing, actor: Annotated[str, typer.Argument(help="An actor_id, or part of a name.")]
) -> None:
    """Print what the articles say of one person, with the words marked, and what holds the articles together.

    Example: civic-actors explain out "Bednorz"
    """
    from pipeline.export.dataset import load_dataset

    if not screen.print_actor(Console(), load_dataset(out), actor):
        raise typer.BadParameter(f"no actor has the id or name {actor!r}; look with: civic-actors show {out}")


@app.command()
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


@app.command()
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


@app.command()
def evaluate(
    gold: Annotated[Path | None, typer.Argument(help="Folder of gold; without it the project's own.")] = None,
    split: Annotated[str, typer.Option(help="train, dev or test.")] = "dev",
    model: Model = None,
    dataset: Annotated[Path | None, typer.Option(help="Measure this finished dataset, not a model.")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="File for all figures.")] = None,
    errors: Annotated[Path | None, typer.Option(help="TSV for the errors by cause.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Fail when a figure is below its floor.")] = False,
    pin: Annotated[bool, typer.Option("--update-floors", help="Pin the floors to what is measured.")] = False,
    lower: Annotated[bool, typer.Option("--lower", help="Let --update-floors lower a floor.")] = False,
) -> None:
    """Measure the model, another one, or a finished dataset against annotated articles.

    Example: civic-actors evaluate --split test
    """
    from pipeline.export.dataset import load_dataset
    from pipeline.training.evaluate import evaluate as measure
    from pipeline.training.evaluate import evaluate_dataset, write_evaluation
    from pipeline.training.floors import check_floors, update_floors
    from pipeline.training.gold import find_gold
    from pipeline.training.screen import print_evaluation, print_lines

    if pin and (model is not None or dataset is not None):
        raise typer.BadParameter("floors are those of the shipped model; leave out --model and --dataset")
    folder = find_gold(gold)
    if dataset is not None:
        evaluation = evaluate_dataset(folder, load_dataset(dataset), split=split)
    else:
        with screen.show_progress() as progress:
            evaluation = measure(folder, split=split, model=_model(model), progress=progress)
    print_evaluation(Console(), evaluation)
    write_evaluation(evaluation, json_file=json_file, errors=errors)
    if pin:
        print_lines(Console(), update_floors(evaluation, folder / "floors.json", lower=lower))
    if check and (problems := check_floors(evaluation, folder / "floors.json")):
        print_lines(Console(stderr=True), problems)
        raise typer.Exit(FAILURE)


@app.command()
def gold(
    folder: Annotated[
        Path | None, typer.Argument(help="Folder of gold; without it the project's own.")
    ] = None,
    page: Annotated[Path | None, typer.Option(help="Write the page of counts to this file.")] = None,
    second: Annotated[Path | None, typer.Option(help="Second annotation to compare with.")] = None,
    labelstudio: Annotated[
        Path | None, typer.Option("--from-labelstudio", help="Add the annotated tasks of this JSON export.")
    ] = None,
    docbin: Annotated[
        Path | None, typer.Option("--from-docbin", help="Add the docs of this spaCy DocBin.")
    ] = None,
    split: Annotated[
        str | None, typer.Option(help="For what is added: train, dev or test; else one in five is dev.")
    ] = None,
) -> None:
    """Check annotated articles, a line for each problem; first add those of an annotation tool.

    Example: civic-actors gold our-gold --from-labelstudio project.json
    """
    from pipeline.training.add_gold import add_gold
    from pipeline.training.agreement import compare_annotations, write_agreement
    from pipeline.training.gold import find_gold
    from pipeline.training.pages import write_gold_page
    from pipeline.training.screen import print_agreement, print_lines
    from pipeline.training.validate import validate_gold

    folder = find_gold(folder)
    if labelstudio is not None or docbin is not None:
        added = add_gold(folder, labelstudio=labelstudio, docbin=docbin, split=split)
        print_lines(Console(), [str(added)])
    problems = validate_gold(folder)
    print_lines(Console(), [str(problem) for problem in problems])
    if any(not problem.is_warning for problem in problems):
        raise typer.Exit(FAILURE)
    if second is not None:
        agreement = compare_annotations(folder, second)
        write_agreement(agreement, folder / "agreement.json")
        print_agreement(Console(), agreement)
    if page is not None:
        write_gold_page(folder, page)


@app.command()
def train(
    work: Annotated[Path, typer.Option(help="Folder of the stages; done ones are kept.")],
    corpora: Annotated[Path | None, typer.Option(help="Folder of NKJP1M, KPWr and CEN.")] = None,
    base: Annotated[
        Path | None, typer.Option(help="Go on from this model with gold alone; `shipped` takes ours.")
    ] = None,
    gold: Annotated[Path | None, typer.Option(help="Folder of gold; without it the project's own.")] = None,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Folder of the model.")] = None,
    steps: Annotated[int, typer.Option(min=1, help="For --base: steps of training.")] = 2_000,
) -> None:
    """Train the model, stage by stage; the same command goes on where it stopped.

    Example: civic-actors train --base shipped --gold our-gold --work build/ours -o our-model
    """
    from pipeline.tables import data_folder
    from pipeline.training.gold import find_gold
    from pipeline.training.screen import print_lines
    from pipeline.training.train import train_model
    from pipeline.training.tune import tune_model

    if (corpora is None) == (base is None):
        raise typer.BadParameter("give --corpora to train from the start, or --base to go on from a model")
    gold = find_gold(gold)
    if base is not None:
        if out is None:
            raise typer.BadParameter("--base needs -o: a folder for the new model")
        tune_model(None if str(base) == "shipped" else base, gold, work, out, steps=steps)
    elif corpora is not None:
        told = Console(stderr=True)
        train_model(
            corpora, gold, work, out or data_folder() / "model", tell=lambda line: print_lines(told, [line])
        )


@app.command()
def proof(
    work: Annotated[Path, typer.Option(help="Folder of the training's stages; variants come beside them.")],
    corpora: Annotated[
        Path | None,
        typer.Option(
            help="Folder of all corpora that are measured; without it the figures of the page stay."
        ),
    ] = None,
    gold: Annotated[Path | None, typer.Option(help="Folder of gold; without it the project's own.")] = None,
    page: Annotated[Path, typer.Option(help="The page; its figures go beside it as JSON.")] = Path(
        "docs/model.md"
    ),
) -> None:
    """Measure the shipped recogniser beside others, and write the page of its figures.

    Example: civic-actors proof --corpora corpora --work build/train --page docs/model.md
    """
    from pipeline.training.gold import find_gold
    from pipeline.training.proof import prove, refresh_proof, write_proof
    from pipeline.training.screen import print_lines

    if corpora is None:
        refresh_proof(page, work)
        return
    told = Console(stderr=True)
    figures = prove(corpora, work, find_gold(gold), tell=lambda line: print_lines(told, [line]))
    write_proof(figures, page)


@app.command()
def tables(
    refresh: Annotated[
        list[str] | None,
        typer.Option(metavar="REGISTER=FILE", help="terc, simc or forenames and its official file."),
    ] = None,
    folder: Annotated[
        Path | None, typer.Option("--folder", help="Folder of tables; without it the product's own.")
    ] = None,
) -> None:
    """List the tables of knowledge, or refresh those of registers from newly downloaded official files.

    A refresh names each register and its file: --refresh terc=TERC.csv --refresh simc=SIMC.csv

    Example: civic-actors tables
    """
    from pipeline.tables import list_tables, table_path
    from pipeline.training.refresh import refresh_tables

    if not refresh:
        screen.print_tables(Console(), list_tables(folder))
        return
    pairs = _pairs(refresh, "--refresh", "terc=TERC.csv")
    changes = refresh_tables(
        [(register, Path(path)) for register, path in pairs], folder or table_path("roles").parent
    )
    screen.print_table_changes(Console(), changes)


@app.command()
def info() -> None:
    """Print versions, model and table dates, for a bug report."""
    screen.print_info(Console())


def main() -> None:
    """Run the command line; an error that a user can meet prints one line and sets the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        app()
    except KeyboardInterrupt:
        sys.stderr.write("Stopped; what was read is kept, and the same command goes on.\n")
        raise SystemExit(INTERRUPTED) from None
    except CivicActorsError as error:
        Console(stderr=True, highlight=False).print(
            f"[red]Error:[/red] {screen.plain(str(error))}", soft_wrap=True
        )
        raise SystemExit(FAILURE) from None
    except BrokenPipeError:
        raise SystemExit(0) from None


def _columns(pairs: list[str] | None) -> dict[str, str] | None:
    return dict(_pairs(pairs or [], "--column", "text=body")) or None


def _pairs(pairs: list[str], option: str, example: str) -> list[tuple[str, str]]:
    found = []
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not value:
            raise typer.BadParameter(f"{option} takes NAME=VALUE, such as {example}, not {pair!r}")
        found.append((key, value))
    return found


def _model(model: str | None) -> str | Path | None:
    if model is None:
        return None
    looks_like_path = "/" in model or "\\" in model or Path(model).exists()
    return Path(model) if looks_like_path else model
