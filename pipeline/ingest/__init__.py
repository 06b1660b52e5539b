"""The first stage: files of any kind to `Document`s, bad input to rejects with a reason."""

from pipeline.ingest.articles import number_duplicates
from pipeline.ingest.inputs import Skipped
from pipeline.ingest.limits import Limits
from pipeline.ingest.stage import ingest_documents

__all__ = ["Limits", "Skipped", "ingest_documents", "number_duplicates"]
