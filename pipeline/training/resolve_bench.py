"""Measure `resolve` beside its peers, each in a process of its own, and write docs/resolve.md.

    make bench-resolve
    python -m pipeline.training.resolve_bench page docs/resolve.md --sizes 100000 --sizes 1000000
    python -m pipeline.training.resolve_bench add docs/resolve.json civic-actors 3000000
    python -m pipeline.training.resolve_bench write docs/resolve.json

The population's seed is not that of any population that weights were fitted on or errors were studied on.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import typer
from numpy.typing import NDArray

from pipeline.resolve.claim_files import resolve_files
from pipeline.training.populations import SEED, make_population
from pipeline.training.resolve_peers import ON_DISK, PEERS, Clusters
from pipeline.training.speed import peak_bytes

Floats = NDArray[np.float64]
WAYS = ("civic-actors", ON_DISK, *list(PEERS)[1:])
_RESAMPLES = 200
_PEOPLE = 2_000  # groups of people that the interval is drawn over
app = typer.Typer(add_completion=False)


@dataclass(frozen=True, slots=True)
class Joining:
    """What one way of joining did with one population.

    Attributes:
        precision: B-cubed, mean over the claims; so recall.
        low: Lower end of the 95 % interval of F, by resampling people.
        pair_precision: Share of the joined pairs that are of one person.
        over_merged: Share of the clusters that hold several people.
        under_merged: Share of the people who are in several clusters.
            wall_s: Seconds on the clock, reading and writing left out unless it joins on disk; cpu_s of all threads.
        peak_gb: Highest memory of the process.
    """

    way: str
    n_claims: int
    precision: float
    recall: float
    f: float
    low: float
    high: float
    pair_precision: float
    pair_recall: float
    over_merged: float
    under_merged: float
    wall_s: float
    cpu_s: float
    peak_gb: float


def measure_way(way: str, n_claims: int, *, seed: int = SEED) -> Joining:
    """Join one population in one way, in this process."""
    table = make_population(n_claims, seed=seed)
    truth = dict(zip(table["claim_id"], table["person_id"], strict=True))
    claims = table.drop(columns="person_id")
    del table
    found, costs = _join_on_disk(claims) if way == ON_DISK else _join_in_memory(way, claims)
    return Joining(way, n_claims, **score_clusters(truth, found), **costs)


def _join_in_memory(way: str, claims: pd.DataFrame) -> tuple[Clusters, dict[str, float]]:
    wall, cpu = time.perf_counter(), time.process_time()
    found = PEERS[way](claims)
    costs = {"wall_s": time.perf_counter() - wall, "cpu_s": time.process_time() - cpu}
    return found, costs | {"peak_gb": peak_bytes() / 1024**3}


def _join_on_disk(claims: pd.DataFrame) -> tuple[Clusters, dict[str, float]]:
    """Let the command's own function resolve a file, in a process of its own; reading and writing count."""
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder) / "claims.parquet", Path(folder) / "out"
        claims.to_parquet(path)
        costs = _run_bench("on-disk", str(path), str(out))
        joined = pq.read_table(out / "clusters.parquet", columns=["claim_id", "actor_id"])
        return dict(zip(joined["claim_id"].to_pylist(), joined["actor_id"].to_pylist(), strict=True)), costs


def score_clusters(truth: Clusters, found: Clusters) -> dict[str, float]:
    """Return the rates of a clustering; every claim of `truth` is in `found`."""
    people, clusters = Counter(truth.values()), Counter(found[claim] for claim in truth)
    cells = Counter((person, found[claim]) for claim, person in truth.items())
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for (person, cluster), count in cells.items():
        group = sums[person]
        group[0] += count * count / clusters[cluster]
        group[1] += count * count / people[person]
        group[2] += count
    stacked = np.asarray([sums[person] for person in sorted(sums)])
    precision, recall, f = _rates(stacked.sum(axis=0))
    low, high = _interval(stacked)
    joined = _pairs(clusters)
    right, wanted = _pairs(cells), _pairs(people)
    shared = Counter(cluster for _, cluster in cells)
    spread = Counter(person for person, _ in cells)
    return {
        "precision": precision,
        "recall": recall,
        "f": f,
        "low": low,
        "high": high,
        "pair_precision": right / joined if joined else 1.0,
        "pair_recall": right / wanted if wanted else 1.0,
        "over_merged": sum(count > 1 for count in shared.values()) / len(shared),
        "under_merged": sum(count > 1 for count in spread.values()) / len(spread),
    }


def _pairs(sizes: Counter[str] | Counter[tuple[str, str]]) -> float:
    return sum(size * (size - 1) / 2 for size in sizes.values())


