"""Measure whole runs, and write docs/performance.md from docs/performance.json.

    make bench
    python -m pipeline.training.performance measure docs/performance.json --sizes 1000 --sizes 10000
    python -m pipeline.training.performance beside docs/performance.json --corpora FOLDER
    python -m pipeline.training.performance page docs/performance.json docs/performance.md

Each run is a process of its own; its memory and that of its workers are read from /proc. What has been measured
stays in the JSON with its date until it is measured again, so the longest runs need not be repeated. Words are
counted between spaces.
"""

import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.garbage import paused_collection
from pipeline.records import Document
from pipeline.tables import data_folder
from pipeline.training.gold import load_gold
from pipeline.training.performance_page import performance_page
from pipeline.training.performance_plot import plot_runs
from pipeline.training.processes import Peaks, watch
from pipeline.training.recombine import recombine
from pipeline.training.speed import count_words, run_alone, words_per_second

_KILL_AT = 0.8
_BESIDE = 600  # articles read beside the large shape
app = typer.Typer(add_completion=False)


@dataclass(frozen=True, slots=True)
class Run:
    """One run from start to end, Python's start included.

    Attributes:
        way: `local`, `spark`, or `after a kill`: what was left of a run killed at 80 % of its articles.
        wall_s: Seconds on the clock; cpu_s of all processes.
        stages: Seconds on the clock by stage.
        main_mb: Peak memory of the main process, in millions of bytes; worker_mb of the largest worker.
        load: Mean load of the machine over the last minute, when the run ended.
    """

    way: str
    articles: int
    words: int
    workers: int
    wall_s: float
    cpu_s: float
    stages: dict[str, float]
    main_mb: float
    worker_mb: float
    load: float
    day: str

    @property
    def key(self) -> str:
        """Name the run in the JSON."""
        return f"{self.way}, {self.workers} workers, {self.articles}"


def write_articles(number: int, path: Path) -> int:
    """Write so many recombined articles as JSON lines; return their words."""
    words = 0
    with path.open("w", encoding="utf-8") as file:
        for row in recombine(load_gold(data_folder() / "gold", "train"), number):
            words += len(row["text"].split())
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return words


def measure_run(
    inputs: Path, out: Path, *, words: int, articles: int, workers: int, spark: bool = False
) -> Run:
    """Run over the articles into a new folder, and measure it."""
    shutil.rmtree(out, ignore_errors=True)
    return _measure(
        "spark" if spark else "local", inputs, out, words=words, articles=articles, workers=workers
    )


def measure_rest(inputs: Path, out: Path, *, words: int, articles: int, workers: int) -> Run:
    """Kill a run at 80 % of its articles, and measure the same command after it."""
    shutil.rmtree(out, ignore_errors=True)
    process = subprocess.Popen(_command(inputs, out, workers, "local"), stderr=subprocess.DEVNULL)
    while process.poll() is None and _count_read(out) < _KILL_AT * articles:
        time.sleep(0.2)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return _measure("after a kill", inputs, out, words=words, articles=articles, workers=workers)


def _measure(way: str, inputs: Path, out: Path, *, words: int, articles: int, workers: int) -> Run:
    started = time.perf_counter()
    process = subprocess.Popen(
        _command(inputs, out, workers, "spark" if way == "spark" else "local"), stderr=subprocess.DEVNULL
    )
    peaks: Peaks = watch(process)
    if process.returncode not in (0, 3):
        raise RuntimeError(f"{way} run of {articles} articles ended with {process.returncode}")
    return Run(
        way=way,
        articles=articles,
        words=words,
        workers=workers,
        wall_s=round(time.perf_counter() - started, 1),
        cpu_s=round(peaks.cpu_s, 1),
        stages=json.loads((out / ".work" / "stages.json").read_text(encoding="utf-8")),
        main_mb=round(peaks.main_bytes / 1e6, 1),
        worker_mb=round(peaks.worker_bytes / 1e6, 1),
        load=round(os.getloadavg()[0], 1),
        day=date.today().isoformat(),
    )


def _command(inputs: Path, out: Path, workers: int, engine: str) -> list[str]:
    run = [sys.executable, "-c", "from pipeline.cli import main; main()", "run", str(inputs), "-o", str(out)]
    if engine == "spark":
        return [*run, "--engine", "spark", "--spark-master", f"local[{workers}]"]
    return [*run, "--workers", str(workers)]


def _count_read(out: Path) -> int:
    import pyarrow.parquet as pq

    return sum(pq.read_metadata(path).num_rows for path in (out / ".work" / "readings").glob("*.parquet"))


