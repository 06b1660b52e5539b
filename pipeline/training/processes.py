"""What a process and those it starts take: peak memory and processor time, read from Linux's /proc."""

import os
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

_EVERY_S = 0.25
_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass(slots=True)
class Peaks:
    """The highest figures seen of a process tree.

    Attributes:
        main_bytes: Peak resident memory of the process itself.
        worker_bytes: The same of the largest process below it, Java aside.
        java_bytes: The same of the largest Java below it.
        seconds: Processor seconds of each process, by its number.
    """

    main_bytes: int = 0
    worker_bytes: int = 0
    java_bytes: int = 0
    seconds: dict[int, float] = field(default_factory=dict)

    @property
    def cpu_s(self) -> float:
        """Processor seconds of all processes together."""
        return sum(self.seconds.values())


def watch(process: subprocess.Popen[bytes]) -> Peaks:
    """Wait until a process ends, and return what it and those below it took."""
    peaks = Peaks()
    while process.poll() is None:
        for pid in _family(process.pid):
            _look(pid, process.pid, peaks)
        time.sleep(_EVERY_S)
    return peaks


def _family(root: int) -> set[int]:
    """Return the process and all below it."""
    parents = {
        int(path.name): parent
        for path in _PROC.iterdir()
        if path.name.isdigit() and (parent := _parent(path)) is not None
    }
    family, grown = {root}, True
    while grown:
        below = {pid for pid, parent in parents.items() if parent in family} - family
        grown = bool(below)
        family |= below
    return family


def _parent(path: Path) -> int | None:
    fields = _fields(path)
    return int(fields[1]) if fields else None


def _fields(path: Path) -> list[str]:
    """Return the fields of a stat file from the state on; the name before may hold anything."""
    try:
        return (path / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


def _look(pid: int, root: int, peaks: Peaks) -> None:
    fields = _fields(_PROC / str(pid))
    try:
        status = (_PROC / str(pid) / "status").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return
    if not fields:
        return
    peaks.seconds[pid] = (int(fields[11]) + int(fields[12])) / _TICKS
    lines = dict(line.partition(":")[::2] for line in status.splitlines())
    size = int(lines.get("VmHWM", "0").split()[0]) * 1024
    if pid == root:
        peaks.main_bytes = max(peaks.main_bytes, size)
    elif lines["Name"].strip() == "java":
        peaks.java_bytes = max(peaks.java_bytes, size)
    else:
        peaks.worker_bytes = max(peaks.worker_bytes, size)
