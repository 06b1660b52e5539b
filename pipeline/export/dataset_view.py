"""A dataset in memory, with the same tables as one on disk."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.export.dataset import Dataset
from pipeline.guards import terminal_line
from pipeline.schema import TABLES


class DatasetView(Dataset):
    """Tables that were filtered or changed after reading; the files on disk are not touched.

    Args:
        tables: Every table by name.
        folder: Where the tables came from.
        manifest: What the dataset was made from.
    """

    def __init__(
        self,
        tables: Mapping[str, pd.DataFrame],
        *,
        folder: Path = Path(),
        manifest: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(folder)
        for table in TABLES:
            setattr(self, table.name, tables[table.name])
        self.manifest = manifest or {}

    def __repr__(self) -> str:
        """Name the sizes of the tables."""
        sizes = ", ".join(f"{table.name} {len(getattr(self, table.name))}" for table in TABLES)
        return f"DatasetView({terminal_line(str(self.folder))}: {sizes})"
