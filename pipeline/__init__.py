"""Polish municipal news in; a sourced dataset of civic actors out.

>>> import pipeline
>>> pipeline.nominative("Klaudii Porębskiej", label="person").nominative
'Klaudia Porębska'
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.export.content import Written
    from pipeline.export.convert import export_dataset as export
    from pipeline.export.dataset import Dataset, Summary, load_dataset
    from pipeline.export.report import report
    from pipeline.export.show import show
    from pipeline.extract.nlp import extract_mentions, load_nlp, model_path
    from pipeline.flow import run
    from pipeline.normalise import nominative
    from pipeline.resolve import resolve_actors
    from pipeline.resolve.claims import resolve_claims
    from pipeline.training.evaluate import Evaluation, evaluate

__all__ = [
    "Dataset",
    "Evaluation",
    "Summary",
    "Written",
    "evaluate",
    "export",
    "extract_mentions",
    "load_dataset",
    "load_nlp",
    "model_path",
    "nominative",
    "report",
    "resolve_actors",
    "resolve_claims",
    "run",
    "show",
]

_HOMES = {
    "Dataset": "pipeline.export.dataset",
    "Evaluation": "pipeline.training.evaluate",
    "Summary": "pipeline.export.dataset",
    "Written": "pipeline.export.content",
    "evaluate": "pipeline.training.evaluate",
    "extract_mentions": "pipeline.extract.nlp",
    "load_dataset": "pipeline.export.dataset",
    "load_nlp": "pipeline.extract.nlp",
    "model_path": "pipeline.extract.nlp",
    "nominative": "pipeline.normalise",
    "report": "pipeline.export.report",
    "resolve_actors": "pipeline.resolve",
    "resolve_claims": "pipeline.resolve.claims",
    "run": "pipeline.flow",
    "show": "pipeline.export.show",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that `import pipeline` stays quick."""
    if name == "export":
        return import_module("pipeline.export")
    if name not in _HOMES:
        raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
