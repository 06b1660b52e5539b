"""Pairs composed from the project's own articles: copies as portals make them, and texts that only look alike."""

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.training.gold import load_gold

GOLD = Path(__file__).parent.parent.parent / "data" / "gold"

_MENU = "Strona główna\nAktualności\nKontakt\nBIP\n\n"
_FOOT = "\n\nUdostępnij na Facebooku\nWydrukuj\nCzytaj także: Remont drogi w Kadłubie. Sesja 12 maja. Fot. Olga Lis"
_OTHER_FOOT = (
    "\n\nRedakcja Głos Ziemi, ul. Krótka, wydanie 17. Polecamy: Targi w Nysie. Zdjęcia Piotr Mazurek."
    " Wszelkie prawa zastrzeżone 2024"
)
_NAMES = ("Zawadzkiego", "Kwiecińska", "Lubomir", "Grochowski")
_TEMPLATES = (
    "Z głębokim żalem zawiadamiamy, że zmarł {name}, wieloletni mieszkaniec naszej gminy. Rodzinie i bliskim"
    " składamy wyrazy współczucia. Wójt i pracownicy Urzędu Gminy. Pogrzeb odbędzie się {day} w {place}.",
    "Dyżur radnego {name} odbędzie się {day} o godzinie szesnastej w świetlicy w {place}. Serdecznie zapraszamy"
    " wszystkich mieszkańców, którzy chcą porozmawiać o swoich sprawach, zgłosić wniosek albo zapytać o inwestycje.",
    "Wójt ogłasza nabór na wolne stanowisko urzędnicze w {place}. Oferty należy składać do {day} w sekretariacie"
    " urzędu w zaklejonych kopertach z dopiskiem. Szczegółowych informacji udziela {name}, sekretarz gminy.",
)
_FILLED = (
    {"name": "Jan Zieliński", "day": "12 maja", "place": "Kijach"},
    {"name": "Adam Wrona", "day": "12 maja", "place": "Kijach"},
    {"name": "Jan Zieliński", "day": "19 maja", "place": "Kijach"},
    {"name": "Jan Zieliński", "day": "12 maja", "place": "Rębowie"},
)


def load_texts(split: str = "train") -> list[str]:
    return [re.sub(r"█", "", article.text) for article in load_gold(GOLD, split)]


def copies(texts: list[str]) -> Iterator[tuple[str, str, str]]:
    """Yield (kind, later text, original) of articles that are copies."""
    rng = random.Random(7)
    for text in texts:
        for make in (_other_headline, _framed, _edited, _printed, _shortened, _framed_and_edited):
            yield make.__name__.strip("_"), make(text, rng), text
        yield "two portals", _framed(text, rng), text + _OTHER_FOOT


def lookalikes(texts: list[str]) -> Iterator[tuple[str, str, str]]:
    """Yield (kind, later text, original) of articles that are two."""
    rng = random.Random(8)
    for text in texts:
        for kind, pattern, new in _CHANGES:
            if (changed := _change(text, pattern, new, rng)) not in (None, text):
                yield kind, changed, text
                yield f"{kind}, framed", _framed(changed, rng), text
    for template in _TEMPLATES:
        for number, filled in enumerate(_FILLED):
            for other in _FILLED[number + 1 :]:
                yield "template", template.format(**other), template.format(**filled)


def _change(text: str, pattern: str, new: Callable[[random.Random], str], rng: random.Random) -> str | None:
    """Put one other fact in the place of one word, wherever it stands."""
    found = sorted({match[1] for match in re.finditer(pattern, text)})
    if not found:
        return None
    old = rng.choice(found)
    return re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", new(rng), text)


_CHANGES: tuple[tuple[str, str, Callable[[random.Random], str]], ...] = (
    (
        "other name",
        r"[a-ząćęłńóśźż,] [A-ZŁŚŻ][a-ząćęłńóśźż]+ ([A-ZŁŚŻ][a-ząćęłńóśźż]{3,})",
        lambda rng: rng.choice(_NAMES),
    ),
    (
        "other place",
        r"(?<=\bw )([A-ZŁŚŻ][a-ząćęłńóśźż]{3,})",
        lambda rng: rng.choice(("Brzeziu", "Olbięcinie")),
    ),
    ("other number", r"(?<![\d.,])(\d{1,3})(?![\d.,])", lambda rng: str(rng.randint(1001, 1899))),
)


def _other_headline(text: str, rng: random.Random) -> str:
    first, _, rest = text.partition("\n")
    return f"Wiadomości z gminy: {first.lower()}\n{rest}" if rest else f"Wiadomości z gminy\n{text}"


def _framed(text: str, rng: random.Random) -> str:
    return f"{_MENU}{text}{_FOOT}"


def _edited(text: str, rng: random.Random) -> str:
    words = text.split(" ")
    small = [i for i, word in enumerate(words) if re.fullmatch(r"[a-ząćęłńóśźż]{4,}", word)]
    for i in rng.sample(small, min(len(small), 1 + len(words) // 40)):
        words[i] = words[i][1:] + words[i][0] if rng.random() < 0.5 else ""
    return " ".join(words).replace("–", "-").replace("„", '"').replace("”", '"')


def _printed(text: str, rng: random.Random) -> str:
    first, _, rest = text.partition("\n")
    return f"{first.upper()}\n\n{' '.join(rest.split())}\n\nWydruk ze strony urzędu"


def _shortened(text: str, rng: random.Random) -> str:
    return text[: max(200, int(len(text) * 0.7))].rpartition(" ")[0]


def _framed_and_edited(text: str, rng: random.Random) -> str:
    return _framed(_edited(text, rng), rng)
