"""A dataset of people who hold or held a public office or function, and of nobody else."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.export.dataset import Summary
from pipeline.export.dataset_view import DatasetView
from pipeline.export.withhold import withhold_people
from pipeline.schema import TABLES

Row = dict[str, Any]


def public_only(dataset: Any) -> DatasetView:
    """Return the dataset without people whose `is_public` is false.

    They have no row in any table, and in texts, titles, addresses and sentences `█` stands for their names,
    one for one. The text of copies is empty: nothing was looked for in it. What the model did not find as a
    person cannot be left out.

    Args:
        dataset: Any object with the tables as DataFrames, such as `load_dataset(out)`; it is not changed.

    >>> public_only(load_dataset("out")).actors  # doctest: +SKIP
    """
    actors = dataset.actors
    private = actors.loc[~actors["is_public"].astype(bool), "actor_id"]
    tables = withhold_people(dataset, set(private), unlinked=True)
    articles = tables["articles"]
    tables["articles"] = articles.assign(text=articles["text"].where(articles["status"] != "duplicate", ""))
    return DatasetView(tables, folder=getattr(dataset, "folder", Path()), manifest=_manifest(dataset))


def keep_public_rows(tables: Mapping[str, list[Row]]) -> dict[str, list[Row]]:
    """Return rows of all tables, by table, without people who are not public; for writing."""
    frames = {
        table.name: pa.Table.from_pylist(tables[table.name], schema=table.arrow_schema()).to_pandas()
        for table in TABLES
    }
    view = public_only(DatasetView(frames))
    return {
        table.name: pa.Table.from_pandas(
            getattr(view, table.name), schema=table.arrow_schema(), preserve_index=False
        ).to_pylist()
        for table in TABLES
    }


def count_public(summary: Summary, tables: Mapping[str, list[Row]]) -> Summary:
    """Return the summary with the numbers of people and affiliations that stay."""
    return replace(summary, n_actors=len(tables["actors"]), n_affiliations=len(tables["affiliations"]))


def _manifest(dataset: Any) -> dict[str, Any]:
    manifest = getattr(dataset, "manifest", {})
    return dict(manifest) | {"public_only": True}
