"""Tokens of a name and what each can be: noun, adjective, preposition, conjunction, acronym.

A noun's reading knows its own nominative, so that undoing a case is choosing a reading.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.morphology import Analysis, analyse, inflect
from pipeline.quick import quickly_made
from pipeline.remembered import PHRASES

_TOKEN = re.compile(
    r"(?:[^\W\d_]{1,3}\.){2,}"  # p.o., m.st., S.A.
    r"|[^\W\d_]{1,5}\.(?=[\s\w(„\"-])"  # im. św. ul. before a next word
    r"|\w+(?:[-‐‑'’.&/+]\w+)*"  # Lisowska-Grab, Sat-Kom-ie, O'Neill
    r"|\S"
)
_DASH = re.compile(r"\s+([-–—])\s*|([-–—])\s+")
_BROKEN = re.compile(r"(?<=[^\W\d_])[-‐\u00ad]\s*\n\s*(?=[a-ząćęłńóśźż])")
_ACRONYM = re.compile(r"[A-ZĄĆĘŁŃÓŚŹŻ][A-Za-zĄĆĘŁŃÓŚŹŻ]*[A-ZĄĆĘŁŃÓŚŹŻ]\w*")
_ACRONYM_CASE = re.compile(
    r"(?P<stem>[\w-]*[A-ZĄĆĘŁŃÓŚŹŻ]\w*)(?:[-‐‑](?P<end>u|a|ie|cie|em|iem|owi|om|ów|ach|ami|y|i|ę|ą|ze|rze|sie|zie)|['’](?:a|u|owi|em|iem|ie|ego|emu|y|i|s))"
)
_INFLECTED = frozenset({"subst", "adj", "depr", "ger", "pact", "ppas", "brev"})
_ACRONYM_BARE = re.compile(r"(?P<stem>[A-ZĄĆĘŁŃÓŚŹŻ]\w*[A-ZĄĆĘŁŃÓŚŹŻ])(?:u|ie|em|owi|a|y|ów|om|ami|ach)")
_RELATIONAL = re.compile(r"(\w+(?:s|c|dz)k)(iego|iemu|im|iej|ą|a|ie|ich|imi|i)")
_OTHER = re.compile(r"(\w{2,}[nw])(ego|emu|ym|ej|ą|a|e|ych|ymi|y)")
_SOFT = {
    "ego": "iego",
    "emu": "iemu",
    "ym": "im",
    "ej": "iej",
    "e": "ie",
    "ych": "ich",
    "ymi": "imi",
    "y": "i",
}
_ANY = "m1.m2.m3.n"
_SLOTS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "i": (("sg", "nom", "m1.m2.m3"), ("sg", "acc", "m3")),
    "iego": (("sg", "gen", _ANY), ("sg", "acc", "m1.m2")),
    "iemu": (("sg", "dat", _ANY),),
    "im": (("sg", "inst.loc", _ANY), ("pl", "dat", _ANY + ".f")),
    "iej": (("sg", "gen.dat.loc", "f"),),
    "ą": (("sg", "acc.inst", "f"),),
    "a": (("sg", "nom", "f"),),
    "ie": (("sg", "nom.acc", "n"), ("pl", "nom.acc", "m2.m3.f.n")),
    "ich": (("pl", "gen.loc", _ANY + ".f"), ("pl", "acc", "m1")),
    "imi": (("pl", "inst", _ANY + ".f"),),
}


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a form, and whether a space stands before it."""

    text: str
    spaced: bool


