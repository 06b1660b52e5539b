"""A CSV that names articles."""

from pathlib import Path

import pytest

from pipeline.ingest.article_lists import expand_lists
from pipeline.ingest.inputs import Found, Given, InputFile, expand_inputs
from pipeline.ingest.limits import Limits
from pipeline.records import Reject


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for name in ("a.txt", "b.md", "t.jsonl"):
        (tmp_path / "in" / name).write_text("x")
    return tmp_path / "in"


def expand(*inputs: str, columns: dict[str, str] | None = None) -> list[Found]:
    return expand_lists(expand_inputs(inputs), columns=columns or {}, limits=Limits())


def test_a_list_gives_its_files_and_what_it_says_of_them(folder: Path) -> None:
    (folder / "list.csv").write_text(
        "path;url;title;published;municipality_teryt\na.txt;https://x.pl/1;Tytuł;17.05.2025;1609084\nb.md;;;;\n"
    )
    first, second = expand("in/list.csv")
    assert isinstance(first, InputFile)
    assert (first.source, first.path) == ("in/a.txt", Path("in/a.txt"))
    assert first.given == Given("https://x.pl/1", "Tytuł", "17.05.2025", "1609084")
    assert isinstance(second, InputFile)
    assert second.given == Given()


def test_a_file_in_the_folder_and_in_its_list_is_read_once_as_listed(folder: Path) -> None:
    (folder / "list.csv").write_text("path,url\na.txt,https://x.pl/1\n")
    found = expand("in")
    assert [(one.source, getattr(one, "given", None)) for one in found] == [
        ("in/a.txt", Given("https://x.pl/1")),
        ("in/b.md", None),
        ("in/t.jsonl", None),
    ]


def test_each_bad_row_is_a_reject_of_its_own(folder: Path) -> None:
    rows = ["gone.txt", "", "t.jsonl", "https://x.pl/1", "a.txt", "../in", "x.docx"]
    (folder / "list.csv").write_text("path,url\n" + "\n".join(f"{row},-" for row in rows) + "\n")
    found = expand("in/list.csv")
    rejects = {one.source: one.reason for one in found if isinstance(one, Reject)}
    assert rejects == {
        "in/list.csv#1": "gone.txt: no such file or folder",
        "in/list.csv#2": "no path",
        "in/list.csv#3": "t.jsonl: a list names single articles; give a table on its own",
        "in/list.csv#4": "an address on the web; nothing is fetched, give a file",
        "in/list.csv#6": "../in: a folder, not a file",
        "in/list.csv#7": "x.docx: no such file or folder",
    }
    assert [one.source for one in found if isinstance(one, InputFile)] == ["in/a.txt"]


def test_a_list_does_not_name_itself(folder: Path) -> None:
    (folder / "list.csv").write_text("path\nlist.csv\n")
    assert [type(one) for one in expand("in/list.csv")] == [Reject]


def test_a_table_with_a_text_is_no_list(folder: Path) -> None:
    (folder / "table.csv").write_text("path,text\na.txt,Tekst\n")
    (found,) = expand("in/table.csv")
    assert (found.source, getattr(found, "format", None)) == ("in/table.csv", "csv")
    (folder / "named.csv").write_text("path,nota\na.txt,Tekst\n")
    assert expand("in/named.csv", columns={"text": "nota"})[0].source == "in/named.csv"
    assert expand("in/named.csv")[0].source == "in/a.txt"


def test_a_broken_list_is_a_reject(folder: Path) -> None:
    (folder / "list.csv").write_bytes(b"PK\x03\x04")
    assert expand("in/list.csv") == [
        Reject("in/list.csv", "ingest", "binary file (ZIP archive or office document)")
    ]
