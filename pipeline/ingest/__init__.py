"""The first stage: files of any kind to `Document`s, bad input to rejects with a reason."""

from pipeline.ingest.articles import number_duplicates
from pipeline.ingest.collect import Ingested, sort_input
from pipeline.ingest.inputs import Skipped
from pipeline.ingest.limits import Limits
from pipeline.ingest.stage import ingest_documents

__all__ = ["Ingested", "Limits", "Skipped", "ingest_documents", "number_duplicates", "sort_input"]
