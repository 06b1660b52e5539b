"""Commands about what the product is made of: gold, model, tables."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pipeline import console as screen
from pipeline.commands.options import FAILURE, Model, model_of, split_pairs


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
            evaluation = measure(folder, split=split, model=model_of(model), progress=progress)
    print_evaluation(Console(), evaluation)
    write_evaluation(evaluation, json_file=json_file, errors=errors)
    if pin:
        print_lines(Console(), update_floors(evaluation, folder / "floors.json", lower=lower))
    if check and (problems := check_floors(evaluation, folder / "floors.json")):
        print_lines(Console(stderr=True), problems)
        raise typer.Exit(FAILURE)


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


def train(
    work: Annotated[Path, typer.Option(help="Folder of the stages; done ones are kept.")],
    corpora: Annotated[Path | None, typer.Option(help="Folder of NKJP1M, KPWr and CEN.")] = None,
    base: Annotated[
        Path | None, typer.Option(help="Go on from this model with gold alone; `shipped` takes ours.")
    ] = None,
    gold: Annotated[Path | None, typer.Option(help="Folder of gold; without it the project's own.")] = None,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="Folder of the model; without it, data/model of a checkout."),
    ] = None,
    steps: Annotated[int, typer.Option(min=1, help="For --base: steps of training.")] = 2_000,
) -> None:
    """Train the model, stage by stage; the same command goes on where it stopped.

    Example: civic-actors train --base shipped --gold our-gold --work build/ours -o our-model
    """
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
        train_model(corpora, gold, work, out, tell=lambda line: print_lines(told, [line]))


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
    pairs = split_pairs(refresh, "--refresh", "terc=TERC.csv")
    changes = refresh_tables(
        [(register, Path(path)) for register, path in pairs], folder or table_path("roles").parent
    )
    screen.print_table_changes(Console(), changes)


def info() -> None:
    """Print versions, model and table dates, for a bug report."""
    screen.print_info(Console())
