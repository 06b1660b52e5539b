"""Read tasks back from Label Studio: its export as JSON, corrected by a person."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.errors import CivicActorsError
from pipeline.records import LABELS
from pipeline.training.from_annotation import Annotated, complete_people, find_lemma, make_article, trim
from pipeline.training.gold import GoldArticle, GoldMention
from pipeline.training.labelstudio import Result, read_all_facts, read_relations, said


def read_tasks(path: Path, *, split: str | None = None) -> Annotated:
    """Return the annotated articles of an export (JSON, not JSON-MIN), by id; others are counted.

    Raises:
        CivicActorsError: The file is no such export, or a task cannot be gold; the message names it.
    """
    try:
        tasks = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CivicActorsError(f"cannot read {path}: {error}") from error
    if not isinstance(tasks, list) or not all(
        isinstance(task, dict) and isinstance(task.get("data"), dict) for task in tasks
    ):
        raise CivicActorsError(
            f"{path} holds no tasks; export from Label Studio as JSON, not as JSON-MIN or CSV"
        )
    results = [(task["data"], _annotation(task)) for task in tasks]
    articles = [_read_task(data, result, split) for data, result in results if result is not None]
    untouched = sum(result is None for _, result in results)
    return Annotated(tuple(sorted(articles, key=lambda article: article.article_id)), untouched)


def _annotation(task: Mapping[str, Any]) -> list[Result] | None:
    """Return the latest annotation of a task that was not skipped; None when there is none."""
    done = [one for one in task.get("annotations") or [] if not one.get("was_cancelled")]
    latest = max(done, key=lambda one: str(one.get("updated_at") or ""), default=None)
    return None if latest is None else list(latest.get("result") or [])


def _read_task(data: Mapping[str, Any], results: Sequence[Result], split: str | None) -> GoldArticle:
    text = str(data.get("text") or "")
    told: dict[str, dict[str, str]] = {}
    for result in results:
        if result["type"] in ("textarea", "choices") and "id" in result:
            value = result["value"].get("choices")
            told.setdefault(result["id"], {})[result["from_name"]] = value[0] if value else said(result)
    marks = {
        result["id"]: _read_mark(data, text, result, told.get(result["id"], {}))
        for result in results
        if result["type"] == "labels" and result["value"].get("labels")
    }
    by_start = {mark.start: mark for mark in complete_people(marks.values())}
    mentions = {region: by_start[mark.start] for region, mark in marks.items()}
    return make_article(
        data,
        text=text,
        mentions=sorted(by_start.values(), key=lambda mark: mark.start),
        affiliations=(*read_relations(mentions, results), *read_all_facts(mentions, results)),
        split=split,
    )


def _read_mark(data: Mapping[str, Any], text: str, result: Result, told: Mapping[str, str]) -> GoldMention:
    value = result["value"]
    label = next((label for label in LABELS if label == value["labels"][0]), None)
    start, end = trim(text, *_place(text, value))
    if label is None or start >= end:
        raise CivicActorsError(
            f"article {data.get('article_id')}: cannot use the mark {value.get('text')!r} "
            f"({', '.join(value['labels'])}) at {value['start']}; labels are {', '.join(LABELS)}"
        )
    lemma = " ".join(told.get("lemma", "").replace("|", "/").split())
    return GoldMention(
        start=start,
        end=end,
        text=text[start:end],
        label=label,
        lemma=lemma or find_lemma(text[start:end], label),
        actor=told.get("actor") if label == "person" else None,
        gender=told.get("gender") if label == "person" else None,
        title=told.get("title") if label == "person" else None,
    )


def _place(text: str, value: Mapping[str, Any]) -> tuple[int, int]:
    """Return a region's span in code points; a browser may have counted units of UTF-16."""
    start, end, shown = int(value["start"]), int(value["end"]), value.get("text")
    if shown is None or text[start:end] == shown:
        return start, end
    units = text.encode("utf-16-le", "surrogatepass")
    before = len(units[: 2 * start].decode("utf-16-le", "replace"))
    inside = units[2 * start : 2 * end].decode("utf-16-le", "replace")
    return (before, before + len(inside)) if inside == shown else (start, end)
