"""The numbers at the end of a run."""

from collections import Counter
from pathlib import Path

from pipeline.export.dataset import Summary
from pipeline.export.rows import count_reasons
from pipeline.ingest import Ingested
from pipeline.records import Reading, Resolution


def summarise(out: Path, ingested: Ingested, readings: list[Reading], resolution: Resolution) -> Summary:
    """Count what a run read, found and refused."""
    return Summary(
        out=out,
        n_articles=len(readings),
        n_duplicates=len(ingested.copies),
        n_nobody=sum(
            not any(mention.label == "person" for mention in reading.mentions) for reading in readings
        ),
        n_actors=len(resolution.actors),
        n_institutions=len(resolution.institutions),
        n_locations=len(resolution.locations),
        n_unlinked_places=sum(location.teryt is None for location in resolution.locations),
        n_affiliations=len(resolution.affiliations),
        n_abstentions=sum(name.rule == "unchanged" for reading in readings for name in reading.names),
        rejects=count_reasons(ingested.rejects),
        skipped=dict(
            sorted(Counter(Path(skip.source).suffix or "none" for skip in ingested.skipped).items())
        ),
    )
