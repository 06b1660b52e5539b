"""The whole stage: every format, and everything that can be wrong with a file."""

import gzip
import io
import json
import os
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import ConfigError
from pipeline.ingest import Limits, Skipped, ingest_documents, readers
from pipeline.records import Document, Reject

TEXT = "Wójt gminy Łąka Jan Nowak otworzył nową świetlicę. Podziękował sołtysce Ewie Kos za pomoc."
OTHER = "Radna Anna Lis podziękowała strażakom z Dobrej. Źródło: urząd gminy."
DAY = date(2025, 5, 17)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ingest(*inputs: str, **options: object) -> list[Document | Reject | Skipped]:
    return list(ingest_documents(inputs, **options))  # type: ignore[arg-type]


def document(path: str, **options: object) -> Document:
    (one,) = ingest(path, **options)
    assert isinstance(one, Document), one
    return one


def reason(path: str, **options: object) -> str:
    (one,) = ingest(path, **options)
    assert isinstance(one, Reject), one
    assert one.source == path
    assert one.stage == "ingest"
    return one.reason


# Formats.


def test_a_txt_is_its_decoded_self(folder: Path) -> None:
    text = f"\r\n {TEXT}\r\nmięk\xadki Z\u0301le  &nbsp; **nie markdown**\r\n"
    Path("a.txt").write_bytes(b"\xef\xbb\xbf" + text.encode())
    read = document("a.txt")
    assert (read.text, read.encoding, read.title, read.source) == (text, "utf-8-sig", None, "a.txt")


def test_a_txt_in_cp1250_records_its_encoding(folder: Path) -> None:
    Path("a.txt").write_bytes(TEXT.encode("cp1250"))
    assert (document("a.txt").text, document("a.txt").encoding) == (TEXT, "cp1250")


def test_a_markdown_article_has_facts_in_front(folder: Path) -> None:
    Path("a.md").write_text(
        f"---\ntitle: Nowa świetlica\ndate: 17 maja 2025\nurl: https://x.pl/1\n---\n# Nagłówek\n\n**{TEXT}**\n"
    )
    read = document("a.md")
    assert (read.title, read.published, read.url) == ("Nowa świetlica", DAY, "https://x.pl/1")
    assert read.text == f"Nagłówek\n\n{TEXT}"


def test_a_page_whose_declaration_is_wrong(folder: Path) -> None:
    page = f'<html><head><meta charset="utf-8"><title>Łąka</title></head><body><p>{TEXT}</p></body></html>'
    Path("a.html").write_bytes(page.encode("iso-8859-2"))
    read = document("a.html")
    assert (read.text, read.encoding, read.title) == (TEXT, "iso-8859-2", "Łąka")


def test_json_lines(folder: Path) -> None:
    rows = [
        {
            "tekst": TEXT,
            "tytuł": "Świetlica",
            "data": "2025-05-17",
            "link": "https://x.pl/1",
            "teryt": "1609084",
        },
        {"content": OTHER, "date": "kiedyś"},
    ]
    Path("a.jsonl").write_text("\n".join(json.dumps(row) for row in rows) + "\n\n")
    first, second = ingest("a.jsonl")
    assert isinstance(first, Document)
    assert (first.source, first.text, first.title) == ("a.jsonl#1", TEXT, "Świetlica")
    assert (first.published, first.url, first.municipality_teryt) == (DAY, "https://x.pl/1", "1609084")
    assert isinstance(second, Document)
    assert (second.source, second.text, second.published) == ("a.jsonl#2", OTHER, None)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_json_lines_in_other_unicode(folder: Path, encoding: str) -> None:
    line = json.dumps({"text": TEXT}, ensure_ascii=False)
    Path("a.jsonl").write_bytes(f"{line}\n{line}\n".encode(encoding))
    assert [getattr(one, "text", one) for one in ingest("a.jsonl")] == [TEXT, TEXT]