@quickly_made
@dataclass(frozen=True, slots=True)
class Noun:
    """One reading of a token as a noun in one number and case.

    Attributes:
        nominative: In the number of the reading (`Katowice`, `rada`), in the dictionary's letter case.
        singular: The nominative singular where there is one, else the same as `nominative`.
        plural_only: A noun without a singular, such as `Katowice`.
        source: dictionary, gazetteer, ending or acronym.
        weight: How likely the source finds it, 0..1.
    """

    nominative: str
    singular: str
    number: str
    case: str
    gender: str
    plural_only: bool = False
    names: frozenset[str] = frozenset()
    source: str = "dictionary"
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Adjective:
    """One reading of a token as an adjective or a participle."""

    lemma: str
    numbers: frozenset[str]
    cases: frozenset[str]
    genders: frozenset[str]

    def agrees(self, number: str, case: str, gender: str) -> bool:
        """Say whether the reading can stand in this number, case and gender."""
        return number in self.numbers and case in self.cases and gender in self.genders


@dataclass(frozen=True, slots=True)
class Word:
    """Everything one token can be.

    Attributes:
        is_name_adjective: It is an adjective only as a name is (`Konopnickiej`, `Studzieńskiej`).
    """

    text: str
    nouns: tuple[Noun, ...] = ()
    adjectives: tuple[Adjective, ...] = ()
    preposition_cases: frozenset[str] = frozenset()
    is_conjunction: bool = False
    is_transparent: bool = False
    is_name_adjective: bool = False

    @property
    def is_capitalised(self) -> bool:
        """Say whether the token starts with a capital."""
        return self.text[:1].isupper()


Lexicon = Callable[[str], Word]


def clean_form(form: str, *, compound: bool = False) -> str:
    """Return the form on one line: single spaces, hyphens with a space on both sides or on none.

    Args:
        form: The form as it stands in the text.
        compound: A hyphen with one space joins one name (`Kędzierzyna- Koźla`) instead of two heads.
    """
    whole = _BROKEN.sub("", unicodedata.normalize("NFC", form)).replace("\u00ad", "")
    whole = " ".join(whole.split())
    return _DASH.sub(lambda match: _space_dash(match, compound=compound), whole)


def _space_dash(match: re.Match[str], *, compound: bool) -> str:
    dash = match[1] or match[2]
    both = match[0].startswith(" ") and match[0].endswith(" ")
    return dash if compound and not both else f" {dash} "


def tokenise(form: str) -> tuple[Token, ...]:
    """Split a clean form into tokens; joining them with their spaces gives the form back."""
    return tuple(
        Token(match[0], spaced=match.start() > 0 and form[match.start() - 1] == " ")
        for match in _TOKEN.finditer(form)
    )


@lru_cache(maxsize=PHRASES)
def read_word(text: str) -> Word:
    """Return everything the dictionary knows about one token."""
    analyses = analyse(text)
    head, dash, tail = text.rpartition("-")
    if not analyses and (match := _ACRONYM_CASE.fullmatch(text) or _ACRONYM_BARE.fullmatch(text)):
        nouns = _cut_acronym(match["stem"])
        if (match.re is _ACRONYM_BARE and not match["stem"].isupper()) or text.endswith(("'s", "’s")):
            nouns += _indeclinable(text, "acronym")[:1]
        return Word(text, nouns=tuple(nouns))
    if not analyses and dash and head:
        return _read_compound(text, head, tail)
    if not analyses and (guessed := _guess_adjective(text)):
        return Word(text, adjectives=guessed, is_name_adjective=text[0].isupper())
    nouns = [noun for analysis in analyses for noun in _read_nouns(analysis)]
    if is_acronym(text) and not any(noun.singular == text for noun in nouns) and _may_be_acronym(text, nouns):
        nouns.extend(_indeclinable(text, "acronym"))
    adjectives = tuple(dict.fromkeys(filter(None, map(_read_adjective, analyses))))
    is_place = any(item.is_name("nazwa_geograficzna") for item in analyses)
    is_surname = not adjectives and (is_place or any(item.is_name("nazwisko") for item in analyses))
    if text[0].isupper() and len(text) > 3 and any(item.pos not in _INFLECTED for item in analyses):
        nouns.append(Noun(text, text, "sg", "nom", "n", source="uninflected"))
    return Word(
        text=text,
        nouns=tuple(dict.fromkeys(nouns)),
        adjectives=_guess_adjective(text, wide=is_place) if is_surname else adjectives,
        is_name_adjective=is_surname,
        preposition_cases=frozenset(case for item in analyses if item.pos == "prep" for case in item.cases),
        is_conjunction=any(item.pos == "conj" for item in analyses) and text.islower(),
        is_transparent=_is_transparent(text, analyses),
    )


