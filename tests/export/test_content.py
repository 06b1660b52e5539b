from hypothesis import given
from hypothesis import strategies as st

from pipeline.export.content import make_content, writable
from pipeline.export.rows import flat


def test_what_no_format_holds_is_replaced_one_for_one() -> None:
    assert writable("a\x00\x1f\ud800\ufffe\tb\n") == "a\ufffd\ufffd\ufffd\ufffd\tb\n"
    content = make_content({"actors": ({"name": "\udcff", "aliases": ["\x01"], "n": 3},)})
    assert content["actors"] == ({"name": "\ufffd", "aliases": ["\ufffd"], "n": 3},)


@given(st.text(alphabet=st.characters(codec=None)))
def test_every_text_becomes_utf8_and_xml_of_the_same_length(text: str) -> None:
    written = writable(text)
    assert isinstance(written, str)
    assert len(written) == len(text)
    written.encode("utf-8")
    assert not any(ord(letter) < 32 and letter not in "\t\n\r" for letter in written)


def test_lists_are_one_text() -> None:
    assert flat(["a", "b"]) == "a | b"
    assert flat(3) == 3
