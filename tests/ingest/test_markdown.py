"""Markdown to what a reader sees."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.ingest.markdown import markdown_to_text, split_front_matter


@pytest.mark.parametrize(
    ("source", "text"),
    [
        # emphasis goes, what it separates stays separate
        (
            "- **Ewa Makarewicz, Henryk Toczko** reprezentując OSP",
            "Ewa Makarewicz, Henryk Toczko reprezentując OSP",
        ),
        ("**Jan Kos****Ewa Lis**", "Jan Kos Ewa Lis"),
        ("**Jan Kos**__Ewa Lis__", "Jan Kos Ewa Lis"),
        ("*Jan Kos***Ewa Lis**", "Jan Kos Ewa Lis"),
        ("**W**ielka **O**rkiestra", "Wielka Orkiestra"),
        ("**Jan**, **Ewa** i *Ola*-*Ala*", "Jan, Ewa i Ola-Ala"),
        ("„**Mamy i My**” w Łące", "„Mamy i My” w Łące"),
        ("***Jan*** _Ewa_ snake_case ~~dawny~~", "Jan Ewa snake_case dawny"),
        # marks that paired with nothing
        ("**Jan **powiedział, że", "Jan powiedział, że"),
        ("**Łąka:**Jan Kos", "Łąka: Jan Kos"),
        ("zespół **„Mamy i My”**w Łące", "zespół „Mamy i My” w Łące"),
        ("gmina ** i powiat", "gmina i powiat"),
        ("Jan Kos* i *Ewa", "Jan Kos i Ewa"),
        ("2*3 * 5 \\*gwiazdka\\*", "2*3 * 5 *gwiazdka*"),
        # lines
        ("jedna\nlinia", "jedna linia"),
        ("koniec  \nwiersza\\\ni<br>jeszcze", "koniec\nwiersza\ni\njeszcze"),
        ("# Nagłówek\ntekst\n\nDrugi", "Nagłówek\n\ntekst\n\nDrugi"),
        ("Nagłówek\n===\n> cytat\n> dalej\n\n---\nkoniec", "Nagłówek\n\ncytat dalej\n\nkoniec"),
        ("    wcięty **akapit**", "wcięty akapit"),
        # lists
        ("Wstęp:\n- a\n- b\n  - c\n- d\n\nPo", "Wstęp:\n\na\nb\nc\nd\n\nPo"),
        ("- a\n\n- b", "a\n\nb"),
        ("1. raz\n2. dwa", "1. raz\n2. dwa"),
        ("5. maja odbył się festyn", "5. maja odbył się festyn"),
        # tables, links, images, code, HTML
        ("| Imię | Rola |\n|---|---|\n| Jan **K** | a\\|b |\n\nDalej", "Imię | Rola\nJan K | a|b\n\nDalej"),
        ("[Jan *Kos*](http://x.pl) ![wójt *Jan*](a.png) <https://a.pl>", "Jan Kos wójt Jan https://a.pl"),
        ("```\n**kod**\n```\n`x`", "**kod**\n\nx"),
        (
            "<div>blok <b>HTML</b></div>\n\n<script>alert('x')</script>\n\n<!-- nic -->\n\nkoniec",
            "blok HTML\n\nkoniec",
        ),
        ("a <u>b</u> <script>alert(1)</script>c", "a b c"),
        ("&lt;b&gt; &amp; &oacute;", "<b> & ó"),
        ("", ""),
        ("**", ""),
    ],
)
def test_a_reader_sees(source: str, text: str) -> None:
    assert markdown_to_text(source) == text


def test_soft_hyphens_hard_spaces_and_loose_accents_stay() -> None:
    text = "mięk\xadki 10\xa0000 Z\u0301rodło"
    assert markdown_to_text(text) == text


@given(st.text(alphabet=st.sampled_from(list("ab*_`[]()!<>|#-+1.~\\\n \t&;\"'{}=:ł„”\x00")), max_size=120))
@example("[" * 3000)
@example("> " * 3000)
@example("*a" * 3000)
@example("<" * 3000 + "!--" * 100)
@example("|a" * 500 + "\n" + "|-" * 500)
def test_any_source_gives_text_without_leftover_marks(source: str) -> None:
    text = markdown_to_text(source)
    assert "\x00" not in text
    assert text == text.strip("\n")


@given(st.text(max_size=200))
def test_any_unicode_is_survived(source: str) -> None:
    assert isinstance(markdown_to_text(source), str)
    assert split_front_matter(source)[1] == source or source.startswith("---")


@given(st.lists(st.sampled_from(["Jan", "Kos", "wójt", "gminy", "Łąka"]), min_size=1, max_size=12))
def test_plain_words_pass_unchanged(words: list[str]) -> None:
    assert markdown_to_text(" ".join(words)) == " ".join(words)


def test_front_matter_is_split_off() -> None:
    source = '---\ntitle: "Nowa: szkoła"\nDate: 2025-05-17\ntags:\n  - x\n- y\n# uwaga\n\nurl: https://x.pl\n---\nTekst'
    values, rest = split_front_matter(source)
    assert rest == "Tekst"
    assert values["title"] == "Nowa: szkoła"
    assert values["date"] == "2025-05-17"
    assert values["url"] == "https://x.pl"


@pytest.mark.parametrize(
    "source",
    [
        "---\nTekst bez kluczy\n---\n",
        "---\ntitle: bez końca\n",
        "Tekst\n---\na: b\n---\n",
        "--- \nzdanie, dalej: x y\nzwykłe zdanie\n---",
    ],
)
def test_other_lines_between_rulers_are_text(source: str) -> None:
    assert split_front_matter(source) == ({}, source)


def test_quotes_in_front_matter() -> None:
    assert split_front_matter("---\ntitle: 'Jan''s'\n---\nx")[0] == {"title": "Jan's"}
    assert split_front_matter('---\ntitle: "a \\"b\\""\n---\nx')[0] == {"title": 'a "b"'}