def test_a_csv_with_named_columns(folder: Path) -> None:
    Path("a.csv").write_bytes(f"nr;body;nagłówek\n1;{TEXT};Świetlica\n".encode("cp1250"))
    read = document("a.csv", columns={"title": "nagłówek"})
    assert (read.source, read.text, read.title, read.encoding) == ("a.csv#1", TEXT, "Świetlica", "cp1250")


def test_mojibake_in_a_cell_is_mended(folder: Path) -> None:
    Path("a.csv").write_text(f"text\n{TEXT.encode().decode('cp1252', 'ignore')}\n{OTHER}\n", encoding="utf-8")
    first, second = ingest("a.csv")
    assert isinstance(first, Document)
    assert first.encoding == "utf-8+mojibake:cp1252"
    assert isinstance(second, Document)
    assert (second.text, second.encoding) == (OTHER, "utf-8")


def test_parquet(folder: Path) -> None:
    table = pa.table(
        {
            "text": [TEXT, None, OTHER],
            "published_at": [datetime(2025, 5, 17, 10), None, datetime(2024, 1, 1)],  # noqa: DTZ001
            "teryt": [201011, None, 1609084],
            "other": [b"\xff", b"", b""],
        }
    )
    pq.write_table(table, "a.parquet")
    first, second, third = ingest("a.parquet")
    assert isinstance(first, Document)
    assert (first.source, first.text) == ("a.parquet#1", TEXT)
    assert (first.published, first.municipality_teryt) == (DAY, "0201011")
    assert second == Reject("a.parquet#2", "ingest", "empty")
    assert isinstance(third, Document)
    assert third.municipality_teryt == "1609084"


@pytest.mark.parametrize("kind", [pa.large_string(), pa.binary(), pa.dictionary(pa.int32(), pa.string())])
def test_parquet_text_of_other_types(folder: Path, kind: pa.DataType) -> None:
    column = (
        pa.array([TEXT]).dictionary_encode() if pa.types.is_dictionary(kind) else pa.array([TEXT]).cast(kind)
    )
    pq.write_table(pa.table({"text": column}), "a.parquet")
    assert document("a.parquet").text == TEXT


def test_parquet_strings_that_are_no_utf8_are_decoded_by_evidence(folder: Path) -> None:
    data = TEXT.encode("cp1250")
    offsets = pa.py_buffer((0).to_bytes(4, "little") + len(data).to_bytes(4, "little"))
    column = pa.StringArray.from_buffers(1, offsets, pa.py_buffer(data))
    pq.write_table(pa.table({"text": column}), "a.parquet", store_schema=True)
    assert (document("a.parquet").text, document("a.parquet").encoding) == (TEXT, "cp1250")


@pytest.mark.parametrize(
    ("data", "source"),
    [
        (TEXT.encode(), "-"),
        (f'{{"text": "{TEXT}"}}\n'.encode(), "-#1"),
        (f"<!DOCTYPE html><html><body><p>{TEXT}</p></body></html>".encode(), "-"),
        (TEXT.encode("cp1250"), "-"),
    ],
)
def test_standard_input(folder: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, source: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    (read,) = ingest("-")
    assert isinstance(read, Document)
    assert (read.source, read.text) == (source, TEXT)
    assert not sys.stdin.closed


def test_long_json_lines_on_standard_input(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = b"".join(json.dumps({"text": f"{number} {TEXT} " * 1000}).encode() + b"\n" for number in range(3))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines)))
    assert [one.source for one in ingest("-") if isinstance(one, Document)] == ["-#1", "-#2", "-#3"]


# Order, ids, lists, sources.


def test_source_order_whatever_the_order_of_inputs(folder: Path) -> None:
    for name in ("b.txt", "a.txt", "c.md"):
        Path(name).write_text(TEXT)
    one, two = ingest("c.md", "a.txt", "b.txt"), ingest("b.txt", "c.md", "a.txt")
    assert one == two
    ids = [read.article_id for read in one if isinstance(read, Document)]
    assert ids == [ids[0], f"{ids[0]}-2", f"{ids[0]}-3"]


