"""Evaluations and agreement as tables for a person."""

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table

from pipeline.console import plain
from pipeline.records import LABELS
from pipeline.training.agreement import Agreement
from pipeline.training.evaluate import Evaluation, Group
from pipeline.training.scores import Figure

_ROWS = (
    ("Mentions, same bounds", "mentions.strict"),
    ("Mentions, overlapping", "mentions.overlap"),
    ("Nominative on right bounds", "nominative.exact"),
    ("  without letter case", "nominative.any_case"),
    ("Nominative of inflected forms", "nominative.inflected_exact"),
    ("  without letter case", "nominative.inflected_any_case"),
    ("Gender, where gold says", "gender.known"),
    ("Gender left open, where gold does", "gender.left_open"),
    ("People of an article, nominative", "people.exact"),
    ("  without letter case", "people.any_case"),
    ("Mentions joined (B-cubed)", "grouping.article"),
    ("People joined across articles", "grouping.set"),
    ("Person and ..., end to end", "links.end_to_end"),
    ("Person and ..., linker alone", "links.gold_mentions"),
    ("Status of right links, end to end", "status.end_to_end"),
    ("Status of right links, linker alone", "status.gold_mentions"),
    ("Dates of right links, end to end", "dates.end_to_end"),
    ("Dates of right links, linker alone", "dates.gold_mentions"),
    ("Person and ...", "links.annotated"),
    ("Status of the same links", "status.annotated"),
    ("Dates of the same links", "dates.annotated"),
)
_PARTS = (*LABELS, "all", "place", "place_lenient", "not_current", "since", "until")
_ACCURACIES = ("nominative.", "gender.", "status.end_to_end.all", "status.gold_mentions.all")
_BREAKDOWN = (
    *((label, f"mentions.strict.{label}") for label in LABELS),
    ("nominative", "nominative.exact.all"),
    ("people", "people.any_case.person"),
    ("person-role", "links.end_to_end.role"),
)


def print_evaluation(console: Console, evaluation: Evaluation) -> None:
    """Print the figures, then the breakdowns by genre and hard feature."""
    console.print(
        f"{plain(evaluation.model)} on {plain(evaluation.split)}: "
        f"{evaluation.n_articles:,} articles, {evaluation.n_words:,} words"
    )
    print_figures(console, evaluation.figures)
    _print_groups(console, "By genre, F", evaluation.by_genre)
    _print_groups(console, "By hard feature, F", evaluation.by_hard)
    for note in evaluation.notes:
        console.print(plain(note), style="dim")


def print_agreement(console: Console, agreement: Agreement) -> None:
    """Print how far a second annotation agrees with the first."""
    listed = ", ".join(f"{count} of {split}" for split, count in agreement.articles.items())
    console.print(f"Second annotation against the first: {listed}")
    print_figures(console, agreement.figures)


def print_lines(console: Console, lines: Sequence[str]) -> None:
    """Print lines as they are, each whole."""
    for line in lines:
        console.print(plain(line), soft_wrap=True, highlight=False)


def print_figures(console: Console, figures: Mapping[str, Figure]) -> None:
    """Print precision, recall, F and interval of each figure, in the order of the pipeline's stages."""
    table = Table(header_style="bold", box=None, padding=(0, 2, 0, 0))
    table.add_column("")
    table.add_column("")
    for heading in ("P", "R", "F", "95 %", "gold"):
        table.add_column(heading, justify="right")
    for title, prefix in _ROWS:
        shown = title
        for part in _PARTS:
            name = f"{prefix}.{part}"
            if name in figures:
                table.add_row(shown, part.replace("_", " "), *_cells(name, figures[name]))
                shown = ""
    console.print(table)


def _cells(name: str, figure: Figure) -> Sequence[str]:
    rates = ("", "") if name.startswith(_ACCURACIES) else (f"{figure.precision:.3f}", f"{figure.recall:.3f}")
    return (*rates, f"{figure.f:.3f}", f"{figure.low:.3f}-{figure.high:.3f}", f"{figure.wanted:,}")


def _print_groups(console: Console, title: str, groups: Mapping[str, Group]) -> None:
    table = Table(title=title, title_justify="left", header_style="bold", box=None, padding=(0, 2, 0, 0))
    table.add_column("")
    for heading in ("articles", *(heading for heading, _ in _BREAKDOWN)):
        table.add_column(heading, justify="right")
    for name, group in groups.items():
        figures = [group.figures.get(wanted) for _, wanted in _BREAKDOWN]
        cells = [f"{figure.f:.3f}" if figure else "" for figure in figures]
        table.add_row(plain(name), str(group.n_articles), *cells)
    console.print(table)
