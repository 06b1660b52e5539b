"""How long each stage of a training took: told as it ends, and kept in the work folder."""

import json
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

TIMES_FILE = "times.json"

Result = TypeVar("Result")
Tell = Callable[[str], None]


class StageClock:
    """Runs the stages of one work folder; a stage that was done before keeps the time that it took then.

    Args:
        work: The folder.
        tell: Called with a line as a stage ends.
    """

    def __init__(self, work: Path, tell: Tell) -> None:
        self._work = work
        self._tell = tell

    def run(self, stage: str, work: Callable[[], Result]) -> Result:
        """Run a stage and keep its seconds by the clock, unless its folder was there already."""
        is_done = stage in read_times(self._work)
        begun = time.monotonic()
        result = work()
        if not is_done:
            seconds = round(time.monotonic() - begun, 1)
            self._tell(f"{stage}: {seconds:,.0f} s")
            write_times(self._work, {**read_times(self._work), stage: seconds})
        return result


def read_times(work: Path) -> dict[str, float]:
    """Return the seconds of each stage of a work folder that was run to its end."""
    path = work / TIMES_FILE
    return dict(json.loads(path.read_text(encoding="utf-8"))["seconds"]) if path.exists() else {}


def write_times(work: Path, seconds: Mapping[str, float]) -> None:
    """Write the seconds of the stages, and how many processors there were."""
    told = {"processors": os.cpu_count(), "seconds": dict(seconds)}
    work.mkdir(parents=True, exist_ok=True)
    (work / TIMES_FILE).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
