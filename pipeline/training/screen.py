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
    ("Nominative", "nominative.exact"),
    ("  without letter case", "nominative.any_case"),
    ("Nominative, inflected forms", "nominative.inflected_exact"),
    ("  without letter case", "nominative.inflected_any_case"),
    ("Gender", "gender.known"),
    ("Gender rightly left open", "gender.left_open"),
    ("People of an article", "people.exact"),
    ("  without letter case", "people.any_case"),
    ("Mentions joined, B-cubed", "grouping.article"),
    ("Articles joined, B-cubed", "grouping.set"),
    ("Articles joined, pairs", "pairs.set"),
    ("TERYT of places, of the gmina", "teryt.end_to_end"),
    ("  on gold's mentions", "teryt.gold_mentions"),
    *(
        (f"{title}{where}", f"{stage}.{way}")
        for way, where in (("end_to_end", ""), ("gold_mentions", ", linker alone"), ("annotated", ""))
        for title, stage in (
            ("Person and", "links"),
            ("  stated beside", "stated"),
            ("  inferred", "inferred"),
            ("  status", "status"),
            ("  dates", "dates"),
        )
    ),
)
_PARTS = (*LABELS, "municipality", "all", "place", "place_lenient", "not_current", "since", "until")
_ACCURACIES = ("nominative.", "gender.", "stated.", "inferred.")
_BREAKDOWN = (
    ("pers.", "mentions.strict.person"),
    ("role", "mentions.strict.role"),
    ("inst.", "mentions.strict.institution"),
    ("loc.", "mentions.strict.location"),
    ("nom.", "nominative.exact.all"),
    ("people", "people.any_case.person"),
    ("p-role", "links.end_to_end.role"),
    ("p-inst.", "links.end_to_end.institution"),
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
    """Print precision, recall, F and interval of each figure, in the order of the pipeline's stages.

    What gold has no answer for, and nobody gave one, is left out.
    """
    table = Table(header_style="bold", box=None, padding=(0, 1, 0, 0))
    table.add_column("", no_wrap=True)
    table.add_column("", no_wrap=True)
    for heading in ("P", "R", "F", "95 %", "gold"):
        table.add_column(heading, justify="right")
    for title, prefix in _ROWS:
        shown = title
        for part in _PARTS:
            name = f"{prefix}.{part}"
            if name in figures and (figures[name].wanted or figures[name].given):
                table.add_row(shown, part.replace("_", " "), *_cells(name, figures[name]))
                shown = ""
    console.print(table)


def _cells(name: str, figure: Figure) -> Sequence[str]:
    rates = ("", "") if _is_accuracy(name) else (f"{figure.precision:.3f}", f"{figure.recall:.3f}")
    return (*rates, f"{figure.f:.3f}", f"{figure.low:.3f}-{figure.high:.3f}", f"{figure.wanted:,}")


def _is_accuracy(name: str) -> bool:
    """Say whether a figure is a share of right answers, so that precision and recall say nothing more."""
    return name.startswith(_ACCURACIES) or (name.startswith("status.") and name.endswith(".all"))


def _print_groups(console: Console, title: str, groups: Mapping[str, Group]) -> None:
    table = Table(title=title, title_justify="left", header_style="bold", box=None, padding=(0, 1, 0, 0))
    table.add_column("", no_wrap=True)
    for heading in ("n", *(heading for heading, _ in _BREAKDOWN)):
        table.add_column(heading, justify="right")
    for name, group in groups.items():
        figures = [group.figures.get(wanted) for _, wanted in _BREAKDOWN]
        cells = [f"{figure.f:.3f}" if figure else "" for figure in figures]
        table.add_row(plain(name), str(group.n_articles), *cells)
    console.print(table)
