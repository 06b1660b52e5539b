"""How long each stage of a training took: told as it ends, and kept in the work folder."""

import json
import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

TIMES_FILE = "times.json"

Result = TypeVar("Result")
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Training:
    """One training that ran from start to end, or was resumed.

    Attributes:
        recipe: Its stages, in words.
        processors: Of the machine.
        goes: How often it was started; 1 for a training that ran from start to end at once.
        stages: Each with its seconds by the clock, in the order in which they ended.
    """

    recipe: str
    processors: int
    goes: int
    stages: tuple[tuple[str, float], ...]


class StageClock:
    """Runs the stages of one work folder; a stage that was done before keeps the time that it took then.

    Args:
        work: The folder.
        recipe: The stages, in words.
        tell: Called with a line as a stage ends.
    """

    def __init__(self, work: Path, recipe: str, tell: Tell) -> None:
        self._work, self._recipe, self._tell = work, recipe, tell
        before = read_training(work)
        self._goes = before.goes + 1 if before else 1

    def run(self, stage: str, work: Callable[[], Result]) -> Result:
        """Run a stage; keep its seconds by the clock, unless it was there already."""
        before = read_training(self._work)
        done = before.stages if before else ()
        begun = time.monotonic()
        result = work()
        if stage not in dict(done):
            taken = round(time.monotonic() - begun, 1)
            self._tell(f"{stage}: {taken:,.0f} s")
            told = Training(self._recipe, os.cpu_count() or 1, self._goes, (*done, (stage, taken)))
            self._work.mkdir(parents=True, exist_ok=True)
            (self._work / TIMES_FILE).write_text(json.dumps(asdict(told), indent=1) + "\n", encoding="utf-8")
        return result


def read_training(work: Path) -> Training | None:
    """Return the stages of a work folder that ran to their end; None where nothing was written down."""
    path = work / TIMES_FILE
    if not path.exists():
        return None
    told = json.loads(path.read_text(encoding="utf-8"))
    stages = tuple((str(stage), float(seconds)) for stage, seconds in told["stages"])
    return Training(told["recipe"], told["processors"], told["goes"], stages)
