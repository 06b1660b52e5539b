"""Every kind of bad file: the batch goes on, and the file becomes an article or a row of rejects."""

import base64
import gzip
import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.ingest import Limits, ingest_documents
from pipeline.records import Document, Reject

GOOD = "Wójt gminy Kije Jan Zieliński otworzył wczoraj nową świetlicę we wsi Rębów."
LIMITS = Limits(max_bytes=200_000, max_chars=20_000)
HTML = f"<html><body><article><p>{GOOD}</p></article></body></html>"


def _parquet(*, text: object = None, cut: int | None = None, **more: object) -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.table({"text": text if text is not None else [GOOD] * 50, **more}), stream)
    return stream.getvalue()[:cut]


def _zip() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "0" * 5_000_000)
    return stream.getvalue()


def _line(**cells: object) -> bytes:
    return json.dumps(cells).encode() + b"\n"


OK, BAD, ANY = "article", "reject", "either"

# (name of the case, file name, bytes, what must come of it)
FILES: list[tuple[str, str, bytes, str]] = [
    ("empty", "x.txt", b"", BAD),
    ("only spaces", "x.txt", b" \n\t\n", BAD),
    ("only a byte order mark", "x.txt", b"\xef\xbb\xbf", BAD),
    ("null bytes", "x.txt", b"\x00" * 5000, BAD),
    ("null bytes inside text", "x.txt", GOOD.encode() + b"\x00\x00" + GOOD.encode(), BAD),
    ("random bytes", "x.txt", bytes(range(256)) * 40, BAD),
    ("one line over the limit", "x.txt", b"a" * 300_000, BAD),
    ("more characters than allowed", "x.txt", (GOOD + " ").encode() * 300, BAD),
    ("gzip bomb under another name", "x.txt", gzip.compress(b"0" * 5_000_000), BAD),
    ("zip bomb under another name", "x.txt", _zip(), BAD),
    ("zip called html", "x.html", _zip(), BAD),
    ("gzip called csv", "x.csv", gzip.compress(b"text\n" + b"0" * 500_000), BAD),
    ("gzip called jsonl", "x.jsonl", gzip.compress(_line(text=GOOD)), BAD),
    ("picture called txt", "x.txt", b"\x89PNG\r\n\x1a\n" + bytes(500), BAD),
    ("pdf called txt", "x.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(128, 256)) * 9, BAD),
    ("sqlite called md", "x.md", b"SQLite format 3\x00" + bytes(900), BAD),
    ("lone surrogates in utf-8", "x.txt", GOOD.encode() + b" \xed\xa0\x80\xed\xb0\x80", ANY),
    ("overlong utf-8", "x.txt", GOOD.encode() + b" \xc0\xaf\xe0\x80\xaf", ANY),
    ("utf-8 cut inside a letter", "x.txt", (GOOD + " ż").encode()[:-1], OK),
    ("utf-16 with an odd byte", "x.txt", GOOD.encode("utf-16") + b"\x41", ANY),
    ("utf-32", "x.txt", GOOD.encode("utf-32"), ANY),
    ("utf-7", "x.txt", GOOD.encode("utf-7"), ANY),
    ("wrong byte order mark", "x.txt", b"\xff\xfe" + GOOD.encode(), ANY),
    ("cp1250 and utf-8 in one file", "x.txt", GOOD.encode() + b"\n" + GOOD.encode("cp1250"), ANY),
    ("terminal escapes", "x.txt", b"\x1b[2J\x1b]0;x\x07 " + GOOD.encode(), ANY),
    ("bidi overrides", "x.txt", f"\u202e{GOOD}\u2066".encode(), OK),
    ("a thousand combining marks", "x.txt", (GOOD + " a" + "\u0301" * 1000).encode(), OK),
    ("form feeds", "x.txt", GOOD.replace(" ", "\x0c").encode(), ANY),
    ("old Mac line ends", "x.txt", GOOD.replace(" ", "\r").encode(), OK),
    ("noncharacters", "x.txt", f"{GOOD} \ufffe\uffff".encode(), ANY),
    ("private use letters", "x.txt", ("\ue000" * 300).encode(), BAD),
    ("numbers only", "x.txt", b"1 2 3 4 5 6 7 8 9", BAD),
    ("base64", "x.txt", base64.b64encode(bytes(range(256)) * 20), ANY),
    ("1,500 names in a row", "x.txt", b"Jan Nowak, " * 1_500, OK),
    (
        "another language",
        "x.txt",
        b"The mayor of the town opened the new school with the council and the police. " * 5,
        BAD,
    ),
    ("html without an end", "x.html", f"<html><body><p>{GOOD}".encode(), OK),
    ("html with tags crossed", "x.html", f"<p><b>{GOOD}</p></b></div></table>".encode(), OK),
    ("html 3,000 deep", "x.html", b"<div>" * 3_000 + GOOD.encode(), ANY),
    ("html 2,000 lists deep", "x.html", b"<ul><li>" * 2_000 + GOOD.encode(), ANY),
    ("html of tables in tables", "x.html", b"<table><tr><td>" * 800 + GOOD.encode(), ANY),
    ("html with 3,000 attributes", "x.html", b"<p " + b"a=b " * 3_000 + b">" + GOOD.encode(), ANY),
    ("html with an attribute that never closes", "x.html", b'<p class="' + GOOD.encode() * 50, ANY),
    ("html with a comment that never closes", "x.html", b"<!-- " + GOOD.encode(), ANY),
    ("html with a script that never closes", "x.html", b"<script>" + GOOD.encode(), ANY),
    ("html of opening brackets", "x.html", b"<" * 30_000, BAD),
    ("html of ampersands", "x.html", b"&" * 30_000, ANY),
    (
        "html with entities of no character",
        "x.html",
        f"<p>{GOOD} &#0; &#xD800; &#x110000; &#99999999999;</p>".encode(),
        ANY,
    ),
    (
        "html with a false charset",
        "x.html",
        HTML.replace("<body>", "<meta charset=koi8-r><body>").encode(),
        OK,
    ),
    (
        "html with a charset that is none",
        "x.html",
        HTML.replace("<body>", '<meta charset="x\x00y"><body>').encode(),
        ANY,
    ),
    ("html with null bytes", "x.html", HTML.encode().replace(b"<p>", b"<p\x00>"), ANY),
    (
        "html with entity bombs",
        "x.html",
        b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><p>&c;' + GOOD.encode(),
        ANY,
    ),
    ("html that is empty", "x.html", b"<html></html>", BAD),
    ("markdown 3,000 quotes deep", "x.md", b">" * 3_000 + GOOD.encode(), ANY),
    ("markdown 3,000 lists deep", "x.md", b"- " * 3_000 + GOOD.encode(), ANY),
    ("markdown of brackets", "x.md", b"[" * 9_000 + b"](" * 9_000, ANY),
    ("markdown of stars", "x.md", b"*a **b _c" * 2_000, ANY),
    ("markdown of backticks", "x.md", b"".join(b"`" * (n % 90) + b"a " for n in range(400)), ANY),
    ("markdown with broken front matter", "x.md", f"---\ntitle: [\n: : :\n---\n{GOOD}".encode(), OK),
    ("markdown with front matter that never closes", "x.md", f"---\ntitle: a\n{GOOD}".encode(), OK),
    (
        "markdown with a table of 3,000 columns",
        "x.md",
        b"|a" * 3_000 + b"|\n" + b"|-" * 3_000 + b"|\n" + GOOD.encode(),
        ANY,
    ),
    ("json cut short", "x.jsonl", b'{"text": "abc', BAD),
    ("json 50,000 deep", "x.jsonl", b"[" * 50_000, BAD),
    ("json of a list", "x.jsonl", b"[1, 2]\n", BAD),
    ("json with a number for text", "x.jsonl", _line(text=5), BAD),
    ("json with null for text", "x.jsonl", _line(text=None), BAD),
    (
        "json with a huge number",
        "x.jsonl",
        b'{"text": "' + GOOD.encode() + b'", "date": ' + b"9" * 5_000 + b"}\n",
        ANY,
    ),
    ("json with NaN", "x.jsonl", b'{"text": NaN}\n', BAD),
    ("json with lone surrogates", "x.jsonl", b'{"text": "' + GOOD.encode() + b' \\ud800"}\n', OK),
    ("json with a null character", "x.jsonl", _line(text=GOOD + "\x00"), BAD),
    ("json with a line over the limit", "x.jsonl", _line(text="a" * 300_000), BAD),
    (
        "json with a bad line between good ones",
        "x.jsonl",
        _line(text=GOOD + " A") + b"{\n" + _line(text=GOOD + " B"),
        BAD,
    ),
    ("json with an impossible date", "x.jsonl", _line(text=GOOD + " C", date="2024-02-31"), OK),
    ("csv whose quotes never close", "x.csv", b'text\n"' + (GOOD + "\n").encode() * 3_000, BAD),
    ("csv with a header only", "x.csv", b"text,url\n", ANY),
    ("csv without a column of text", "x.csv", b"a,b\n1,2\n", BAD),
    ("csv with rows too long", "x.csv", f"text,url\n{GOOD},u,v,w\n".encode(), ANY),
    ("csv with rows too short", "x.csv", f"url,text\nu\nhttps://a.pl/1,{GOOD} D\n".encode(), ANY),
    ("csv with one column twice", "x.csv", f"text,text\n{GOOD} E,b\n".encode(), ANY),
    ("csv with 3,000 columns", "x.csv", b"text" + b",a" * 3_000 + b"\n" + GOOD.encode() + b"," * 3_000, ANY),
    ("csv with null bytes", "x.csv", b"text\n\x00\x00\n" + GOOD.encode() + b"\n", ANY),
    ("list of missing files", "x.csv", b"path\nnope.txt\n../../../etc/shadow\n\n", BAD),
    ("list of web addresses", "x.csv", b"path,title\nhttps://a.pl/x.html,y\n", BAD),
    ("list naming itself", "x.csv", b"path\nx.csv\n", BAD),
    ("list naming a folder", "x.csv", b"path\n.\n", BAD),
    ("list with null bytes in a path", "x.csv", b"path\na\x00b.txt\n", BAD),
    ("list with a path of 9,000 letters", "x.csv", b"path\n" + b"a" * 9_000 + b".txt\n", BAD),
    ("parquet cut short", "x.parquet", _parquet(cut=300), BAD),
    ("parquet without its end", "x.parquet", _parquet()[:-9], BAD),
    ("parquet of zeros", "x.parquet", b"PAR1" + bytes(400) + b"PAR1", BAD),
    ("parquet that is text", "x.parquet", GOOD.encode(), BAD),
    ("parquet with numbers for text", "x.parquet", _parquet(text=[1, 2, 3]), BAD),
    (
        "parquet with bytes for text",
        "x.parquet",
        _parquet(text=[b"\xff\xfe\x00", GOOD.encode("cp1250")]),
        ANY,
    ),
    ("parquet with lists for text", "x.parquet", _parquet(text=[[GOOD]]), BAD),
    ("parquet with nulls", "x.parquet", _parquet(text=pa.array([None, GOOD + " F"])), ANY),
    ("parquet without rows", "x.parquet", _parquet(text=pa.array([], pa.string())), ANY),
]


def _read(folder: Path, *named: Path) -> tuple[list[Document], list[Reject]]:
    items = list(ingest_documents([folder, *named], limits=LIMITS))
    return (
        [item for item in items if isinstance(item, Document)],
        [item for item in items if isinstance(item, Reject)],
    )


def _check_good(documents: list[Document]) -> list[Document]:
    assert [document.text for document in documents if document.source.endswith("zz-good.txt")] == [GOOD]
    return [document for document in documents if not document.source.endswith("zz-good.txt")]


def test_there_are_more_than_sixty_kinds() -> None:
    assert len({case[0] for case in FILES}) == len(FILES) >= 60


@pytest.mark.parametrize(
    ("name", "content", "expected"), [case[1:] for case in FILES], ids=[case[0] for case in FILES]
)
def test_a_bad_file_stops_nothing(tmp_path: Path, name: str, content: bytes, expected: str) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "zz-good.txt").write_text(GOOD, encoding="utf-8")
    documents, rejects = _read(tmp_path)
    read = _check_good(documents)
    assert all(reject.reason and len(reject.reason) < 1_000 for reject in rejects)
    assert all("\x00" not in document.text for document in read)
    assert expected != OK or (read and not rejects)
    assert expected != BAD or rejects
    if "rows" not in name and content and not content.startswith((b"text,url\n", b"PAR1")):
        assert read or rejects


