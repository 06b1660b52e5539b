"""How far a run has come, and how fast."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come.

    Attributes:
        done: Articles read, those of an earlier start too.
        total: Articles to read.
        articles: Those read since this start.
        words: Words of those.
        seconds: Since this start began to read.
    """

    done: int
    total: int
    articles: int
    words: int
    seconds: float

    @property
    def words_per_second(self) -> float:
        """Words read a second since this start."""
        return self.words / self.seconds if self.seconds else 0.0

    @property
    def articles_per_second(self) -> float:
        """Articles read a second since this start."""
        return self.articles / self.seconds if self.seconds else 0.0

    @property
    def seconds_left(self) -> float | None:
        """What the rest will take at this speed; None before anything was read."""
        return (self.total - self.done) / self.articles_per_second if self.articles and self.seconds else None


class StageClock:
    """Seconds that each stage of a run took, in the order they ended."""

    def __init__(self) -> None:
        """Start the first stage."""
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def end(self, stage: str) -> None:
        """Say that a stage ends here, and the next one begins."""
        now = time.perf_counter()
        self.seconds[stage] = round(now - self._last, 3)
        self._last = now


Tell = Callable[[Progress], None]


class Meter:
    """Counts what is read, and tells of it."""

    def __init__(self, total: int, before: int, tell: Tell | None) -> None:
        """Start the clock; `before` articles were read by earlier starts."""
        self._started = time.perf_counter()
        self._total, self._before, self._tell = total, before, tell
        self._articles = self._words = 0
        self.say()

    def add(self, articles: int, words: int) -> None:
        """Count what was read, and tell."""
        self._articles += articles
        self._words += words
        self.say()

    def say(self) -> None:
        """Tell how far the run is."""
        if self._tell is not None:
            self._tell(self.now())

    def now(self) -> Progress:
        """Return how far the run is."""
        return Progress(
            done=self._before + self._articles,
            total=self._total,
            articles=self._articles,
            words=self._words,
            seconds=time.perf_counter() - self._started,
        )
