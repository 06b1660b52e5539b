from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.tables import describe_table, list_tables, read_table
from pipeline.training.refresh import RegisterError, refresh_tables

RUNNER = CliRunner()

TERC = """WOJ;POW;GMI;RODZ;NAZWA;NAZWA_DOD;STAN_NA
16;;;;OPOLSKIE;województwo;{day}
16;09;;;opolski;powiat;{day}
16;09;03;2;{gmina};gmina wiejska;{day}
16;09;08;4;Ozimek;miasto;{day}
16;09;08;5;Ozimek;obszar wiejski;{day}
"""
SIMC = """WOJ;POW;GMI;RODZ_GMI;RM;MZ;NAZWA;SYM;SYMPOD;STAN_NA
16;09;08;4;96;1;Ozimek;0965794;0965794;{day}
16;09;08;5;01;1;Antoniów;0499980;0499980;{day}
16;09;08;5;00;1;Kolonia;0499991;0499980;{day}
"""
WOMEN = "IMIĘ_PIERWSZE,PŁEĆ,LICZBA\nANNA,KOBIETA,{anna}\nRZADKA,KOBIETA,3\n"
MEN = "JAN,MĘŻCZYZNA,600\n"


def _save(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    return path


def _terc(
    folder: Path, day: str = "2025-01-01", gmina: str = "Dobrzeń Wielki", name: str = "terc.csv"
) -> Path:
    return _save(folder, name, TERC.format(day=day, gmina=gmina))


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    folder = tmp_path / "tables"
    folder.mkdir()
    for name, header in (
        ("teryt_units", "teryt\tname\tkind\tadjective\tparent"),
        ("localities", "simc\tname\tterc\tkind"),
        ("given_names", "name\tgender*\tcount"),
    ):
        (folder / f"{name}.tsv").write_text(
            f"# source: none yet\n# licence: none\n{header}\n", encoding="utf-8"
        )
    first = [("terc", _terc(tmp_path)), ("simc", _save(tmp_path, "simc.csv", SIMC.format(day="2024-01-01")))]
    women = _save(tmp_path, "women-2023.csv", WOMEN.format(anna=900))
    refresh_tables(
        [*first, ("forenames", women), ("forenames", _save(tmp_path, "men-2023.csv", MEN))], folder
    )
    return folder


def test_official_files_become_tables_with_source_and_date(tables: Path) -> None:
    units = {row["teryt"]: row["name"] for row in read_table(tables / "teryt_units.tsv")}
    assert units == {"16": "opolskie", "1609": "opolski", "1609032": "Dobrzeń Wielki", "1609083": "Ozimek"}
    localities = {row["simc"]: (row["terc"], row["kind"]) for row in read_table(tables / "localities.tsv")}
    assert localities == {"0965794": ("1609083", "town"), "0499980": ("1609083", "village")}
    names = {(row["name"], row["gender"], row["count"]) for row in read_table(tables / "given_names.tsv")}
    assert names == {("Anna", "f", "900"), ("Jan", "m", "600")}
    assert [(info.name, info.n_rows, info.state) for info in list_tables(tables)] == [
        ("given_names", 2, "2023"),
        ("localities", 2, "2024-01-01"),
        ("teryt_units", 4, "2025-01-01"),
    ]


def test_what_changed_is_told(tables: Path, tmp_path: Path) -> None:
    text = TERC.format(day="2026-01-01", gmina="Dobrzeń Nowy") + "16;09;04;2;Kije;gmina wiejska;2026-01-01\n"
    units, localities = refresh_tables([("terc", _save(tmp_path, "new.csv", text))], tables)
    assert (units.before, units.after, units.n_rows) == ("2025-01-01", "2026-01-01", 5)
    assert (units.added, units.removed) == (("1609042",), ())
    assert units.renamed == (("1609032", "Dobrzeń Wielki", "Dobrzeń Nowy"),)
    assert (localities.after, localities.added, localities.moved) == ("2024-01-01", (), ())


def test_a_gmina_that_changes_its_kind_takes_its_localities_along(tables: Path, tmp_path: Path) -> None:
    lines = TERC.format(day="2026-01-01", gmina="Dobrzeń Wielki").splitlines(keepends=True)
    text = (
        "".join(lines[:-2])
        + "16;09;08;2;Ozimek;gmina wiejska;2026-01-01\n"
        + "".join(f"16;09;{number};2;Gmina {number};gmina wiejska;2026-01-01\n" for number in range(10, 50))
    )
    (tables / "teryt_units.tsv").write_text(
        (tables / "teryt_units.tsv").read_text(encoding="utf-8")
        + "".join(f"1609{number}2\tGmina {number}\trural\t\t1609\n" for number in range(10, 50)),
        encoding="utf-8",
    )
    _, localities = refresh_tables([("terc", _save(tmp_path, "new.csv", text))], tables)
    assert localities.moved == ("0499980", "0965794")
    assert {row["terc"] for row in read_table(tables / "localities.tsv")} == {"1609082"}


def test_one_list_of_forenames_leaves_the_other_gender(tables: Path, tmp_path: Path) -> None:
    women = _save(tmp_path, "women-2026.csv", WOMEN.format(anna=901))
    (change,) = refresh_tables([("forenames", women)], tables)
    assert (change.after, change.n_rows, change.removed) == ("2026", 2, ())
    assert describe_table(tables / "given_names.tsv").state == "2026"


@pytest.mark.parametrize(
    ("register", "name", "text", "wrong"),
    [
        ("terc", "x.csv", SIMC.format(day="2026-01-01"), "lacks RODZ, NAZWA_DOD; it looks like simc"),
        ("simc", "x.csv", TERC.format(day="2026-01-01", gmina="X"), "it looks like terc"),
        ("terc", "x.csv", "a,b\n1,2\n", "its header is a,b"),
        ("terc", "x.csv", "", "holds no row"),
        ("terc", "x.csv", TERC.format(day="dziś", gmina="X"), "not a day YYYY-MM-DD"),
        ("terc", "x.csv", TERC.format(day="2026-01-01", gmina="X") + "16;09\n", "cut short"),
        ("terc", "x.csv", TERC.format(day="2020-01-01", gmina="X"), "go back from 2025-01-01 to 2020-01-01"),
        (
            "terc",
            "x.csv",
            "".join(TERC.format(day="2026-01-01", gmina="X").splitlines(True)[:3]),
            "a part of",
        ),
        ("forenames", "x-2026.csv", TERC.format(day="2026-01-01", gmina="X"), "line 1 is not a forename"),
        ("forenames", "x.csv", MEN, "its name tells no year"),
        ("pesel", "x.csv", MEN, "the registers are terc, simc, forenames"),
    ],
)
def test_a_wrong_file_is_refused_and_nothing_changes(
    tables: Path, tmp_path: Path, register: str, name: str, text: str, wrong: str
) -> None:
    before = {path.name: path.read_bytes() for path in tables.iterdir()}
    with pytest.raises(RegisterError, match=wrong):
        refresh_tables([(register, _save(tmp_path, name, text))], tables)
    assert {path.name: path.read_bytes() for path in tables.iterdir()} == before


def test_other_encodings_archives_and_two_files_are_refused(tables: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.csv"
    old.write_bytes(TERC.format(day="2026-01-01", gmina="X").encode("cp1250"))
    with pytest.raises(RegisterError, match="not in UTF-8"):
        refresh_tables([("terc", old)], tables)
    old.write_bytes(b"PK\x03\x04rest")
    with pytest.raises(RegisterError, match="unpack it first"):
        refresh_tables([("terc", old)], tables)
    with pytest.raises(RegisterError, match="one file, but 2"):
        refresh_tables([("terc", old), ("terc", old)], tables)
    with pytest.raises(RegisterError, match="give a folder of tables"):
        refresh_tables([("terc", old)], tmp_path)


def test_the_official_edition_gives_the_divided_cities_once(tmp_path: Path, tables: Path) -> None:
    rows = "14;65;;;Warszawa;miasto na prawach powiatu;2026-01-01\n14;65;01;1;Warszawa;gmina miejska;2026-01-01\n"
    text = (
        TERC.format(day="2026-01-01", gmina="Dobrzeń Wielki")
        + rows
        + "14;65;02;8;Bemowo;dzielnica;2026-01-01\n"
    )
    refresh_tables([("terc", _save(tmp_path, "new.csv", text))], tables)
    assert [row["teryt"] for row in read_table(tables / "teryt_units.tsv")].count("1465011") == 1


def test_command_lists_and_refreshes(tables: Path, tmp_path: Path) -> None:
    listed = RUNNER.invoke(app, ["tables", "--folder", str(tables)])
    assert "2025-01-01" in listed.output
    path = _terc(tmp_path, "2026-01-01", "Nowa Nazwa")
    told = RUNNER.invoke(app, ["tables", "--folder", str(tables), "--refresh", f"terc={path}"])
    assert "1 renamed: 1609032 Dobrzeń Wielki → Nowa Nazwa" in told.output
    assert RUNNER.invoke(app, ["tables", "--refresh", "terc"]).exit_code == 2
