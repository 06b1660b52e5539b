"""Speed on one core, and what the shipped model takes: disk, memory, time to load.

Each is measured in a fresh process, so that nothing else's memory or threads count.
"""

import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

from spacy.language import Language

REPEATS = 2
ROUNDS = 3
_BATCH_SIZE = 64
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
_START = "import sys; from pipeline.extract.nlp import load_nlp; load_nlp(sys.argv[1])"
_STATUS = Path("/proc/self/status")

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Speed:
    """Words between spaces per second of one core.

    Attributes:
        tokenizer: A blank pipeline: what nobody can be faster than.
        recogniser: The shipped pipeline on texts whose words it has met before.
        first_pass: The same on its first reading, every form looked up in Morfeusz.
        large_shape: A pipeline of the components and widths of `pl_core_news_lg`.
        ratio: `recogniser` over `large_shape`.
        first_pass_ratio: `first_pass` over `large_shape`.
        n_words: Words a round.
    """

    tokenizer: float
    recogniser: float
    first_pass: float
    large_shape: float
    ratio: float
    first_pass_ratio: float
    n_words: int


@dataclass(frozen=True, slots=True)
class Footprint:
    """What a process takes that loads the shipped model and reads the texts once.

    Attributes:
        disk_mb: All files of the model's folder, in millions of bytes.
        ready_s: Time from starting Python until the pipeline is loaded.
        load_s: Time of loading the pipeline, libraries imported.
        first_article_s: Time of reading the first article, which loads tables and Morfeusz.
        memory_mb: Peak resident memory, in millions of bytes.
    """

    disk_mb: float
    ready_s: float
    load_s: float
    first_article_s: float
    memory_mb: float


def measure_speed(model: Path, corpora: Path, texts: Sequence[str]) -> Speed:
    """Measure the shipped recogniser beside a blank tokenizer and a pipeline shaped like the large one."""
    return run_alone(_time_pipelines, model, corpora, list(texts))


def measure_footprint(model: Path, texts: Sequence[str]) -> Footprint:
    """Measure the model's size, and a process that loads it and reads the texts."""
    size = sum(path.stat().st_size for path in model.rglob("*") if path.is_file())
    figures = run_alone(_load_and_read, model, list(texts))
    return Footprint(disk_mb=round(size / 1e6, 2), ready_s=_time_start(model), **figures)


def run_alone(function: Callable[..., Answer], *values: Any) -> Answer:
    """Call the function in a fresh process of one thread."""
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    try:
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
            return pool.submit(function, *values).result()
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def count_words(texts: Iterable[str]) -> int:
    """Count what stands between spaces."""
    return sum(len(text.split()) for text in texts)


def words_per_second(nlp: Language, texts: Sequence[str]) -> float:
    """Return the words read per second of processor time: of one core, whoever else wants it."""
    started = time.process_time()
    for _ in nlp.pipe(texts, batch_size=_BATCH_SIZE):
        pass
    return count_words(texts) / (time.process_time() - started)


def _time_pipelines(model: Path, corpora: Path, texts: list[str]) -> Speed:
    import spacy

    from pipeline.extract.nlp import load_recogniser
    from pipeline.training.large_shape import build_large_shape
    from pipeline.training.scores import SEED

    blank, shipped = spacy.blank("pl"), load_recogniser(model)
    first_pass = words_per_second(shipped, texts)
    words = [token.text for text in texts for token in blank.make_doc(text)]
    large = build_large_shape(corpora, words, seed=SEED)
    repeated = list(chain.from_iterable([texts] * REPEATS))
    # In turns, so that a neighbour's load falls on all of them.
    rounds = [[words_per_second(nlp, repeated) for nlp in (blank, shipped, large)] for _ in range(ROUNDS)]
    tokenizer, recogniser, large_shape = (median(times) for times in zip(*rounds, strict=True))
    return Speed(
        tokenizer=round(tokenizer),
        recogniser=round(recogniser),
        first_pass=round(first_pass),
        large_shape=round(large_shape),
        ratio=round(recogniser / large_shape, 3),
        first_pass_ratio=round(first_pass / large_shape, 3),
        n_words=count_words(repeated),
    )


def _load_and_read(model: Path, texts: list[str]) -> dict[str, float]:
    from pipeline.extract.nlp import load_nlp

    started = time.perf_counter()
    nlp = load_nlp(model)
    loaded = time.perf_counter()
    nlp(texts[0])
    first = time.perf_counter()
    for _ in nlp.pipe(texts, batch_size=_BATCH_SIZE):
        pass
    return {
        "load_s": round(loaded - started, 3),
        "first_article_s": round(first - loaded, 3),
        "memory_mb": round(peak_bytes() / 1e6, 1),
    }


def _time_start(model: Path) -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", _START, str(model)], check=True)
    return round(time.perf_counter() - started, 3)


def peak_bytes() -> int:
    """Return the peak resident memory of this process.

    Linux counts the parent's peak in `getrusage` of a child that was started by vfork; its status file does
    not.
    """
    if _STATUS.exists():
        for line in _STATUS.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    import resource  # not there on Windows

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if os.uname().sysname == "Darwin" else peak * 1024
