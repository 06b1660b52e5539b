"""The whole measurement on readings made by hand."""

import json
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

import pipeline
from pipeline.errors import CivicActorsError
from pipeline.records import Reading
from pipeline.training.evaluate import (
    evaluate_readings,
    hash_split,
    load_split,
    write_evaluation,
)
from pipeline.training.gold import GoldArticle, load_gold
from pipeline.training.gold_actors import load_actors
from pipeline.training.gold_links import gold_sentences, make_document, name_as_gold, titled_mentions
from pipeline.training.screen import print_evaluation

Read = Callable[[GoldArticle], Reading]
WriteArticle = Callable[..., Path]


@pytest.fixture
def articles(gold_folder: Path, write_article: WriteArticle) -> list[GoldArticle]:
    write_article("opolskie-001")
    write_article("opolskie-002", body="Nikogo <role>wójt</role> nie zaprosił.\n", lines="")
    return load_gold(gold_folder, "dev")


def test_figures_groups_and_sizes(articles: list[GoldArticle], read: Read) -> None:
    first, second = (read(article) for article in articles)
    blind = replace(second, mentions=(), names=())
    evaluation = evaluate_readings(articles, [blind, first])
    assert evaluation.n_articles == 2
    assert evaluation.figures["mentions.strict.role"].recall == pytest.approx(2 / 3, abs=1e-6)
    assert evaluation.figures["mentions.strict.person"].f == 1.0
    assert evaluation.by_genre["opening"].n_articles == 2
    assert evaluation.by_hard["former"].figures == evaluation.by_genre["opening"].figures
    assert [mistake.cause for mistake in evaluation.mistakes] == ["missed"]
    assert not any(name.startswith("links.gold_mentions") for name in evaluation.figures)


def test_linker_alone_is_measured_on_gold_mentions(articles: list[GoldArticle], read: Read) -> None:
    readings = [read(article) for article in articles]
    evaluation = evaluate_readings(articles, readings, readings[:1])
    assert evaluation.figures["links.gold_mentions.role"].f == 1.0
    unlinked = [replace(readings[0], links=(), places=())]
    assert evaluate_readings(articles, readings, unlinked).figures["links.gold_mentions.role"].f == 0.0


def test_resolution_is_measured_only_when_people_can_be_compared(
    articles: list[GoldArticle], read: Read, gold_folder: Path
) -> None:
    readings = [read(article) for article in articles]
    without = evaluate_readings(articles, readings)
    assert "not measured" in without.notes[0]
    assert "grouping.set.person" not in without.figures
    (gold_folder / "actors.tsv").write_text(
        "# source: made up\n# licence: CC0-1.0\nactor_id\tarticle_id*\tperson_id\n1\topolskie-001\tdudek\n",
        "utf-8",
    )
    same_people = load_actors(gold_folder)
    assert same_people == {("opolskie-001", "dudek"): "1"}
    measured = evaluate_readings(articles, readings, same_people=same_people)
    assert measured.notes == ()
    assert measured.figures["grouping.set.person"].f == 1.0


def test_people_wrongly_told_apart_across_articles_cost_recall(
    gold_folder: Path, write_article: WriteArticle, read: Read
) -> None:
    write_article("opolskie-001")
    write_article("opolskie-003")
    articles = load_gold(gold_folder, "dev")
    apart = {("opolskie-001", "dudek"): "1", ("opolskie-003", "dudek"): "2"}
    joined = {**apart, ("opolskie-003", "dudek"): "1"}
    readings = [read(article) for article in articles]
    figures = [
        evaluate_readings(articles, readings, same_people=same).figures["grouping.set.person"]
        for same in (apart, joined)
    ]
    assert figures[0].f != figures[1].f


def test_files_hold_figures_and_mistakes(articles: list[GoldArticle], read: Read, tmp_path: Path) -> None:
    first, second = (read(article) for article in articles)
    evaluation = evaluate_readings(articles, [first, replace(second, mentions=(), names=())])
    write_evaluation(evaluation, json_file=tmp_path / "all.json", errors=tmp_path / "errors.tsv")
    plain = json.loads((tmp_path / "all.json").read_text("utf-8"))
    assert plain["figures"]["mentions.strict.role"]["wanted"] == 3
    assert plain["resamples"] == 1000
    assert "mistakes" not in plain
    assert (tmp_path / "errors.tsv").read_text("utf-8").splitlines() == [
        "cause\tlabel\tarticle_id\tstart\twanted\tgiven\taround",
        "missed\trole\topolskie-002\t7\twójt\t\tNikogo [[wójt]] nie zaprosił.",
    ]


def test_table_for_people_names_each_stage_and_hides_no_markup(
    articles: list[GoldArticle], read: Read
) -> None:
    readings = [read(article) for article in articles]
    evaluation = replace(evaluate_readings(articles, readings, readings), model="[red]x[/red]")
    console = Console(file=StringIO(), width=80)
    print_evaluation(console, evaluation)
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    for words in ("[red]x[/red]", "same bounds", "Gender", "linker alone", "By genre", "opening"):
        assert words in shown
    assert all(len(line) <= 80 for line in shown.splitlines())


def test_split_must_exist_and_hold_articles(gold_folder: Path) -> None:
    with pytest.raises(CivicActorsError, match="nothing to measure"):
        load_split(gold_folder, "test")
    with pytest.raises(CivicActorsError, match="train, dev, test"):
        load_split(gold_folder, "tset")


def test_hash_sees_names_and_bytes(gold_folder: Path, write_article: WriteArticle) -> None:
    path = write_article()
    before = hash_split(gold_folder, "dev")
    assert before == hash_split(gold_folder, "dev")
    renamed = path.rename(path.with_name("opolskie-009.txt"))
    assert hash_split(gold_folder, "dev") != before
    renamed.rename(path)
    assert hash_split(gold_folder, "dev") == before
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    assert hash_split(gold_folder, "dev") != before


def test_system_is_not_told_the_municipality(article: GoldArticle) -> None:
    document = make_document(article)
    assert document.municipality_teryt is None
    assert (document.article_id, document.text, document.published) == (
        article.article_id,
        article.text,
        article.published,
    )


def test_gold_names_replace_those_of_the_system(article: GoldArticle, read: Read) -> None:
    reading = read(article)
    spoilt = replace(reading, names=tuple(replace(name, nominative="?") for name in reading.names))
    assert [name.nominative for name in name_as_gold(spoilt, article).names] == [
        mention.lemma for mention in article.mentions
    ]


def test_gold_mentions_carry_the_titles_before_names(write_article: WriteArticle) -> None:
    from pipeline.training.gold import load_article

    body = 'Gra <role>kapelan</role> ks. <person id="lis" gender="m">Jan Lis</person> na flecie.\n'
    mentions = titled_mentions(load_article(write_article(body=body, lines="")))
    assert [mention.title for mention in mentions] == ["", "ks."]


def test_gold_sentences_do_not_end_inside_a_mention(article: GoldArticle) -> None:
    import spacy

    sentences = gold_sentences(spacy.blank("pl"), article)
    assert len(sentences) == 3
    for mention in article.mentions:
        assert any(start <= mention.start and mention.end <= end for start, end in sentences)


def test_library_offers_the_call() -> None:
    assert pipeline.evaluate.__module__ == "pipeline.training.evaluate"
    assert "evaluate" in pipeline.__all__
