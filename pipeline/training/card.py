"""The model's card: what it was trained on, how, and under which licences."""

import hashlib
import re
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from spacy.language import Language

from pipeline.training.gold import load_gold

_STAGES = re.compile(r", seed \d+: (.+?)\. Figures on ", re.DOTALL)
_CARD = """# Model card: people, roles, institutions and places in Polish municipal news

A spaCy pipeline (`{name}`, spaCy {spacy}) with one component, `ner`: transition-based parser over a CNN whose
embedding sees the letters of each form, what Morfeusz 2 knows of it (`civic.MorfeuszHashEmbed.v2`: lemma, cases,
name classes, and whether the tables know it as an office, body, title or given name) and its floret vector
({vectors}). Beside it
`weights.json`: logistic models, feature by feature, of links, statuses and inherited parts.

Labels: person, role, institution, location, after `data/gold/README.md`. Loaded by
`spacy.load(pipeline.model_path())`: the embedding is an entry point of `civic-actors`.

## Trained on

| corpus | licence | sha256 of the file |
|---|---|---|
{corpora}
| council of Warsaw, sessions, and Sejm, 10th term (vectors alone) | official materials | {raw} |
| gold, train part: {articles} articles, {words:,} words, composed for this project | CC BY 4.0 | {gold} |

NKJP1M: A. Przepiórkowski, M. Bańko, R. L. Górski, B. Lewandowska-Tomaszczyk (eds.), Narodowy Korpus Języka
Polskiego, PWN 2012. KPWr: B. Broda et al., Wrocław University of Technology. CEN: Corpus of Economic News, M.
Marcińczuk et al. The corpora have no roles; a teacher tuned on the gold marked them there.

Because KPWr asks for it, the model is shared under CC BY-SA 4.0.

## How it was made

`civic-actors train --corpora FOLDER --work FOLDER`, seed {seed}: {stages}. Figures on the untouched test part
stand in README.md and docs/, made by `civic-actors evaluate --split test`.

| file | sha256 |
|---|---|
{made}

## Limits

Trained on composed municipal prose, press, Wikinews and literature; no social media, no scanned text. Names
of bodies that are common nouns, and offices that are described rather than named, are missed most often.
"""

RAW_FILES = ("raw/warsaw-council.jsonl.xz", "raw/sejm-x.jsonl.xz")
MADE_FILES = ("ner/model", "vocab/vectors", "weights.json", "confidence.json")
FILES = (
    ("NKJP1M 1.2", "CC BY 3.0 PL", "nkjp/nkjp1m.jsonl.xz"),
    ("KPWr n82, train", "CC BY-SA 4.0", "kpwr/train.iob.xz"),
    ("CEN, train", "CC BY 3.0", "cen/train.iob.xz"),
)


def make_card(nlp: Language, corpora: Path, gold: Path, *, made: Path, seed: int, stages: str) -> str:
    """Return the card of a model trained on the corpora and the gold's train part.

    Args:
        nlp: The model.
        corpora: Folder of what taught it.
        gold: Folder of the gold.
        made: Folder of the model, written.
        seed: Of the training.
        stages: Its stages, in words.
    """
    articles = load_gold(gold, "train")
    rows = "\n".join(
        f"| {name} | {licence} | {_hash_files([corpora / file])} |" for name, licence, file in FILES
    )
    return _CARD.format(
        name=nlp.meta["name"],
        spacy=version("spacy"),
        corpora=rows,
        articles=len(articles),
        words=sum(len(article.text.split()) for article in articles),
        gold=_hash_files(article.path for article in articles),
        raw=_hash_files(corpora / file for file in RAW_FILES),
        vectors="{:,} rows of {} floats".format(*nlp.vocab.vectors.shape),
        made="\n".join(f"| `{file}` | {_hash_files([made / file], length=64)} |" for file in MADE_FILES),
        seed=seed,
        stages=stages,
    )


def read_stages(model: Path) -> str:
    """Return how the model of a folder was made, in the words of its card; empty without one."""
    card = model / "README.md"
    found = _STAGES.search(card.read_text(encoding="utf-8")) if card.exists() else None
    return found[1] if found else ""


def _hash_files(paths: Iterable[Path], *, length: int = 16) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:length]
