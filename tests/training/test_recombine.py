import random
from pathlib import Path

from pipeline.tables import data_folder
from pipeline.training.gold import load_article, load_gold
from pipeline.training.recombine import recombine, rename_people, split_paragraphs

GOLD = """id: a-1
published: 2024-05-01
genre: opening
writer: a
---
Wójt podziękował <person id="nowak" gender="m" lemma="Piotr Nowak">Piotrowi Nowakowi</person>.

– Dziękuję – odparł <person id="nowak" gender="m" lemma="Nowak">Nowak</person>. Był z nim
<person id="cz" gender="m" lemma="Czcibór Xqz">Czcibora Xqz</person>.
---
"""


def _paragraphs(tmp_path: Path):
    path = tmp_path / "a-1.txt"
    path.write_text(GOLD, encoding="utf-8")
    return split_paragraphs(load_article(path))


def test_names_of_a_paragraph_are_where_it_says(tmp_path: Path) -> None:
    for paragraph in _paragraphs(tmp_path):
        for name in paragraph.names:
            assert paragraph.text[name.start : name.end].split() == list(name.words)


def test_a_new_name_stands_in_the_case_of_the_old_one(tmp_path: Path) -> None:
    paragraph = _paragraphs(tmp_path)[0]
    changed = {rename_people(paragraph, random.Random(seed)) for seed in range(20)}
    assert len(changed) == 20
    for text in changed:
        assert text.startswith("Wójt podziękował ")
        assert text.split()[2].endswith(("owi", "emu", "u")), text


def test_a_word_that_no_dictionary_knows_stays(tmp_path: Path) -> None:
    assert "Xqz" in rename_people(_paragraphs(tmp_path)[1], random.Random(1))


def test_the_same_seed_gives_the_same_articles_and_more_of_them_the_same_first() -> None:
    gold = load_gold(data_folder() / "gold", "train")
    few = list(recombine(gold, 10, seed=1))
    assert list(recombine(gold, 30, seed=1))[:10] == few
    assert list(recombine(gold, 10, seed=2)) != few
    assert len({row["url"] for row in few}) == len({row["text"] for row in few}) == 10
