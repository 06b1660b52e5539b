from pathlib import Path

import numpy as np
import pytest
import spacy

from pipeline.errors import CivicActorsError
from pipeline.training.average import average_pipelines


def _write(folder: Path, *labels: str, fill: float) -> Path:
    nlp = spacy.blank("pl")
    ner = nlp.add_pipe("ner")
    for label in labels:
        ner.add_label(label)
    nlp.initialize()
    for node in ner.model.walk():
        for name in node.param_names:
            if node.has_param(name):
                node.set_param(name, np.full_like(node.get_param(name), fill))
    nlp.to_disk(folder)
    return folder


def test_weights_lie_between_those_of_both(tmp_path: Path) -> None:
    before, after = _write(tmp_path / "a", "person", fill=1), _write(tmp_path / "b", "person", fill=3)
    mean = spacy.load(average_pipelines(before, after, tmp_path / "mean", share=0.75)).get_pipe("ner").model
    found = [
        node.get_param(name) for node in mean.walk() for name in node.param_names if node.has_param(name)
    ]
    assert found
    assert all(np.allclose(weights, 2.5) for weights in found)


def test_networks_of_different_shapes_are_refused(tmp_path: Path) -> None:
    before, after = _write(tmp_path / "a", "person", fill=1), _write(tmp_path / "b", "person", "role", fill=1)
    with pytest.raises(CivicActorsError, match="one shape"):
        average_pipelines(before, after, tmp_path / "mean", share=0.5)
