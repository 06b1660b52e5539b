"""Train the shipped model, stage by stage; a stage that is already done is not done again.

vectors   floret vectors of forms, from the texts of all corpora
base      names from NKJP1M, KPWr and CEN
teacher   base taught roles and our conventions by the gold, to mark roles in the corpora
mixed     base taught by gold and by corpora with those roles
final     mixed turned to the gold alone
mean      of mixed and final
weights   of links, statuses and confidence, from the gold
"""

import json
import random
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import spacy
from spacy import util
from spacy.language import Language
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as train_loop
from thinc.api import Config, NumpyOps
from threadpoolctl import threadpool_limits

from pipeline.errors import OutputError
from pipeline.extract.nlp import load_nlp
from pipeline.records import LABELS
from pipeline.tables import data_folder, is_installed
from pipeline.training.augment import augment, roughen
from pipeline.training.average import average_pipelines
from pipeline.training.card import make_card
from pipeline.training.confidence import fit_confidence
from pipeline.training.corpora import LabelledText, load_nkjp
from pipeline.training.docbin import write_docbin
from pipeline.training.gold import load_gold
from pipeline.training.inputs import Corpora, check_inputs
from pipeline.training.silver import add_roles
from pipeline.training.stage_clock import StageClock, Tell
from pipeline.training.vectors import train_vectors
from pipeline.training.weights import fit_weights
from pipeline.weights import CONFIDENCE_FILE, FILE_NAME, save_weights

SEED = 20261122
_CONFIG = Path(__file__).parent.parent / "extract" / "nlp.cfg"
# Gold comes in copies, so the network has more to forget than in the first pass over the corpora.
_DROPOUT_TUNED = 0.2
_WARM_UP = 200
# Of 0, 0.5, 0.75 and 1 the best on the gold's dev part, and better than 1 on NKJP's.
_SHARE_OF_FINAL = 0.75
_LOGGER = {"@loggers": "spacy.ConsoleLogger.v3", "progress_bar": None, "console_output": True}


STAGES = (
    "vectors (4 epochs), base (3,000 steps), teacher (1,000), mixed (3,000), final (1,500), "
    "mean of mixed and final (1 : 3), weights; everybody has another name in four in ten of the gold's copies"
)


def train_model(
    corpora: Path, gold: Path, work: Path, out: Path | None = None, *, tell: Tell = lambda line: None
) -> None:
    """Run every stage that is not done yet in `work`, then write the finished model to `out`.

    Args:
        corpora: Folder of NKJP1M, KPWr and CEN.
        gold: Folder of the gold; only its train part teaches, its dev part chooses.
        work: Folder of the stages; a stage that is there is not done again.
        out: Folder of the model; what it held is replaced. None takes `data/model` of a checkout.
        tell: Called with the seconds of each stage as it ends.

    Raises:
        CivicActorsError: A corpus or a part of the gold is missing, or an installed package would be changed.
    """
    out = own_model() if out is None else out
    check_inputs(corpora, gold)
    inputs, clock = Corpora(corpora, gold), StageClock(work, STAGES, tell)
    vectors = clock.run("vectors", lambda: train_word_vectors(inputs, work))
    base = clock.run("base", lambda: train_base(vectors, inputs, work))
    teacher = clock.run("teacher", lambda: train_teacher(base, inputs, work))
    mixed = clock.run("mixed", lambda: train_mixed(base, teacher, inputs, work))
    final = clock.run("final", lambda: train_final(mixed, inputs, work))
    mean = clock.run("mean", lambda: average_pipelines(mixed, final, work / "mean", share=_SHARE_OF_FINAL))
    clock.run("weights", lambda: write_model(mean, inputs, out))


def own_model() -> Path:
    """Return the folder of the shipped model, to be written anew.

    Raises:
        OutputError: It is that of an installed package.
    """
    if is_installed():
        raise OutputError("the model of an installed package stays as it is; name a folder with -o")
    return data_folder() / "model"


def write_model(best: Path, corpora: Corpora, out: Path) -> None:
    """Write a trained pipeline as the shipped model: weights beside it, and its card."""
    nlp = spacy.load(best)
    nlp.meta.update(
        name="civic_news_sm",
        version=version("civic-actors"),
        description="People, roles, institutions and places in Polish municipal news",
        license="CC BY-SA 4.0",
        author="The Civic Actors authors",
    )
    _forget_machine(nlp)
    weights = fit_weights(load_gold(corpora.gold, "train"))
    if out.exists():
        shutil.rmtree(out)
    nlp.to_disk(out)
    _forget_words(out)
    save_weights(weights, out / FILE_NAME)
    # With the components that mend what the network finds, as the mentions will come.
    confidence = fit_confidence(load_nlp(out), load_gold(corpora.gold, "dev"))
    save_weights({"confidence": confidence}, out / CONFIDENCE_FILE)
    card = make_card(nlp, corpora.corpora, corpora.gold, made=out, seed=SEED, stages=STAGES)
    (out / "README.md").write_text(card, encoding="utf-8")


def write_tuned(best: Path, out: Path) -> None:
    """Write a tuned pipeline, without the words that it was taught by."""
    nlp = spacy.load(best)
    _forget_machine(nlp)
    nlp.to_disk(out)
    _forget_words(out)


def _forget_machine(nlp: Language) -> None:
    """Take the folders of this machine out of the configuration."""
    nlp.config["paths"] = dict.fromkeys(nlp.config["paths"])
    nlp.config["initialize"]["vectors"] = None
    nlp.config["training"]["logger"] = {"@loggers": "spacy.ConsoleLogger.v1", "progress_bar": False}


