"""What a process remembers of earlier articles is bounded, and changes nothing."""

import sys
from collections.abc import Iterator
from functools import _lru_cache_wrapper
from typing import Any

import pytest

from pipeline import remembered
from pipeline.flow import read_documents
from pipeline.records import Document
from pipeline.tables import data_folder
from pipeline.training.gold import load_gold

pytestmark = pytest.mark.model


def _caches() -> Iterator[tuple[str, Any]]:
    """Yield the caches that text fills; those without a bound hold tables, which end."""
    for name, module in sorted(sys.modules.items()):
        if name.startswith(("pipeline.extract", "pipeline.normalise", "pipeline.morphology")):
            for value in vars(module).values():
                if isinstance(value, _lru_cache_wrapper) and value.cache_parameters()["maxsize"] is not None:
                    yield f"{value.__module__}.{value.__qualname__}", value


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    articles = load_gold(data_folder() / "gold", "train")[:12]
    return [Document(f"{number:016x}", f"{number}.txt", one.text) for number, one in enumerate(articles)]


def test_readings_do_not_depend_on_what_was_read_before(documents: list[Document]) -> None:
    after = read_documents(documents)[6:]
    for _, cache in _caches():
        cache.cache_clear()
    assert read_documents(documents[6:]) == after
    assert read_documents(documents[6:]) == after


def test_no_cache_keeps_more_than_a_workers_memory_has_room_for(documents: list[Document]) -> None:
    read_documents(documents[:1])
    sizes = {name: cache.cache_parameters()["maxsize"] for name, cache in _caches()}
    assert len(sizes) > 60
    kept_in_training = "pipeline.extract.morfeusz._hashed_features"
    large = {name for name, size in sizes.items() if size > remembered.PHRASES} - {kept_in_training}
    assert large == {
        "pipeline.morphology.analyse",
        "pipeline.extract.gaps._normalise",
        "pipeline.extract.status._cues_of_word",
    }
    assert max(sizes[name] for name in large) == remembered.FORMS