def is_acronym(text: str) -> bool:
    """Say whether a token is written like `OSP`, `PiS`, `ZOSiP`."""
    return bool(_ACRONYM.fullmatch(text))


def _may_be_acronym(text: str, nouns: list[Noun]) -> bool:
    return not text.isupper() or len(text) < 5 or not nouns


def agreeing(word: Word, noun: Noun) -> Adjective | None:
    """Return the adjective that the word is beside this noun, or None."""
    return next((item for item in word.adjectives if item.agrees(noun.number, noun.case, noun.gender)), None)


def decline_adjective(lemma: str, *, number: str, gender: str) -> str:
    """Return an adjective's nominative; `lemma` is its masculine singular."""
    if number == "pl" and gender == "m1":
        return _virile(lemma)
    ending = "a" if gender == "f" and number == "sg" else "e"
    if number == "sg" and gender.startswith("m"):
        return lemma
    if lemma.endswith("y"):
        return lemma[:-1] + ending
    drops = lemma.endswith("li") or (ending == "a" and lemma.endswith(("ki", "gi")))
    return lemma[:-1] + ending if drops else lemma + ending


@lru_cache(maxsize=4096)
def _virile(lemma: str) -> str:
    for item in inflect(lemma):
        if (
            item.tag.endswith(":pos")
            and "pl" in item.numbers
            and "m1" in item.genders
            and "nom" in item.cases
        ):
            return item.form
    return lemma


def _read_nouns(analysis: Analysis) -> list[Noun]:
    if analysis.pos not in ("subst", "ger") or (analysis.pos == "ger" and ":neg" in analysis.tag):
        return []
    plural_only = analysis.tag.endswith(":pt")
    lemma = _gerund(analysis) if analysis.pos == "ger" else analysis.lemma
    # An indeclinable noun is read as a singular: no name is made plural by it.
    numbers = ("sg",) if len(analysis.numbers) > 1 else sorted(analysis.numbers)
    plurals = {
        number: _plural(analysis.lexeme, min(analysis.genders, default="m3"))
        if number == "pl" and not plural_only
        else lemma
        for number in numbers
    }
    return [
        Noun(plurals[number], lemma, number, case, gender, plural_only, analysis.names)
        for number in numbers
        for case in sorted(analysis.cases - {"voc"})
        for gender in sorted(analysis.genders)
    ]


def _gerund(analysis: Analysis) -> str:
    """Return the nominative of a gerund, whose dictionary lemma is its verb's infinitive."""
    for ending in ("iami", "iach", "iom", "iem", "iu", "ia", "ie"):
        if analysis.form.lower().endswith(ending):
            return analysis.form.lower().removesuffix(ending) + "ie"
    return analysis.form.lower().rstrip("aue") + "e"


@lru_cache(maxsize=PHRASES)
def _plural(lexeme: str, gender: str) -> str:
    for item in inflect(lexeme):
        if item.pos == "subst" and "pl" in item.numbers and "nom" in item.cases and gender in item.genders:
            return item.form
    return lexeme.split(":", 1)[0]


def _read_adjective(analysis: Analysis) -> Adjective | None:
    if analysis.pos not in ("adj", "pact", "ppas") or ":neg" in analysis.tag:
        return None
    lemma = analysis.lemma
    if analysis.pos != "adj" or analysis.tag.endswith((":com", ":sup")):
        lemma = _masculine(analysis.form.lower())
    return Adjective(lemma, analysis.numbers, analysis.cases, analysis.genders)