@dataclass(frozen=True, slots=True)
class Parts:
    """Words per processor second of one core, on the same articles; nothing but `run_whole` counts start-up.

    Attributes:
        tokenizer: A blank pipeline of spaCy.
        large_shape: A pipeline of the components and widths of `pl_core_news_lg`.
        extract: The shipped pipeline with all its components, and links between mentions.
        normalise: Nominatives, places and titles of what was extracted.
        run_whole: The command `run`, from starting Python to the last table.
    """

    articles: int
    words: int
    tokenizer: float
    large_shape: float
    extract: float
    normalise: float
    run_whole: float
    load: float
    day: str


def measure_parts(corpora: Path, folder: Path) -> Parts:
    """Measure the parts of a run, and a whole run, beside a pipeline of the large shape."""
    inputs = folder / f"{_BESIDE}.jsonl"
    words = write_articles(_BESIDE, inputs)
    speeds = run_alone(_time_parts, corpora, inputs)
    whole = measure_run(inputs, folder / "beside", words=words, articles=_BESIDE, workers=1)
    return Parts(
        articles=_BESIDE,
        words=words,
        **speeds,
        run_whole=round(words / whole.cpu_s),
        load=round(os.getloadavg()[0], 1),
        day=date.today().isoformat(),
    )


def _time_parts(corpora: Path, inputs: Path) -> dict[str, int]:
    import spacy

    from pipeline.extract.nlp import extract_mentions, load_nlp
    from pipeline.ingest import ingest_documents
    from pipeline.normalise import normalise_extraction
    from pipeline.training.large_shape import build_large_shape
    from pipeline.training.scores import SEED

    blank, shipped = spacy.blank("pl"), load_nlp(None)
    documents = [one for one in ingest_documents([inputs]) if isinstance(one, Document)]
    texts = [document.text for document in documents]
    words = count_words(texts)
    with paused_collection():  # as a run reads
        started = time.process_time()
        extractions = list(extract_mentions(documents, shipped))
        extracted = time.process_time()
        for extraction in extractions:
            normalise_extraction(extraction)
        normalised = time.process_time()
    large = build_large_shape(
        corpora, [token.text for text in texts for token in blank.make_doc(text)], seed=SEED
    )
    return {
        "tokenizer": round(words_per_second(blank, texts)),
        "large_shape": round(words_per_second(large, texts)),
        "extract": round(words / (extracted - started)),
        "normalise": round(words / (normalised - extracted)),
    }


def load_figures(path: Path) -> dict[str, Any]:
    """Return what has been measured; nothing yet without a file."""
    empty: dict[str, Any] = {"runs": {}, "parts": None}
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else empty


def save_figures(path: Path, figures: dict[str, Any]) -> None:
    """Write what has been measured, with the machine it was measured on."""
    figures["machine"] = {
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
    }
    path.write_text(json.dumps(figures, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def keep_run(path: Path, run: Run) -> None:
    """Add a run to what has been measured, in the place of an earlier one of its kind."""
    figures = load_figures(path)
    figures["runs"][run.key] = asdict(run)
    save_figures(path, figures)


WAYS = ("local 1", "local 2", "spark 2", "kill 1")


@app.command()
def measure(
    figures: Path,
    sizes: Annotated[list[int], typer.Option(help="Articles of a run.")],
    ways: Annotated[list[str], typer.Option(help="A way and its workers.")] = list(WAYS),  # noqa: B006
    work: Annotated[Path, typer.Option(help="Folder for articles and datasets.")] = Path("build/performance"),
) -> None:
    """Measure runs of so many articles; each is kept as soon as it is there."""
    work.mkdir(parents=True, exist_ok=True)
    for articles in sizes:
        inputs = work / f"{articles}.jsonl"
        words = write_articles(articles, inputs)
        for way, _, workers in (name.partition(" ") for name in ways):
            options = {"words": words, "articles": articles, "workers": int(workers)}
            out = work / f"{way}-{workers}-{articles}"
            if way == "kill":
                keep_run(figures, measure_rest(inputs, out, **options))
            else:
                keep_run(figures, measure_run(inputs, out, **options, spark=way == "spark"))
            shutil.rmtree(out)


@app.command()
def beside(
    figures: Path,
    corpora: Annotated[Path, typer.Option(help="Folder that holds UD Polish-PUD.")],
    work: Annotated[Path, typer.Option(help="Folder for articles and datasets.")] = Path("build/performance"),
) -> None:
    """Measure the parts of a run beside a pipeline of the large shape."""
    work.mkdir(parents=True, exist_ok=True)
    known = load_figures(figures)
    known["parts"] = asdict(measure_parts(corpora, work))
    save_figures(figures, known)


@app.command()
def page(figures: Path, out: Path) -> None:
    """Write the page and its plot."""
    known = load_figures(figures)
    out.write_text(performance_page(known), encoding="utf-8")
    plot = out.parent / "images" / "performance.svg"
    plot.parent.mkdir(exist_ok=True)
    plot.write_text(plot_runs(known["runs"].values()), encoding="utf-8")


if __name__ == "__main__":
    app()
