"""A dataset of people who hold or held a public office or function, and of nobody else."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.export.dataset import Dataset, Summary
from pipeline.export.dataset_view import DatasetView
from pipeline.export.erased import Erased, find_erased
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


def select_people(
    tables: Mapping[str, list[Row]], summary: Summary, *, only_public: bool, erased: Sequence[Erased]
) -> tuple[dict[str, list[Row]], Summary]:
    """Return rows of all tables, for writing, without people who were erased or who are not public.

    Args:
        tables: Rows by table.
        summary: Its numbers of people and affiliations become those of what stays.
        only_public: Leave out people who hold no public function.
        erased: Who was erased from an earlier dataset.
    """
    view: Dataset = _as_frames(tables)
    if gone := find_erased(view, erased):
        view = DatasetView(withhold_people(view, gone))
    if only_public:
        view = public_only(view)
    kept = _as_rows(view)
    counted = replace(summary, n_actors=len(kept["actors"]), n_affiliations=len(kept["affiliations"]))
    return kept, counted


def _as_frames(tables: Mapping[str, list[Row]]) -> DatasetView:
    return DatasetView(
        {
            table.name: pa.Table.from_pylist(tables[table.name], schema=table.arrow_schema()).to_pandas()
            for table in TABLES
        }
    )


def _as_rows(view: Dataset) -> dict[str, list[Row]]:
    return {
        table.name: pa.Table.from_pandas(
            getattr(view, table.name), schema=table.arrow_schema(), preserve_index=False
        ).to_pylist()
        for table in TABLES
    }


def _manifest(dataset: Any) -> dict[str, Any]:
    manifest = getattr(dataset, "manifest", {})
    return dict(manifest) | {"public_only": True}
