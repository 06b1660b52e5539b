"""Go on from a trained model with gold alone: what a newsroom can do with its own articles."""

from pathlib import Path

from pipeline.errors import CivicActorsError, ModelError
from pipeline.extract.nlp import model_path
from pipeline.training.augment import augment
from pipeline.training.gold import load_gold
from pipeline.training.inputs import Corpora, check_gold
from pipeline.training.train import SEED, shuffle_texts, tune_stage, write_tuned

LEARN_RATE = 0.0004
_COPIES = 4


def tune_model(base: Path | None, gold: Path, work: Path, out: Path, *, steps: int = 2_000) -> None:
    """Teach a model our conventions on more articles, and write the model that reads the dev part best.

    Weights of links, status and confidence stay the shipped ones: a few articles cannot fit them anew.

    Args:
        base: Folder of a model like the shipped one; None takes that.
        gold: Folder of gold: its train part teaches, its dev part chooses the best step.
        work: Folder for the training; a stage that is done there is not done again.
        out: Folder for the model, new or empty.
        steps: Batches to learn from.

    Raises:
        CivicActorsError: A part of the gold is empty, or `out` holds something.
        ModelError: The base has no recogniser.
    """
    source = base or model_path()
    if not (source / "ner").is_dir():
        raise ModelError(f"{source} is no spaCy pipeline with a component ner; give --base a model's folder")
    check_gold(gold)
    if out.exists() and any(out.iterdir()):
        raise CivicActorsError(f"{out} holds files; choose a new folder for -o")
    inputs = Corpora(corpora=work, gold=gold)
    texts = shuffle_texts(augment(load_gold(gold, "train"), seed=SEED + 3, copies=_COPIES))
    best = tune_stage(source, texts, inputs, work / "tuned", steps=steps, learn_rate=LEARN_RATE)
    write_tuned(best, out)
