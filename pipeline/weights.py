"""Logistic models over readable features: a table (feature, weight) is all there is to one."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from pathlib import Path
from sys import intern

from pipeline.tables import data_folder

FILE_NAME = "weights.json"
CONFIDENCE_FILE = "confidence.json"


@dataclass(frozen=True, slots=True, eq=False)
class Logistic:
    """A logistic model: the sum of the weights of the features present, squashed to 0..1."""

    weights: Mapping[str, float]
    threshold: float = 0.45

    def score(self, features: Sequence[str]) -> float:
        """Return the probability, 0..1, that a candidate with these features is right."""
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, self.total(features)))))

    def share(self, alternatives: Sequence[Sequence[str]]) -> list[float]:
        """Return the probability of each of several alternatives, one of which is right; they add up to 1."""
        totals = [self.total(features) for features in alternatives]
        most = max(totals, default=0.0)
        parts = [math.exp(total - most) for total in totals]
        return [part / sum(parts) for part in parts]

    def total(self, features: Sequence[str]) -> float:
        """Return the sum of the weights of the features present."""
        return sum(map(self.weights.get, features, repeat(0.0)))


def spell(*features: str) -> tuple[str, ...]:
    """Return features that are kept and weighed again and again, as the very texts that the tables have.

    To find a text among thousands takes a third of the time when it is the same object.
    """
    return tuple(map(intern, features))


@cache
def load_weights() -> Mapping[str, Logistic]:
    """Load the shipped models by name: `link`, `confidence`, `status_former`, `inherit_place` and others."""
    folder = data_folder() / "model"
    files = (folder / FILE_NAME, folder / CONFIDENCE_FILE)
    return {
        name: Logistic({intern(feature): weight for feature, weight in table.items()})
        for path in files
        for name, table in json.loads(path.read_text(encoding="utf-8")).items()
    }


def save_weights(models: Mapping[str, Logistic], path: Path) -> None:
    """Write named models as JSON, sorted, a feature a line."""
    tables = {name: dict(sorted(models[name].weights.items())) for name in sorted(models)}
    path.write_text(json.dumps(tables, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
