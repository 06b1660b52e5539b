"""Write the dataset, read it back, and turn it into what other tools take.

The package bears the name of the public verb, so it is called itself: `pipeline.export("out", to="xlsx",
out="tables")`. A function of that name could not stand beside the submodules: importing any of them sets
the attribute `export` of `pipeline` to this package.
"""

import sys
from pathlib import Path
from types import ModuleType

from pipeline.export.content import Written
from pipeline.export.convert import export_dataset
from pipeline.export.dataset import Dataset


class _Verb(ModuleType):
    """This package, callable."""

    def __call__(
        self,
        dataset: Dataset | str | Path,
        *,
        to: str,
        out: str | Path,
        all_people: bool = False,
        since: Dataset | str | Path | None = None,
    ) -> Written:
        """Write a dataset in another format; see `pipeline.export.convert.export_dataset`."""
        return export_dataset(dataset, to=to, out=out, all_people=all_people, since=since)


sys.modules[__name__].__class__ = _Verb
