"""What an earlier start ingested, taken up again where the input's files are as they were then."""

import json
import os
import sqlite3
from pathlib import Path
from typing import Any

from pipeline.errors import OutputError
from pipeline.export.workspace import Workspace
from pipeline.files import write_json
from pipeline.ingest import Ingested, Skipped
from pipeline.ingest.spool import Spool
from pipeline.records import Reject

# A disk that failed once may not fail again.
_PASSING = "cannot read"


def load_ingested(space: Workspace, made_from: dict[str, Any]) -> Ingested | None:
    """Return the input that was ingested before, or None where that must be done anew.

    Args:
        space: Where a run left it.
        made_from: What the articles come from: as it was given to `save_ingested`.
    """
    try:
        kept = json.loads(space.ingested.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    path = next((path for path in (space.new_documents, space.documents) if path.is_file()), None)
    if path is None or made_from["listing"] is None or kept["made_from"] != made_from:
        return None
    spool = _open_settled(path, kept["digest"])
    if spool is None:
        return None
    return Ingested(
        spool,
        tuple(Reject(*row) for row in kept["rejects"]),
        tuple(Skipped(*row) for row in kept["skipped"]),
    )


def save_ingested(space: Workspace, made_from: dict[str, Any], ingested: Ingested) -> None:
    """Remember what was ingested, once its articles are safe on the disk.

    Raises:
        OutputError: The disk does not take it.
    """
    may_pass = any(reject.reason.startswith(_PASSING) for reject in ingested.rejects)
    if made_from["listing"] is None or may_pass:
        return
    _flush(space.new_documents)
    content = {
        "made_from": made_from,
        "digest": ingested.spool.digest(),
        "rejects": [(reject.source, reject.stage, reject.reason) for reject in ingested.rejects],
        "skipped": [(skip.source, skip.reason) for skip in ingested.skipped],
    }
    write_json(space.ingested, content)


def _open_settled(path: Path, digest: str) -> Spool | None:
    """Return the articles in a file when they are those of the digest."""
    try:
        spool = Spool(path, is_settled=True)
        if spool.digest() == digest:
            return spool
        spool.close()
    except (sqlite3.DatabaseError, OutputError):  # it was cut short, with the power perhaps
        pass
    return None


def _flush(path: Path) -> None:
    try:
        with path.open("rb+") as file:
            os.fsync(file.fileno())
    except OSError as error:
        raise OutputError(
            f"cannot write {path}: {error.strerror or error}; free space or choose another -o"
        ) from error
