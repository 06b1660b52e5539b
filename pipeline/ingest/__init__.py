"""The first stage: files of any kind to `Document`s, bad input to rejects with a reason."""

from pipeline.ingest.articles import number_duplicates
from pipeline.ingest.collect import Ingested, sort_input
from pipeline.ingest.inputs import Skipped
from pipeline.ingest.limits import Limits
from pipeline.ingest.listing import hash_listing
from pipeline.ingest.mirror import Mirror
from pipeline.ingest.stage import ingest_documents, list_inputs, read_listed

__all__ = [
    "Ingested",
    "Limits",
    "Mirror",
    "Skipped",
    "hash_listing",
    "ingest_documents",
    "list_inputs",
    "number_duplicates",
    "read_listed",
    "sort_input",
]
