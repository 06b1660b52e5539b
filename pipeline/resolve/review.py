"""Walk through the uncertain pairs of a dataset, and keep what a person judges of them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.errors import OutputError
from pipeline.resolve.compare import sorted_features
from pipeline.resolve.judgements import Judgement, append_judgement, judged_pairs, load_judgements
from pipeline.resolve.uncertain import UncertainPair, find_uncertain, show_sides

_TABLES = ("mentions", "articles", "affiliations", "evidence", "institutions")
_VERDICTS = {"y": "same", "n": "different", "u": "unsure"}
_SKIP, _STOP = "s", "q"

Ask = Callable[[str], str]
Tell = Callable[[list[dict[str, Any]], list[str]], None]


def review_dataset(out: Path, path: Path, *, who: str, ask: Ask, tell: Tell, when: str | None = None) -> int:
    """Ask about each uncertain pair, the most uncertain first, and append each answer at once.

    Calling it again goes on where it stopped: pairs already judged, or unsure, are not asked again.

    Args:
        out: Folder of a dataset.
        path: The judgements file.
        who: Who judges.
        ask: Called with a question; returns a key.
        tell: Called with both sides and the sentences of what was compared.
        when: Day of the judgements; None takes today.

    Returns:
        How many pairs were judged.

    Raises:
        OutputError: The folder holds no dataset.
    """
    tables = _load(out)
    day = when or date.today().isoformat()
    done = judged_pairs(load_judgements(path), keep_unsure=True)
    count = 0
    for pair in find_uncertain(tables, done):
        tell(show_sides(tables, pair), _lines(pair))
        key = _ask_key(ask, pair)
        if key == _STOP:
            break
        if key != _SKIP:
            append_judgement(path, Judgement(pair.left, pair.right, _VERDICTS[key], who, day))
            count += 1
    return count


def _load(out: Path) -> dict[str, pd.DataFrame]:
    try:
        return {name: pd.read_parquet(out / f"{name}.parquet") for name in _TABLES}
    except OSError as error:
        raise OutputError(
            f"{out} holds no finished dataset; make one with: civic-actors run ARTICLES -o {out}"
        ) from error


def _lines(pair: UncertainPair) -> list[str]:
    return [f"{reason.weight:+.1f} {reason.sentence}" for reason in sorted_features(list(pair.reasons))]


def _ask_key(ask: Ask, pair: UncertainPair) -> str:
    now = "one" if pair.are_joined else "two"
    while True:
        key = ask(f"One person? Now {now}, score {pair.score:+.1f} [y/n/u/s/q]").strip().lower()[:1]
        if key in (*_VERDICTS, _SKIP, _STOP):
            return key
