"""Bytes to text, decided by evidence: the Polish letters that each decoding would give.

Generic detectors confuse cp1250 with ISO-8859-2, which differ in six Polish letters; here both are tried
and the one that gives Polish letters inside words wins. A declared encoding only breaks a tie.
"""

import codecs
import re
from dataclasses import dataclass

from pipeline.ingest.mojibake import decode_leniently, polish_evidence, repair_text


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how its bytes were read.

    Attributes:
        text: Without its byte order mark; nothing else is changed but what `encoding` says.
        encoding: A Python codec, then the repairs made: `cp1250`, `utf-8-sig`, `utf-8+mojibake:cp1252`.
    """

    text: str
    encoding: str


# The longer marks first: that of UTF-32-LE starts with that of UTF-16-LE.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"PK\x03\x04", "ZIP archive or office document"),
    (b"\x1f\x8b", "gzip archive"),
    (b"BZh", "bzip2 archive"),
    (b"\xfd7zXZ\x00", "xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip archive"),
    (b"(\xb5/\xfd", "Zstandard archive"),
    (b"Rar!", "RAR archive"),
    (b"%PDF-", "PDF"),
    (b"{\\rtf", "RTF document"),
    (b"\xd0\xcf\x11\xe0", "old office document"),
    (b"\x89PNG", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF8", "GIF image"),
    (b"PAR1", "Parquet"),
    (b"SQLite format 3\x00", "SQLite database"),
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_UTF8_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
# `ÓŁ`, `ÓŻ`, `ĘŻ`, `ĘŚ` in cp1250 or ISO-8859-2 are valid UTF-8 too, of letters that no Polish text has.
_ACCIDENT = re.compile("(?<=[A-Z])[\u0280-\u02bf\u04c0-\u04ff]")
_SINGLE_BYTE = ("cp1250", "iso-8859-2")
_DECLARABLE = {"cp1250", "cp1252", "cp852", "iso8859-1", "iso8859-2", "iso8859-16", "mac-latin2"}
_EVIDENCE_BYTES = 1 << 20


def decode_text(data: bytes, *, declared: str | None = None) -> Decoded | None:
    """Decode a text of unknown encoding; never raises.

    Args:
        data: The whole file, or whole lines of one.
        declared: The encoding that the page names, if any; it decides only where the letters do not.

    Returns:
        The text and its encoding; None when the bytes are no text.
    """
    decoded = _decode_marked(data) or _decode_wide(data)
    if decoded is None:
        if is_binary(data):
            return None
        decoded = _decode_utf8(data) or _decode_single_byte(data, declared)
    text, steps = repair_text(decoded.text)
    return Decoded(text.lstrip("\ufeff"), decoded.encoding + steps)


def binary_kind(data: bytes) -> str | None:
    """Return what kind of binary file starts with these bytes, or None when that is not known."""
    return next((kind for signature, kind in _SIGNATURES if data.startswith(signature)), None)


def is_binary(data: bytes) -> bool:
    """Say whether bytes of no wide encoding are something other than text."""
    if binary_kind(data) or b"\x00" in data:
        return True
    # A stray escape or form feed is met in real text; one in a hundred is not.
    return sum(1 for _ in _CONTROLS.finditer(data)) > max(2, len(data) // 100)


def drop_surrogates(text: str) -> str:
    """Join surrogate pairs and put U+FFFD for lone surrogates, so that the text can be written anywhere."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _decode_marked(data: bytes) -> Decoded | None:
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    if encoding is None:
        return None
    if encoding == "utf-8-sig":
        inner = _decode_utf8(data.removeprefix(codecs.BOM_UTF8))
        return Decoded(inner.text, encoding) if inner and not is_binary(data) else None
    text = data.decode(encoding, "replace")
    return Decoded(text, encoding) if _is_plausible(text) else None


def _decode_wide(data: bytes) -> Decoded | None:
    """Read UTF-16 or UTF-32 without a mark, known by where its null bytes stand."""
    sample = data[: 1 << 16]
    if len(sample) < 4 or b"\x00" not in sample:
        return None
    nulls = [sample[start::4].count(0) * 4 / len(sample) for start in range(4)]
    many = [share > 0.3 for share in nulls]
    encodings = {
        (False, True, True, True): "utf-32-le",
        (True, True, True, False): "utf-32-be",
        (False, True, False, True): "utf-16-le",
        (True, False, True, False): "utf-16-be",
    }
    encoding = encodings.get((many[0], many[1], many[2], many[3]))
    if encoding is None:
        return None
    text = data.decode(encoding, "replace")
    return Decoded(text, encoding) if _is_plausible(text) else None


def _is_plausible(text: str) -> bool:
    bad = text.count("\x00") + text.count("\ufffd")
    return bad <= max(1, len(text) // 100)


def _decode_utf8(data: bytes) -> Decoded | None:
    try:
        text = data.decode("utf-8")
        return None if _is_accident(text) else Decoded(text, "utf-8")
    except UnicodeDecodeError as error:
        # A file cut inside its last letter; but `ę` at the end of a cp1250 file looks the same.
        if error.reason == "unexpected end of data" and not data[: error.start].isascii():
            return Decoded(data[: error.start].decode("utf-8"), "utf-8")
    if _UTF8_SURROGATE.search(data):
        try:
            return Decoded(drop_surrogates(data.decode("utf-8", "surrogatepass")), "utf-8")
        except UnicodeDecodeError:
            data = _UTF8_SURROGATE.sub("\ufffd".encode(), data)
    return _decode_mostly_utf8(data)


def _is_accident(text: str) -> bool:
    return not text.isascii() and _ACCIDENT.sub("", text).isascii()


def _decode_mostly_utf8(data: bytes) -> Decoded | None:
    """Read UTF-8 with a few stray bytes of cp1250, as pages pasted together have."""
    text = data.decode("utf-8", "surrogateescape")
    stray = sum("\udc80" <= character <= "\udcff" for character in text)
    sound = sum(character > "\x7f" for character in text) - stray
    if sound < 10 * stray:
        return None
    table = {0xDC00 + byte: decode_leniently(bytes([byte]), "cp1250") for byte in range(0x80, 0x100)}
    return Decoded(text.translate(table), "utf-8+cp1250") if stray else Decoded(text, "utf-8")


def _decode_single_byte(data: bytes, declared: str | None) -> Decoded:
    first = re.search(rb"[\x80-\xff]", data)
    sample = data[max(0, first.start() - 100) :][:_EVIDENCE_BYTES] if first else b""
    named = _codec_name(declared)
    candidates = list(_SINGLE_BYTE)
    if named in _DECLARABLE and named not in map(_codec_name, candidates):
        candidates.append(str(named))
    # On a tie the declared one wins, then the first.
    best = max(
        candidates,
        key=lambda name: (polish_evidence(decode_leniently(sample, name)), _codec_name(name) == named),
    )
    return Decoded(decode_leniently(data, best), best)


def _codec_name(name: str | None) -> str | None:
    try:
        return codecs.lookup(name).name if name else None
    except (LookupError, ValueError, UnicodeError):  # null characters, letters that are not ASCII
        return None
