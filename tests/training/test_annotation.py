"""There and back: a dataset to Label Studio and DocBin, corrected, and read back as gold."""

import json
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import DocBin
from typer.testing import CliRunner

import pipeline
from pipeline.cli import app
from pipeline.errors import CivicActorsError
from pipeline.records import LABELS
from pipeline.training.add_gold import add_gold
from pipeline.training.from_annotation import choose_split
from pipeline.training.gold import GoldAffiliation, GoldArticle, GoldMention, load_article, load_gold
from pipeline.training.gold_docbin import KEY, pack_gold, read_docbin
from pipeline.training.labelstudio import labelling_config, make_result, make_task
from pipeline.training.labelstudio_tasks import read_tasks
from pipeline.training.validate import validate_gold
from pipeline.training.write_gold import format_article, write_gold

GOLD = Path(__file__).parent.parent.parent / "data" / "gold"


@pytest.fixture(scope="module")
def gold() -> list[GoldArticle]:
    return load_gold(GOLD)


def _alike(read: GoldArticle, wanted: GoldArticle) -> bool:
    """Compare what people annotate; the order of lines of offices says nothing."""
    bare = replace(read, path=wanted.path, split=wanted.split, affiliations=())
    return bare == replace(wanted, affiliations=()) and set(read.affiliations) == set(wanted.affiliations)


def _annotate(tasks: list[dict], path: Path) -> Path:
    """Do what a person does who accepts every prediction."""
    for number, task in enumerate(tasks):
        result = task.pop("predictions")[0]["result"]
        task["annotations"] = [{"id": number, "was_cancelled": False, "result": result}]
    path.write_text(json.dumps(tasks), encoding="utf-8")
    return path


def test_the_whole_gold_is_written_as_it_was_read(gold, tmp_path: Path) -> None:
    write_gold(gold, tmp_path)
    again = load_gold(tmp_path)
    assert [replace(one, path=article.path) for one, article in zip(again, gold, strict=True)] == gold


def test_the_whole_gold_comes_back_from_label_studio(gold, tmp_path: Path) -> None:
    back = read_tasks(_annotate([make_task(article) for article in gold], tmp_path / "t.json"))
    assert [one.article_id for one in back.articles] == [article.article_id for article in gold]
    for read, wanted in zip(back.articles, gold, strict=True):
        assert _alike(read, wanted), wanted.article_id


def test_most_offices_are_relations_that_can_be_seen(gold) -> None:
    facts = sum(
        len(result["value"]["text"][0].split("\n"))
        for article in gold
        for result in make_result(article)
        if result.get("from_name") == "facts"
    )
    assert facts < 0.06 * sum(len(article.affiliations) for article in gold)


def test_the_whole_gold_comes_back_from_a_docbin(gold, tmp_path: Path) -> None:
    pack_gold(gold).to_disk(tmp_path / "g.spacy")
    back = read_docbin(tmp_path / "g.spacy")
    for read, wanted in zip(back.articles, gold, strict=True):
        assert _alike(read, wanted), wanted.article_id


LETTERS = st.text(alphabet='aąĄ <>&"\n\r-\u0301ﬁ😀ż;#1', max_size=40)


@given(LETTERS, LETTERS, LETTERS, st.sampled_from(LABELS))
def test_any_text_is_read_back_as_it_was_written(tmp_path_factory, before, form, after, label) -> None:
    text = f"{before}x{form}y{after}"
    start = len(before)
    mark = GoldMention(start, start + len(form) + 2, text[start : start + len(form) + 2], label, "Lemat „a”")
    if label == "person":
        mark = replace(mark, actor="a", gender="?")
    folder = tmp_path_factory.mktemp("text") / "dev"
    folder.mkdir()
    path = folder / "a.txt"
    article = GoldArticle(
        *("a", path, "dev", text, date(2024, 1, 1), "press", "w", None, None, (), (mark,), ())
    )
    path.write_text(format_article(article), encoding="utf-8", newline="")
    assert load_article(path) == article


@pytest.mark.model
def test_the_sample_goes_all_the_way_round(demo: Path, tmp_path: Path) -> None:
    tasks, config = pipeline.export(demo, to="labelstudio", out=tmp_path / "ls", all_people=True).files
    packed = pipeline.export(demo, to="docbin", out=tmp_path / "db", all_people=True).files[0]
    dated = [task for task in json.loads(tasks.read_text(encoding="utf-8")) if task["data"]["published"]]
    assert dated
    assert dated[0]["predictions"][0]["model_version"]
    by_id = {task["data"]["article_id"]: task for task in dated}
    studio = read_tasks(_annotate(dated, tmp_path / "t.json")).articles
    kept = DocBin(store_user_data=True, attrs=["ENT_IOB", "ENT_TYPE"])
    for doc in DocBin().from_disk(packed).get_docs(spacy.blank("pl").vocab):
        if doc.user_data[KEY]["article_id"] in by_id:
            kept.add(doc)
    kept.to_disk(tmp_path / "kept.spacy")
    docbin = read_docbin(tmp_path / "kept.spacy").articles
    assert all(_alike(one, other) for one, other in zip(studio, docbin, strict=True))
    mentions = pipeline.load_dataset(demo).mentions.groupby("article_id").size()
    assert all(len(article.mentions) == mentions[article.article_id] for article in studio)
    assert sum(len(article.affiliations) for article in studio) > 100
    root = ElementTree.fromstring(config.read_text(encoding="utf-8"))
    names = {one.get("name") for one in root.iter() if one.get("name")}
    used = {result.get("from_name") for task in dated for result in task["annotations"][0]["result"]}
    assert used - {None} <= names


