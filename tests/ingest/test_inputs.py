"""What the caller named, as a sorted list of files."""

import os
import socket
from pathlib import Path

import pytest

from pipeline.ingest.inputs import InputFile, Skipped, expand_inputs
from pipeline.records import Reject


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (
        "b.txt",
        "a.md",
        "sub/c.HTML",
        "sub/deep/d.jsonl",
        "notes.docx",
        ".hidden.txt",
        ".git/x.txt",
    ):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "in"


def sources(*inputs: str | Path) -> list[str]:
    return [one.source for one in expand_inputs(inputs) if isinstance(one, InputFile)]


def test_a_folder_is_walked_in_order_and_the_rest_counted(folder: Path) -> None:
    found = expand_inputs(["in"])
    assert sources("in") == ["in/a.md", "in/b.txt", "in/sub/c.HTML", "in/sub/deep/d.jsonl"]
    assert [one for one in found if isinstance(one, Skipped)] == [
        Skipped("in/.git", "hidden"),
        Skipped("in/.hidden.txt", "hidden"),
        Skipped("in/notes.docx", "a type that is not read (.docx)"),
    ]
    assert [one.format for one in found if isinstance(one, InputFile)] == ["md", "txt", "html", "jsonl"]


def test_what_is_named_directly_and_not_read_is_a_reject(folder: Path) -> None:
    assert expand_inputs(["in/notes.docx", "in/none.txt", "in/.hidden.txt"]) == [
        InputFile("in/.hidden.txt", Path("in/.hidden.txt"), "txt", str(folder / ".hidden.txt")),
        Reject("in/none.txt", "ingest", "no such file or folder"),
        Reject(
            "in/notes.docx",
            "ingest",
            "a type that is not read (.docx); give .txt .md .html .jsonl .csv .parquet",
        ),
    ]


def test_the_order_of_inputs_and_naming_a_file_twice_change_nothing(folder: Path) -> None:
    once = expand_inputs(["in/b.txt", "in/a.md"])
    assert expand_inputs(["in/a.md", "in/b.txt", "./in/a.md", Path("in/b.txt")]) == once
    assert sources("in", "in/b.txt") == sources("in")
    assert sources("in/sub", "in") == sources("in")


def test_one_file_by_two_names_is_read_once(folder: Path) -> None:
    (folder / "z.txt").symlink_to("b.txt")
    found = expand_inputs(["in", str(folder / "a.md")])
    assert Skipped("in/z.txt", "the same file as in/b.txt") in found
    assert sum(isinstance(one, InputFile) and one.format == "md" for one in found) == 1


@pytest.mark.parametrize(
    ("pattern", "matches"),
    [
        ("in/*.txt", ["in/b.txt"]),
        ("in/**/*.HTML", ["in/sub/c.HTML"]),
        ("in/[ab].*", ["in/a.md", "in/b.txt"]),
        ("in/s?b", ["in/sub/c.HTML", "in/sub/deep/d.jsonl"]),
        ("in/.h*", ["in/.hidden.txt"]),
    ],
)
def test_patterns(folder: Path, pattern: str, matches: list[str]) -> None:
    assert sources(pattern) == matches
    absolute = str(folder.parent / pattern)
    assert sources(absolute) == [str(folder.parent / match) for match in matches]


def test_a_pattern_without_a_match_is_a_reject(folder: Path) -> None:
    assert expand_inputs(["in/*.xyz"]) == [Reject("in/*.xyz", "ingest", "no file matches this pattern")]


def test_a_file_with_brackets_in_its_name_is_no_pattern(folder: Path) -> None:
    (folder / "a[1].txt").write_text("x")
    assert sources("in/a[1].txt") == ["in/a[1].txt"]


def test_loops_of_links_end_and_are_named(folder: Path) -> None:
    (folder / "sub" / "up").symlink_to("..")
    (folder / "self").symlink_to("self")
    (folder / "sub" / "round").symlink_to("round")
    (folder / "gone.txt").symlink_to("nowhere.txt")
    rejects = {one.source: one.reason for one in expand_inputs(["in"]) if isinstance(one, Reject)}
    assert rejects["in/sub/up"] == "a symbolic link to a folder that it lies in"
    assert rejects["in/gone.txt"] == "no such file or folder"
    assert rejects["in/self"].startswith("cannot read: ")
    assert rejects["in/sub/round"].startswith("cannot read: ")
    assert sources("in") == ["in/a.md", "in/b.txt", "in/sub/c.HTML", "in/sub/deep/d.jsonl"]
    assert sources("in/**/*.md") == ["in/a.md"]


