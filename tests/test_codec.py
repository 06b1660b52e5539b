"""Records survive JSON without loss."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pipeline.codec import document_from_json, document_to_json, reading_from_json, reading_to_json
from pipeline.records import LABELS, STATUSES, Document, Link, Mention, Municipality, Name, Reading

TEXT = st.text(st.characters())  # lone surrogates too
DOCUMENTS = st.builds(
    Document,
    article_id=TEXT,
    source=TEXT,
    text=TEXT,
    url=st.none() | TEXT,
    title=st.none() | TEXT,
    published=st.none() | st.dates(date(1900, 1, 1)),
    municipality_teryt=st.none() | TEXT,
)
SCORES = st.floats(0, 1)
INDEX = st.none() | st.integers(0, 9)
READINGS = st.builds(
    Reading,
    document=DOCUMENTS,
    mentions=st.lists(
        st.builds(
            Mention, TEXT, st.integers(0), st.integers(0), TEXT, st.sampled_from(LABELS), SCORES, TEXT, TEXT
        )
    ).map(tuple),
    names=st.lists(
        st.builds(
            Name,
            form=TEXT,
            nominative=TEXT,
            label=st.sampled_from(LABELS),
            gender=st.sampled_from([None, "f", "m"]),
            titles=st.lists(TEXT).map(tuple),
            score=SCORES,
            alternatives=st.lists(TEXT).map(tuple),
        )
    ).map(tuple),
    links=st.lists(
        st.builds(
            Link,
            st.integers(0, 9),
            INDEX,
            INDEX,
            INDEX,
            st.integers(0),
            st.integers(0),
            st.sampled_from(STATUSES),
            since=st.none() | TEXT,
            inferred=st.lists(TEXT).map(tuple),
            confidence=SCORES,
        )
    ).map(tuple),
    places=st.lists(st.none() | TEXT).map(tuple),
    municipality=st.builds(Municipality, st.none() | TEXT, SCORES),
)


@given(DOCUMENTS)
def test_documents(document: Document) -> None:
    assert document_from_json(document_to_json(document)) == document


@given(READINGS)
def test_readings(reading: Reading) -> None:
    assert reading_from_json(reading_to_json(reading), reading.document) == reading
