"""What a dataset was made from: hashes of input, model, tables, settings and code."""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.config import Config
from pipeline.errors import OutputError
from pipeline.ingest import Ingested
from pipeline.tables import data_folder

FILE_NAME = "manifest.json"
_NOT_IN_RESULT = (
    "workers",
    "engine",
    "spark_master",
    "spark_chunks",
    "spark_work",
    "worker_chunks",
    "chunk_articles",
    "chunk_words",
    "stall_seconds",
)


def made_with(model: str | Path | None, config: Config) -> dict[str, Any]:
    """Return the hashes of what reads articles: model, tables, settings that matter to the result, and code."""
    settings = asdict(config)
    for name in _NOT_IN_RESULT:
        settings.pop(name)
    return {
        "model": hash_folder(data_folder() / "model") if model is None else hash_model(model),
        "tables": hash_folder(data_folder() / "tables"),
        "config": settings,
        "code": hash_folder(Path(__file__).parent.parent, suffixes=(".py", ".cfg", ".toml")),
    }


def hash_input(ingested: Ingested) -> str:
    """Return the hash of all articles and rejects of an input."""
    return hash_text("\n".join([ingested.spool.digest(), *(repr(reject) for reject in ingested.rejects)]))


def find_differences(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Return the parts of two manifests that differ."""
    return [key for key in new if old.get(key) != new[key]]


def hash_text(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, in hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def hash_file(path: Path | None) -> str:
    """Return the SHA-256 of a file's bytes; empty where no file is given.

    Raises:
        OutputError: The file cannot be read.
    """
    if path is None:
        return ""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise OutputError(f"cannot read {path}: {error.strerror or error}") from error


def hash_model(model: str | Path) -> str:
    """Return the hash of a pipeline's folder, or of an installed package's name."""
    folder = Path(model)
    return hash_folder(folder) if folder.is_dir() else hash_text(str(model))


def hash_folder(folder: Path, *, suffixes: tuple[str, ...] = ()) -> str:
    """Return one hash of the names and bytes of all files below a folder, `_data` and caches left out."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if not path.is_file() or "__pycache__" in parts or "_data" in parts:
            continue
        if not suffixes or path.suffix in suffixes:
            digest.update("/".join(parts).encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def read_manifest(out: Path) -> dict[str, Any] | None:
    """Return the manifest of a finished dataset, or None."""
    path = out / FILE_NAME
    if not path.is_file():
        return None
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found
