"""Texts made careless: no character moves, names keep their places and their endings."""

import random
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pipeline.training.augment import augment, roughen, with_loud_lines, with_strange_names
from pipeline.training.benchmarks import label_article
from pipeline.training.corpora import LabelledText, Span
from pipeline.training.gold import GoldArticle, load_article

TEXT = LabelledText("Wójt Łukasz Żakowski otworzył drogę.", (Span(5, 20, "person"),), "made up")
ARTICLE = """id: a-1
published: 2024-05-01
genre: opening
writer: a
---
<role lemma="wójt">Wójt</role> dziękował <person id="nowak" gender="m" lemma="Piotr Nowak">Piotrowi Nowakowi</person>.
---
"""


def _article(folder: Path) -> GoldArticle:
    path = folder / "a-1.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return load_article(path)


def test_strange_names_keep_their_letters_first_letter_and_ending() -> None:
    seen = {with_strange_names(TEXT, random.Random(seed)) for seed in range(20)}
    assert len(seen) > 5
    for text in seen:
        forename, surname = text[5:20].split()
        assert text[:5] + text[20:] == TEXT.text[:5] + TEXT.text[20:]
        assert sorted(surname) == sorted("Żakowski")
        assert (forename[0], surname[0], surname[-1]) == ("Ł", "Ż", "i")


def test_short_names_are_left_alone() -> None:
    short = LabelledText("Jan Lis", (Span(0, 7, "person"),), "made up")
    assert with_strange_names(short, random.Random(1)) == "Jan Lis"


def test_loud_lines_are_whole_lines() -> None:
    text = "Wójt\notworzył\ndrogę\n" * 9
    changed = with_loud_lines(text, random.Random(3)).split("\n")
    assert {line.isupper() for line in changed if line} == {True, False}
    assert all(line in (plain, plain.upper()) for line, plain in zip(changed, text.split("\n"), strict=True))


def test_the_first_copy_is_the_text_itself_and_others_have_other_names(tmp_path: Path) -> None:
    article = _article(tmp_path)
    copies = list(augment([article] * 20, seed=1, copies=3))
    assert copies[::3] == [label_article(article)] * 20
    surnames = {copy.text[copy.spans[1].start : copy.spans[1].end].split()[-1] for copy in copies}
    assert "Nowakowi" in surnames and len(surnames) > 5


def test_without_renamed_copies_no_span_moves(tmp_path: Path) -> None:
    article = _article(tmp_path)
    copies = augment([article] * 20, seed=1, copies=3, renamed=0)
    assert {copy.spans for copy in copies} == {label_article(article).spans}


def test_the_rate_decides_how_many_texts_are_changed() -> None:
    changed = {
        rate: sum(text != TEXT for text in roughen([TEXT] * 2_000, seed=1, rate=rate)) for rate in (0, 0.5, 1)
    }
    assert changed[0] == 0 < changed[0.5] < changed[1] < 1_000


@given(st.lists(st.text(max_size=40), max_size=4), st.integers(0, 9))
def test_no_character_moves_and_the_seed_decides(texts: list[str], seed: int) -> None:
    labelled = [LabelledText(text, (), "made up") for text in texts]
    changed = list(roughen(labelled, seed=seed, rate=1))
    assert [len(text.text) for text in changed] == [len(text) for text in texts]
    assert changed == list(roughen(labelled, seed=seed, rate=1))
