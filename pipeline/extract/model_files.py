"""Check the files of a pipeline from elsewhere before spaCy reads them.

spaCy itself unpickles nothing: it reads `msgpack`, JSON, NumPy arrays without objects, and a configuration that can
name only functions of installed packages. Networks of PyTorch and components of others may hold pickles, and those
run code.
"""

import hashlib
from pathlib import Path

from pipeline.errors import ModelError

_PICKLE_SUFFIXES = frozenset({".pkl", ".pickle", ".joblib", ".pt", ".pth"})
_ZIPPED_PICKLE = b"data.pkl"  # what torch.save writes, also inside msgpack
_PROTOCOLS = tuple(bytes([0x80, protocol]) for protocol in range(2, 6))


def check_model_files(folder: Path) -> None:
    """Refuse a pipeline whose files are not the listed ones, or hold pickles.

    `NAME.sha256` beside the folder `NAME`, where there is one, lists every file as `sha256sum` writes it.

    Raises:
        ModelError: A file is another, is missing, is not listed, or holds a pickle.
    """
    files = {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    listing = folder.with_name(f"{folder.name}.sha256")
    if listing.is_file():
        _check_sums(listing, files)
    for path, data in files.items():
        if path.suffix in _PICKLE_SUFFIXES or _is_pickle(data):
            raise ModelError(f"{path} holds a pickle, which can run any code; give a pipeline without one")


def _check_sums(listing: Path, files: dict[Path, bytes]) -> None:
    wanted = {}
    for number, line in enumerate(listing.read_text(encoding="utf-8").splitlines(), 1):
        digest, space, name = line.partition(" ")
        if len(digest) != 64 or not space:
            raise ModelError(
                f"{listing}:{number}: a line must be as sha256sum writes it: a hash and a file's name"
            )
        wanted[listing.parent / name[1:]] = digest.lower()
    for path in sorted({*wanted, *files}):
        if path not in files:
            raise ModelError(f"{path} is missing, but {listing} lists it; get the pipeline anew")
        if path not in wanted:
            raise ModelError(
                f"{path} is not listed in {listing}; get the pipeline anew, or list all of its files"
            )
        if hashlib.sha256(files[path]).hexdigest() != wanted[path]:
            raise ModelError(f"{path} is not the file that {listing} lists; get the pipeline anew")


def _is_pickle(data: bytes) -> bool:
    return (data.startswith(_PROTOCOLS) and data.endswith(b".")) or _ZIPPED_PICKLE in data