def test_an_article_list_goes_before_the_file(folder: Path) -> None:
    Path("a.md").write_text(f"---\ntitle: Stary\nurl: https://x.pl/old\n---\n{TEXT}")
    Path("list.csv").write_text("path,title,published,teryt\na.md,Nowy,17.05.2025,1609084\n")
    read = document("list.csv")
    assert (read.title, read.url, read.published) == ("Nowy", "https://x.pl/old", DAY)
    assert read.municipality_teryt == "1609084"


def test_sources_fill_in_the_gmina_and_are_no_input(folder: Path) -> None:
    Path("in").mkdir()
    Path("in/a.txt").write_text(TEXT)
    Path("in/b.jsonl").write_text(json.dumps({"text": OTHER, "teryt": "0201011"}))
    Path("in/sources.csv").write_text("prefix,municipality_teryt\nin,1609084\n")
    found = ingest("in", sources=Path("in/sources.csv"))
    assert [getattr(one, "municipality_teryt", one) for one in found] == ["1609084", "0201011"]


def test_a_folder_with_a_bit_of_everything_streams(folder: Path) -> None:
    Path("in").mkdir()
    Path("in/a.txt").write_text(TEXT)
    Path("in/b.pdf").write_bytes(b"%PDF-1.7")
    Path("in/c.txt").write_text("")
    stream = ingest_documents(["in"])
    assert isinstance(next(stream), Document)
    Path("in/c.txt").unlink()
    assert next(stream) == Skipped("in/b.pdf", "a type that is not read (.pdf)")
    assert next(stream) == Reject("in/c.txt", "ingest", "cannot read: No such file or directory")
    assert list(stream) == []


# Bad calls.


def test_bad_calls_raise_at_once(folder: Path) -> None:
    with pytest.raises(ConfigError, match="no input"):
        ingest_documents([])
    with pytest.raises(TypeError, match="give a list"):
        ingest_documents("a.txt")
    with pytest.raises(ConfigError, match="no field 'tekst'"):
        ingest_documents(["a.txt"], columns={"tekst": "body"})
    with pytest.raises(ConfigError, match="No such file"):
        ingest_documents(["a.txt"], sources=Path("none.csv"))


# Bad input.


