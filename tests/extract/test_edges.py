import pytest
import spacy
from spacy.tokens import Span

from pipeline.extract.edges import mend_edges


@pytest.mark.parametrize(
    ("text", "found", "mended"),
    [
        ("z Sołectwami - Bogna Lach", "Sołectwami -", "Sołectwami"),
        ("w „Głosie Gminy” napisano", "„Głosie Gminy”", "Głosie Gminy"),
        ("prezes LGD „Razem dla Gminy” Jan", "LGD „Razem dla Gminy", "LGD „Razem dla Gminy”"),
        ("KGW „Mamy i My” w Lipie", "KGW „Mamy i My” w Lipie", "KGW „Mamy i My” w Lipie"),
        ("przyszła Anna\nLis wczoraj", "Anna\nLis", "Anna\nLis"),
        ("hasło „Jedność” i praca", "Jedność", "Jedność"),
    ],
)
def test_edges(text: str, found: str, mended: str) -> None:
    doc = spacy.blank("pl")(text)
    start = text.index(found)
    doc.set_ents([doc.char_span(start, start + len(found), label="institution")])
    assert [span.text for span in mend_edges(doc).ents] == [mended]


def test_an_entity_of_marks_alone_goes() -> None:
    doc = spacy.blank("pl")("Wójt - Jan")
    doc.set_ents([Span(doc, 1, 2, label="role")])
    assert not mend_edges(doc).ents
