"""Measure the shipped recogniser beside others, in every way the page `docs/model.md` shows.

All figures go to one JSON file; `proof_page` makes the page from that file alone.
"""

import hashlib
import json
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from spacy.language import Language

from pipeline.errors import CivicActorsError
from pipeline.extract.nlp import load_nlp, model_path
from pipeline.files import write_text
from pipeline.records import LABELS
from pipeline.tables import read_table
from pipeline.training.benchmarks import Benchmark, load_benchmarks
from pipeline.training.card import read_stages
from pipeline.training.confidence import calibration_error, confidence_examples
from pipeline.training.corpora import LabelledText
from pipeline.training.differences import Difference, measure_difference
from pipeline.training.evaluate import hash_split, load_split
from pipeline.training.gold import GoldArticle
from pipeline.training.inputs import Corpora
from pipeline.training.proof_page import make_page
from pipeline.training.recognise import Found, find_spans, tally_texts
from pipeline.training.robustness import CHANGES, change_texts, measure_bias, measure_losses
from pipeline.training.scores import RESAMPLES, SEED, Tally, score_tallies
from pipeline.training.speed import measure_footprint, measure_speed
from pipeline.training.stage_clock import TIMES_FILE, read_training
from pipeline.training.variants import STEPS, has_same_data, train_variants, trained_steps
from pipeline.weights import Logistic, load_weights

SHIPPED, BEFORE = "shipped", "before_last_stage"
BINS = 10
Tell = Callable[[str], None]
Tallies = list[dict[str, Tally]]


@dataclass(frozen=True, slots=True)
class Bin:
    """Mentions whose confidence lies in `[low, high)`: how sure they are in the mean, and how often right."""

    low: float
    high: float
    n: int
    confidence: float
    accuracy: float


def prove(
    corpora: Path, work: Path, gold: Path, *, steps: int = STEPS, tell: Tell = lambda line: None
) -> dict[str, Any]:
    """Train what is compared with, unless it is there, measure everything and return it as plain values.

    Args:
        corpora: Folder of NKJP1M, CEN, KPWr, SlavicNER and UD Polish-PUD.
        work: Folder of the training's stages; `mixed` must have its data.
        gold: Folder of the gold; only its test part is measured.
        steps: Of the plain CNN's training, where it is not there yet.
        tell: Called with a line about each step.

    Raises:
        CivicActorsError: The stage `mixed` is missing, or the gold has no test part or breaks its format.
    """
    articles = load_split(gold, "test")
    texts = [article.text for article in articles]
    model = model_path()
    # Before anything is loaded here, so that the machine is as quiet as it gets.
    tell("size and speed")
    footprint, speed = measure_footprint(model, texts), measure_speed(model, corpora, texts)
    tell("variants")
    folders = find_pipelines(Corpora(corpora, gold), work, steps=steps)
    benchmarks = load_benchmarks(corpora, articles)
    measured = {}
    for name, folder in folders.items():
        tell(f"reading with {name}")
        measured[name] = measure_pipeline(load_nlp(folder), benchmarks, articles)
    tallies = {name: result.pop("tallies") for name, result in measured.items()}
    return {
        "about": _describe(model, gold, len(articles))
        | {"steps": trained_steps(work), "same_data": has_same_data(work)},
        "benchmarks": [describe_benchmark(benchmark) for benchmark in benchmarks],
        "pipelines": measured,
        "margins": measure_margins(tallies),
        "calibration": measure_calibration(load_nlp(model), articles, load_weights()["confidence"]),
        "speed": asdict(speed),
        "footprint": asdict(footprint),
        **({"training": asdict(training)} if (training := read_training(work)) else {}),
    }


def refresh_proof(page: Path, work: Path) -> None:
    """Write the page again with nothing measured: with what was tried, and how long the training took.

    Args:
        page: The page, its figures beside it as JSON.
        work: Folder of a training that ran from start to end.

    Raises:
        CivicActorsError: There are no figures, or the work folder does not say how long its stages took.
        OutputError: A file cannot be written.
    """
    stored = page.with_suffix(".json")
    if not stored.exists():
        raise CivicActorsError(f"{stored} is missing; give --corpora to measure everything")
    training = read_training(work)
    if training is None:
        raise CivicActorsError(f"{work / TIMES_FILE} is missing; give the folder of a finished training")
    write_proof({**json.loads(stored.read_text(encoding="utf-8")), "training": asdict(training)}, page)