def _fifo(folder: Path) -> None:
    os.mkfifo(folder / "x.txt")


def _loop(folder: Path) -> None:
    (folder / "a").mkdir()
    (folder / "a" / "b").symlink_to(folder / "a", target_is_directory=True)


def _link_to_itself(folder: Path) -> None:
    (folder / "x.txt").symlink_to(folder / "x.txt")


def _dangling(folder: Path) -> None:
    (folder / "x.txt").symlink_to(folder / "nowhere.txt")


def _device(folder: Path) -> None:
    (folder / "x.txt").symlink_to("/dev/zero")


def _folder_named_like_a_file(folder: Path) -> None:
    (folder / "x.txt").mkdir()


def _name_in_latin(folder: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/\xb3\xf3d\x9f.txt")).write_text(GOOD + " Łódź.")


def _name_with_a_line_end(folder: Path) -> None:
    (folder / "a\nb\x1b[2J.txt").write_text(GOOD + " Ujazd.")


@pytest.mark.parametrize(
    "make",
    [
        _fifo,
        _loop,
        _link_to_itself,
        _dangling,
        _device,
        _folder_named_like_a_file,
        _name_in_latin,
        _name_with_a_line_end,
    ],
)
def test_a_bad_place_stops_nothing(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path)
    (tmp_path / "zz-good.txt").write_text(GOOD, encoding="utf-8")
    documents, _ = _read(tmp_path)
    _check_good(documents)


def test_a_file_that_vanishes_while_the_batch_reads_is_a_reject(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "zz-good.txt"):
        (tmp_path / name).write_text(GOOD if name == "zz-good.txt" else f"{GOOD} {name}", encoding="utf-8")
    items = ingest_documents([tmp_path], limits=LIMITS)
    found = [next(items)]
    (tmp_path / "b.txt").unlink()
    found += list(items)
    assert [type(item) for item in found] == [Document, Reject, Document]
