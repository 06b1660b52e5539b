import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pipeline.training.performance import Run, keep_run, load_figures
from pipeline.training.performance_page import performance_page
from pipeline.training.performance_plot import plot_runs
from pipeline.training.processes import watch

ROOT = Path(__file__).parent.parent.parent
_STAGES = {"ingest": 1.0, "read": 5.0, "resolve": 1.0, "write": 1.0}


def _run(way: str, workers: int, articles: int, wall_s: float) -> Run:
    return Run(
        way, articles, articles * 200, workers, wall_s, wall_s, _STAGES, 500.0, 400.0, 1.0, "2026-01-01"
    )


def _figures(tmp_path: Path, *runs: Run) -> dict:
    path = tmp_path / "performance.json"
    for run in runs:
        keep_run(path, run)
    return load_figures(path)


def test_a_target_is_met_or_not_as_the_runs_say(tmp_path: Path) -> None:
    quick = _figures(tmp_path, _run("local", 1, 10_000, 100), _run("local", 2, 10_000, 50))
    assert "10,000 articles | at least 1.7 x | 2.00 x |  | yes |" in performance_page(quick)
    slow = _figures(tmp_path, _run("local", 2, 10_000, 80))
    assert "10,000 articles | at least 1.7 x | 1.25 x |  | no |" in performance_page(slow)


def test_growth_is_judged_by_processor_time_and_shown_by_the_clock_too(tmp_path: Path) -> None:
    small, large = _run("local", 2, 10_000, 100), _run("local", 2, 100_000, 2_000)
    figures = _figures(tmp_path, small, replace(large, cpu_s=1_000))
    assert "10,000 | at most 10.5 x | 20.00 x | 10.00 x | yes |" in performance_page(figures)
    figures = _figures(tmp_path, replace(large, cpu_s=1_100, worker_mb=420.0), _run("local", 2, 1_000, 9))
    page = performance_page(figures)
    assert "10,000 | at most 10.5 x | 20.00 x | 11.00 x | no |" in page
    assert "100,000 against 1,000 | at most 1.05 x | 1.05 x |  | yes |" in page


def test_a_run_that_was_killed_and_went_on_says_so(tmp_path: Path) -> None:
    figures = _figures(tmp_path, _run("local", 2, 100_000, 2_000))
    figures["runs"]["local, 2 workers, 100000"]["starts"] = 2
    assert "| local, in 2 starts | 2 | 100,000 |" in performance_page(figures)


def test_what_was_not_run_is_told_as_such(tmp_path: Path) -> None:
    page = performance_page(_figures(tmp_path, _run("local", 1, 1_000, 100)))
    assert page.count("| not run |  | not run |") == 7 and page.count("| not run | not run |") == 3


def test_the_plot_is_svg_with_a_point_a_run(tmp_path: Path) -> None:
    runs = _figures(
        tmp_path, _run("local", 1, 1_000, 10), _run("local", 1, 10_000, 100), _run("spark", 2, 1_000, 20)
    )
    plot = ElementTree.fromstring(plot_runs(runs["runs"].values()))
    assert len(plot.findall("{*}circle")) == 3 + 2


def test_the_page_shows_what_the_json_holds() -> None:
    figures = load_figures(ROOT / "docs" / "performance.json")
    assert (ROOT / "docs" / "performance.md").read_text(encoding="utf-8") == performance_page(figures)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_memory_and_time_of_a_child_count_apart_from_those_of_the_parent() -> None:
    # Long enough for a busy machine to look at it, and work enough for its clock to tick.
    child = "block = bytearray(80_000_000); import time\nwhile time.process_time() < 0.3: pass\ntime.sleep(3)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    peaks = watch(subprocess.Popen([sys.executable, "-c", parent]))
    assert peaks.worker_bytes > 80_000_000 > peaks.main_bytes > 1_000_000
    assert peaks.cpu_s > 0
