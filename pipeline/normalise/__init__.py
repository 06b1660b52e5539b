"""The nominative of every mention, the parts of names, and the municipality of an article."""

from pipeline.normalise.article import normalise_extraction
from pipeline.normalise.nominative import nominative

__all__ = ["nominative", "normalise_extraction"]
