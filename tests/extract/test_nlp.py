"""`--model`: pipelines of each label set give people, bodies, places and roles; what cannot work says why."""

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from pipeline.errors import ModelError
from pipeline.extract import nlp as loading
from pipeline.extract.nlp import bounded_vocabulary, extract_mentions, load_nlp
from pipeline.records import Document

TEXT = "Wójt Anna Lis odwiedziła OSP Kije i Nysę."
FOUND = [("Wójt", "role"), ("Anna Lis", "person"), ("OSP Kije", "institution"), ("Nysę", "location")]


def write_pipeline(folder: Path, person: str, body: str, place: str, *, lang: str = "pl") -> Path:
    nlp = spacy.blank(lang)
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": person, "pattern": "Anna Lis"},
            {"label": body, "pattern": "OSP Kije"},
            {"label": place, "pattern": "Nysę"},
            {"label": "date", "pattern": "odwiedziła"},
        ]
    )
    nlp.to_disk(folder)
    return folder


def write_recogniser(folder: Path, *labels: str, lang: str = "pl") -> Path:
    nlp: Language = spacy.blank(lang)
    ner = nlp.add_pipe("ner")
    for label in labels:
        ner.add_label(label)
    nlp.initialize()
    nlp.to_disk(folder)
    return folder


@pytest.mark.parametrize(
    "labels",
    [
        ("persName", "orgName", "placeName"),
        ("persName", "orgName", "geogName"),
        ("PER", "ORG", "LOC"),
        ("PERSON", "ORG", "GPE"),
        ("PERSON", "ORG", "FAC"),
        ("person", "institution", "location"),
    ],
    ids="-".join,
)
@pytest.mark.parametrize("lang", ["pl", "xx"])
def test_each_label_set_gives_the_same_mentions(
    tmp_path: Path, labels: tuple[str, str, str], lang: str
) -> None:
    nlp = load_nlp(write_pipeline(tmp_path / "model", *labels, lang=lang))
    assert [(span.text, span.label_) for span in nlp(TEXT).ents] == FOUND


def test_a_blank_pipeline_is_refused(tmp_path: Path) -> None:
    spacy.blank("pl").to_disk(tmp_path / "blank")
    with pytest.raises(ModelError, match="no entity recogniser"):
        load_nlp(tmp_path / "blank")


def test_labels_that_map_to_nothing_are_named(tmp_path: Path) -> None:
    folder = write_recogniser(tmp_path / "chemistry", "CHEMICAL", "DISEASE")
    with pytest.raises(ModelError, match="CHEMICAL, DISEASE.*known are persName"):
        load_nlp(folder)


def test_places_without_people_are_not_enough(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"means a person.*\bLOC\b"):
        load_nlp(write_recogniser(tmp_path / "places", "LOC"))


def test_a_wrong_language_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="'de'.*Polish"):
        load_nlp(write_recogniser(tmp_path / "german", "PER", lang="de"))


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no such folder"):
        load_nlp(tmp_path / "nothing")


def test_a_package_that_is_not_installed_is_named() -> None:
    with pytest.raises(ModelError, match="pl_core_news_none"):
        load_nlp("pl_core_news_none")


def test_a_folder_that_is_no_pipeline_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot load"):
        load_nlp(tmp_path)


def test_a_recognised_name_that_is_nobodys_is_no_mention() -> None:
    nlp = spacy.blank("pl")
    nlp.add_pipe("entity_ruler").add_patterns(
        [{"label": "person", "pattern": name} for name in ("Bóg", "Anna Lis")]
    )
    nlp.add_pipe("civic_sentences")
    document = Document(article_id="a", source="s", text="Tak mi dopomóż Bóg, rzekła Anna Lis.")
    [extraction] = extract_mentions([document], nlp)
    assert [mention.text for mention in extraction.mentions] == ["Anna Lis"]
    assert [span.text for span in nlp(document.text).ents] == ["Bóg", "Anna Lis"]


def test_the_first_words_stay_known_and_later_ones_go(monkeypatch: pytest.MonkeyPatch) -> None:
    nlp = spacy.blank("pl")
    known = len(nlp.vocab)
    monkeypatch.setattr(loading, "FORMS", known + 2)
    with bounded_vocabulary(nlp):
        nlp("Wójt Anna Lis")
    with bounded_vocabulary(nlp):
        assert [token.text for token in nlp("Wójt Gogolina, Kije")] == ["Wójt", "Gogolina", ",", "Kije"]
    assert "Anna" in nlp.vocab
    assert "Gogolina" not in nlp.vocab
    with bounded_vocabulary(nlp):
        assert [token.text for token in nlp("Anna z Gogolina")] == ["Anna", "z", "Gogolina"]