def zip_bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "a" * 1_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"\xef\xbb\xbf", "empty"),
        ("a.txt", b"\xff\xfe", "empty"),
        ("a.txt", b" \r\n\t\n", "empty"),
        ("a.txt", b"12345 67890", "no words"),
        ("a.txt", "Wójt".encode(), "fewer than 3 words"),
        ("a.txt", zip_bomb(), "binary file (ZIP archive or office document)"),
        ("a.txt", gzip.compress(b"a" * 1_000_000), "binary file (gzip archive)"),
        ("a.html", gzip.compress(b"<p>" * 1_000_000), "binary file (gzip archive)"),
        ("a.csv", gzip.compress(b"text\n" * 1_000_000), "binary file (gzip archive)"),
        ("a.txt", b"\x7fELF\x02\x01\x01\x00\x00\x00", "binary file"),
        ("a.txt", bytes(range(256)) * 20, "binary file"),
        ("a.txt", TEXT.encode() + b"\x00" + TEXT.encode(), "binary file"),
        ("a.md", b"\x00" * 1000, "binary file"),
        ("a.txt", b"Der Wagen ist nicht in der Stadt und das ist gut.", "not Polish (looks like de)"),
        ("a.md", b"# \n\n---\n\n<!-- nic -->", "empty"),
        ("a.html", b"", "no main text"),
        ("a.html", b"<html><body></body></html>", "no main text"),
        ("a.html", b"<div>" * 50_000 + TEXT.encode(), "no main text"),
        ("a.html", b"<table><tr><td>" * 20_000, "no main text"),
        ("a.jsonl", b"", "empty"),
        ("a.csv", b"", "empty"),
        ("a.csv", b"id,note\n1,x\n", "no column of text; found: id, note; name the column of text"),
        ("a.csv", b"text\na\x00b\n", "binary file"),
        ("a.parquet", b"", "broken Parquet"),
        ("a.parquet", b"PAR1 this is none PAR1", "broken Parquet"),
        ("a.parquet", b"PAR1" + b"\xff" * 100 + b"\xff\xff\xff\x7fPAR1", "broken Parquet"),
    ],
)
def test_a_bad_file_is_one_reject_with_its_reason(
    folder: Path, name: str, data: bytes, expected: str
) -> None:
    Path(name).write_bytes(data)
    assert reason(name).startswith(expected)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b"{", "no JSON"),
        (b"nic", "no JSON"),
        (b"[1, 2]", "no JSON object"),
        (b'"tekst"', "no JSON object"),
        (b"[" * 100_000, "no JSON"),
        (b'{"a":' * 100_000, "no JSON"),
        (b'{"text": ' + b"9" * 10_000 + b"}", "no JSON"),
        (b'{"text": 5}', "the text is not a string"),
        (b'{"text": null}', "empty"),
        (b'{"text": "\\u0000 a b c d"}', "null characters"),
        (b'{"id": 1}', "no column of text; found: id"),
        (b"\x00\x01\x02", "binary file"),
        (b'{"text": "' + b"x" * 2000 + b'"}', "a line longer than 1,000 bytes; raise max_bytes"),
    ],
)
def test_a_bad_line_of_json_spoils_itself_alone(folder: Path, line: bytes, expected: str) -> None:
    good = json.dumps({"text": TEXT}).encode()
    Path("a.jsonl").write_bytes(good + b"\n" + line + b"\r\n" + good)
    limits = Limits(max_bytes=1000) if len(line) < 5000 else Limits()
    first, bad, last = ingest("a.jsonl", limits=limits)
    assert isinstance(first, Document)
    assert isinstance(bad, Reject)
    assert bad.source == "a.jsonl#2"
    assert bad.reason.startswith(expected)
    assert len(bad.reason) <= 500
    assert isinstance(last, Document)
    assert last.source == "a.jsonl#3"


def test_lone_surrogates_in_json_can_be_written(folder: Path) -> None:
    Path("a.jsonl").write_text('{"text": "Wójt gminy \\ud83d Łąka otworzył szkołę", "title": "\\udc00 Łąka"}')
    read = document("a.jsonl")
    assert read.text == "Wójt gminy \ufffd Łąka otworzył szkołę"
    assert read.title == "\ufffd Łąka"


def test_one_line_beyond_the_limit_is_not_read_whole(folder: Path) -> None:
    with Path("a.txt").open("wb") as file:
        file.truncate(300 * 1024 * 1024)  # a sparse file takes no room
    assert reason("a.txt") == "larger than 20,971,520 bytes; raise max_bytes"
    Path("b.txt").write_text(TEXT * 100)
    assert reason("b.txt", limits=Limits(max_bytes=1000)) == "larger than 1,000 bytes; raise max_bytes"
    assert reason("b.txt", limits=Limits(max_chars=999)) == "longer than 999 characters; raise max_chars"
    Path("b.md").write_text(TEXT * 100)
    assert "raise max_chars" in reason("b.md", limits=Limits(max_chars=999))


def test_a_hundred_thousand_names_in_a_row(folder: Path) -> None:
    Path("a.txt").write_text("Jan Kowalski, Anna Nowak, " * 50_000)
    assert reason("a.txt") == "longer than 1,000,000 characters; raise max_chars"
    assert len(document("a.txt", limits=Limits(max_chars=2_000_000)).text) == 1_300_000


