"""Mend the edges of mentions: the component `civic_edges`.

Marks and loose prepositions at an edge go, quotes around a whole mention stay outside, a quote opened inside is
closed inside, halves of a double place name are joined.
"""

from collections.abc import Sequence
from functools import cache, lru_cache

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.extract.double_places import join_double_places
from pipeline.extract.sentences import load_abbreviations
from pipeline.morphology import analyse
from pipeline.remembered import PHRASES
from pipeline.tables import load_table

_OPENING = frozenset("„“«\"'‚")
_CLOSING = frozenset("”“»\"'’")
_QUOTES = _OPENING | _CLOSING
_DASHES = frozenset("-–—")
_MARKS = frozenset("-–—,;:•*|/(")
_LOOSE = frozenset({"prep"})
_SHORTEST = 4
_LOOSE_AFTER_BODY = _LOOSE | {"fin", "praet", "imps", "inf", "pact", "ppas", "pcon", "pant"}
_DAYS = frozenset({"dn", "dn.", "dniu", "dniach"})


@Language.component("civic_edges", assigns=["doc.ents"], requires=["doc.ents"])
def mend_edges(doc: Doc) -> Doc:
    """Mend the edges of all entities."""
    mended: list[Span] = []
    last = 0
    spans = doc.ents  # makes them anew each time it is asked
    bounds = _give_adjectives(doc, spans)
    for span, (first, after) in zip(spans, bounds, strict=True):
        if span.label_ == "person":
            first = _skip_titles(doc, first, after)
            after = _leave_out_words(doc, first, after)
        tail, tail_label = _find_tail(doc, span.label_, first, after)
        start, end = _mend(doc, span.label_, first, after if tail is None else tail)
        if last <= start < end:
            mended.append(Span(doc, start, end, label=span.label))
            last = end
        if tail is not None:
            mended.append(Span(doc, tail, after, label=tail_label))
            last = after
    doc.set_ents(join_double_places(mended))
    return doc


