"""Floors: the figures below which no change may bring the shipped model, pinned with the gold's hash.

`floors.json` holds, for each split that is guarded, the SHA-256 of its files and a floor by figure:

    {"test": {"sha256": "...", "floors": {"mentions.strict.person": 0.971}}}
"""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import CivicActorsError
from pipeline.files import write_text
from pipeline.training.evaluate import Evaluation
from pipeline.training.scores import Figure

# A span that two machines' arithmetic decides differently must not turn the gate red.
MARGIN = 0.003
_STAGES = ("mentions", "nominative", "gender", "people", "grouping", "links", "status", "dates", "teryt")
_UNGUARDED = (
    "mentions.overlap.",
    "gender.left_open.",
    "nominative.any_case.",
    "nominative.inflected_any_case.",
)


def check_floors(evaluation: Evaluation, path: Path) -> list[str]:
    """Return what breaks the floors of the split, a sentence each; empty when all hold.

    A missing file, a split without floors, and a guarded figure without one are problems too.
    """
    pinned = _load(path).get(evaluation.split, {})
    floors: dict[str, float] = pinned.get("floors", {})
    if not floors:
        return [f"{path} holds no floor for {evaluation.split}, so nothing would be checked; pin some"]
    problems = []
    if pinned.get("sha256") != evaluation.sha256:
        problems.append(f"the gold of {evaluation.split} has changed since the floors were pinned")
    for name, floor in sorted(floors.items()):
        problems += _check_figure(name, floor, evaluation.figures)
    unguarded = sorted(guarded_figures(evaluation).keys() - floors.keys())
    problems += [f"{name} has no floor" for name in unguarded]
    return problems


def update_floors(evaluation: Evaluation, path: Path, *, lower: bool = False) -> list[str]:
    """Pin the split's floors to what was measured; return what changed, a line each.

    A floor rises when the figure has risen. It falls only when `lower` says so.

    Raises:
        CivicActorsError: A figure is below its floor, or gone, and `lower` is false; or nothing was measured.
    """
    document = _load(path)
    old: dict[str, float] = document.get(evaluation.split, {}).get("floors", {})
    guarded = guarded_figures(evaluation)
    if not guarded:
        raise CivicActorsError("nothing was measured, so there is no floor to pin")
    sunk = [problem for name, floor in sorted(old.items()) for problem in _check_figure(name, floor, guarded)]
    if sunk and not lower:
        raise CivicActorsError(f"floors would sink: {'; '.join(sunk)}; add --lower if that is meant")
    new = {name: _new_floor(figure, old.get(name), lower=lower) for name, figure in sorted(guarded.items())}
    document[evaluation.split] = {"sha256": evaluation.sha256, "floors": new}
    write_text(path, json.dumps(document, indent=1, sort_keys=True) + "\n")
    names = sorted(old.keys() | new.keys())
    return [f"{name}: {old.get(name)} -> {new.get(name)}" for name in names if old.get(name) != new.get(name)]


def guarded_figures(evaluation: Evaluation) -> dict[str, Figure]:
    """Return the figures that need a floor: those of every stage and label that gold has answers for."""
    return {
        name: figure
        for name, figure in evaluation.figures.items()
        if name.split(".")[0] in _STAGES and not name.startswith(_UNGUARDED) and figure.wanted
    }


def _check_figure(name: str, floor: float, figures: Mapping[str, Figure]) -> list[str]:
    if name not in figures:
        return [f"{name} has the floor {floor} but was not measured"]
    if figures[name].f < floor:
        return [f"{name} is {figures[name].f:.4f}, below its floor {floor}"]
    return []


def _new_floor(figure: Figure, old: float | None, *, lower: bool) -> float:
    measured = max(0.0, math.floor((figure.f - MARGIN) * 1000) / 1000)
    keeps = old is not None and old > measured and (not lower or old <= figure.f)
    return old if keeps and old is not None else measured


def _load(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise CivicActorsError(f"{path} is not JSON: {error}") from error
    if not isinstance(document, dict):
        raise CivicActorsError(f"{path} must hold an object of splits")
    return document
