"""Learn how endings of inflected names turn back: `data/tables/surname_endings.tsv`, `surnames.tsv`.

Two teachers: Morfeusz' own paradigms of every surname and forename lexeme whose form stands in the
given texts, one vote a lexeme; and pairs (form, nominative) that annotators of NKJP (train part) and
Polem wrote, for names no dictionary has. Run as a module with `--help` for the paths.
"""

import argparse
import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.morphology import CASES, analyse, inflect
from pipeline.records import Gender
from pipeline.tables import table_path
from pipeline.training.name_corpora import NamedPerson, read_nkjp_people, read_polem_people

LONGEST_ENDING = 6
_LEAST_LEXEMES = {1: 1, 2: 1, 3: 2, 4: 3, 5: 5, 6: 8}
_LEAST_SHARE = 0.004
_ALIKE = 0.06
_CORPUS_VOTE = 5
_CAPITALISED = re.compile(r"\b[A-ZĄĆĘŁŃÓŚŹŻ][^\W\d_]+\b")
_FEMININE = re.compile(r"(?:(?<=[sc]k)|(?<=dzk))a$")
_ONE_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SOURCE = "# source: {}\n# licence: {}\n"

Change = tuple[str, str]
"""What an ending does: `-iego+i`, and the slots it may stand in: `m.sg.gen.acc`."""


def learn_endings(lexemes: Iterable[str], people: Iterable[NamedPerson]) -> dict[str, Counter[Change]]:
    """Count, for every ending of a form, by which change how many lexemes go back to their lemma."""
    endings: dict[str, Counter[Change]] = defaultdict(Counter)
    for lexeme in lexemes:
        for form, lemma, slots in paradigm(lexeme):
            _add(endings, form, lemma, slots, 1)
    for form, lemma, slots in sorted(set(_annotated_pairs(people))):
        _add(endings, form, lemma, slots, _CORPUS_VOTE)
    return endings


def paradigm(lexeme: str) -> Iterator[tuple[str, str, str]]:
    """Yield (form, lemma, slots) of one name lexeme; indeclinable ones have no plural."""
    slots: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    for analysis in inflect(lexeme):
        if analysis.lexeme != lexeme or analysis.pos != "subst" or not _is_personal(analysis.names):
            continue
        gender = "f" if "f" in analysis.genders else "m"
        for number in analysis.numbers if len(analysis.numbers) == 1 else ("sg",):
            slots[analysis.form, analysis.lemma, gender, number] |= analysis.cases
    for (form, lemma, gender, number), cases in slots.items():
        yield form, lemma, ".".join([gender, number, *(case for case in CASES if case in cases)])


def prune_endings(endings: dict[str, Counter[Change]]) -> dict[str, Counter[Change]]:
    """Drop rare endings, rare changes, and endings that say the same as the shorter one."""
    kept: dict[str, Counter[Change]] = {}
    for ending in sorted(endings, key=lambda e: (len(e), e)):
        changes = endings[ending]
        whole = changes.total()
        if whole < _LEAST_LEXEMES[len(ending)]:
            continue
        share = {change: n / whole for change, n in changes.items() if n / whole >= _LEAST_SHARE}
        shorter = next((kept[ending[i:]] for i in range(1, len(ending)) if ending[i:] in kept), None)
        if shorter is not None and _distance(share, shorter) < _ALIKE:
            continue
        kept[ending] = Counter({change: changes[change] for change in share})
    return kept


def count_surnames(people: Iterable[NamedPerson]) -> Counter[str]:
    """Count in how many documents each surname stands; women's -ska counts for -ski."""
    holders: dict[str, set[str]] = defaultdict(set)
    for person in people:
        for _, base, kind, _ in person.parts:
            if kind == "surname" and " " not in base and base[:1].isupper() and not base.isupper():
                holders[_FEMININE.sub("i", base)].add(person.document_id)
    return Counter({surname: len(documents) for surname, documents in holders.items()})


def harvest_lexemes(texts: Iterable[str]) -> list[str]:
    """Return the lexemes of surnames and forenames whose forms stand in the texts, sorted."""
    forms = {form for text in texts for form in _CAPITALISED.findall(text)}
    return sorted(
        {
            analysis.lexeme
            for form in sorted(forms)
            for analysis in analyse(form.title() if form.isupper() else form)
            if analysis.pos == "subst" and _is_personal(analysis.names)
        }
    )


def _is_personal(names: frozenset[str]) -> bool:
    return any(name == "imię" or name.startswith("nazwisko") for name in names)


