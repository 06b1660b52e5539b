"""A dataset on another file system: made on the driver's disk, where a stopped run goes on, then copied there.

The folder there holds what a folder of this machine would, `.work` too, so that `--update` can add to it from any
machine. While it is written it has no manifest, which comes last: a folder without one is unfinished.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.engines.hadoop import HadoopFiles, RemoteError
from pipeline.errors import OutputError
from pipeline.export.manifest import FILE_NAME as MANIFEST
from pipeline.export.manifest import hash_file
from pipeline.export.workspace import is_foreign
from pipeline.files import lock_file, make_folder, write_json

_WORK, _READINGS = ".work/", ".work/readings/"
_NOT_THERE = (".work/lock", ".work/inputs/")


@contextmanager
def open_remote_out(address: str, files: HadoopFiles, kept: Path) -> Iterator[Path]:
    """Give the folder of this machine that stands for a dataset's folder elsewhere; copy it there at the end.

    Args:
        address: Of the folder elsewhere.
        files: The file system it is on.
        kept: Folder for datasets that are being made; what is made stays in it until all is copied.

    Raises:
        OutputError: The folder there holds other files, or was written by somebody else meanwhile, or cannot be
            written.
    """
    address = address.rstrip("/")
    make_folder(kept)
    here = kept / hashlib.sha256(address.encode()).hexdigest()[:16]
    with lock_file(here.with_suffix(".lock"), f"another run is at work in {address}; wait for it"):
        try:
            begun = _begin(address, files, here)
            yield here
            if hash_file(here / MANIFEST) != begun["hash"] or files.find(f"{address}/{MANIFEST}") is None:
                _publish(address, files, here)
        except RemoteError as error:
            raise OutputError(f"{address}: {error}; what is done is kept in {here}") from error
        except OutputError as error:
            raise OutputError(str(error).replace(str(here), f"{address} (here {here})")) from error
        shutil.rmtree(here)
        here.with_suffix(".json").unlink()


def _begin(address: str, files: HadoopFiles, here: Path) -> dict[str, Any]:
    """Copy the dataset that is there, or go on with what a stopped run left here."""
    note = here.with_suffix(".json")
    there = files.find(f"{address}/{MANIFEST}")
    seen = [there.size, there.changed_ms] if there else None
    if here.is_dir() and note.is_file():
        begun: dict[str, Any] = json.loads(note.read_text(encoding="utf-8"))
        if seen not in (begun["seen"], None):
            raise OutputError(f"{address} was written since this run began; remove {here} to begin anew")
        return begun
    part = here.with_suffix(".part")
    for left in (here, part):
        shutil.rmtree(left, ignore_errors=True)
    part.mkdir()
    _copy_here(address, files, part, is_dataset=there is not None)
    manifest = part / MANIFEST
    begun = {"address": address, "seen": seen, "hash": hash_file(manifest) if there else ""}
    write_json(note, begun)
    part.rename(here)
    return begun


def _copy_here(address: str, files: HadoopFiles, folder: Path, *, is_dataset: bool) -> None:
    for name, file_address in _names(address, files):
        top = name.partition("/")[0]
        if is_foreign(folder / top) and not is_dataset:
            raise OutputError(f"{address} holds other files; choose an empty or new folder for -o")
        if (
            is_dataset
            and (not is_foreign(folder / top) or name == MANIFEST)
            and not name.startswith(_NOT_THERE)
        ):
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            files.get(file_address, target)


def _publish(address: str, files: HadoopFiles, here: Path) -> None:
    """Copy all files there, the manifest last; readings are named by their content and never change."""
    there = dict(_names(address, files))
    files.remove(f"{address}/{MANIFEST}")
    made = [path.relative_to(here).as_posix() for path in sorted(here.rglob("*")) if path.is_file()]
    made = [name for name in made if not name.startswith(_NOT_THERE)]
    for name in made:
        if name != MANIFEST and not (name in there and name.startswith(_READINGS)):
            files.put(here / name, f"{address}/{name}")
    for name in there.keys() - set(made):
        if name.startswith(_WORK):
            files.remove(there[name])
    files.put(here / MANIFEST, f"{address}/{MANIFEST}")


def _names(address: str, files: HadoopFiles) -> Iterator[tuple[str, str]]:
    """Yield the files below a folder, by their path in it, with their addresses."""
    root = files.find(address)
    if root is None:
        return
    for one in files.walk(root.address):
        yield one.address.removeprefix(root.address.rstrip("/") + "/"), one.address
