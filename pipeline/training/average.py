"""The mean of two networks of one training: what a last stage learnt, without all that it forgot.

Source: M. Wortsman et al., Robust fine-tuning of zero-shot models, CVPR 2022, https://arxiv.org/abs/2109.01903.
"""

from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from thinc.api import Model

from pipeline.errors import CivicActorsError


def average_pipelines(before: Path, after: Path, out: Path, *, share: float) -> Path:
    """Write the pipeline whose every weight lies between those of two pipelines of one shape.

    Args:
        before: Folder of the pipeline that a stage started from.
        after: Folder of the pipeline that it ended with; all but the weights is taken from here.
        out: Folder of the new pipeline.
        share: Of `after`, 0..1.

    Raises:
        CivicActorsError: The networks differ in shape.
    """
    nlp = spacy.load(after)
    old, new = _weights(spacy.load(before)), _weights(nlp)
    if [weights.shape for *_, weights in old] != [weights.shape for *_, weights in new]:
        raise CivicActorsError(f"{before} and {after} are not networks of one shape; train both again")
    for (_, _, first), (node, name, second) in zip(old, new, strict=True):
        node.set_param(name, (1 - share) * first + share * second)
    nlp.to_disk(out)
    return out


def _weights(nlp: Language) -> list[tuple[Model[Any, Any], str, Any]]:
    """Return each node, name and array of the recogniser's weights, in the order of the network."""
    network = nlp.get_pipe("ner").model  # type: ignore[attr-defined]
    return [
        (node, name, node.get_param(name))
        for node in network.walk()
        for name in node.param_names
        if node.has_param(name)
    ]
