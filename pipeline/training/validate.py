"""Check every gold file: the loader's rules, the vocabulary, and what an annotator slips on."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.errors import CivicActorsError, TableError
from pipeline.morphology import analyse
from pipeline.resolve.keys import fold
from pipeline.tables import load_table, read_table
from pipeline.training.gold import SPLITS, GoldArticle, GoldMention, load_article, load_gold
from pipeline.training.gold_actors import ACTORS, find_actor_faults

Vocabulary = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong on one line of one file; a warning may be right after all."""

    path: Path
    line: int
    reason: str
    is_warning: bool = False

    def __str__(self) -> str:
        """Return `path:line: reason`."""
        return f"{self.path}:{self.line}: {'warning: ' if self.is_warning else ''}{self.reason}"


@dataclass(frozen=True, slots=True)
class Checked:
    """A loaded article with the lines on which its parts stand."""

    article: GoldArticle
    header: Mapping[str, int]
    body_line: int
    lines_of_actor: Mapping[str, tuple[int, ...]]
    vocabulary: Vocabulary

    def line_of(self, mention: GoldMention) -> int:
        """Return the line on which a mention starts."""
        return self.body_line + self.article.text.count("\n", 0, mention.start)

    def error(self, line: int, reason: str) -> Problem:
        """Return a problem that makes the file bad."""
        return Problem(self.article.path, line, reason)

    def warning(self, line: int, reason: str) -> Problem:
        """Return a problem to look at."""
        return Problem(self.article.path, line, reason, is_warning=True)


def validate_gold(folder: Path) -> list[Problem]:
    """Return what is wrong with the gold files of all splits, in order of files and lines.

    Raises:
        CivicActorsError: The folder holds no gold file, or no vocabulary `tags.tsv`.
    """
    paths = [path for split in SPLITS for path in sorted((folder / split).glob("*.txt"))]
    if not paths:
        raise CivicActorsError(f"{folder} holds no gold article: looked for *.txt in {', '.join(SPLITS)}")
    vocabulary = load_vocabulary(folder)
    problems = [problem for path in paths for problem in _check_file(path, vocabulary)]
    problems += _check_duplicates(paths)
    if all(problem.is_warning for problem in problems):
        problems += _check_actors(folder)
    return sorted(problems, key=lambda problem: (str(problem.path), problem.line, problem.reason))


def load_vocabulary(folder: Path) -> Vocabulary:
    """Load the genres and hard features that `tags.tsv` knows."""
    path = folder / "tags.tsv"
    if not path.exists():
        raise CivicActorsError(
            f"{path} is missing: the table of genres and hard features (kind, tag, meaning)"
        )
    rows = list(read_table(path))
    return {kind: frozenset(row["tag"] for row in rows if row["kind"] == kind) for kind in ("genre", "hard")}


def _check_actors(folder: Path) -> Iterator[Problem]:
    path = folder / ACTORS
    try:
        for fault in find_actor_faults(folder, load_gold(folder)):
            yield Problem(path, 1, fault)
    except TableError as error:
        yield Problem(path, error.line, error.reason)


def _check_duplicates(paths: list[Path]) -> Iterator[Problem]:
    first: dict[str, Path] = {}
    for path in paths:
        if path.name in first:
            yield Problem(path, 1, f"the same id is in {first[path.name].parent.name} too")
        first.setdefault(path.name, path)


def _check_file(path: Path, vocabulary: Vocabulary) -> Iterator[Problem]:
    try:
        article = load_article(path)
    except TableError as error:
        yield Problem(path, error.line, error.reason)
        return
    except UnicodeDecodeError as error:
        yield Problem(path, 1, f"is not UTF-8: {error.reason} at byte {error.start}")
        return
    checked = _locate(article, vocabulary)
    for check in CHECKS:
        yield from check(checked)


def _locate(article: GoldArticle, vocabulary: Vocabulary) -> Checked:
    lines = article.path.read_text(encoding="utf-8").split("\n")
    first, second = (number for number, line in enumerate(lines) if line == "---")
    body = first + 1
    while body < second and not lines[body]:
        body += 1
    actors: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(lines[second + 1 :], second + 2):
        if line.strip():
            actors[line.partition(" ")[0].removeprefix("@")].append(number)
    return Checked(
        article=article,
        header={line.partition(":")[0]: number for number, line in enumerate(lines[:first], 1)},
        body_line=body + 1,
        lines_of_actor={actor: tuple(numbers) for actor, numbers in actors.items()},
        vocabulary=vocabulary,
    )


def _check_vocabulary(checked: Checked) -> Iterator[Problem]:
    article = checked.article
    if article.genre not in checked.vocabulary["genre"]:
        yield checked.error(checked.header["genre"], f"unknown genre {article.genre!r}; tags.tsv lists them")
    for tag in article.hard:
        if tag not in checked.vocabulary["hard"]:
            yield checked.error(checked.header["hard"], f"unknown hard feature {tag!r}; tags.tsv lists them")
    if len(set(article.hard)) < len(article.hard):
        yield checked.error(checked.header["hard"], "a hard feature stands twice")


