"""Train what the shipped model is compared with, on the data of its stage `mixed`.

plain             a CNN as `pl_core_news_sm` is built, with spaCy's usual dropout
without_morfeusz  that CNN put through the shipped model's last stage: no Morfeusz, no tables, no vectors
"""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from spacy import util
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as train_loop
from thinc.api import Config

from pipeline.errors import CivicActorsError
from pipeline.extract import morfeusz  # noqa: F401  registers the architecture
from pipeline.training.inputs import Corpora
from pipeline.training.train import SEED, train_final

STEPS = 8_000
_STEPS_FILE, _DATA_FILE = "steps", "data_sha256"
_CONFIG = Path(__file__).parent.parent / "extract" / "nlp.cfg"
_LEXICAL_EMBED: dict[str, Any] = {
    "@architectures": "spacy.MultiHashEmbed.v2",
    "width": 96,
    "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
    "rows": [5000, 1000, 2500, 2500],
    "include_static_vectors": False,
}


def train_variants(corpora: Corpora, work: Path, *, steps: int = STEPS) -> dict[str, Path]:
    """Train the variants that are not there yet; return the folder of each by name.

    Args:
        corpora: Where the corpora and the gold lie; the gold's train part teaches the last stage.
        work: Folder of the stages; the variants come to `work/variants/NAME`.
        steps: Of the plain CNN's training.

    Raises:
        CivicActorsError: The stage `mixed` has not written its data yet.
    """
    data = work / "mixed"
    for needed in ("train.spacy", "dev.spacy"):
        if not (data / needed).exists():
            raise CivicActorsError(f"{data / needed} is missing; run civic-actors train --work {work} first")
    plain = _once(work / "variants" / "plain", lambda folder: _train_plain(data, folder, steps=steps))
    tuned = _once(
        work / "variants" / "without_morfeusz",
        lambda folder: train_final(plain / "model-best", corpora, folder),
    )
    return {"plain": plain / "model-best", "without_morfeusz": tuned / "final" / "model-best"}


def trained_steps(work: Path) -> int:
    """Return how many steps the plain CNN of a work folder was trained for."""
    return int((work / "variants" / "plain" / _STEPS_FILE).read_text(encoding="ascii"))


def has_same_data(work: Path) -> bool:
    """Say whether the plain CNN was trained on the data that the stage `mixed` of the work folder has now."""
    recorded = work / "variants" / "plain" / _DATA_FILE
    return recorded.exists() and recorded.read_text(encoding="ascii").strip() == _hash_data(work / "mixed")


def variant_config(data: Path, *, steps: int) -> Config:
    """Return the whole configuration of the plain CNN's training, from that of the shipped network.

    Args:
        data: Folder of `train.spacy` and `dev.spacy`.
        steps: Of the training.
    """
    overrides = {
        "paths.train": str(data / "train.spacy"),
        "paths.dev": str(data / "dev.spacy"),
        "training.max_steps": steps,
        "training.optimizer.learn_rate.total_steps": steps,
        "training.seed": SEED,
    }
    raw = util.load_config(_CONFIG, overrides=overrides, interpolate=False)
    raw["components"]["ner"]["model"]["tok2vec"]["embed"] = dict(_LEXICAL_EMBED)
    raw["components"]["ner"]["update_with_oracle_cut_size"] = 100
    raw["training"]["dropout"] = 0.1
    config = util.load_model_from_config(raw, auto_fill=True).config
    config["training"]["logger"] = {"@loggers": "spacy.ConsoleLogger.v1", "progress_bar": False}
    return config


def _train_plain(data: Path, folder: Path, *, steps: int) -> None:
    train_loop(init_nlp(variant_config(data, steps=steps)), folder)
    (folder / _STEPS_FILE).write_text(f"{steps}\n", encoding="ascii")
    (folder / _DATA_FILE).write_text(f"{_hash_data(data)}\n", encoding="ascii")


def _hash_data(data: Path) -> str:
    return hashlib.sha256((data / "train.spacy").read_bytes()).hexdigest()


def _once(folder: Path, run: Callable[[Path], object]) -> Path:
    """Let `run` fill the folder unless it is there; it gets its name only when it is whole."""
    if not folder.exists():
        part = folder.with_name(f"{folder.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        run(part)
        part.rename(folder)
    return folder