def test_the_interface_knows_every_label_and_status() -> None:
    root = ElementTree.fromstring(labelling_config())
    assert [one.get("value") for one in root.iter("Label")] == list(LABELS)
    assert {"current", "former", "at", "of"} <= {one.get("value") for one in root.iter("Relation")}


TASK = {
    "data": {"text": "😀 Wójt Annę Lis powitał.", "article_id": "../x/1", "published": "2024-05-07"},
    "annotations": [
        {"id": 1, "was_cancelled": True, "result": []},
        {
            "id": 2,
            "result": [
                {
                    "id": "a",
                    "type": "labels",
                    "from_name": "label",
                    # Counted in units of UTF-16, and one space too many, as a browser may.
                    "value": {"start": 3, "end": 8, "text": "Wójt ", "labels": ["role"]},
                },
                {
                    "id": "b",
                    "type": "labels",
                    "from_name": "label",
                    "value": {"start": 8, "end": 16, "text": "Annę Lis", "labels": ["person"]},
                },
                {"type": "relation", "from_id": "b", "to_id": "a", "labels": ["former"]},
                {"type": "relation", "from_id": "b", "to_id": "gone", "labels": ["at"]},
            ],
        },
    ],
}


def _write_tasks(path: Path, *tasks: object) -> Path:
    path.write_text(json.dumps(tasks), encoding="utf-8")
    return path


def test_marks_without_nominative_or_person_get_one_to_start_from(tmp_path: Path) -> None:
    untouched = {"data": TASK["data"], "annotations": []}
    back = read_tasks(_write_tasks(tmp_path / "t.json", TASK, untouched), split="dev")
    assert back.n_untouched == 1
    (article,) = back.articles
    assert article.article_id == "x-1"
    assert [(one.text, one.label, one.lemma) for one in article.mentions] == [
        ("Wójt", "role", "Wójt"),
        ("Annę Lis", "person", "Anna Lis"),
    ]
    assert article.mentions[1].gender == "f"
    assert article.affiliations == (
        GoldAffiliation(actor=article.mentions[1].actor, role="Wójt", status="former"),
    )


def test_what_cannot_be_gold_names_the_article(tmp_path: Path) -> None:
    undated = {**TASK, "data": TASK["data"] | {"published": ""}}
    with pytest.raises(CivicActorsError, match="x-1 has no day of publication"):
        read_tasks(_write_tasks(tmp_path / "t.json", undated))
    overlapping = json.loads(json.dumps(TASK))
    overlapping["annotations"][1]["result"][1]["value"] = {"start": 3, "end": 10, "labels": ["person"]}
    with pytest.raises(CivicActorsError, match="overlap"):
        read_tasks(_write_tasks(tmp_path / "t.json", overlapping))
    with pytest.raises(CivicActorsError, match="JSON-MIN"):
        read_tasks(_write_tasks(tmp_path / "t.json", {"text": "x", "label": []}))
    (tmp_path / "bad.spacy").write_bytes(b"nothing")
    with pytest.raises(CivicActorsError, match="no DocBin"):
        read_docbin(tmp_path / "bad.spacy")


def test_an_entity_added_in_spacy_becomes_a_mark(tmp_path: Path) -> None:
    doc = spacy.blank("pl")("Powitano Annę Lis w Ozimku.")
    doc.set_ents([doc.char_span(9, 17, "person"), doc.char_span(20, 26, "location")])
    doc.user_data[KEY] = {"article_id": "new", "published": "2024-05-07"}
    DocBin(docs=[doc], store_user_data=True).to_disk(tmp_path / "d.spacy")
    (article,) = read_docbin(tmp_path / "d.spacy").articles
    assert [(one.text, one.lemma) for one in article.mentions] == [
        ("Annę Lis", "Anna Lis"),
        ("Ozimku", "Ozimek"),
    ]


def test_one_article_in_five_chooses_and_always_the_same() -> None:
    splits = [choose_split(f"a{number}") for number in range(1000)]
    assert splits == [choose_split(f"a{number}") for number in range(1000)]
    assert 150 < splits.count("dev") < 250
    assert set(splits) == {"train", "dev"}


def test_the_command_adds_and_checks(tmp_path: Path) -> None:
    tasks = _write_tasks(tmp_path / "t.json", TASK)
    called = ["gold", str(tmp_path / "ours"), "--from-labelstudio", str(tasks), "--split", "train"]
    done = CliRunner().invoke(app, called)
    assert done.exit_code == 0, done.output
    assert "1 articles written" in done.output
    assert validate_gold(tmp_path / "ours") == []
    add_gold(tmp_path / "ours", labelstudio=tasks, split="dev")
    assert [article.split for article in load_gold(tmp_path / "ours")] == ["dev"]
    with pytest.raises(CivicActorsError, match="no split"):
        add_gold(tmp_path / "ours", labelstudio=tasks, split="training")