def _check_municipality(checked: Checked) -> Iterator[Problem]:
    code = checked.article.municipality
    if code is not None and (len(code) != 7 or code not in _unit_codes()):
        yield checked.error(
            checked.header["municipality"], f"{code!r} is no gmina in data/tables/teryt_units.tsv"
        )


@cache
def _unit_codes() -> frozenset[str]:
    return frozenset(row["teryt"] for row in load_table("teryt_units"))


def _check_nobody(checked: Checked) -> Iterator[Problem]:
    has_people = any(mention.label == "person" for mention in checked.article.mentions)
    if "nobody" in checked.article.hard and has_people:
        yield checked.error(checked.header["hard"], "tagged nobody, but a person is marked")


def _check_inflected_lemmas(checked: Checked) -> Iterator[Problem]:
    for mention in checked.article.mentions:
        form = " ".join(mention.text.split())
        if mention.lemma == form and looks_inflected(form, is_person=mention.label == "person"):
            reason = f"{mention.label} {form!r} looks inflected, yet is its own lemma"
            yield checked.warning(checked.line_of(mention), reason)


def looks_inflected(form: str, *, is_person: bool) -> bool:
    """Say whether a word that should be in the nominative can only be in another case.

    That word is the first of a body, role or place, and every one of a person's that is known as a name.
    """
    words = form.split() if is_person else form.split()[:1]
    return any(_is_oblique(word, is_person=is_person) for word in words)


def _is_oblique(word: str, *, is_person: bool) -> bool:
    readings = [reading for reading in analyse(word) if reading.cases and reading.pos not in ("brev", "prep")]
    if is_person:
        names = (reading for reading in readings if reading.is_name("imię", "nazwisko"))
        readings = [reading for reading in names if "sg" in reading.numbers]
    return bool(readings) and all("nom" not in reading.cases for reading in readings)


def _check_one_lemma(checked: Checked) -> Iterator[Problem]:
    seen: dict[tuple[str, str, str | None], GoldMention] = {}
    for mention in checked.article.mentions:
        key = mention.label, " ".join(mention.text.split()), mention.actor
        other = seen.setdefault(key, mention)
        if other.lemma != mention.lemma:
            reason = f"{mention.label} {key[1]!r} is {mention.lemma!r} here and {other.lemma!r} above"
            yield checked.warning(checked.line_of(mention), reason)


def _check_surnames(checked: Checked) -> Iterator[Problem]:
    names = checked.article.actors()
    for mention in checked.article.mentions:
        if mention.actor and not _shares_name(mention.lemma, names[mention.actor]):
            reason = f"@{mention.actor} is {mention.lemma!r} here and {names[mention.actor]!r} elsewhere"
            yield checked.warning(checked.line_of(mention), f"{reason}: no name in common")


def _shares_name(lemma: str, fullest: str) -> bool:
    """Say whether a lemma's last part is a part of the fullest name, its initial, or an everyday form."""
    wanted = set(fold(fullest).split())
    parts = fold(lemma.split()[-1]).split()
    return any(
        part in wanted
        or not wanted.isdisjoint(_everyday_names().get(part, ()))
        or (part.endswith(".") and any(name.startswith(part[:-1]) for name in wanted))
        for part in parts
    )


@cache
def _everyday_names() -> dict[str, frozenset[str]]:
    names: dict[str, set[str]] = defaultdict(set)
    for row in load_table("given_name_variants"):
        names[fold(row["variant"])].add(fold(row["name"]))
    return {variant: frozenset(group) for variant, group in names.items()}


def _check_places(checked: Checked) -> Iterator[Problem]:
    article = checked.article
    words = fold(f"{article.title or ''} {article.text}").split()
    taken: dict[str, int] = defaultdict(int)
    for held in article.affiliations:
        line = checked.lines_of_actor[held.actor][taken[held.actor]]
        taken[held.actor] += 1
        if held.place and not _is_named(held.place, words):
            yield checked.error(line, f"the place {held.place!r} stands nowhere in the text, by its stem")


def _is_named(place: str, words: list[str]) -> bool:
    """Say whether some word of the text starts as a word of the place does, heads such as `gmina` aside."""
    parts = [part for part in place.split() if part.casefold() not in _heads()] or place.split()
    # At most four letters: `Białystok`, `w Białymstoku`.
    stems = [stem[: max(2, min(4, len(stem) - 3))] for stem in fold(" ".join(parts)).split()]
    return any(word.startswith(stem) for stem in stems for word in words)


@cache
def _heads() -> frozenset[str]:
    return frozenset(row["head"] for row in load_table("location_heads"))


CHECKS: tuple[Callable[[Checked], Iterator[Problem]], ...] = (
    _check_vocabulary,
    _check_municipality,
    _check_nobody,
    _check_inflected_lemmas,
    _check_one_lemma,
    _check_surnames,
    _check_places,
)
