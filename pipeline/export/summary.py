"""The numbers at the end of a run."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.export.dataset import Summary
from pipeline.export.rows import count_reasons
from pipeline.ingest import Ingested
from pipeline.records import Reading, Reject, Resolution


def summarise(
    out: Path,
    ingested: Ingested,
    readings: Iterable[Reading],
    rejects: Sequence[Reject],
    resolution: Resolution,
) -> Summary:
    """Count what a run read, found and refused."""
    n_articles = n_nobody = n_abstentions = 0
    for reading in readings:
        n_articles += 1
        n_nobody += not any(mention.label == "person" for mention in reading.mentions)
        n_abstentions += sum(name.rule == "unchanged" for name in reading.names)
    return Summary(
        out=out,
        n_articles=n_articles,
        n_duplicates=sum(1 for _ in ingested.spool.copies()),
        n_nobody=n_nobody,
        n_actors=len(resolution.actors),
        n_institutions=len(resolution.institutions),
        n_locations=len(resolution.locations),
        n_unlinked_places=sum(location.teryt is None for location in resolution.locations),
        n_affiliations=len(resolution.affiliations),
        n_abstentions=n_abstentions,
        rejects=count_reasons(rejects),
        skipped=dict(
            sorted(Counter(Path(skip.source).suffix or "none" for skip in ingested.skipped).items())
        ),
    )
