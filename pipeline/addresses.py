"""Addresses given where a path is wanted: `file:` ones are paths, Spark reads others, the local engine none."""

import re
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from pipeline.errors import OutputError

# A path that was made of an address has lost a slash: `hdfs:/name/x`. Drives of Windows have one letter.
_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]+):/", re.I)
_WEB = ("http", "https", "ftp")


def scheme_of(name: str | Path) -> str | None:
    """Return the scheme of an address in lower case; None for a path.

    >>> scheme_of("hdfs://name/articles"), scheme_of("articles/a.txt")
    ('hdfs', None)
    """
    found = _ADDRESS.match(str(name))
    return found[1].lower() if found else None


def file_path(name: str | Path) -> str | None:
    """Return the path of a `file:` address on this machine, None for any other.

    >>> file_path("file:///dane/nowe%20wpisy")
    '/dane/nowe wpisy'
    """
    if scheme_of(name) != "file":
        return None
    try:
        parts = urlsplit(str(name))
    except ValueError:  # brackets where the machine's name stands
        return None
    return url2pathname(parts.path) if parts.netloc in ("", "localhost") else None


def why_not_read(name: str | Path) -> str:
    """Return why the articles at an address are not read, and what to do."""
    scheme = scheme_of(name)
    if scheme in _WEB:
        return "an address on the web; nothing is fetched, give a file"
    return (
        f"an address of {scheme}, which --engine spark reads; or copy or mount the files, and give that path"
    )


def is_here(name: str | Path) -> bool:
    """Say whether this is a path, or the `file:` address of one."""
    return scheme_of(name) is None or file_path(name) is not None


def is_on_web(name: str | Path) -> bool:
    """Say whether an address is one that nothing here ever opens."""
    return scheme_of(name) in _WEB


def local_folder(out: str | Path) -> Path:
    """Return the folder of this machine that a path or a `file:` address names.

    Raises:
        OutputError: It is an address elsewhere.
    """
    if scheme_of(out) is None:
        return Path(out)
    path = file_path(out)
    if path is None:
        raise OutputError(why_not_written(out))
    return Path(path)


def why_not_written(out: str | Path) -> str:
    """Return why no dataset is written to an address, and what to do."""
    if is_on_web(out):
        return f"{out} is an address on the web; give a folder to -o"
    if isinstance(out, Path):
        return f"{out} is an address made a path; give it as text, since a path loses one of its slashes"
    return (
        f"{out} is an address of {scheme_of(out)}; --engine spark writes there; or give a folder to -o, and copy it"
        " when the run has ended"
    )
