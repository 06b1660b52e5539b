"""The numbers at the end of a run."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from pipeline.export.dataset import Summary
from pipeline.export.rows import count_reasons
from pipeline.ingest import Ingested
from pipeline.records import Reject, Resolution


def summarise(
    out: Path,
    ingested: Ingested,
    articles: pa.Table,
    rejects: Sequence[Reject],
    resolution: Resolution,
) -> Summary:
    """Count what a run read, found and refused; `articles` is as of `resolve.memory.ARTICLES`."""
    return Summary(
        out=out,
        n_articles=articles.num_rows,
        n_duplicates=sum(1 for _ in ingested.spool.copies()),
        n_nobody=articles["has_people"].to_pylist().count(False),
        n_actors=len(resolution.actors),
        n_institutions=len(resolution.institutions),
        n_locations=len(resolution.locations),
        n_unlinked_places=sum(location.teryt is None for location in resolution.locations),
        n_affiliations=len(resolution.affiliations),
        n_abstentions=sum(articles["unchanged"].to_pylist()),
        rejects=count_reasons(rejects),
        skipped=dict(
            sorted(Counter(Path(skip.source).suffix or "none" for skip in ingested.skipped).items())
        ),
    )
