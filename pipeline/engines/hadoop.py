"""Files of every file system that Spark knows, through Hadoop's own classes: listed, copied here, copied there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.errors import CivicActorsError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

T = TypeVar("T")

_PART = ".part"


class RemoteError(CivicActorsError):
    """A file system elsewhere refused, or is not there."""


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file or folder elsewhere.

    Attributes:
        address: With its scheme: `hdfs://name:8020/articles/a.txt`.
        size: In bytes.
        changed_ms: When it was last written to, in milliseconds since 1970.
    """

    address: str
    is_folder: bool
    size: int
    changed_ms: int


class HadoopFiles:
    """The file systems of one Spark session, with its settings (`spark.hadoop.fs...`).

    Every method raises `RemoteError` where Hadoop does not do what is asked.
    """

    def __init__(self, session: "SparkSession") -> None:
        self._hadoop: Any = session._jvm.org.apache.hadoop.fs  # type: ignore[union-attr]
        self._settings: Any = session._jsc.hadoopConfiguration()

    def find(self, address: str) -> RemoteFile | None:
        """Return what lies at an address, None for nothing."""
        path, system = self._open(address)
        return self._call(lambda: _describe(system.getFileStatus(path)) if system.exists(path) else None)

    def match(self, address: str) -> list[RemoteFile]:
        """Return what an address names: itself where it is there, else what it matches as a glob, sorted."""
        if (one := self.find(address)) is not None:
            return [one]
        path, system = self._open(address)
        found = self._call(lambda: [_describe(status) for status in system.globStatus(path) or ()])
        return sorted(found, key=lambda one: one.address)

    def walk(self, folder: str) -> Iterator[RemoteFile]:
        """Yield the files below a folder, in any order."""
        waiting = [folder]
        while waiting:
            path, system = self._open(waiting.pop())
            for one in self._call(lambda: [_describe(status) for status in system.listStatus(path)]):  # noqa: B023
                if one.is_folder:
                    waiting.append(one.address)
                else:
                    yield one

    def get(self, address: str, path: Path) -> None:
        """Copy a file here."""
        source, system = self._open(address)
        target = self._hadoop.Path(str(path.absolute()))
        self._call(lambda: system.copyToLocalFile(False, source, target, True))

    def put(self, path: Path, address: str) -> None:
        """Copy a file there: whole, or not under its name."""
        folder, _, name = address.rpartition("/")
        part, system = self._open(f"{folder}/.{name}{_PART}")
        target, _ = self._open(address)
        source = self._hadoop.Path(str(path.absolute()))
        self._call(lambda: system.copyFromLocalFile(False, True, source, part))
        self._call(lambda: system.delete(target, False))
        if not self._call(lambda: system.rename(part, target)):
            raise RemoteError(f"cannot write {address}")

    def remove(self, address: str) -> None:
        """Delete a file, if it is there."""
        path, system = self._open(address)
        self._call(lambda: system.delete(path, False))

    def _open(self, address: str) -> tuple[Any, Any]:
        def open_path() -> tuple[Any, Any]:
            path = self._hadoop.Path(address)
            return path, path.getFileSystem(self._settings)

        return self._call(open_path)

    @staticmethod
    def _call(function: Callable[[], T]) -> T:
        from py4j.protocol import Py4JError, Py4JJavaError
        from pyspark.errors import PySparkException

        try:
            return function()
        except Py4JJavaError as error:
            raise RemoteError(_first_line(str(error.java_exception))) from error
        except (Py4JError, PySparkException) as error:
            raise RemoteError(_first_line(str(error))) from error


def _describe(status: Any) -> RemoteFile:
    return RemoteFile(
        status.getPath().toString(), status.isDirectory(), status.getLen(), status.getModificationTime()
    )


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "no reason given")[:300]
