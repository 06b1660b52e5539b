"""Bytes to text by evidence."""

import codecs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.ingest.decode import binary_kind, decode_text, drop_surrogates, is_binary
from pipeline.ingest.mojibake import decode_leniently

SENTENCES = (
    "Wójt gminy Źródła Łukasz Żółtowski otworzył świetlicę.",
    "Sołtyska wsi Jaźwie podziękowała strażakom za ciężką pracę.",
    "W Łące Górnej ćwiczyły drużyny OSP; wygrała młodzież z Kości.",
    "Przewodniczący rady, Bożydar Ślązak, wręczył dyplomy.",
    "ŹLE SIĘ DZIEJE W GDAŃSKU I WE WŁOSZCZOWEJ, mówią radni Łąki.",
)
SINGLE_BYTE = ("cp1250", "iso-8859-2")
MISREAD = ("cp1250", "cp1252", "iso-8859-2", "iso-8859-1")

polish_text = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map(" ".join)


@given(polish_text, st.sampled_from(SINGLE_BYTE))
def test_polish_letters_tell_cp1250_from_iso_8859_2(text: str, encoding: str) -> None:
    decoded = decode_text(text.encode(encoding))
    assert decoded is not None
    assert (decoded.text, decoded.encoding) == (text, encoding)


@given(
    polish_text,
    st.sampled_from(
        ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
    ),
)
def test_unicode_is_read_with_and_without_a_mark(text: str, encoding: str) -> None:
    decoded = decode_text(text.encode(encoding))
    assert decoded is not None
    assert (decoded.text, decoded.encoding) == (text, encoding)


