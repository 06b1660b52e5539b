"""A small gold of two articles, and readings of them made by hand."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.records import Document, Extraction, Gender, Label, Link, Mention, Municipality, Name, Reading
from pipeline.training.gold import GoldArticle, load_article

HEADER = "published: 2025-05-17\nmunicipality: 1609073\nwriter: a\n"

BODY = (
    'Zaproszono <role lemma="wójt">wójta</role> <location lemma="Gmina Ozimek">Gminy Ozimek</location> '
    '<person id="dudek" gender="f" lemma="Anna Dudek">Annę Dudek</person>. Przyszedł też '
    '<person id="kos" gender="m">Jan Kos</person>, dawny <role>prezes</role> '
    '<institution>OSP Krasiejów</institution>. <person id="dudek">Dudek</person> podziękowała.\n'
)
LINES = (
    "@dudek role=wójt | place=Gmina Ozimek | since=2018\n"
    "@kos role=prezes | institution=OSP Krasiejów | place=Krasiejów | status=former | inferred=place\n"
)
TAGS = (
    "# source: made up\n# licence: CC0-1.0\nkind\ttag*\tmeaning\n"
    "genre\tfestival\ta feast\ngenre\topening\tan opening\nhard\tformer\tformer holders\nhard\tnobody\tno\n"
)

WriteArticle = Callable[..., Path]


@pytest.fixture
def gold_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    for split in ("train", "dev", "test"):
        (folder / split).mkdir(parents=True)
    (folder / "tags.tsv").write_text(TAGS, encoding="utf-8")
    return folder


@pytest.fixture
def write_article(gold_folder: Path) -> WriteArticle:
    def write(
        name: str = "opolskie-001",
        *,
        split: str = "dev",
        body: str = BODY,
        lines: str = LINES,
        header: str = HEADER + "genre: opening\nhard: former\n",
        folder: Path = gold_folder,
    ) -> Path:
        path = folder / split / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"id: {name}\n{header}---\n{body}---\n{lines}", encoding="utf-8")
        return path

    return write


@pytest.fixture
def article(write_article: WriteArticle) -> GoldArticle:
    return load_article(write_article())


def read_as_gold(article: GoldArticle) -> Reading:
    """Return a reading that says just what gold says, but for places that gold infers."""
    mentions = [
        Mention(article.article_id, mention.start, mention.end, mention.text, mention.label)
        for mention in article.mentions
    ]
    genders = {mention.actor: mention.gender for mention in article.mentions if mention.gender}
    names = [
        make_name(mention.text, mention.lemma, mention.label, genders.get(mention.actor))
        for mention in article.mentions
    ]
    found = [(mention.label, mention.lemma) for mention in article.mentions]
    actors = [mention.actor for mention in article.mentions]
    links = [
        Link(
            person=actors.index(held.actor),
            role=found.index(("role", held.role)) if held.role else None,
            institution=found.index(("institution", held.institution)) if held.institution else None,
            place=None,
            start=0,
            end=len(article.text),
            status=held.status,
            since=held.since,
            until=held.until,
        )
        for held in article.affiliations
    ]
    document = Document(article.article_id, article.path.name, article.text)
    extraction = Extraction(document, tuple(mentions), tuple(links))
    places = tuple(held.place for held in article.affiliations)
    return Reading(
        document, extraction.mentions, tuple(names), extraction.links, places, Municipality(None, 0.0)
    )


def make_name(form: str, nominative: str, label: Label, gender: str | None = None) -> Name:
    """Return a name with the parts that joining people needs."""
    given, _, surname = nominative.rpartition(" ")
    known: dict[str | None, Gender] = {"f": "f", "m": "m"}
    if label != "person":
        return Name(form, nominative, label)
    return Name(form, nominative, label, known.get(gender), given_names=given, surname=surname)


@pytest.fixture
def read() -> Callable[[GoldArticle], Reading]:
    return read_as_gold