def write_proof(figures: Mapping[str, Any], page: Path) -> None:
    """Write the figures as JSON beside the page, and the page; `tried.tsv` beside them is put in.

    Raises:
        OutputError: A file cannot be written.
        TableError: `tried.tsv` breaks the format of tables.
    """
    tried = page.with_name("tried.tsv")
    if tried.exists():
        figures = {**figures, "tried": read_table(tried)}
    text = json.dumps(figures, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    write_text(page.with_suffix(".json"), text)
    write_text(page, make_page(json.loads(text)))


def find_pipelines(corpora: Corpora, work: Path, *, steps: int) -> dict[str, Path]:
    """Return the folders of the pipelines to compare by name, the shipped one first."""
    pipelines = {SHIPPED: model_path()}
    mixed = work / "mixed" / "model-best"
    variants = train_variants(corpora, work, steps=steps)
    if mixed.exists():
        pipelines[BEFORE] = mixed
    return pipelines | variants


def measure_pipeline(
    nlp: Language, benchmarks: Sequence[Benchmark], articles: Sequence[GoldArticle]
) -> dict[str, Any]:
    """Return scores on each benchmark, robustness, bias, and the tallies that margins need.

    Args:
        nlp: A pipeline with our labels.
        benchmarks: The gold's test part first.
        articles: Of the gold's test part.
    """
    read: dict[tuple[str, ...], list[Found]] = {}
    tallies: dict[str, Tallies] = {}
    for benchmark in benchmarks:
        texts = tuple(labelled.text for labelled in benchmark.texts)
        if texts not in read:
            read[texts] = list(find_spans(nlp, texts))
        tallies[benchmark.name] = tally_texts(benchmark.texts, read[texts], benchmark.labels)
    gold = benchmarks[0]
    changed = {change: _tally_changed(nlp, gold.texts, change) for change in CHANGES}
    found = read[tuple(labelled.text for labelled in gold.texts)]
    return {
        "scores": {name: _plain(score_tallies(counted)) for name, counted in tallies.items()},
        "robustness": {
            change: _plain(measure_losses(counted, tallies[gold.name])) for change, counted in changed.items()
        },
        "bias": _plain(measure_bias(articles, found)),
        "tallies": tallies,
    }


def measure_margins(tallies: Mapping[str, Mapping[str, Tallies]]) -> dict[str, Any]:
    """Return the points of strict F by which our networks lead the variants, by pair, benchmark and label."""
    ours = [name for name in tallies if name in (SHIPPED, BEFORE)]
    rivals = [(name, other) for name in ours for other in tallies if other not in ours]
    return {
        f"{name} over {other}": {
            benchmark: {
                part: asdict(lead)
                for part in (*LABELS, "all")
                if (lead := _measure_lead(counted, tallies[other][benchmark], f"strict.{part}"))
            }
            for benchmark, counted in tallies[name].items()
        }
        for name, other in rivals
    }


def measure_calibration(nlp: Language, articles: Sequence[GoldArticle], model: Logistic) -> dict[str, Any]:
    """Return how far the confidence of mentions is from how often they are right.

    Returns:
        `error` and `bins` over all mentions; `labels`, the error of each label.
    """
    examples = [
        (model.score(features), right, features[0]) for features, right in confidence_examples(nlp, articles)
    ]
    by_label = {
        label: [(score, right) for score, right, first in examples if first.startswith(f"{label}:")]
        for label in LABELS
    }
    scores, answers = [score for score, _, _ in examples], [right for _, right, _ in examples]
    return {
        "error": calibration_error(scores, answers, bins=BINS),
        "labels": {
            label: {
                "error": calibration_error(
                    [score for score, _ in pairs], [right for _, right in pairs], bins=BINS
                ),
                "n": len(pairs),
            }
            for label, pairs in by_label.items()
            if pairs
        },
        "bins": [asdict(found) for found in find_bins(scores, answers)],
    }


def find_bins(scores: Sequence[float], answers: Sequence[bool], *, bins: int = BINS) -> list[Bin]:
    """Return the bins of confidence that hold a mention, the least sure first."""
    placed: dict[int, list[tuple[float, bool]]] = {}
    for score, right in zip(scores, answers, strict=True):
        placed.setdefault(min(int(score * bins), bins - 1), []).append((score, right))
    return [
        Bin(
            low=place / bins,
            high=(place + 1) / bins,
            n=len(placed[place]),
            confidence=round(sum(score for score, _ in placed[place]) / len(placed[place]), 4),
            accuracy=round(sum(right for _, right in placed[place]) / len(placed[place]), 4),
        )
        for place in sorted(placed)
    ]


def describe_benchmark(benchmark: Benchmark) -> dict[str, Any]:
    """Return what a benchmark holds, without its text."""
    digest = hashlib.sha256()
    for labelled in benchmark.texts:
        digest.update(repr((labelled.text, labelled.spans)).encode())
    return {
        "name": benchmark.name,
        "title": benchmark.title,
        "labels": list(benchmark.labels),
        "documents": len(benchmark.texts),
        "words": benchmark.n_words,
        "mentions": sum(span.label in benchmark.labels for text in benchmark.texts for span in text.spans),
        "sha256": digest.hexdigest(),
    }


def _measure_lead(ours: Tallies, theirs: Tallies, figure: str) -> Difference | None:
    if figure not in ours[0]:
        return None
    return measure_difference([tally[figure] for tally in ours], [tally[figure] for tally in theirs])


def _tally_changed(nlp: Language, texts: Sequence[LabelledText], change: str) -> Tallies:
    changed = change_texts(texts, change)
    return tally_texts(changed, find_spans(nlp, [labelled.text for labelled in changed]), LABELS)


def _plain(figures: Mapping[str, Any]) -> dict[str, Any]:
    return {name: asdict(figure) for name, figure in figures.items()}


def _describe(model: Path, gold: Path, n_articles: int) -> dict[str, Any]:
    network = (model / "ner" / "model").read_bytes()
    return {
        "network_sha256": hashlib.sha256(network).hexdigest(),
        "gold_test_sha256": hash_split(gold, "test"),
        "gold_test_articles": n_articles,
        "resamples": RESAMPLES,
        "seed": SEED,
        "stages": read_stages(model),
        "spacy": version("spacy"),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
    }
