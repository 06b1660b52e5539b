"""CSV of any encoding and separator."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UnreadableInput
from pipeline.ingest.delimited import Record, open_delimited

KNOWN = frozenset({"text", "title", "tekst"})


def read(data: bytes, *, max_bytes: int = 10_000) -> tuple[str, tuple[str, ...], list[Record]]:
    with open_delimited(io.BytesIO(data), known=KNOWN, max_bytes=max_bytes) as table:
        return table.encoding, table.header, list(table.records)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250", "iso-8859-2", "utf-16"])
def test_separator_and_encoding_are_found(separator: str, encoding: str) -> None:
    row = f'{separator.join(["Tytuł", "tekst"])}\r\nŚwięto{separator}"Wójt, radni; i ""Łąka"" żyją"\r\n'
    found, header, records = read(row.encode(encoding))
    assert (found, header) == (encoding, ("Tytuł", "tekst"))
    assert records == [Record(1, {"Tytuł": "Święto", "tekst": 'Wójt, radni; i "Łąka" żyją'})]


def test_a_header_with_commas_inside_names_is_cut_at_the_separator_that_makes_known_names() -> None:
    assert read(b"id, in full, as given;text;title\n1;a;b\n")[1] == ("id, in full, as given", "text", "title")


def test_the_line_of_excel_is_passed_over() -> None:
    assert read(b"sep=;\ntext;title\na;b\n")[2] == [Record(1, {"text": "a", "title": "b"})]


def test_a_letter_far_into_the_file_decides_the_encoding() -> None:
    data = b"text,title\n" + b"zwykly wiersz,x\n" * 100_000 + "Święta Łąka,y\n".encode("cp1250")
    encoding, _, records = read(data)
    assert encoding == "cp1250"
    assert records[-1] == Record(100_001, {"text": "Święta Łąka", "title": "y"})


def test_lines_inside_quotes_and_blank_lines() -> None:
    records = read(b'text,title\n"a\n\nb",x\n\n\nc,y\n')[2]
    assert [(record.number, record.cells["text"]) for record in records] == [(1, "a\n\nb"), (2, "c")]


def test_short_rows_are_filled_and_long_ones_refused() -> None:
    records = read(b"text,title\na\nb,c,,\nd,e,f\ng,h\n")[2]
    assert records[0] == Record(1, {"text": "a"})
    assert records[1] == Record(2, {"text": "b", "title": "c"})
    assert "3 cells where the header has 2" in records[2].problem
    assert records[3].cells == {"text": "g", "title": "h"}


def test_quotes_that_never_close_end_the_reading_with_the_line_named() -> None:
    records = read(b'text,title\na,b\nc,"d\ne,f\ng,h\n')[2]
    assert records[0].cells == {"text": "a", "title": "b"}
    assert records[1].problem == "quotes opened at line 3 never close; the rest is not read"
    assert len(records) == 2


def test_quotes_that_never_close_do_not_fill_the_memory() -> None:
    records = read(b'text,title\n"' + b"x,y\n" * 10_000, max_bytes=1000)[2]
    assert len(records) == 1
    assert "longer than 1,000 characters" in records[0].problem


def test_quotes_inside_a_text_spoil_their_row_alone() -> None:
    records = read(b'text,title\n"zespol "Laka" gra",x\na,b\n')[2]
    assert "quotes that do not match at line 2" in records[0].problem
    assert records[1] == Record(2, {"text": "a", "title": "b"})


def test_a_field_longer_than_the_usual_limit_is_read() -> None:
    text = "słowo " * 50_000
    assert read(f'text,title\n"{text}",b\n'.encode(), max_bytes=1_000_000)[2][0].cells["text"] == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"PK\x03\x04...", "binary file"),
        (b"text,title\na\x00b,c\n", "binary file"),
        (b"x" * 20_000, "a record longer than"),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableInput, match=reason):
        read(data)


cell = st.text(alphabet=st.sampled_from(list("aą,;\t\"\n' ")), max_size=12)


@given(st.lists(st.tuples(cell, cell), min_size=1, max_size=6), st.sampled_from([",", ";", "\t"]))
def test_what_the_csv_module_writes_is_read_back(rows: list[tuple[str, str]], separator: str) -> None:
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writerows([("text", "title"), *rows])
    records = read(written.getvalue().encode())[2]
    assert [tuple(record.cells.values()) for record in records] == rows


@given(st.binary(max_size=300))
def test_any_bytes_give_records_or_a_reason(data: bytes) -> None:
    try:
        assert all(record.problem or record.cells is not None for record in read(b"text,title\n" + data)[2])
    except UnreadableInput as error:
        assert str(error)
