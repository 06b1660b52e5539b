"""The validator: each rule with an article that breaks it, and one that does not."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import CivicActorsError
from pipeline.tables import data_folder
from pipeline.training.validate import load_vocabulary, looks_inflected, validate_gold

WriteArticle = Callable[..., Path]
HEADER = "published: 2025-05-17\ngenre: opening\nwriter: a\n"


def _reasons(folder: Path) -> list[tuple[int, str, bool]]:
    return [(problem.line, problem.reason, problem.is_warning) for problem in validate_gold(folder)]


def test_good_article_has_no_problem(gold_folder: Path, write_article: WriteArticle) -> None:
    write_article()
    assert validate_gold(gold_folder) == []


@pytest.mark.parametrize(
    ("header", "line", "reason"),
    [
        ("published: 2025-05-17\ngenre: openning\nwriter: a\n", 3, "unknown genre 'openning'"),
        (HEADER + "hard: former, forrmer\n", 5, "unknown hard feature 'forrmer'"),
        (HEADER + "hard: former, former\n", 5, "a hard feature stands twice"),
        (HEADER + "hard: nobody\n", 5, "tagged nobody, but a person is marked"),
        (HEADER + "municipality: 9999999\n", 5, "'9999999' is no gmina"),
        (HEADER + "municipality: 16\n", 5, "'16' is no gmina"),
        (HEADER + "colour: red\n", 5, "unknown header line"),
    ],
)
def test_bad_header_is_refused_on_its_line(
    gold_folder: Path, write_article: WriteArticle, header: str, line: int, reason: str
) -> None:
    write_article(header=header)
    [(found_line, found, is_warning)] = _reasons(gold_folder)
    assert (found_line, is_warning) == (line, False)
    assert reason in found


def test_place_must_stand_in_the_text_by_its_stem(gold_folder: Path, write_article: WriteArticle) -> None:
    body = 'W Łodzi gra <person id="lis" gender="m">Jan Lis</person>.\n<role>wójt</role>\n'
    write_article(body=body, lines="@lis role=wójt | place=Łódź\n\n@lis role=wójt | place=gmina Kielce\n")
    assert _reasons(gold_folder) == [
        (13, "the place 'gmina Kielce' stands nowhere in the text, by its stem", False)
    ]


def test_place_of_two_parts_is_found_by_either(gold_folder: Path, write_article: WriteArticle) -> None:
    body = 'W Busku-Zdroju gra <role>wójt</role> <person id="lis" gender="m">Jan Lis</person>.\n'
    write_article(body=body, lines="@lis role=wójt | place=Busko-Zdrój | inferred=place\n")
    assert validate_gold(gold_folder) == []


def test_slips_of_names_are_warnings_on_the_line_of_the_mention(
    gold_folder: Path, write_article: WriteArticle
) -> None:
    body = (
        '\nGra <person id="lis" gender="m">Jan Adam Lis</person>.\n'
        'Z <person id="lis">Nowakiem</person> i <person id="lis" lemma="Lis">Lisem</person>.\n'
        'Z <person id="lis" lemma="Lisem">Lisem</person>.\n'
    )
    write_article(body=body, lines="")
    assert _reasons(gold_folder) == [
        (10, "@lis is 'Nowakiem' here and 'Jan Adam Lis' elsewhere: no name in common", True),
        (10, "person 'Nowakiem' looks inflected, yet is its own lemma", True),
        (11, "@lis is 'Lisem' here and 'Jan Adam Lis' elsewhere: no name in common", True),
        (11, "person 'Lisem' is 'Lisem' here and 'Lis' above", True),
        (11, "person 'Lisem' looks inflected, yet is its own lemma", True),
    ]


@pytest.mark.parametrize(
    ("lemma", "is_told"),
    [
        ("Lis", False),
        ("J. Lis", False),
        ("Jan L.", False),
        ("Janek", False),
        ("Jan Kos", True),
        ("Kosa", True),
    ],
)
def test_names_of_one_person_share_a_part(
    gold_folder: Path, write_article: WriteArticle, lemma: str, is_told: bool
) -> None:
    body = (
        'Gra <person id="lis" gender="m">Jan Stanisław Lis</person>.\n'
        f'Gra <person id="lis" lemma="{lemma}">X</person>.\n'
    )
    write_article(body=body, lines="")
    assert any("no name in common" in reason for _, reason, _ in _reasons(gold_folder)) == is_told


@pytest.mark.parametrize(
    ("form", "is_person", "expected"),
    [
        ("Annę Nowak", True, True),
        ("Anna Nowak", True, False),
        ("Jan Kowalskiego", True, True),
        ("Zając", True, False),
        ("dyrektorem szkoły", False, True),
        ("dyrektor szkoły", False, False),
        ("p.o. dyrektora", False, False),
        ("Gliwicach", False, True),
        ("Xqzw", False, False),
    ],
)
def test_evidently_inflected_form(form: str, is_person: bool, expected: bool) -> None:
    assert looks_inflected(form, is_person=is_person) is expected


def test_each_bad_file_is_told_and_the_good_ones_are_not(
    gold_folder: Path, write_article: WriteArticle
) -> None:
    write_article("good-1")
    broken = write_article("bad-1", lines="@nobody role=wójt\n")
    latin = write_article("bad-2")
    latin.write_bytes(latin.read_bytes().replace("ó".encode(), b"\xf3"))
    problems = validate_gold(gold_folder)
    assert [problem.path for problem in problems] == [broken, latin]
    assert str(problems[0]).startswith(f"{broken}:")
    assert "not UTF-8" in problems[1].reason


def test_id_in_two_splits_is_refused(gold_folder: Path, write_article: WriteArticle) -> None:
    write_article(split="train")
    write_article(split="test")
    assert [reason for _, reason, _ in _reasons(gold_folder)] == ["the same id is in train too"]


def test_empty_folder_and_missing_vocabulary_are_errors(
    gold_folder: Path, write_article: WriteArticle
) -> None:
    with pytest.raises(CivicActorsError, match="no gold article"):
        validate_gold(gold_folder)
    write_article()
    (gold_folder / "tags.tsv").unlink()
    with pytest.raises(CivicActorsError, match=r"tags\.tsv is missing"):
        validate_gold(gold_folder)


def test_command_exits_by_what_it_finds(gold_folder: Path, write_article: WriteArticle) -> None:
    write_article()
    result = CliRunner().invoke(app, ["gold", str(gold_folder), "--page", str(gold_folder / "page.md")])
    assert (result.exit_code, result.output) == (0, "")
    assert (gold_folder / "page.md").exists()
    bad = write_article("bad-1", header=HEADER + "hard: forrmer\n")
    result = CliRunner().invoke(app, ["gold", str(gold_folder)])
    assert result.exit_code == 1
    assert f"{bad}:5: unknown hard feature" in result.output


def test_shipped_vocabulary_has_both_kinds() -> None:
    vocabulary = load_vocabulary(data_folder() / "gold")
    assert {"opening", "obituary"} <= vocabulary["genre"]
    assert {"nobody", "double_barrelled"} <= vocabulary["hard"]
