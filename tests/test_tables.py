"""The strict table reader, and what the reviewed tables promise to their readers."""

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import TableError
from pipeline.tables import Row, data_folder, load_table, read_table, table_path

TABLES = sorted(path.stem for path in (data_folder() / "tables").glob("*.tsv"))

NOTES = "# source: made up\n# licence: CC0-1.0\n"

LEAST_ROWS = {
    "abbreviations": 400,
    "institution_kinds": 800,
    "role_modifiers": 120,
    "roles": 1000,
    "titles": 550,
}

LEVELS = {"gmina", "powiat", "voivodeship", "national", "eu", "any"}
BRANCHES = {
    *("executive", "council", "office", "school", "culture", "health", "welfare", "police", "fire_service"),
    *("army", "court", "church", "party", "parliament", "government", "company", "ngo", "kgw", "sport"),
    *("media", "science", "other"),
}

BROKEN = [
    ("# licence: CC0-1.0\na\tb\n", 1, "lacks a line '# source:'"),
    ("# source: made up\na\tb\n", 1, "lacks a line '# licence:'"),
    ("a\tb\n" + NOTES, 1, "lacks a line '# source:'"),
    (NOTES, 2, "has no header"),
    (NOTES + "a\tb\nx\n", 4, "has 1 cells, the header has 2"),
    (NOTES + "a\tb\nx\ty\tz\n", 4, "has 3 cells, the header has 2"),
    (NOTES + "a\tb\nx\ty\n\n", 5, "has 1 cells, the header has 2"),
    (NOTES + "a\tb\nx\ty\nw\ty\n", 5, "is out of order: 'w\\ty' stands after 'x\\ty'"),
    (NOTES + "a\tb\nz\ty\nó\ty\nź\ty\nż\ty\nx\ty\n", 8, "is out of order"),
    (NOTES + "a\tb\nx\ty\nx\tz\n", 5, "duplicate of 'x'"),
    (NOTES + "a\tb\nx\ty\nx\ty\n", 5, "duplicate of 'x'"),
    (NOTES + "a\tb*\nx\ty\nx\ty\n", 5, "duplicate of 'x y'"),
    (NOTES + "a\tb\no\u0301\ty\n", 4, "is not in Unicode NFC"),
    (NOTES + "a\tb\n x\ty\n", 4, "a cell starts or ends with a space"),
    (NOTES + "a\tb\nx\ty \n", 4, "a cell starts or ends with a space"),
    (NOTES + "a\tb\nx\t\u00a0y\n", 4, "a cell starts or ends with a space"),
]


def _written(folder: Path, text: str) -> Path:
    path = folder / "made_up.tsv"
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


@pytest.mark.parametrize(("text", "line", "reason"), BROKEN)
def test_broken_table_is_refused_with_path_line_and_reason(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    path = _written(tmp_path, text)
    with pytest.raises(TableError) as refused:
        list(read_table(path))
    assert str(refused.value).startswith(f"{path}:{line}: ")
    assert reason in str(refused.value)
    assert refused.value.line == line


def test_good_table_gives_its_rows_in_order(tmp_path: Path) -> None:
    path = _written(tmp_path, NOTES + "# a third note\nform\tkind\nsołtys\trole\nwójt\t\n")
    assert list(read_table(path)) == [{"form": "sołtys", "kind": "role"}, {"form": "wójt", "kind": ""}]


def test_star_makes_the_second_column_part_of_the_key(tmp_path: Path) -> None:
    path = _written(tmp_path, NOTES + "form\tplace*\nhonorowy\tafter\nhonorowy\tbefore\n")
    assert [row["place"] for row in read_table(path)] == ["after", "before"]


def test_table_without_rows_is_empty(tmp_path: Path) -> None:
    assert list(read_table(_written(tmp_path, NOTES + "form\tkind\n"))) == []


@given(
    st.dictionaries(
        st.from_regex(r"\A[a-ząćęłńóśźż]{1,8}\Z"), st.from_regex(r"\A[a-ząćęłńóśźż]{0,8}\Z"), max_size=20
    )
)
def test_what_is_written_sorted_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, cells: dict[str, str]
) -> None:
    lines = sorted(unicodedata.normalize("NFC", f"{key}\t{value}") for key, value in cells.items())
    text = NOTES + "form\tkind\n" + "".join(line + "\n" for line in lines)
    rows = list(read_table(_written(tmp_path_factory.mktemp("tables"), text)))
    assert {row["form"]: row["kind"] for row in rows} == cells


