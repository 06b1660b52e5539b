"""Measure a pipeline against the gold: mentions, nominatives, gender, people, who holds what."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.errors import CivicActorsError
from pipeline.export.dataset import Dataset
from pipeline.files import write_text
from pipeline.records import Reading
from pipeline.training.accounts import Account, account_of_gold, account_of_reading, gold_actors, group_people
from pipeline.training.from_dataset import read_dataset
from pipeline.training.gold import SPLITS, GoldArticle, load_gold
from pipeline.training.gold_actors import load_actors
from pipeline.training.matches import match_strictly, tally_links, tally_mentions
from pipeline.training.mistakes import Mistake, find_mistakes, write_mistakes
from pipeline.training.place_codes import PlaceCodes, load_place_codes, tally_place_codes
from pipeline.training.scores import (
    RESAMPLES,
    SEED,
    Figure,
    Tally,
    b_cubed,
    score_tallies,
    tally_b_cubed,
    tally_pairs,
)

Progress = Callable[[int], None]
Tallies = dict[str, Tally]
SamePeople = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of the articles that share a genre or a hard feature."""

    n_articles: int
    figures: dict[str, Figure]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured; the names of figures read `stage.way.part`, such as `mentions.strict.person`.

    Attributes:
        model: The pipeline measured: a path, a package, or `shipped`.
        sha256: Of the gold files of the split.
        by_genre: The same figures over the articles of one genre.
        by_hard: The same over the articles with one hard feature.
        notes: What could not be measured, and why.
    """

    split: str
    model: str
    sha256: str
    n_articles: int
    n_words: int
    figures: dict[str, Figure]
    by_genre: dict[str, Group]
    by_hard: dict[str, Group]
    mistakes: tuple[Mistake, ...]
    notes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return everything but the list of mistakes as plain values."""
        plain = asdict(replace(self, mistakes=()))
        del plain["mistakes"]
        return plain | {"resamples": RESAMPLES, "seed": SEED}


def evaluate(
    gold_folder: str | Path,
    *,
    split: str = "dev",
    model: str | Path | None = None,
    progress: Progress | None = None,
) -> Evaluation:
    """Measure a pipeline against one part of the gold.

    Args:
        gold_folder: Holds `train`, `dev` and `test`.
        split: Which of them.
        model: A spaCy pipeline, by folder or package name; None takes the shipped one.
        progress: Called with the number of articles read so far.

    Raises:
        CivicActorsError: The gold breaks its format or has no such articles, or the model cannot be used.
    """
    from pipeline.flow import read_documents
    from pipeline.training.gold_links import make_document, read_gold_links

    folder = Path(gold_folder)
    articles = load_split(folder, split)
    documents = [make_document(article) for article in articles]
    readings = read_documents(documents, model=model, progress=progress)
    linked = read_gold_links(articles, model)
    measured = evaluate_readings(
        articles,
        readings,
        linked,
        same_people=load_actors(folder),
        place_codes=load_place_codes(folder),
    )
    named = "shipped" if model is None else str(model)
    return replace(measured, model=named, sha256=hash_split(folder, split))


def evaluate_dataset(gold_folder: str | Path, dataset: Dataset, *, split: str = "dev") -> Evaluation:
    """Measure a finished dataset against one part of the gold; its articles are found by their texts.

    Raises:
        CivicActorsError: The gold breaks its format, or the dataset lacks a text.
    """
    folder = Path(gold_folder)
    articles = load_split(folder, split)
    found = [account_of_reading(reading, actors) for reading, actors in read_dataset(dataset, articles)]
    gold = [account_of_gold(article) for article in articles]
    measured = _evaluate_accounts(articles, gold, found, {}, [], {}, [])
    return replace(measured, model=str(dataset.folder), sha256=hash_split(folder, split))


def evaluate_readings(
    articles: Sequence[GoldArticle],
    readings: Iterable[Reading],
    linked: Iterable[Reading] = (),
    *,
    same_people: SamePeople | None = None,
    place_codes: PlaceCodes | None = None,
) -> Evaluation:
    """Measure readings against gold articles of one split.

    Args:
        articles: Gold, at least one.
        readings: What the system reads in the same articles, in any order.
        linked: What the linker alone makes of gold's mentions; empty leaves those figures out.
        same_people: Actor of each (article, person) where people of several articles can be compared.
        place_codes: TERYT code of each (article, place); None leaves those figures out.
    """
    by_id = {reading.document.article_id: reading for reading in readings}
    gold = [account_of_gold(article) for article in articles]
    found = [_account(by_id[article.article_id]) for article in articles]
    alone = {reading.document.article_id: reading for reading in linked}
    ordered = [by_id[key] for key in sorted(by_id)]
    extra = [
        {**ends, **inner}
        for ends, inner in zip(
            tally_place_codes(articles, place_codes or {}, by_id, "end_to_end"),
            tally_place_codes(articles, place_codes or {}, alone, "gold_mentions"),
            strict=True,
        )
    ]
    return _evaluate_accounts(articles, gold, found, alone, ordered, same_people or {}, extra)