def _add(endings: dict[str, Counter[Change]], form: str, lemma: str, slots: str, votes: int) -> None:
    common = next(
        (i for i, (a, b) in enumerate(zip(form, lemma, strict=False)) if a != b), min(len(form), len(lemma))
    )
    strip = form[common:].lower()
    change = (f"-{strip}+{lemma[common:].lower()}", slots)
    for length in range(max(len(strip), 1), LONGEST_ENDING + 1):
        if length < len(form):
            endings[form[-length:].lower()][change] += votes


def _annotated_pairs(people: Iterable[NamedPerson]) -> Iterator[tuple[str, str, str]]:
    for person in people:
        for form, base, kind, tag in person.parts:
            values = tag.split(":")
            if kind not in ("surname", "forename") or len(values) < 4 or values[0] != "subst":
                continue
            _, number, case, gender, *_ = values
            if not all(_ONE_WORD.fullmatch(word) for word in (form, base)):
                continue
            if _is_slip(form, base, case, gender):
                continue
            if gender in ("m1", "f") and number == "sg" and form[:2] == base[:2] and not base.isupper():
                known: Gender = "f" if gender == "f" else "m"
                if not any(_is_personal(a.names) and a.lemma == base for a in analyse(form)):
                    yield form.replace("’", "'"), base.replace("’", "'"), f"{known}.sg.{case}"


def _is_slip(form: str, base: str, case: str, gender: str) -> bool:
    """Say whether the annotators left a base or a tag wrong: a changed nominative, a stiff -a."""
    changed = form != base
    return changed if case == "nom" else not changed and gender == "m1" and form.endswith("a")


def _distance(share: dict[Change, float], shorter: Counter[Change]) -> float:
    whole = shorter.total()
    keys = share.keys() | shorter.keys()
    return sum(abs(share.get(key, 0.0) - shorter[key] / whole) for key in keys) / 2


def write_endings(endings: dict[str, Counter[Change]], path: Path) -> None:
    """Write the table: an ending, how many votes it has, its changes with theirs."""
    rows = []
    for ending, changes in endings.items():
        ordered = sorted(changes.items(), key=lambda item: (-item[1], item[0]))
        rows.append(f"{ending}\t{' '.join(f'{change}/{slots}/{n}' for (change, slots), n in ordered)}")
    source = "counts made from paradigms of names in Morfeusz 2 (SGJP) and from NKJP1M 1.2 and Polem (KPWr)"
    licence = "BSD-2-Clause (SGJP), CC BY 3.0 PL (NKJP1M), CC BY-SA 4.0 (KPWr)"
    header = _SOURCE.format(source, licence) + "ending\tchanges\n"
    path.write_text(header + "\n".join(sorted(rows)) + "\n", encoding="utf-8")


def write_surnames(counts: Counter[str], path: Path) -> None:
    """Write the table of surnames with the number of documents that name them."""
    rows = sorted(f"{surname}\t{n}" for surname, n in counts.items())
    header = _SOURCE.format("nominatives of surnames in NKJP1M 1.2, documents counted", "CC BY 3.0 PL")
    path.write_text(header + "surname\tcount\n" + "\n".join(rows) + "\n", encoding="utf-8")


def _read_texts(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            yield from (line.replace("\\n", " ") for line in lines)


def main() -> None:
    """Write both tables from the corpora given on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nkjp", type=Path, required=True, help="nkjp1m.jsonl.xz")
    parser.add_argument("--polem", type=Path, required=True, help="polem-kpwr-ne-train.tsv.xz")
    parser.add_argument("--polem-tune", type=Path, required=True, help="its forms are left out")
    parser.add_argument("--texts", type=Path, nargs="*", default=[], help=".xz texts to gather lexemes from")
    options = parser.parse_args()
    nkjp = list(read_nkjp_people(options.nkjp, "train"))
    held_out = {person.text for person in read_polem_people(options.polem_tune)}
    polem = [person for person in read_polem_people(options.polem) if person.text not in held_out]
    spoken = [f"{p.text} {p.nominative} {p.left} {p.right}" for p in nkjp]
    spoken += [f"{p.text} {p.nominative}" for p in polem]
    lexemes = harvest_lexemes([*spoken, *_read_texts(options.texts)])
    endings = prune_endings(learn_endings(lexemes, [*nkjp, *polem]))
    write_endings(endings, table_path("surname_endings"))
    write_surnames(count_surnames(nkjp), table_path("surnames"))


if __name__ == "__main__":
    main()
