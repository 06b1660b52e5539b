import pytest
import spacy
from spacy.tokens import Doc, Span

from pipeline.errors import ModelError
from pipeline.extract.labels import LabelMapper, check_labels, map_labels
from pipeline.extract.nlp import load_nlp


def test_known_label_sets_map_to_ours() -> None:
    assert map_labels(["persName", "orgName", "placeName", "geogName", "date"]) == {
        "persName": "person",
        "orgName": "institution",
        "placeName": "location",
        "geogName": "location",
    }
    assert map_labels(["PER", "ORG", "LOC", "MISC"]) == {
        "PER": "person",
        "ORG": "institution",
        "LOC": "location",
    }


def test_mapper_renames_and_drops() -> None:
    nlp = spacy.blank("pl")
    doc = Doc(nlp.vocab, ["Jan", "wczoraj", "w", "Opolu"])
    doc.set_ents([Span(doc, 0, 1, label="PER"), Span(doc, 1, 2, label="DATE"), Span(doc, 3, 4, label="GPE")])
    mapped = LabelMapper({"PER": "person", "GPE": "location"})(doc)
    assert [(span.text, span.label_) for span in mapped.ents] == [("Jan", "person"), ("Opolu", "location")]


def test_a_blank_pipeline_is_refused() -> None:
    with pytest.raises(ModelError, match="no entity recogniser"):
        check_labels(spacy.blank("pl"))


def test_a_pipeline_of_other_things_is_refused_with_its_labels() -> None:
    nlp = spacy.blank("pl")
    nlp.add_pipe("ner").add_label("CHEMICAL")
    with pytest.raises(ModelError, match="CHEMICAL"):
        check_labels(nlp)


def test_a_pipeline_of_nkjp_labels_gets_roles_from_the_tables(tmp_path) -> None:
    nlp = spacy.blank("pl")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "persName", "pattern": "Anna Lis"}])
    nlp.to_disk(tmp_path / "nkjp")
    doc = load_nlp(tmp_path / "nkjp")("Przyjechała starosta nyska Anna Lis.")
    assert [(span.text, span.label_) for span in doc.ents] == [
        ("starosta nyska", "role"),
        ("Anna Lis", "person"),
    ]