def test_a_folder_reached_by_two_ways_is_read_once(folder: Path) -> None:
    (folder / "again").symlink_to("sub")
    assert Skipped("in/sub", "the same folder as in/again") in expand_inputs(["in"])
    assert sources("in") == ["in/a.md", "in/again/c.HTML", "in/again/deep/d.jsonl", "in/b.txt"]


def test_many_links_between_folders_do_not_multiply(folder: Path) -> None:
    for number in range(12):
        here = folder / f"level{number}"
        here.mkdir()
        for name in ("left", "right"):
            (here / name).symlink_to(folder / f"level{number + 1}")
    assert len(expand_inputs(["in"])) < 100


def test_special_files_are_refused(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("in/s.txt")  # an absolute one may be longer than addresses may be
        rejects = {
            one.source: one.reason for one in expand_inputs(["in", "/dev/null"]) if isinstance(one, Reject)
        }
    assert rejects == {
        "/dev/null": "a device, not a file",
        "in/pipe.txt": "a FIFO, not a file",
        "in/s.txt": "a socket, not a file",
    }
    assert expand_inputs(["in/pipe.txt"]) == [Reject("in/pipe.txt", "ingest", "a FIFO, not a file")]


def test_a_folder_that_may_not_be_listed_is_a_reject(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refuse)
    assert expand_inputs(["in"]) == [Reject("in", "ingest", "cannot read: Permission denied")]


@pytest.mark.parametrize("name", ["a\x00b.txt", "x" * 5000, "", "https://laka.example/1.html", "in/**x/*["])
def test_names_that_cannot_be_files_are_rejects(folder: Path, name: str) -> None:
    found = expand_inputs([name]) if name else expand_inputs(["nowhere"])
    assert [type(one) for one in found] == [Reject]


def test_a_name_that_is_no_utf8_gets_a_source_that_can_be_written(folder: Path) -> None:
    (folder / os.fsdecode(b"w\xf3jt.txt")).write_text("x")
    assert "in/w\\xf3jt.txt" in sources("in")


def test_deep_folders_are_walked(folder: Path) -> None:
    path = folder / "/".join(["d"] * 1200)
    here = folder
    for _ in range(1200):
        here = here / "d"
        here.mkdir()
    (path / "x.txt").write_text("x")
    found = sources("in")
    (path / "x.txt").unlink()
    os.removedirs(path)  # pytest's own clean-up would nest too deep
    assert f"in/{'d/' * 1200}x.txt" in found


def test_standard_input_is_named_by_a_dash(folder: Path) -> None:
    assert expand_inputs(["-", "-"]) == [InputFile("-", None, "txt", "-")]


def test_a_file_address_is_the_path_that_it_names(folder: Path) -> None:
    (folder / "żółty wpis.txt").write_text("x", encoding="utf-8")
    wanted = folder / "żółty wpis.txt"
    for address in (wanted.as_uri(), f"file:{wanted}", f"file://localhost{wanted}", Path(wanted.as_uri())):
        assert expand_inputs([address]) == expand_inputs([wanted])
    assert expand_inputs([f"{folder.as_uri()}/*.md"]) == expand_inputs([f"{folder}/*.md"])


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("https://laka.example/1.html", "on the web; nothing is fetched"),
        ("hdfs://name:9000/articles", "an address of hdfs, which --engine spark reads"),
        ("s3a://bucket/articles", "an address of s3a"),
        ("abfss://box@store/articles", "an address of abfss"),
        ("file://elsewhere/articles", "an address of file"),
        ("file://[articles", "an address of file"),
    ],
)
def test_an_address_elsewhere_is_a_reject_that_says_what_to_do(address: str, reason: str) -> None:
    (found,) = expand_inputs([address])
    assert isinstance(found, Reject) and reason in found.reason


def test_an_address_made_a_path_is_still_one() -> None:
    (found,) = expand_inputs([Path("hdfs://name:9000/articles")])
    assert isinstance(found, Reject) and "an address of hdfs" in found.reason
