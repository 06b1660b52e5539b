"""Where a run reads and writes: folders of this machine, or whatever Spark's file systems reach."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

from pipeline.addresses import is_here, is_on_web, local_folder, why_not_written
from pipeline.config import Config
from pipeline.errors import OutputError
from pipeline.export.workspace import Workspace
from pipeline.ingest.mirror import Mirror


@contextmanager
def open_places(out: str | Path, config: Config) -> Iterator[tuple[Path, Mirror | None]]:
    """Give the folder to write to, and what reads addresses: None with the local engine, which reads none.

    Spark starts for this when the first address is met.

    Raises:
        OutputError: `out` cannot be written, or not by this engine.
    """
    if config.engine != "spark":
        yield local_folder(out), None
        return
    # Imported here: without the extra there is no Spark.
    from pipeline.engines.hadoop import HadoopFiles
    from pipeline.engines.mirror import HadoopMirror
    from pipeline.engines.remote_out import open_remote_out
    from pipeline.engines.spark import open_session

    with ExitStack() as stack:
        open_files = cache(lambda: HadoopFiles(stack.enter_context(open_session(config))))
        if is_here(out):
            folder = local_folder(out)
        elif isinstance(out, Path) or is_on_web(out):
            raise OutputError(why_not_written(out))
        else:
            kept = Path(config.spark_work).expanduser()
            folder = stack.enter_context(open_remote_out(out, open_files(), kept))
        mirror = HadoopMirror(Workspace(folder).inputs, open_files)
        yield folder, mirror
        mirror.clear()
