"""What must hold for any bytes: hypothesis tries it with every test run, atheris at length by `make fuzz`."""

import codecs

from pipeline.ingest.contact_data import mask_contacts
from pipeline.ingest.decode import decode_text
from pipeline.ingest.html import read_page
from pipeline.ingest.markdown import markdown_to_text, split_front_matter
from pipeline.ingest.markup import declared_encoding, page_facts, visible_text

MAX_BYTES = 20_000

# Pieces that mean something to a reader of some format.
TOKENS = (
    b"<p>",
    b"</",
    b"<!--",
    b"&#x",
    b";",
    b"<script>",
    b"```",
    b"---\n",
    b"|",
    b"[",
    b"](",
    b"*",
    b"> ",
    b'{"text":',
    b'"',
    b",",
    b"\n",
    b"\r",
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"text",
    b"path",
    b"PAR1",
    "Żółć".encode(),
    "Żółć".encode("cp1250"),
    "Å¼Ã³Å‚".encode(),
    b" Jan Nowak ",
    b"\xed\xa0\x80",
    b"\x1b[",
    b"=1",
    b"&nbsp;",
    b"\xad",
)


def check_decode(data: bytes) -> str:
    """Decode the bytes: the text can be written anywhere, and its encoding is a codec and the repairs made."""
    decoded = decode_text(data[:MAX_BYTES], declared=declared_encoding(data[:MAX_BYTES]))
    if decoded is None:
        return ""
    decoded.text.encode()
    assert not decoded.text.startswith("\ufeff")
    codecs.lookup(decoded.encoding.partition("+")[0])
    masked = mask_contacts(decoded.text)
    assert len(masked) == len(decoded.text)
    return decoded.text


def check_html(data: bytes) -> None:
    """Read the text as a web page: what is left can be written anywhere, and holds no mark of ours."""
    source = check_decode(data)
    facts = page_facts(source)
    visible_text(source).encode()
    if (page := read_page(source)) is not None:
        page.text.encode()
        assert page.text == page.text.strip("\n ") != ""
        assert not {"\x00", "\x01"} & set(page.text)
        assert page.url == facts.url


def check_markdown(data: bytes) -> None:
    """Read the text as Markdown: what is left can be written anywhere, and holds no mark of ours."""
    source = check_decode(data)
    values, rest = split_front_matter(source)
    assert source.endswith(rest) and all(key == key.strip().lower() for key in values)
    text = markdown_to_text(rest)
    text.encode()
    assert "\x00" not in text or "\x00" in rest


TARGETS = {"decode": check_decode, "html": check_html, "markdown": check_markdown}
