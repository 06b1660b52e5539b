"""Walk through the uncertain pairs of a dataset, and keep what a person judges of them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.errors import CivicActorsError, OutputError
from pipeline.resolve.compare import sorted_features
from pipeline.resolve.judgements import Judgement, append_judgement, judged_pairs, load_judgements
from pipeline.resolve.sheets import read_sheet, write_sheet
from pipeline.resolve.uncertain import UncertainPair, find_uncertain, show_sides

_TABLES = ("mentions", "articles", "affiliations", "evidence", "institutions")
_VERDICTS = {"y": "same", "n": "different", "u": "unsure"}
_SKIP, _STOP = "s", "q"
SHEET = (
    *("left", "right", "left_name", "right_name", "left_sentences", "right_sentences"),
    *("now", "score", "compared", "verdict", "why"),
)

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
    tables = load_tables(out)
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


def write_review(out: Path, path: Path, sheet: Path) -> int:
    """Write the uncertain pairs that nobody has judged as a CSV to fill in; return their number.

    Args:
        out: Folder of a dataset.
        path: The judgements file.
        sheet: The CSV; `verdict` is to be y, n or u, or left empty.

    Raises:
        CivicActorsError: The folder holds no dataset, or the sheet cannot be written.
    """
    tables = load_tables(out)
    done = judged_pairs(load_judgements(path), keep_unsure=True)
    pairs = find_uncertain(tables, done)
    return write_sheet(sheet, SHEET, (_sheet_row(tables, pair) for pair in pairs))


def _sheet_row(tables: dict[str, pd.DataFrame], pair: UncertainPair) -> dict[str, object]:
    left, right = show_sides(tables, pair)
    return {
        "left": pair.left,
        "right": pair.right,
        "left_name": left["name"],
        "right_name": right["name"],
        "left_sentences": " | ".join(left["sentences"]),
        "right_sentences": " | ".join(right["sentences"]),
        "now": "one" if pair.are_joined else "two",
        "score": f"{pair.score:.2f}",
        "compared": " | ".join(_lines(pair)),
    }


def read_review(path: Path, sheet: Path, *, who: str, when: str | None = None) -> int:
    """Append what a filled-in sheet says; return how many judgements were new.

    Reading a sheet twice adds nothing the second time.

    Args:
        path: The judgements file.
        sheet: The CSV: `verdict` is y, n, u (or same, different, unsure), or empty.
        who: Who judged.
        when: Day of the judgements; None takes today.

    Raises:
        CivicActorsError: A verdict is none of these; nothing is appended then.
    """
    day = when or date.today().isoformat()
    known = {**_VERDICTS, **{verdict: verdict for verdict in _VERDICTS.values()}}
    done = judged_pairs(load_judgements(path), keep_unsure=True)
    new = []
    for number, row in enumerate(read_sheet(sheet, ("left", "right", "verdict")), 2):
        answer = row["verdict"].lower()
        if answer and answer not in known:
            raise CivicActorsError(f"{sheet}, row {number}: a verdict is y, n, u or empty, not {answer!r}")
        if answer:
            new.append(Judgement(row["left"], row["right"], known[answer], who, day, row.get("why", "")))
    new = [judgement for judgement in new if done.get(judgement.pair) != judgement.verdict]
    for judgement in new:
        append_judgement(path, judgement)
    return len(new)


def load_tables(out: Path) -> dict[str, pd.DataFrame]:
    """Load what judging and explaining need of a dataset.

    Raises:
        OutputError: The folder holds no dataset.
    """
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
