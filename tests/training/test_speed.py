"""Figures of speed and memory from pipelines that do nothing."""

import os
from pathlib import Path

import spacy

from pipeline.training.speed import count_words, measure_footprint, run_alone, words_per_second


def _ask() -> tuple[int, str | None]:
    return os.getpid(), os.environ.get("OMP_NUM_THREADS")


def _take(size: int) -> int:
    from pipeline.training.speed import peak_bytes

    held = bytearray(b"x" * size)
    return peak_bytes() if held else 0


def test_words_stand_between_spaces() -> None:
    assert count_words(["Wójt Jan  Kos.", "", "Rada\nGminy"]) == 5


def test_a_pipeline_with_nothing_to_do_reads_some_words_a_second() -> None:
    assert words_per_second(spacy.blank("pl"), ["Wójt Jan Kos otworzył drogę."] * 200) > 1000


def test_a_lone_process_has_one_thread_and_leaves_the_environment_alone() -> None:
    before = dict(os.environ)
    process, threads = run_alone(_ask)
    assert (process != os.getpid(), threads) == (True, "1")
    assert dict(os.environ) == before


def test_peak_memory_counts_what_the_process_took_and_not_what_its_parent_holds() -> None:
    ballast = bytearray(b"x" * 400_000_000)
    small = run_alone(_take, 1)
    assert len(ballast) > 0
    assert small < 350_000_000
    assert run_alone(_take, 200_000_000) - small > 150_000_000


def test_footprint_of_a_small_pipeline(tmp_path: Path) -> None:
    nlp = spacy.blank("pl")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "person", "pattern": "Anna Kos"}])
    nlp.to_disk(tmp_path / "model")
    taken = measure_footprint(tmp_path / "model", ["Przyszła Anna Kos."])
    size = sum(path.stat().st_size for path in (tmp_path / "model").rglob("*") if path.is_file())
    assert taken.disk_mb == round(size / 1e6, 2)
    assert 0 < taken.load_s < taken.ready_s < 60
    assert taken.memory_mb > 20