def _evaluate_accounts(
    articles: Sequence[GoldArticle],
    gold: Sequence[Account],
    found: Sequence[Account],
    linked: Mapping[str, Reading],
    readings: list[Reading],
    same_people: SamePeople,
    extra: Sequence[Tallies],
) -> Evaluation:
    sides = list(zip(gold, found, strict=True))
    tallies = [tally_mentions(*pair) | tally_links(*pair, "end_to_end") for pair in sides]
    for tally, more in zip(tallies, extra, strict=False):
        tally.update(more)
    _add_linker(tallies, gold, linked)
    notes = _add_resolution(tallies, sides, readings, same_people)
    return Evaluation(
        split=articles[0].split,
        model="",
        sha256="",
        n_articles=len(articles),
        n_words=sum(len(article.text.split()) for article in articles),
        figures=score_tallies(tallies),
        by_genre=_score_groups(articles, tallies, lambda article: (article.genre,)),
        by_hard=_score_groups(articles, tallies, lambda article: article.hard),
        mistakes=tuple(mistake for pair in sides for mistake in find_mistakes(*pair)),
        notes=notes,
    )


def write_evaluation(
    evaluation: Evaluation, *, json_file: Path | None = None, errors: Path | None = None
) -> None:
    """Write the figures as JSON and the mistakes as TSV, each where a file is named.

    Raises:
        OutputError: A file cannot be written.
    """
    if json_file is not None:
        text = json.dumps(evaluation.to_json(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
        write_text(json_file, text)
    if errors is not None:
        write_mistakes(evaluation.mistakes, errors)


def load_split(folder: Path, split: str) -> list[GoldArticle]:
    """Load the articles of one split; there must be some.

    Raises:
        CivicActorsError: The split is unknown or empty, or a file breaks the format.
    """
    if split not in SPLITS:
        raise CivicActorsError(f"no split {split!r}; take one of {', '.join(SPLITS)}")
    articles = load_gold(folder, split)
    if not articles:
        raise CivicActorsError(
            f"{folder / split} holds no gold article (*.txt), so there is nothing to measure"
        )
    return articles


def hash_split(folder: Path, split: str) -> str:
    """Return the SHA-256 over names and bytes of one split's files, sorted by name."""
    digest = hashlib.sha256()
    for path in sorted((folder / split).glob("*.txt")):
        content = path.read_bytes()
        digest.update(f"{path.name}\x00{len(content)}\x00".encode() + content)
    return digest.hexdigest()


def _account(reading: Reading) -> Account:
    return account_of_reading(reading, group_people(reading))


def _add_linker(tallies: Sequence[Tallies], gold: Sequence[Account], linked: Mapping[str, Reading]) -> None:
    for tally, account in zip(tallies, gold, strict=True):
        if account.article_id in linked:
            found = account_of_reading(linked[account.article_id], gold_actors(account))
            tally.update(tally_links(account, found, "gold_mentions"))


def _add_resolution(
    tallies: Sequence[Tallies],
    sides: Sequence[tuple[Account, Account]],
    readings: Sequence[Reading],
    same_people: SamePeople,
) -> tuple[str, ...]:
    """Count how well people were joined across articles, over the mentions that both sides have."""
    from pipeline.resolve import resolve_actors

    if not same_people:
        return ("resolution across articles not measured: gold has no actors.tsv to compare people by",)
    entity_of = resolve_actors(readings).entity_of
    wanted, given = {}, {}
    for gold, found in sides:
        for span, _ in match_strictly(gold.spans, found.spans):
            if span.actor:
                item = gold.article_id, span.start
                actor = same_people.get((gold.article_id, span.actor))
                wanted[item] = actor or f"{gold.article_id}:{span.actor}"
                given[item] = entity_of.get(f"{gold.article_id}:{span.start}", str(item))
    rates = b_cubed(wanted, given)
    pairs = tally_pairs(wanted, given)
    for tally, (gold, _) in zip(tallies, sides, strict=True):
        mine = [rate for (article_id, _), rate in rates.items() if article_id == gold.article_id]
        tally["grouping.set.person"] = tally_b_cubed(mine)
        tally["pairs.set.person"] = pairs.get(gold.article_id, Tally(0, 0, 0, 0))
    return ()


def _score_groups(
    articles: Sequence[GoldArticle],
    tallies: Sequence[Tallies],
    groups_of: Callable[[GoldArticle], Iterable[str]],
) -> dict[str, Group]:
    groups: dict[str, list[Tallies]] = defaultdict(list)
    for article, tally in zip(articles, tallies, strict=True):
        for group in groups_of(article):
            groups[group].append(tally)
    return {group: Group(len(groups[group]), score_tallies(groups[group])) for group in sorted(groups)}