def _forget_words(out: Path) -> None:
    """Keep the labels alone of the strings seen in training: the network needs no words, and they are others'."""
    strings = out / "vocab" / "strings.json"
    strings.write_text(json.dumps(sorted(LABELS)) + "\n", encoding="utf-8")


def train_word_vectors(corpora: Corpora, work: Path) -> Path:
    """Train the vectors of forms; return the folder of the pipeline that holds them."""
    folder = work / "vectors"
    if not folder.exists():
        part = work / "vectors.part"
        train_vectors(corpora.plain(), part)
        part.rename(folder)
    return folder / "vectors"


def train_base(vectors: Path, corpora: Corpora, work: Path, *, steps: int = 3_000) -> Path:
    """Train on the corpora alone; development is NKJP's."""
    folder = work / "base"
    if not (folder / "model-best").exists():
        texts = shuffle_texts(roughen(corpora.outside(), seed=SEED))
        train_path = _write(texts, folder / "train.spacy")
        dev = load_nkjp(corpora.corpora / "nkjp" / "nkjp1m.jsonl.xz", split="dev")
        config = _config(train_path, _write(dev, folder / "dev.spacy"), steps=steps)
        config["initialize"]["vectors"] = str(vectors)
        _train(init_nlp(config), folder)
    return folder / "model-best"


def train_teacher(base: Path, corpora: Corpora, work: Path, *, steps: int = 1_000) -> Path:
    """Teach the base roles and our conventions by the gold alone."""
    folder = work / "teacher"
    if not (folder / "model-best").exists():
        texts = shuffle_texts(augment(corpora.articles("train"), seed=SEED, copies=3))
        tune_stage(base, texts, corpora, folder, steps=steps, learn_rate=0.0005)
    return folder / "model-best"


def train_mixed(base: Path, teacher: Path, corpora: Corpora, work: Path, *, steps: int = 3_000) -> Path:
    """Teach the base by the gold, repeated, and by the corpora with the teacher's roles."""
    folder = work / "mixed"
    if not (folder / "model-best").exists():
        nlp = spacy.load(teacher)
        with use_numpy_products(nlp):
            silver = list(add_roles(nlp, corpora.outside()))
        gold = list(augment(corpora.articles("train"), seed=SEED, copies=8))
        texts = shuffle_texts([*gold, *roughen(silver, seed=SEED + 1)])
        tune_stage(base, texts, corpora, folder, steps=steps, learn_rate=0.001)
    return folder / "model-best"


def train_final(mixed: Path, corpora: Corpora, work: Path, *, steps: int = 1_500) -> Path:
    """Turn the mixed model to the gold's conventions: gold alone, at half the rate."""
    folder = work / "final"
    if not (folder / "model-best").exists():
        texts = shuffle_texts(augment(corpora.articles("train"), seed=SEED + 2, copies=4))
        tune_stage(mixed, texts, corpora, folder, steps=steps, learn_rate=0.0005)
    return folder / "model-best"


def tune_stage(
    base: Path, texts: list[LabelledText], corpora: Corpora, folder: Path, *, steps: int, learn_rate: float
) -> Path:
    """Train on from a model with other texts, the gold's dev part choosing; return the best one's folder."""
    if not (folder / "model-best").exists():
        train_path = _write(texts, folder / "train.spacy")
        dev_path = _write(corpora.own("dev"), folder / "dev.spacy")
        nlp = spacy.load(base)
        for label in LABELS:
            nlp.get_pipe("ner").add_label(label)  # type: ignore[attr-defined]
        config = _config(train_path, dev_path, steps=steps)
        rate = {"initial_rate": learn_rate, "warmup_steps": min(_WARM_UP, steps // 5)}
        config["training"]["optimizer"]["learn_rate"].update(rate)
        config["training"]["dropout"] = _DROPOUT_TUNED
        config["training"]["eval_frequency"] = min(config["training"]["eval_frequency"], steps)
        nlp.config = config
        nlp.resume_training()
        _train(nlp, folder)
    return folder / "model-best"


def _train(nlp: Language, folder: Path) -> None:
    """Train under a temporary name: a stage that was broken off is not taken as done."""
    part, scores = folder / "part", folder / "scores.jsonl"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    scores.unlink(missing_ok=True)
    nlp.config["training"]["logger"] = {**_LOGGER, "output_file": str(scores)}
    with use_numpy_products(nlp):
        train_loop(nlp, part)
    (part / "model-best").rename(folder / "model-best")


@contextmanager
def use_numpy_products(nlp: Language) -> Iterator[None]:
    """Let the recogniser multiply with numpy on one thread: a training takes half the time that BLIS needs.

    One thread, because a product shared between threads rounds otherwise.
    """
    for node in nlp.get_pipe("ner").model.walk():  # type: ignore[attr-defined]
        node.ops = NumpyOps(use_blis=False)
    with threadpool_limits(1, user_api="blas"):
        yield


def _config(train_path: Path, dev_path: Path, *, steps: int) -> Config:
    overrides = {
        "paths.train": str(train_path),
        "paths.dev": str(dev_path),
        "training.max_steps": steps,
        "training.optimizer.learn_rate.total_steps": steps,
        "training.seed": SEED,
    }
    raw = util.load_config(_CONFIG, overrides=overrides, interpolate=False)
    return util.load_model_from_config(raw, auto_fill=True).config


def _write(texts: Iterable[LabelledText], path: Path) -> Path:
    write_docbin(_blank(), texts, path)
    return path


def _blank() -> Language:
    return spacy.blank("pl")


def shuffle_texts(texts: Iterable[LabelledText]) -> list[LabelledText]:
    """Return the texts in an order that is random, and always the same."""
    found = list(texts)
    random.Random(SEED).shuffle(found)
    return found
