import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.clean import clean_text
from pipeline.records import Document, Mention


def test_soft_hyphen_goes_and_offsets_map_back() -> None:
    source = "Burmistrz No\u00adwa\u00adkow\u00adski przybył"
    clean = clean_text(source)
    start = clean.text.index("Nowakowski")
    assert source[slice(*clean.to_source(start, start + 10))] == "No\u00adwa\u00adkow\u00adski"


def test_decomposed_letters_are_composed_and_map_back() -> None:
    source = unicodedata.normalize("NFD", "wójt Żółkiewska")
    clean = clean_text(source)
    assert clean.text == "wójt Żółkiewska"
    assert unicodedata.normalize("NFC", source[slice(*clean.to_source(5, 15))]) == "Żółkiewska"


def test_plain_text_is_untouched() -> None:
    assert clean_text("Zwykły tekst.\nDrugi wiersz.").origins is None


def test_restored_mention_has_the_words_of_the_source() -> None:
    source = "Jan\u00a0No\u00adwak, wójt"
    document = Document("a" * 16, "x.txt", source)
    clean = clean_text(source)
    mention = Mention("a" * 16, 0, 9, clean.text[:9], "person")
    restored = clean.restore(document, [mention], []).mentions[0]
    assert restored.text == "Jan\u00a0No\u00adwak"
    assert source[restored.start : restored.end] == restored.text


@given(st.text(max_size=80))
def test_every_stretch_maps_into_the_source(source: str) -> None:
    clean = clean_text(source)
    assert len(clean.text) <= len(source) * 3
    for place in range(len(clean.text)):
        start, end = clean.to_source(place, place + 1)
        assert 0 <= start <= end <= len(source)
