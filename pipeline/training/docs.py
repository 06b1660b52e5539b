"""Fill the parts of the docs that are measured or printed: `make docs` writes them, nobody types them.

Parts are those of pipeline/training/parts.py.
"""

import json
import tempfile
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Any

from rich.console import Console

from pipeline import console as screen
from pipeline.export.dataset import Dataset, load_dataset
from pipeline.flow import run
from pipeline.training.cookbook import fill_cookbook
from pipeline.training.followed import followed_parts
from pipeline.training.gold import load_gold
from pipeline.training.link_confidence import confidence_section, measure_calibration, read_gold_answers
from pipeline.training.parts import fill_part
from pipeline.training.patterns import affiliations_page
from pipeline.training.reference import commands_page, dataset_page

_WIDTH = 112
_ROWS = 14
_FIGURES = (
    ("people found, same bounds", "mentions.strict.person"),
    ("roles", "mentions.strict.role"),
    ("institutions", "mentions.strict.institution"),
    ("places", "mentions.strict.location"),
    ("each named person once, in the nominative", "people.exact.person"),
    ("nominative of people found", "nominative.exact.person"),
    ("person and role", "links.end_to_end.role"),
    ("person and institution", "links.end_to_end.institution"),
    ("person and place", "links.end_to_end.place"),
)


def demo_part(articles: Path) -> str:
    """Return what the demo prints, as a code block."""
    out = StringIO()
    console = Console(file=out, width=_WIDTH, color_system=None)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "out"
        screen.print_summary(console, run([articles], target))
        screen.print_dataset(console, load_dataset(target), rows=_ROWS)
    lines = [line.rstrip() for line in out.getvalue().replace(folder + "/", "").splitlines()]
    return "```text\n" + "\n".join(lines) + "\n```"


def figures_part(evaluation: Mapping[str, Any]) -> str:
    """Return the table of headline figures from the JSON of `civic-actors evaluate`."""
    rows = ["| measured on gold test | figure | 95 % interval | of |", "|---|---|---|---|"]
    for title, name in _FIGURES:
        figure = evaluation["figures"][name]
        interval = f"{figure['low']:.3f}-{figure['high']:.3f}"
        rows.append(f"| {title} | {figure['f']:.3f} | {interval} | {figure['wanted']} |")
    articles, words = evaluation["n_articles"], evaluation["n_words"]
    return "\n".join(
        [*rows, "", f"{articles} articles, {words:,} words; F where things are found, else the share right."]
    )


def write_docs(root: Path) -> list[Path]:
    """Write the pages and parts of pages that need neither corpora nor a long measurement; return the files."""
    evaluation = json.loads((root / "docs" / "evaluation-test.json").read_text(encoding="utf-8"))
    parts = {"demo": demo_part(root / "data" / "articles"), "figures": figures_part(evaluation)}
    pages = [root / "README.md", root / "README.pl.md"]
    for path in pages:
        page = path.read_text(encoding="utf-8")
        for name, content in parts.items():
            page = fill_part(page, name, content)
        path.write_text(page, encoding="utf-8")
    gold = [article for split in ("train", "dev") for article in load_gold(root / "data" / "gold", split)]
    docs = root / "docs"
    with tempfile.TemporaryDirectory() as folder:
        run([root / "data" / "articles"], Path(folder) / "out")
        pages += _write_demo_pages(docs, load_dataset(Path(folder) / "out"))
    (docs / "dataset.md").write_text(dataset_page(), encoding="utf-8")
    (docs / "commands.md").write_text(commands_page(), encoding="utf-8")
    patterns = root / "docs" / "affiliations.md"
    sure = confidence_section(measure_calibration(read_gold_answers(root / "data" / "gold")))
    patterns.write_text(affiliations_page(gold) + "\n".join(sure) + "\n", encoding="utf-8")
    return [*pages, docs / "dataset.md", docs / "commands.md", patterns]


def _write_demo_pages(docs: Path, dataset: Dataset) -> list[Path]:
    """Write what the pages on the demo's dataset show."""
    cookbook, followed = docs / "cookbook.md", docs / "how-it-works.md"
    cookbook.write_text(fill_cookbook(cookbook.read_text(encoding="utf-8"), dataset), encoding="utf-8")
    page = followed.read_text(encoding="utf-8")
    for name, content in followed_parts(dataset).items():
        page = fill_part(page, name, content)
    followed.write_text(page, encoding="utf-8")
    return [cookbook, followed]


if __name__ == "__main__":
    write_docs(Path.cwd())