def _masculine(form: str) -> str:
    """Return the masculine singular of a participle or a comparative, whose lemma is another word."""
    for ending in ("ego", "emu", "ymi", "ych", "ej", "ym", "ą", "a", "e", "y"):
        if form.endswith(ending):
            return form.removesuffix(ending) + "y"
    return form


def _guess_adjective(text: str, *, wide: bool = False) -> tuple[Adjective, ...]:
    """Read an unknown word as an adjective in -ski, -cki; `wide` also in -ny, -wy."""
    match = _RELATIONAL.fullmatch(text.lower()) or (_OTHER.fullmatch(text.lower()) if wide else None)
    if not match or len(match[1]) < 3:
        return ()
    soft = match[1].endswith("k")
    return tuple(
        Adjective(
            match[1] + ("i" if soft else "y"),
            frozenset({number}),
            frozenset(cases.split(".")),
            frozenset(genders.split(".")),
        )
        for number, cases, genders in _SLOTS[match[2] if soft else _SOFT.get(match[2], match[2])]
    )


def _is_transparent(text: str, analyses: tuple[Analysis, ...]) -> bool:
    """Say whether a token may stand before the head without being part of the agreement."""
    if text.endswith(".") or text[0].isdigit() or re.fullmatch(r"[IVXLC]+", text) or not text[0].isalnum():
        return True
    return bool(analyses) and all(
        item.pos in ("adv", "adja", "brev", "qub", "part", "num") for item in analyses
    )


def _indeclinable(text: str, source: str) -> list[Noun]:
    cases = ("nom", "gen", "dat", "acc", "inst", "loc")
    return [
        Noun(text, text, "sg", case, gender, source=source) for case in cases for gender in ("m3", "f", "n")
    ]


def _read_compound(text: str, head: str, tail: str) -> Word:
    """Read `Miejsko-Gminnego`, `Kędzierzynie-Koźlu`."""
    first, last = read_word(head), read_word(tail)
    adjectives = tuple(
        Adjective(f"{head.lower()}-{item.lemma}", item.numbers, item.cases, item.genders)
        for item in last.adjectives
    )
    seconds = last.nouns or tuple(_adjective_nouns(last)) if first.nouns and text[0].isupper() else last.nouns
    nouns = [joined for one in first.nouns for two in seconds if (joined := _join_nouns(one, two))]
    if not nouns:
        nouns = [
            Noun(
                f"{head}-{two.nominative}",
                f"{head}-{two.singular}",
                two.number,
                two.case,
                two.gender,
                two.plural_only,
                two.names,
                two.source,
            )
            for two in last.nouns
            if two.case != "nom" or not first.nouns
        ]
    if text[0].isupper() and not adjectives and all(noun.case != "nom" for noun in nouns):
        nouns.append(Noun(text, text, "sg", "nom", "m3", source="unknown"))
    return Word(text, nouns=tuple(dict.fromkeys(nouns)), adjectives=adjectives)


def _adjective_nouns(word: Word) -> Iterator[Noun]:
    """Yield an adjective's readings as a name of its own: `Białej` in `Bielsku-Białej`."""
    for item in word.adjectives:
        for case in sorted(item.cases - {"voc"}):
            for gender in sorted(item.genders):
                name = decline_adjective(item.lemma, number="sg", gender=gender)
                yield Noun(name, name, "sg", case, gender, source="adjective")


def _join_nouns(one: Noun, two: Noun) -> Noun | None:
    if one.case != two.case or "nazwisko" in one.names:
        return None
    return Noun(
        f"{one.nominative}-{two.nominative}",
        f"{one.singular}-{two.singular}",
        one.number,
        one.case,
        one.gender,
        one.plural_only,
        one.names,
        one.source,
    )


def _cut_acronym(stem: str) -> list[Noun]:
    cases = ("gen", "dat", "inst", "loc")
    return [Noun(stem, stem, "sg", case, "m3", source="acronym") for case in cases]