@pytest.mark.parametrize(
    ("mark", "codec", "recorded"),
    [
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
        (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    ],
)
def test_the_mark_tells_the_order_of_bytes_and_is_dropped(mark: bytes, codec: str, recorded: str) -> None:
    decoded = decode_text(mark + SENTENCES[0].encode(codec))
    assert decoded is not None
    assert (decoded.text, decoded.encoding) == (SENTENCES[0], recorded)


@given(polish_text, st.sampled_from(MISREAD))
def test_mojibake_once_over_is_undone(text: str, misread: str) -> None:
    broken = decode_leniently(text.encode(), misread)
    decoded = decode_text(broken.encode())
    assert decoded is not None
    assert (decoded.text, decoded.encoding) == (text, f"utf-8+mojibake:{misread}")


@given(polish_text, st.sampled_from(MISREAD))
def test_mojibake_twice_over_is_undone(text: str, misread: str) -> None:
    broken = decode_leniently(decode_leniently(text.encode(), misread).encode(), misread)
    decoded = decode_text(broken.encode())
    assert decoded is not None
    assert (decoded.text, decoded.encoding) == (text, f"utf-8+mojibake:{misread}+mojibake:{misread}")


@given(st.binary(max_size=400))
@example(b"")
@example(b"\xff\xfe")
@example(b"\xff\xfe\x00")
@example(b"\x00\x00\xfe\xff\x00")
@example(b"\xef\xbb\xbf\xed\xa0\x80")
@example(b"\xed\xa0\xbd\xed\xb8\x80")
@example(b"a\x00b\x00c\x00d\x00\x00\xd8")
def test_any_bytes_give_a_text_that_can_be_written_or_none(data: bytes) -> None:
    decoded = decode_text(data)
    if decoded is not None:
        assert decoded.text.encode("utf-8").decode("utf-8") == decoded.text
        assert not decoded.text.startswith("\ufeff")


@given(st.text(alphabet=st.characters(max_codepoint=0x17F, exclude_categories=["Cc", "Cs"]), max_size=60))
def test_ascii_and_true_utf8_keep_every_character_unless_a_repair_is_named(text: str) -> None:
    decoded = decode_text(text.encode())
    assert decoded is not None
    if decoded.encoding == "utf-8":
        assert decoded.text == text


@pytest.mark.parametrize("word", ["SPÓŁKA WODNA", "MĘŻCZYZNA", "RÓŻA"])
@pytest.mark.parametrize("encoding", SINGLE_BYTE)
def test_capitals_that_happen_to_be_valid_utf8_are_read_as_polish(word: str, encoding: str) -> None:
    decoded = decode_text(word.encode(encoding))
    assert decoded is not None
    assert decoded.text == word


def test_the_last_letter_of_a_cp1250_file_is_not_taken_for_a_cut_utf8_file() -> None:
    decoded = decode_text("Ala idzie na tę".encode("cp1250"))
    assert decoded is not None
    assert (decoded.text, decoded.encoding) == ("Ala idzie na tę", "cp1250")


def test_a_utf8_file_cut_inside_its_last_letter_loses_only_that_letter() -> None:
    decoded = decode_text("Świetlica w Łąk".encode() + "ą".encode()[:1])
    assert decoded is not None
    assert (decoded.text, decoded.encoding) == ("Świetlica w Łąk", "utf-8")


def test_a_stray_byte_does_not_turn_a_utf8_file_into_another_encoding() -> None:
    decoded = decode_text((SENTENCES[0] * 3).encode() + b" \x96 koniec")
    assert decoded is not None
    assert (decoded.text, decoded.encoding) == (SENTENCES[0] * 3 + " – koniec", "utf-8+cp1250")


def test_surrogates_written_as_utf8_are_joined_or_replaced() -> None:
    decoded = decode_text("Świetlica ".encode() + b"\xed\xa0\xbd\xed\xb8\x80 i \xed\xa0\xbd")
    assert decoded is not None
    assert decoded.text == "Świetlica \U0001f600 i \ufffd"
    assert drop_surrogates("\ud83d\ude00 \udc00a") == "\U0001f600 \ufffda"


def test_windows_quotes_in_an_iso_8859_2_file_are_kept() -> None:
    data = "Zespół z Łąki śpiewał ".encode("iso-8859-2") + "„Różę”".encode("cp1250")
    decoded = decode_text(data)
    assert decoded is not None
    assert decoded.text == "Zespół z Łąki śpiewał „Różę”"
    assert decoded.encoding == "iso-8859-2+c1:cp1250"


def test_a_wrong_declaration_yields_to_the_letters_and_a_right_one_breaks_a_tie() -> None:
    decoded = decode_text(SENTENCES[0].encode("cp1250"), declared="iso-8859-2")
    assert decoded is not None
    assert (decoded.text, decoded.encoding) == (SENTENCES[0], "cp1250")
    tie = decode_text("Wójt Łomży".encode("cp1250"), declared="ISO-8859-2")
    assert tie is not None
    assert (tie.text, tie.encoding) == ("Wójt Łomży", "iso-8859-2")


def test_a_declared_dos_encoding_is_tried() -> None:
    decoded = decode_text(SENTENCES[0].encode("cp852"), declared="cp852")
    assert decoded is not None
    assert (decoded.text, decoded.encoding) == (SENTENCES[0], "cp852")


@pytest.mark.parametrize("declared", ["utf-8", "no-such", "idna", "unicode_escape", "", "\x00", "ł", "rot13"])
def test_any_declaration_is_survived(declared: str) -> None:
    decoded = decode_text(SENTENCES[1].encode("cp1250"), declared=declared)
    assert decoded is not None
    assert decoded.text == SENTENCES[1]


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"PK\x03\x04", "ZIP archive or office document"),
        (b"\x1f\x8b\x08", "gzip archive"),
        (b"%PDF-1.7", "PDF"),
        (b"{\\rtf1", "RTF document"),
        (b"\x89PNG\r\n", "PNG image"),
    ],
)
def test_known_binary_files_are_named_and_not_decoded(start: bytes, kind: str) -> None:
    assert binary_kind(start + b"rest") == kind
    assert decode_text(start + b" and some plain text after it") is None


def test_null_bytes_and_control_characters_make_a_file_binary() -> None:
    assert is_binary(b"abc\x00def")
    assert is_binary(bytes(range(1, 32)) * 4)
    assert not is_binary(b"\x1b[31mczerwony\x1b[0m tekst\x0c\r\n")
    assert decode_text(b"tekst z jednym\x00bajtem zerowym") is None


@pytest.mark.parametrize(
    "text",
    [
        "a\r\nb\rc\n",
        "Z\u0301ro\u0301dl\u0328o",
        "mię\xadkki",
        "10\xa0000 zł",
        "o\ufb01cjalny",
        "&nbsp;&amp;",
        "  dwie  spacje  ",
    ],
)
def test_nothing_else_is_changed(text: str) -> None:
    decoded = decode_text(text.encode())
    assert decoded is not None
    assert (decoded.text, decoded.encoding) == (text, "utf-8")