def _rates(total: Floats) -> tuple[float, float, float]:
    precision, recall = float(total[0] / total[2]), float(total[1] / total[2])
    return precision, recall, 2 * precision * recall / (precision + recall)


def _interval(people: Floats) -> tuple[float, float]:
    """Return the 95 % interval of F by resampling groups of people, the same for the same rows."""
    parts = np.asarray([part.sum(axis=0) for part in np.array_split(people, min(_PEOPLE, len(people)))])
    draw = np.random.default_rng(SEED)
    drawn = [
        _rates(parts[draw.integers(0, len(parts), len(parts))].sum(axis=0))[2] for _ in range(_RESAMPLES)
    ]
    return float(np.quantile(drawn, 0.025)), float(np.quantile(drawn, 0.975))


def run_way(way: str, n_claims: int) -> Joining:
    """Measure one way in a fresh process, so that time and memory are its own."""
    return Joining(**_run_bench("one", way, str(n_claims)))


def _run_bench(*arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "pipeline.training.resolve_bench", *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def load_joinings(work: Path) -> dict[tuple[str, int], Joining]:
    """Load what an earlier run measured, by way and size."""
    lines = work.read_text(encoding="utf-8").splitlines() if work.exists() else []
    joinings = [Joining(**json.loads(line)) for line in lines]
    return {(joining.way, joining.n_claims): joining for joining in joinings}


def keep_joining(work: Path, joining: Joining) -> Joining:
    """Append what was measured, and return it."""
    work.parent.mkdir(parents=True, exist_ok=True)
    with work.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(joining)) + "\n")
    return joining


@app.command()
def one(way: str, n_claims: int) -> None:
    """Print the figures of one way as a line of JSON."""
    typer.echo(json.dumps(asdict(measure_way(way, n_claims))))


@app.command()
def on_disk(claims: Path, out: Path) -> None:
    """Resolve a file and print what it took as a line of JSON."""
    wall = time.perf_counter()
    resolve_files(claims, out)
    costs = {"wall_s": time.perf_counter() - wall, "cpu_s": time.process_time()}
    typer.echo(json.dumps(costs | {"peak_gb": peak_bytes() / 1024**3}))


@app.command()
def page(
    out: Path,
    sizes: Annotated[list[int] | None, typer.Option(help="Claims of each population.")] = None,
    work: Annotated[Path, typer.Option(help="File of what is measured; delete it to measure anew.")] = Path(
        "build/resolve-bench.jsonl"
    ),
) -> None:
    """Measure every way on every size and write the page; the figures go beside it as JSON.

    What WORK already holds is not measured again, so that a run that was stopped goes on; all of it is shown.
    """
    from pipeline.training.resolve_errors import find_causes
    from pipeline.training.resolve_page import make_page

    done = load_joinings(work)
    for size in sizes or [100_000]:
        for way in WAYS:
            if (way, size) not in done:
                done[way, size] = keep_joining(work, run_way(way, size))
    joinings = sort_joinings(asdict(joining) for joining in done.values())
    causes = find_causes(min(sizes or [100_000]))
    figures = out.with_suffix(".json")
    told = _load_figures(figures) | {
        **_describe_machine(),
        "joinings": joinings,
        "causes": asdict(causes),
    }
    _keep_figures(figures, told)
    out.write_text(make_page(told), encoding="utf-8")


@app.command()
def add(figures: Path, way: str, n_claims: int) -> None:
    """Measure one way at one size and put it among the figures, in place of what was measured before."""
    told = _load_figures(figures) | _describe_machine()
    kept = [row for row in told.get("joinings", []) if (row["way"], row["n_claims"]) != (way, n_claims)]
    told["joinings"] = sort_joinings([*kept, asdict(run_way(way, n_claims))])
    _keep_figures(figures, told)


@app.command()
def write(figures: Path) -> None:
    """Write the page beside the figures anew, without measuring."""
    from pipeline.training.resolve_page import make_page

    figures.with_suffix(".md").write_text(make_page(_load_figures(figures)), encoding="utf-8")


def sort_joinings(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows by size, then by way."""
    return sorted(rows, key=lambda row: (row["n_claims"], WAYS.index(row["way"])))


def _describe_machine() -> dict[str, Any]:
    cores = f"Python {platform.python_version()}, {os.cpu_count()} cores"
    return {"machine": f"{platform.system()} {platform.machine()}, {cores}", "load": os.getloadavg()[0]}


def _load_figures(path: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return told


def _keep_figures(path: Path, told: dict[str, Any]) -> None:
    path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    app()