def test_quotes_that_never_close(folder: Path) -> None:
    Path("a.csv").write_text(f'text,title\n"{TEXT}",x\n"{OTHER},y\n{TEXT},z\n')
    good, bad = ingest("a.csv")
    assert isinstance(good, Document)
    assert bad == Reject("a.csv#2", "ingest", "quotes opened at line 3 never close; the rest is not read")


def test_a_parquet_cut_short(folder: Path) -> None:
    pq.write_table(pa.table({"text": [TEXT] * 1000}), "a.parquet")
    whole = Path("a.parquet").read_bytes()
    Path("a.parquet").write_bytes(whole[: len(whole) // 2])
    assert reason("a.parquet").startswith("broken Parquet")


def test_a_parquet_spoilt_inside(folder: Path) -> None:
    pq.write_table(
        pa.table({"text": [f"{number} {TEXT}" for number in range(5000)]}),
        "a.parquet",
        use_dictionary=False,
        compression="zstd",
        row_group_size=1000,
    )
    data = bytearray(Path("a.parquet").read_bytes())
    middle = len(data) // 2
    data[middle : middle + 200] = b"\xff" * 200
    Path("a.parquet").write_bytes(data)
    *read, last = ingest("a.parquet")
    assert len(read) >= 1000
    assert isinstance(last, Reject)
    assert f"rows after {len(read)} are not read" in last.reason


def test_a_parquet_without_text(folder: Path) -> None:
    pq.write_table(pa.table({"id": [1]}), "a.parquet")
    assert reason("a.parquet").startswith("no column of text; found: id")
    pq.write_table(pa.table({"text": [1]}), "b.parquet")
    assert reason("b.parquet") == "the column 'text' holds int64, not text"


def test_a_file_that_may_not_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.txt").write_text(TEXT)

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert reason("a.txt") == "cannot read: Permission denied"


def test_a_pipe_put_in_the_place_of_a_file_does_not_wait(folder: Path) -> None:
    Path("a.txt").write_text(TEXT)
    Path("b.txt").write_text(TEXT)
    stream = ingest_documents(["a.txt", "b.txt"])
    next(stream)
    Path("b.txt").unlink()
    os.mkfifo("b.txt")
    assert next(stream) == Reject("b.txt", "ingest", "a FIFO, not a file")


def test_an_error_nobody_thought_of_is_a_reject_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.html").write_text(f"<p>{TEXT}</p>")
    Path("b.txt").write_text(TEXT)

    def fail(_: str, **settings: object) -> None:
        raise KeyError("surprise\nin two lines \ud800")

    monkeypatch.setattr(readers, "parse_html", fail)
    bad, good = ingest("a.html", "b.txt")
    assert isinstance(bad, Reject)
    assert bad.reason.startswith("unexpected KeyError")
    assert "\n" not in bad.reason
    assert isinstance(good, Document)


NAMES = ("a.txt", "a.md", "a.html", "a.jsonl", "a.csv", "a.parquet")
PIECES = [
    b"{",
    b"}",
    b'"text"',
    b":",
    b'"',
    b",",
    b";",
    b"\n",
    b"\r",
    b"\x00",
    b"<p>",
    b"</",
    b"PAR1",
    b"---",
]
PIECES += [b"\xff\xfe", b"\xed\xa0\x80", b"text", TEXT.encode(), TEXT.encode("cp1250"), TEXT.encode("utf-16")]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(NAMES), st.lists(st.sampled_from(PIECES) | st.binary(max_size=8), max_size=12))
def test_any_file_gives_documents_or_rejects_that_can_be_written(
    folder: Path, name: str, pieces: list[bytes]
) -> None:
    Path(name).write_bytes(b"".join(pieces))
    for one in ingest(name):
        written = one.text if isinstance(one, Document) else one.reason
        assert written.encode("utf-8")
        assert not (isinstance(one, Reject) and one.reason.startswith("unexpected"))
