"""Other names in the places of the old ones, in their case, with every span moved along."""

import random
from pathlib import Path

import pytest

from pipeline.morphology import analyse
from pipeline.tables import data_folder
from pipeline.training.gold import GoldArticle, load_article, load_gold
from pipeline.training.rename import NamedForm, draw_names, rename_article

GOLD = """id: a-1
published: 2024-05-01
genre: opening
writer: a
---
<role lemma="wójt">Wójt</role> zaprosił <person id="g" gender="m" lemma="Jan Gąsienica">Jana Gąsienicę</person>
do <location lemma="Opole">Opola</location>.
<person id="g" gender="m" lemma="Gąsienica">Gąsienica</person> przyjechał.
---
"""


@pytest.fixture
def article(tmp_path: Path) -> GoldArticle:
    path = tmp_path / "a-1.txt"
    path.write_text(GOLD, encoding="utf-8")
    return load_article(path)


def test_all_spans_move_with_the_words(article: GoldArticle) -> None:
    for seed in range(30):
        renamed = rename_article(article, random.Random(seed))
        words = [renamed.text[span.start : span.end] for span in renamed.spans]
        assert [span.label for span in renamed.spans] == ["role", "person", "location", "person"]
        assert (words[0], words[2]) == ("Wójt", "Opola")
        assert all(analyse(word) for name in (words[1], words[3]) for word in name.split())


def test_one_surname_becomes_one_other(article: GoldArticle) -> None:
    for seed in range(30):
        renamed = rename_article(article, random.Random(seed))
        one, again = (renamed.text[span.start : span.end].split()[-1] for span in renamed.spans[1::2])
        lemmas = [{reading.lemma for reading in analyse(word)} for word in (one, again)]
        assert lemmas[0] & lemmas[1], (one, again)


def test_the_given_name_tells_the_case_of_the_surname() -> None:
    name = NamedForm(0, 16, ("Jana", "Gąsienicy"), ("Jan", "Gąsienica"))
    for seed in range(40):
        surname = draw_names([name], random.Random(seed))[0].split()[-1]
        assert any({"gen", "acc"} & reading.cases for reading in analyse(surname)), surname


def test_every_span_of_the_gold_but_those_of_people_keeps_its_words() -> None:
    for number, article in enumerate(load_gold(data_folder() / "gold", "dev")):
        renamed = rename_article(article, random.Random(number))
        old = sorted(article.mentions, key=lambda mention: mention.start)
        pairs = list(zip(old, renamed.spans, strict=True))
        assert [mention.label for mention, _ in pairs] == [span.label for _, span in pairs]
        assert all(
            mention.text == renamed.text[span.start : span.end]
            for mention, span in pairs
            if mention.label != "person"
        )
