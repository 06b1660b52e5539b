"""Two annotations of one article, and the page that shows how far they agree."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import CivicActorsError, TableError
from pipeline.training.agreement import compare_annotations, load_agreement, write_agreement
from pipeline.training.gold import GoldMention
from pipeline.training.pages import find_name_types, make_gold_page

WriteArticle = Callable[..., Path]

OTHER = (
    'Zaproszono <role lemma="wójt">wójta</role> Gminy <location>Ozimek</location> '
    '<person id="a" gender="f" lemma="Anna Dudek">Annę Dudek</person>. Przyszedł też '
    '<person id="j" gender="m">Jan Kos</person>, dawny <role>prezes</role> '
    '<institution>OSP Krasiejów</institution>. <person id="a">Dudek</person> podziękowała.\n'
)
OTHER_LINES = "@a role=wójt | place=Ozimek\n@j role=prezes | institution=OSP Krasiejów\n"


@pytest.fixture
def second(tmp_path: Path, write_article: WriteArticle) -> Path:
    write_article()
    write_article("opolskie-002", split="test")
    write_article(body=OTHER, lines=OTHER_LINES, folder=tmp_path / "second")
    return tmp_path / "second"


def test_second_annotation_is_measured_against_the_first(gold_folder: Path, second: Path) -> None:
    agreement = compare_annotations(gold_folder, second)
    assert agreement.articles == {"dev": 1}
    figures = agreement.figures
    assert figures["mentions.strict.person"].f == 1.0
    assert figures["mentions.strict.location"].f == 0.0
    assert figures["mentions.overlap.location"].f == 1.0
    assert figures["people.any_case.person"].f == 1.0
    assert figures["links.annotated.role"].f == 1.0
    assert figures["links.annotated.place"].f == 0.0
    assert figures["status.annotated.all"].f == 0.5


def test_agreement_with_oneself_is_whole(gold_folder: Path, write_article: WriteArticle) -> None:
    write_article()
    figures = compare_annotations(gold_folder, gold_folder / "dev").figures
    assert {figure.f for figure in figures.values()} == {1.0}


def test_written_agreement_is_read_back(gold_folder: Path, second: Path, tmp_path: Path) -> None:
    agreement = compare_annotations(gold_folder, second)
    write_agreement(agreement, tmp_path / "agreement.json")
    assert load_agreement(tmp_path / "agreement.json") == agreement
    assert load_agreement(tmp_path / "none.json") is None


def test_other_text_unknown_id_and_empty_folder_are_refused(
    gold_folder: Path, second: Path, write_article: WriteArticle, tmp_path: Path
) -> None:
    path = write_article(body=OTHER.replace("też", "teź"), lines=OTHER_LINES, folder=second)
    with pytest.raises(TableError, match="another text"):
        compare_annotations(gold_folder, second)
    path.unlink()
    with pytest.raises(CivicActorsError, match="no annotated article"):
        compare_annotations(gold_folder, second)
    write_article("opolskie-999", folder=second)
    with pytest.raises(TableError, match="no article of this id"):
        compare_annotations(gold_folder, second)


def test_page_counts_and_shows_agreement(gold_folder: Path, second: Path) -> None:
    page = make_gold_page(gold_folder)
    assert "Not measured yet" in page
    assert "| all | 2 | 32 | 6 | 4 | 2 | 2 | 4 | 4 |" in page
    assert "| opening | an opening | 0 | 1 | 1 | 2 |" in page
    assert "| festival | a feast | 0 | 0 | 0 | 0 |" in page
    assert "| opolskie | 0 | 1 | 1 | 2 |" in page
    assert "| łódzkie | 0 | 0 | 0 | 0 |" in page
    assert "| women | 0 | 1 | 1 | 2 |" in page
    assert "| place inferred | 0 | 1 | 1 | 2 |" in page
    result = CliRunner().invoke(app, ["gold", str(gold_folder), "--second", str(second)])
    assert result.exit_code == 0
    assert "1 of dev" in result.output
    assert "| location, same bounds | 1 | 0.000 |" in make_gold_page(gold_folder)


@pytest.mark.parametrize(
    ("form", "lemma", "types"),
    [
        ("Annę Dudek", "Anna Dudek", ["two parts"]),
        ("Kosa", "Kos", ["one part"]),
        ("A. Porębska", "A. Porębska", ["initials"]),
        ("Lisowską-Grab", "Lisowska-Grab", ["one part", "double-barrelled"]),
        ("KOS JAN", "Jan Kos", ["two parts", "all in capitals", "surname first"]),
        ("KOSOWSKI Jan", "Jan Kosowski", ["two parts", "surname in capitals", "surname first"]),
        ("Věra Nová", "Věra Nová", ["two parts", "letters outside the Polish alphabet"]),
        ("Jana\nKosa", "Jan Kos", ["two parts", "broken by a line or double space"]),
        ("Jan Maria Kos", "Jan Maria Kos", ["three parts or more"]),
    ],
)
def test_name_types(form: str, lemma: str, types: list[str]) -> None:
    mention = GoldMention(0, len(form), form, "person", lemma, actor="x", gender="m")
    assert list(find_name_types(mention)) == types
