"""How heavy and how quick the report of a large dataset is, in a headless browser.

python -m pipeline.training.report_figures 10000 docs/report.md
"""

import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pipeline.export.dataset import Dataset, load_dataset
from pipeline.export.report import site
from pipeline.export.report.facts import gather_facts
from pipeline.export.report.lists import Page, list_pages
from pipeline.export.report.pages import Book
from pipeline.training.browser import open_browser
from pipeline.training.large_dataset import make_large_dataset
from pipeline.training.parts import fill_part

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

MAX_BYTES = 1_000_000
SEARCH_MS = 50
PAINT_MS = 1_000
_QUERIES = (
    "k",
    "ko",
    "kow",
    "kowal",
    "anna",
    "nowak",
    "rada gminy",
    "szkola podstawowa nr 3",
    "zolw",
    "jan kow",
)
_PAINTS = 5
_HEAVIEST = 5


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured; times are medians unless said, in milliseconds.

    Attributes:
        search_ms: From a key to the rows of results standing in the page.
        slowest_search_ms: The same, of the slowest query.
        paint_ms: First contentful paint of the slowest of the overview, a list and the heaviest person.
        build_s: Processor seconds to write all pages; 0 when only the heaviest were written.
    """

    n_actors: int
    n_pages: int
    total_bytes: int
    largest_bytes: int
    index_bytes: int
    search_ms: float
    slowest_search_ms: float
    paint_ms: float
    build_s: float


def measure_report(dataset: Dataset, out: Path, browser: "Browser", *, whole: bool = True) -> Figures:
    """Write a report and measure it.

    Args:
        dataset: What the report is about.
        out: Where to write it.
        browser: What opens it.
        whole: Write every page; else the overview, the lists, the index and the heaviest pages.
    """
    facts = gather_facts(dataset)
    started = time.process_time()
    pages = Book(facts).pages() if whole else iter(_heaviest(Book(facts)))
    count = site.write_pages(out, pages, site.make_environment("pl"))
    site.write_scripts(out, facts)
    taken = time.process_time() - started
    files = [path for path in out.rglob("*") if path.is_file()]
    sizes = {path: path.stat().st_size for path in files}
    person = max((out / "people").iterdir(), key=lambda path: (sizes[path], path.name))
    tab = browser.new_page()
    paints = [_first_paint(tab, path) for path in (out / "index.html", out / "people.html", person)]
    searches = _search_times(tab, out / "index.html")
    tab.close()
    return Figures(
        n_actors=len(facts.actors),
        n_pages=count,
        total_bytes=sum(sizes.values()),
        largest_bytes=max(sizes.values()),
        index_bytes=sum(size for path, size in sizes.items() if path.name.startswith("index-")),
        search_ms=statistics.median(searches),
        slowest_search_ms=max(searches),
        paint_ms=max(paints),
        build_s=taken if whole else 0.0,
    )


def _heaviest(book: Book) -> list[Page]:
    facts = book.facts
    people = sorted(facts.actors.values(), key=lambda row: (-row["n_articles"], row["actor_id"]))
    bodies = sorted(facts.institutions.values(), key=lambda row: (-row["n_articles"], row["institution_id"]))
    articles = sorted(facts.articles.values(), key=lambda row: (-len(row["text"]), row["article_id"]))
    return [
        book.overview(),
        *list_pages(facts),
        *(page for row in people[:_HEAVIEST] for page in book.actor_pages(row)),
        *(page for row in bodies[:_HEAVIEST] for page in book.institution_pages(row)),
        *(page for row in articles[:_HEAVIEST] for page in book.article_pages(row)),
    ]


def _first_paint(tab: "Tab", path: Path) -> float:
    painted = """() => new Promise(tell => {
        new PerformanceObserver(list => {
            const entry = list.getEntriesByName("first-contentful-paint")[0];
            if (entry) tell(entry.startTime);
        }).observe({ type: "paint", buffered: true });
    })"""
    times = []
    for _ in range(_PAINTS):
        tab.goto(path.as_uri())
        times.append(float(tab.evaluate(painted)))
    return statistics.median(times)


def _search_times(tab: "Tab", path: Path) -> list[float]:
    """Return the median time of each query, the results drawn."""
    tab.goto(path.as_uri())
    tab.wait_for_selector("#search[aria-busy=false]")
    timed = """query => {
        const field = document.getElementById("query");
        const started = performance.now();
        field.value = query;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        document.body.getBoundingClientRect();
        return performance.now() - started;
    }"""
    return [
        statistics.median(float(tab.evaluate(timed, query)) for _ in range(_PAINTS)) for query in _QUERIES
    ]


def figures_part(figures: Figures) -> str:
    """Return the figures as a table."""
    rows: Sequence[tuple[str, str, str]] = (
        ("people", f"{figures.n_actors:,}", ""),
        ("pages", f"{figures.n_pages:,}", ""),
        ("all files", f"{figures.total_bytes / 1e6:.0f} MB", ""),
        ("largest file", f"{figures.largest_bytes / 1e6:.2f} MB", "under 1 MB"),
        ("search index, loaded after the page is drawn", f"{figures.index_bytes / 1e6:.1f} MB", ""),
        ("search, a key to results in the page: median", f"{figures.search_ms:.0f} ms", "under 50 ms"),
        ("search, slowest of the queries", f"{figures.slowest_search_ms:.0f} ms", "under 50 ms"),
        ("first paint, slowest kind of page", f"{figures.paint_ms:.0f} ms", "under 1 s"),
        ("writing all pages, time of one core", f"{figures.build_s:.0f} s", ""),
    )
    lines = ["| measured | figure | wanted |", "|---|---|---|"]
    return "\n".join([*lines, *(f"| {name} | {figure} | {wanted} |" for name, figure, wanted in rows)])


def main(n_actors: int, page: Path) -> None:
    """Measure a report about so many made-up people and write the figures into a page of the docs."""
    with tempfile.TemporaryDirectory() as folder, open_browser() as browser:
        make_large_dataset(Path(folder) / "large", n_actors)
        figures = measure_report(load_dataset(Path(folder) / "large"), Path(folder) / "report", browser)
    filled = fill_part(page.read_text(encoding="utf-8"), "figures", figures_part(figures))
    page.write_text(filled, encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
