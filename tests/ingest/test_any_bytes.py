"""Any bytes under any name: an article or a reject, never another error; what was found stays here."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline.ingest import Limits, ingest_documents
from pipeline.ingest.dates import parse_date
from pipeline.ingest.decode import decode_text
from pipeline.records import Document, Reject
from tests.fuzz.target import TARGETS, TOKENS

PIECES = st.sampled_from(TOKENS)
BYTES = st.one_of(st.binary(max_size=300), st.lists(PIECES, max_size=40).map(b"".join))
SUFFIXES = ("txt", "md", "html", "jsonl", "csv", "parquet")


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=BYTES)
@example(data=b"")
@example(data=b"\x00\x00\xfe\xff")
def test_any_bytes_make_an_article_or_a_reject(tmp_path: Path, suffix: str, data: bytes) -> None:
    path = tmp_path / f"x.{suffix}"
    path.write_bytes(data)
    for item in ingest_documents([path], limits=Limits(max_bytes=100_000, max_chars=10_000, min_words=1)):
        assert isinstance(item, (Document, Reject))
        if isinstance(item, Document):
            item.text.encode()
            assert item.text.strip()
        else:
            assert item.reason


@pytest.mark.parametrize("target", TARGETS)
@settings(max_examples=150, deadline=None)
@given(data=BYTES)
def test_the_fuzz_targets_hold_for_any_bytes(target: str, data: bytes) -> None:
    TARGETS[target](data)


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.text(max_size=60), st.none(), st.integers(), st.floats(), st.binary(max_size=20), st.datetimes()
    )
)
def test_any_value_is_a_day_or_none(value: object) -> None:
    found = parse_date(value)
    assert found is None or (type(found) is date and 1900 <= found.year <= 2100)


@given(st.text(alphabet="aąćęłńóśźżAĄĆĘŁŃÓŚŹŻ \n„”–", min_size=1, max_size=200))
def test_utf_8_is_read_as_written(text: str) -> None:
    decoded = decode_text(text.encode())
    assert decoded is not None
    assert decoded.text == text
