"""Train the static vectors of the recogniser: floret, which has a vector for every form, also a misspelt one.

Forms are in lower case, as the network looks them up. One thread, so that the same texts give the same
vectors.

Source: floret, https://github.com/explosion/floret (MIT).
"""

from collections.abc import Iterable
from pathlib import Path

import spacy
from spacy.training.initialize import convert_vectors

WIDTH = 64
OPTIONS = {
    "model": "skipgram",
    "mode": "floret",
    "dim": WIDTH,
    "bucket": 40_000,
    "hashCount": 2,
    "minn": 3,
    "maxn": 5,
    "minCount": 3,
    "ws": 4,
    "neg": 5,
    "lr": 0.05,
    "epoch": 4,
    "thread": 1,
    "verbose": 1,
}


def train_vectors(texts: Iterable[str], folder: Path) -> Path:
    """Train vectors on texts and write them as a blank Polish pipeline that holds nothing else.

    Args:
        texts: Plain texts; a line each is written to `folder` for floret to read.
        folder: Gets the texts, the vectors as floret writes them, and `vectors`, the pipeline returned.
    """
    from floret import train_unsupervised  # type: ignore[import-untyped]  # here: only training needs it

    folder.mkdir(parents=True, exist_ok=True)
    trained = train_unsupervised(str(_write_forms(texts, folder / "texts.txt")), **OPTIONS)
    trained.save_floret_vectors(str(folder / "vectors.floret"))
    nlp = spacy.blank("pl")
    convert_vectors(nlp, folder / "vectors.floret", truncate=-1, prune=-1, mode="floret")
    nlp.to_disk(folder / "vectors")
    return folder / "vectors"


def _write_forms(texts: Iterable[str], path: Path) -> Path:
    nlp = spacy.blank("pl")
    with path.open("w", encoding="utf-8") as out:
        for text in texts:
            out.write(" ".join(token.lower_ for token in nlp.make_doc(text) if not token.is_space) + "\n")
    return path
