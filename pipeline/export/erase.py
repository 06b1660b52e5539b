"""Erase a person from a dataset, and remember only a salted hash, so that later runs leave them out."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import OutputError
from pipeline.export.dataset import load_dataset
from pipeline.export.erased import (
    EVERYWHERE,
    FILE_NAME,
    Erased,
    format_erased,
    gminas_of_actors,
    hash_person,
    load_erased,
    new_salt,
)
from pipeline.export.manifest import FILE_NAME as MANIFEST
from pipeline.export.manifest import hash_text
from pipeline.export.staging import change_files
from pipeline.export.withhold import withhold_people
from pipeline.schema import TABLES, Table

_JUDGEMENTS = "judgements.jsonl"


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was taken out."""

    actor_id: str
    n_mentions: int
    n_articles: int


def erase_person(out: str | Path, who: str, *, everywhere: bool = False) -> Erasure:
    """Erase one person from a finished dataset: rows, names in texts, ids, judgements, kept work files.

    Args:
        out: Folder of the dataset.
        who: An actor_id, or a name as in `actors.name` or its aliases.
        everywhere: Later runs leave out everybody of the name, not only in the same gminas.

    Raises:
        OutputError: No dataset, nobody of the name, or several people: the message lists their ids.
    """
    dataset = load_dataset(out)
    folder = dataset.folder
    actor = find_person(dataset.actors, who)
    actor_id = str(actor["actor_id"])
    own = dataset.mentions[dataset.mentions["entity_id"] == actor_id]
    erased = load_erased(folder / FILE_NAME)
    salt = erased[0].salt if erased else new_salt()
    gminas = {EVERYWHERE} if everywhere else gminas_of_actors(dataset).get(actor_id, {""})
    names = {str(actor["name"]), *(alias for alias in actor["aliases"] if " " in alias)}
    new = {Erased(salt, hash_person(name, gmina, salt=salt)) for name in names for gmina in gminas}
    lines = format_erased([*erased, *sorted(new - set(erased), key=lambda one: one.digest)])
    tables = withhold_people(dataset, {actor_id})
    writers: dict[str, Callable[[Path], None]] = {
        f"{table.name}.parquet": partial(_write_frame, tables[table.name], table) for table in TABLES
    }
    writers[FILE_NAME] = partial(_write_text, lines)
    summary = dataset.manifest.get("summary", {}) | {
        "n_actors": len(tables["actors"]),
        "n_affiliations": len(tables["affiliations"]),
    }
    manifest = dataset.manifest | {"erased": hash_text(lines), "summary": summary}
    writers[MANIFEST] = partial(_write_text, json.dumps(manifest, ensure_ascii=False, indent=2) + "\n")
    if (folder / _JUDGEMENTS).exists():
        writers[_JUDGEMENTS] = partial(_write_text, _other_judgements(folder, set(own["mention_id"])))
    _drop_work_files(folder)
    change_files(folder, writers)
    return Erasure(actor_id, len(own), own["article_id"].nunique())


def find_person(actors: pd.DataFrame, who: str) -> "pd.Series[Any]":
    """Return the one actor of an id or a name.

    Raises:
        OutputError: There is none, or more than one.
    """
    wanted = who.casefold().strip()
    of_name = [
        wanted in {name.casefold() for name in (name, *aliases)}
        for name, aliases in zip(actors["name"], actors["aliases"], strict=True)
    ]
    by_id = actors["actor_id"] == who
    found = actors[by_id] if by_id.any() else actors[of_name]
    if found.empty:
        raise OutputError(f"nobody has the id or name {who!r}; look with: civic-actors explain OUT NAME")
    if len(found) > 1:
        listed = "; ".join(
            f"{row.actor_id} ({row.name_}, {row.headline})"
            for row in found.rename(columns={"name": "name_"}).itertuples(index=False)
        )
        raise OutputError(f"{len(found)} people have the name {who!r}; give one id: {listed}")
    return found.iloc[0]


def _other_judgements(folder: Path, mentions: set[str]) -> str:
    lines = (folder / _JUDGEMENTS).read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if mentions.isdisjoint(_sides(line)))


def _sides(line: str) -> set[str]:
    try:
        judged = json.loads(line)
    except ValueError:
        return set()
    return {str(judged.get("left")), str(judged.get("right"))} if isinstance(judged, dict) else set()


def _drop_work_files(folder: Path) -> None:
    """Remove what a run keeps to go on after a crash: it holds texts, and can be made again."""
    for path in folder.iterdir():
        if path.name.startswith(".") and path.is_dir():
            shutil.rmtree(path)


def _write_frame(frame: pd.DataFrame, table: Table, path: Path) -> None:
    content = pa.Table.from_pandas(frame, schema=table.arrow_schema(), preserve_index=False)
    pq.write_table(content.replace_schema_metadata(None), path, compression="zstd")


def _write_text(text: str, path: Path) -> None:
    path.write_text(text, encoding="utf-8")