def _give_adjectives(doc: Doc, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Move an adjective that ends a role but agrees with the body after it alone.

    `Komendant Wojewódzkiej | Straży Pożarnej` becomes `Komendant | Wojewódzkiej Straży Pożarnej`.
    """
    bounds = [(span.start, span.end) for span in spans]
    for place in range(len(spans) - 1):
        (start, end), (body_start, body_end) = bounds[place], bounds[place + 1]
        labels = spans[place].label_, spans[place + 1].label_
        if labels != ("role", "institution") or end != body_start or end - start < 2:
            continue
        head, adjective, body = doc[start].text, doc[end - 1].text, doc[body_start].text
        slots = _slots(adjective, "adj")
        if slots & _slots(body) and not slots & _head_slots(head):
            bounds[place], bounds[place + 1] = (start, end - 1), (end - 1, body_end)
    return bounds


def _find_tail(doc: Doc, label: str, start: int, end: int) -> tuple[int | None, str]:
    """Return where a mention of its own starts at a mention's end, and its label; None for none."""
    if label == "institution":
        return _person_after_dash(doc, start, end), "person"
    return (_place_after_role(doc, start, end) if label == "role" else None), "location"


def _place_after_role(doc: Doc, start: int, end: int) -> int | None:
    """Return where a place starts that ends a role in lower case: `burmistrz | Leśnicy`; None for none."""
    place = end
    while place > start and doc[place - 1].is_title and _is_place(doc[place - 1].text):
        place -= 1
    return place if start < place < end and all(token.is_lower for token in doc[start:place]) else None


@lru_cache(maxsize=PHRASES)
def _is_place(form: str) -> bool:
    readings = analyse(form)
    return any(reading.is_name("nazwa_geograficzna") for reading in readings) and not any(
        reading.pos == "adj" for reading in readings
    )


def _person_after_dash(doc: Doc, start: int, end: int) -> int | None:
    """Return where a person starts that a dash sets off at the end of a body; None for none.

    `Ośrodka Kultury w Ozimku - Anny Lis` is a body and a person.
    """
    for place in range(end - 3, max(start, end - 5), -1):
        if doc[place].text in _DASHES and doc[place].whitespace_ and doc[place - 1].whitespace_:
            forename, *rest = doc[place + 1 : end]
            named = _may_name(forename.text, rest[-1].text) and all(
                token.is_title for token in (forename, *rest)
            )
            return place + 1 if named else None
    return None


def _may_name(forename: str, surname: str) -> bool:
    """Say whether the dictionary knows the forename, or knows nothing of it but knows the surname."""
    wanted, form = ("imię", forename) if analyse(forename) else ("nazwisko", surname)
    return any(reading.is_name(wanted) for reading in analyse(form))


def _head_slots(head: str) -> frozenset[tuple[str, str, str]]:
    """Return the slots of a role's head; a masculine form used of women in all cases counts as masculine."""
    slots = _slots(head)
    masculine = frozenset(slot for slot in slots if slot[2] == "m1")
    return masculine or slots


@lru_cache(maxsize=PHRASES)
def _slots(form: str, pos: str = "") -> frozenset[tuple[str, str, str]]:
    """Return the (number, case, gender) that a form can have as other than a surname."""
    return frozenset(
        (number, case, gender)
        for reading in analyse(form)
        if (not pos or reading.pos == pos) and reading.names != {"nazwisko"}
        for number in reading.numbers
        for case in reading.cases
        for gender in reading.genders
    )


def _skip_titles(doc: Doc, start: int, end: int) -> int:
    """Return where a name starts past `im.`, `ks.` and other abbreviations of titles.

    `O. Cyprian Morys` is a father; `O. Morys` has an initial.
    """
    while end - start > 2 and doc[start + 1].text == ".":
        if not (_is_abbreviation(doc[start].lower_) or _is_letter_title(doc, start, end)):
            break
        start += 2
    return start


def _leave_out_words(doc: Doc, start: int, end: int) -> int:
    """Return where a name of two words ends before what no name is: `Jana Lisa | Srebrnymi Medalami`.

    Such a word is in no case and number of the given name, and either a plural or never a name.
    """
    forename = _cases_and_numbers(doc[start].text)
    for place in range(start + 2, end):
        form = doc[place].text
        own = _cases_and_numbers(form) if len(form) >= _SHORTEST and form.isalpha() else frozenset()
        if not own or not forename or not own.isdisjoint(forename):
            continue
        if all(number == "pl" for _, number in own) or not _may_be_of_name(form):
            return place
    return end


def _may_be_of_name(form: str) -> bool:
    return any(item.is_name("nazwisko") or item.is_name("imię") for item in analyse(form))


@lru_cache(maxsize=PHRASES)
def _cases_and_numbers(form: str) -> frozenset[tuple[str, str]]:
    return frozenset(
        (case, number) for reading in analyse(form) for case in reading.cases for number in reading.numbers
    )


def _is_letter_title(doc: Doc, start: int, end: int) -> bool:
    """Say whether a letter with a period is a title: a whole name, forename first, follows it."""
    letter = doc[start].lower_ + "."
    whole = end - start > 3 and any(reading.is_name("imię") for reading in analyse(doc[start + 2].text))
    return whole and len(letter) == 2 and letter in _titles()


@cache
def _titles() -> frozenset[str]:
    return frozenset(row["form"].lower() for row in load_table("titles"))


def _is_abbreviation(word: str) -> bool:
    """Say whether a word with a period is one; a single letter is an initial."""
    return len(word) > 1 and word in load_abbreviations()


def _mend(doc: Doc, label: str, start: int, end: int) -> tuple[int, int]:
    while start < end and _is_edge_mark(doc, start):
        start += 1
    if end - start > 2 and doc[end - 1].is_digit and "\n" in doc[end - 2].text:  # the next item's number
        end -= 2
    loose = _LOOSE_AFTER_BODY if label == "institution" else _LOOSE
    while end > start and (_is_edge_mark(doc, end - 1) or _is_loose_word(doc, start, end, loose)):
        end -= 1
    end = _leave_out_day(doc, start, end)
    start = _skip_foreign_quote(doc, start, end)
    if end - start > 2 and doc[start].text in _OPENING and doc[end - 1].text in _CLOSING:
        if not _has_quotes(doc, start + 1, end - 1):
            return start + 1, end - 1
    elif _opens_quote(doc, start, end) and end < len(doc) and doc[end].text in _CLOSING:
        return start, end + 1
    return start, end


def _is_edge_mark(doc: Doc, place: int) -> bool:
    return doc[place].text in _MARKS or doc[place].is_space


def _is_loose_word(doc: Doc, start: int, end: int, loose: frozenset[str]) -> bool:
    """Say whether a mention ends in a word of loose classes, such as a preposition: what it governs stands outside.

    The ending of an abbreviation is none: `ZOZ-u`.
    """
    word = doc[end - 1].text
    stands_alone = end - start > 1 and word.islower() and doc[end - 2].whitespace_
    found = {reading.pos for reading in analyse(word)} if stands_alone else set()
    return bool(found) and found <= loose


def _leave_out_day(doc: Doc, start: int, end: int) -> int:
    """Return where a mention ends before the day that follows it: `Rady Miejskiej | w dn. 15`."""
    for place in range(max(start + 1, end - 4), end - 1):
        if doc[place].text == "w" and doc[place + 1].text in _DAYS:
            return place
    return end


def _skip_foreign_quote(doc: Doc, start: int, end: int) -> int:
    """Return where a name starts past the end of a quote that was opened before it.

    In `w „Galerii nad Schodami” Miejskiej Biblioteki Publicznej` the body is the library; a quoted name with
    its seat (`„Pod Dębem” w Ozimku`) has nothing after the quote but a preposition, and stays.
    """
    quotes = [place for place in range(start, end) if doc[place].text in _QUOTES]
    if len(quotes) != 1 or not start or doc[start - 1].text not in _OPENING:
        return start
    after = quotes[0] + 1
    return after if after < end and doc[after].is_title else start


def _has_quotes(doc: Doc, start: int, end: int) -> bool:
    return any(token.text in _QUOTES for token in doc[start:end])


def _opens_quote(doc: Doc, start: int, end: int) -> bool:
    """Say whether a quote is opened inside, past the first word, and not closed."""
    quotes = [token.text for token in doc[start + 1 : end] if token.text in _QUOTES]
    return len(quotes) == 1 and quotes[0] in _OPENING
