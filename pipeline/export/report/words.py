"""What the report says in Polish and English, and the tags by which the page changes language."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from markupsafe import Markup, escape

from pipeline.export.report.safe import clean
from pipeline.tables import load_table

Language = Literal["pl", "en"]
LANGUAGES: tuple[Language, ...] = ("pl", "en")

_GROUPED_FROM = {"pl": 10_000, "en": 1_000}
_SEPARATOR = {"pl": "\u00a0", "en": ","}


@dataclass(frozen=True, slots=True)
class Words:
    """The strings of one language.

    A key with a number has one row for each plural form: `articles.one`, `articles.few`, `articles.many`.

    Source: data/tables/report_words.tsv.
    """

    language: Language

    def say(self, key: str, *, n: int | None = None, v: str | None = None) -> str:
        """Return a string, `{n}` filled with a number in its plural form and `{v}` with a value.

        Raises:
            KeyError: The table has no such key (a template's bug).
        """
        text = all_words()[self.language][key if n is None else f"{key}.{self.plural(n)}"]
        return text.replace("{n}", self.number(n or 0)).replace("{v}", clean(v or ""))

    def knows(self, key: str) -> bool:
        """Say whether the table has a key."""
        return key in all_words()[self.language]

    def plural(self, n: int) -> str:
        """Return the plural form of a number: `one`, `few` (Polish 2-4, 22-24) or `many`."""
        if n == 1:
            return "one"
        is_few = n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14)
        return "few" if is_few and self.language == "pl" else "many"

    def number(self, n: int) -> str:
        """Return a number with its thousands apart, as the language writes them."""
        return (
            f"{n:,}".replace(",", _SEPARATOR[self.language]) if n >= _GROUPED_FROM[self.language] else str(n)
        )

    def day(self, value: str) -> str:
        """Return YYYY, YYYY-MM or YYYY-MM-DD as read aloud, the month in the genitive: `8 maja 2024`."""
        year, *rest = value.split("-")
        month = [self.say(f"month.{rest[0]}")] if rest else []
        return " ".join([*(str(int(day)) for day in rest[1:]), *month, year])

    def tag(self, key: str, n: int | None = None, v: str | None = None) -> Markup:
        """Return the string in a `<span>` that the page's script can put into the other language."""
        return Markup(f"<span {_marks(key, n, v)}>{escape(self.say(key, n=n, v=v))}</span>")

    def label(self, key: str, v: str | None = None) -> Markup:
        """Return the string as an `aria-label`."""
        kept = "" if v is None else f' data-v="{escape(clean(v))}"'
        return Markup(f'aria-label="{escape(self.say(key, v=v))}" data-t-label="{escape(key)}"{kept}')

    def attributes(self, key: str, v: str | None = None) -> Markup:
        """Return the attributes by which an element of its own (`<title>`, `<option>`) changes language."""
        return _marks(key, None, v)

    def count(self, n: int) -> Markup:
        """Return a number in a tag that follows the language."""
        return Markup(f'<span data-n="{n}">{self.number(n)}</span>')

    def time(self, value: str) -> Markup:
        """Return a date in a `<time>` that follows the language."""
        return Markup(f'<time datetime="{escape(value)}">{escape(self.day(value))}</time>')


@cache
def all_words() -> dict[Language, dict[str, str]]:
    """Return every string by language and key."""
    rows = load_table("report_words")
    return {language: {row["key"]: row[language] for row in rows} for language in LANGUAGES}


def _marks(key: str, n: int | None, v: str | None) -> Markup:
    number = "" if n is None else f' data-n="{n}"'
    value = "" if v is None else f' data-v="{escape(clean(v))}"'
    return Markup(f'data-t="{escape(key)}"{number}{value}')