def test_there_are_tables() -> None:
    assert set(LEAST_ROWS) <= set(TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_every_table_loads(name: str) -> None:
    assert list(read_table(table_path(name)))


@pytest.mark.parametrize(("name", "least"), LEAST_ROWS.items())
def test_table_has_not_shrunk(name: str, least: int) -> None:
    assert len(load_table(name)) >= least


def _feminine(row: Row) -> list[str]:
    return [form for form in row["feminine"].split("|") if form]


def test_role_has_a_code_and_a_gloss() -> None:
    for row in load_table("roles"):
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", row["code"]), row
        assert row["gloss"], row


def test_role_values_are_known() -> None:
    for row in load_table("roles"):
        assert row["level"] in LEVELS, row
        assert row["branch"] in BRANCHES, row
        assert {row["public"], row["single"]} <= {"yes", "no"}, row


def test_role_lemma_is_a_lower_case_key() -> None:
    for row in load_table("roles"):
        assert row["lemma"] == row["lemma"].lower()
        assert all(form == form.lower() for form in _feminine(row)), row


def test_deputy_says_so_in_its_code_and_nobody_else_does() -> None:
    deputies = re.compile(r"\b(wice|pod(sołtys|leśniczy|starszy)|zastępca\b|pro(rektor|dziekan)\b)")
    for row in load_table("roles"):
        is_deputy = "deputy" in row["code"] or "vice" in row["code"].split("_")
        assert is_deputy == bool(deputies.search(row["lemma"])), row


def test_feminine_form_belongs_to_one_code() -> None:
    codes = {row["lemma"]: row["code"] for row in load_table("roles")}
    owners: dict[str, str] = {}
    for row in load_table("roles"):
        assert row["lemma"] not in _feminine(row)
        assert len(set(_feminine(row))) == len(_feminine(row))
        for form in _feminine(row):
            assert owners.setdefault(form, row["code"]) == row["code"], form
            assert codes.get(form, row["code"]) == row["code"], form


@pytest.mark.parametrize(
    ("lemma", "code"),
    [
        ("wójt", "wojt"),
        ("burmistrz", "mayor"),
        ("burmistrz miasta", "mayor"),
        ("prezydent miasta", "city_president"),
        ("wiceburmistrz", "deputy_mayor"),
        ("zastępca burmistrza", "deputy_mayor"),
        ("przewodniczący rady gminy", "chair"),
        ("dyrektor szkoły", "director"),
        ("prezydent rp", "president_of_poland"),
    ],
)
def test_synonyms_share_a_code(lemma: str, code: str) -> None:
    assert next(row["code"] for row in load_table("roles") if row["lemma"] == lemma) == code


@pytest.mark.parametrize(
    ("lemma", "public", "single"),
    [
        ("wójt", "yes", "yes"),
        ("radny", "yes", "no"),
        ("sołtys", "yes", "yes"),
        ("proboszcz", "yes", "yes"),
        ("zastępca komendanta", "yes", "no"),
        ("trener", "no", "no"),
        ("właściciel", "no", "no"),
        ("nauczyciel", "no", "no"),
    ],
)
def test_office_is_public_and_profession_is_not(lemma: str, public: str, single: str) -> None:
    row = next(row for row in load_table("roles") if row["lemma"] == lemma)
    assert (row["public"], row["single"]) == (public, single)


def test_modifier_has_a_known_kind_and_position() -> None:
    rows = load_table("role_modifiers")
    kinds = {"deputy", "acting", "former", "honorary", "candidate", "elect", "first"}
    assert {row["kind"] for row in rows} == kinds
    assert {row["position"] for row in rows} == {"before", "prefix", "after", "outside"}


def test_modifier_form_has_one_kind() -> None:
    kinds = {(row["form"], row["kind"]) for row in load_table("role_modifiers")}
    assert Counter(form for form, _ in kinds).most_common(1)[0][1] == 1


def test_title_values_are_known() -> None:
    for row in load_table("titles"):
        assert row["full"], row
        assert row["kind"] in {"rank", "degree", "clergy", "honorific", "memorial"}, row
        assert row["branch"] in BRANCHES | {""}, row
        assert row["inflects"] in {"yes", "no"}, row


def test_inflecting_title_holds_a_whole_word() -> None:
    for row in load_table("titles"):
        if row["inflects"] == "yes":
            assert any(len(word) > 2 and not word.endswith(".") for word in row["form"].split()), row


def test_title_holds_no_conjunction() -> None:
    parts = {part for row in load_table("titles") for part in row["form"].split()}
    assert not parts & {"i", "oraz", "a", "lub"}


def test_institution_kind_values_are_known() -> None:
    for row in load_table("institution_kinds"):
        assert row["head"] == row["head"].lower()
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", row["kind"]), row
        assert row["public"] in {"yes", "no"}, row
        assert row["gloss"], row


def test_acronym_starts_with_a_capital_and_is_listed_once_a_row() -> None:
    for row in load_table("institution_kinds"):
        acronyms = [acronym for acronym in row["acronym"].split("|") if acronym]
        assert all(acronym[0].isupper() and len(acronym) > 1 for acronym in acronyms), row
        assert len(set(acronyms)) == len(acronyms), row


def test_abbreviation_of_the_republic_is_no_institution() -> None:
    acronyms = {acronym for row in load_table("institution_kinds") for acronym in row["acronym"].split("|")}
    assert "OSP" in acronyms
    assert "RP" not in acronyms


def test_abbreviation_values_are_known() -> None:
    kinds = {"street", "date", "title", "role", "unit", "company", "patron", "other"}
    rows = load_table("abbreviations")
    assert {row["kind"] for row in rows} == kinds
    assert {row["ends"] for row in rows} == {"yes", "no"}
    assert all(row["full"] for row in rows)
