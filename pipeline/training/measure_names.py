"""Measure the nominative of people's names against corpora and the project's gold."""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from pipeline.errors import TableError
from pipeline.normalise.people import PersonForm, nominative_people
from pipeline.normalise.titles import split_titles
from pipeline.records import Name
from pipeline.training.gold import GoldArticle, GoldMention, load_article
from pipeline.training.name_corpora import (
    NamedPerson,
    read_nkjp_people,
    read_polem_people,
    read_slavicner_people,
)

Fold = Callable[[str], object]
_WINDOW = 80


@dataclass(slots=True)
class Score:
    """How many names came out right, by rule, and what went wrong."""

    seen: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)

    def add(self, person: NamedPerson, name: Name, fold: Fold) -> None:
        """Count one name."""
        form = " ".join(person.text.split())
        # Titles stand outside our names, inside those of NKJP and SlavicNER (`św. Piotr`).
        is_right = fold(name.nominative) in (
            fold(person.nominative),
            fold(split_titles(person.nominative)[1]),
        )
        groups = ["all", f"rule {name.rule}"]
        groups += ["inflected"] if fold(form) != fold(person.nominative) else []
        for group in groups:
            self.seen[group] += 1
            self.right[group] += is_right
        if not is_right:
            self.wrong[form, person.nominative, name.nominative, name.rule] += 1

    def lines(self) -> Iterator[str]:
        """Yield one line a group: accuracy, right, seen."""
        for group, seen in sorted(self.seen.items()):
            yield f"  {group:24}{self.right[group] / seen:8.4f}{self.right[group]:8}{seen:8}"


def measure(people: Iterable[NamedPerson], fold: Fold, *, together: bool = True) -> Score:
    """Score names, those of one document together when `together`."""
    score = Score()
    groups = groupby(people, key=lambda person: person.document_id)
    for _, group in groups:
        mentions = list(group)
        batches = [mentions] if together else [[mention] for mention in mentions]
        for batch in batches:
            names = nominative_people([PersonForm(p.text, p.left, p.right) for p in batch])
            for person, name in zip(batch, names, strict=True):
                score.add(person, name, fold)
    return score


def read_gold_people(folder: Path, split: str) -> Iterator[NamedPerson]:
    """Yield the gold's people, with the text around them."""
    for article in _read_articles(folder, split):
        for mention in article.mentions:
            if mention.label == "person":
                form = _form_of(article, mention)
                yield NamedPerson(article.article_id, form.text, mention.lemma, form.left, form.right)


def _read_articles(folder: Path, split: str) -> Iterator[GoldArticle]:
    for path in sorted((folder / split).glob("*.txt")):
        try:
            yield load_article(path)
        except TableError as error:
            sys.stderr.write(f"left out: {error}\n")


def _form_of(article: GoldArticle, mention: GoldMention) -> PersonForm:
    left = article.text[max(0, mention.start - _WINDOW) : mention.start]
    return PersonForm(mention.text, left, article.text[mention.end : mention.end + _WINDOW])


def exact(name: str) -> str:
    """Compare as written, with one space between words."""
    return " ".join(name.replace("’", "'").split())


def any_case(name: str) -> str:
    """Compare without letter case."""
    return exact(name).casefold()


def any_order(name: str) -> tuple[str, ...]:
    """Compare without letter case and the order of words (NKJP keeps `Nowak Jan`)."""
    return tuple(sorted(any_case(name).split()))


def measure_gender(folder: Path, split: str) -> str:
    """Say how often a person's gender, as all mentions of one article have it, is right."""
    outcomes: Counter[str] = Counter()
    for article in _read_articles(folder, split):
        people = [mention for mention in article.mentions if mention.label == "person"]
        stated = {mention.actor: mention.gender for mention in people if mention.gender}
        forms = [_form_of(article, mention) for mention in people]
        guesses: dict[str | None, set[str]] = {}
        for mention, name in zip(people, nominative_people(forms), strict=True):
            guesses.setdefault(mention.actor, set()).update([name.gender] if name.gender else [])
        for actor, gender in stated.items():
            outcomes[_judge(gender or "?", guesses.get(actor, set()))] += 1
    return f"gender, gold {split}: " + ", ".join(f"{key} {n}" for key, n in sorted(outcomes.items()))


def _judge(stated: str, guessed: set[str]) -> str:
    if stated == "?":
        return "unstated and guessed" if guessed else "unstated and left"
    if len(guessed) > 1:
        return "stated and torn"
    return "stated and left" if not guessed else "right" if guessed == {stated} else "wrong"


def measure_speed(people: Iterable[NamedPerson]) -> str:
    """Say how many names a second come out, each different, then the same again."""
    forms = [PersonForm(text) for text in sorted({person.text for person in people})]
    rates = []
    for _ in range(2):
        start = time.perf_counter()
        for form in forms:
            nominative_people([form])
        rates.append(len(forms) / (time.perf_counter() - start))
    return f"speed: {len(forms)} different names, {rates[0]:,.0f}/s, repeated {rates[1]:,.0f}/s"


def main() -> None:
    """Print the scores of every corpus given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nkjp", type=Path)
    parser.add_argument("--part", choices=("test", "dev", "train"), default="dev")
    parser.add_argument("--slavicner", type=Path)
    parser.add_argument("--polem", type=Path)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args()
    sets: dict[str, tuple[list[NamedPerson], Fold, bool]] = {}
    if options.nkjp:
        people = list(read_nkjp_people(options.nkjp, options.part))
        sets[f"nkjp {options.part}"] = people, any_order, True
    if options.slavicner:
        sets["slavicner"] = list(read_slavicner_people(options.slavicner)), any_case, True
    if options.polem:
        people = list(read_polem_people(options.polem))
        sets["polem, any case"] = people, any_case, False
        sets["polem, exact"] = people, exact, False
    for split in ("train", "dev") if options.gold else ():
        sets[f"gold {split}"] = list(read_gold_people(options.gold, split)), exact, True
    for title, (people, fold, together) in sets.items():
        score = measure(people, fold, together=together)
        sys.stdout.write(f"{title}\n" + "\n".join(score.lines()) + "\n")
        for (form, wanted, given, rule), n in score.wrong.most_common(options.errors):
            sys.stdout.write(f"    {n:4} {form} -> {given} [{rule}], wanted {wanted}\n")
    for split in ("train", "dev") if options.gold else ():
        sys.stdout.write(measure_gender(options.gold, split) + "\n")
    everyone = [person for people, _, _ in sets.values() for person in people]
    sys.stdout.write(measure_speed(everyone) + "\n")


if __name__ == "__main__":
    main()
