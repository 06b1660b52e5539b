"""Wrong decodings undone, right ones left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.mojibake import decode_leniently, polish_evidence, repair_text

SENTENCE = "Łukasz Żółć, sołtys wsi Jaźwie, otworzył świetlicę i podziękował mieszkańcom za piękną łąkę."


@pytest.mark.parametrize(
    ("broken", "mended", "steps"),
    [
        ("Ä…", "ą", "+mojibake:cp1250"),
        ("zaĹĽĂłĹ‚Ä‡", "zażółć", "+mojibake:cp1250"),
        ("zaÅ¼Ã³Å‚Ä‡", "zażółć", "+mojibake:cp1252"),
        ("ZespÃ³Å‚ â€žRÃ³Å¼aâ€\x9d â€“ koncert", "Zespół „Róża” – koncert", "+mojibake:cp1252"),
        ("ď»żWĂłjt", "\ufeffWójt", "+mojibake:cp1250"),
        ("Święto łąki. ZespĂłĹ‚ zaśpiewał.", "Święto łąki. Zespół zaśpiewał.", "+mojibake:cp1250"),
        ("gratulacje đźŽ‰ od wĂłjta", "gratulacje 🎉 od wójta", "+mojibake:cp1250"),
        ("\x84RÃ³Å¼a\x94", "„Róża”", "+mojibake:cp1252+c1:cp1250"),
    ],
)
def test_what_was_broken_is_mended_and_named(broken: str, mended: str, steps: str) -> None:
    assert repair_text(broken) == (mended, steps)


@pytest.mark.parametrize(
    ("true", "misread"),
    [
        ("cp1250", "cp1252"),
        ("cp1250", "iso-8859-2"),
        ("cp1250", "iso-8859-1"),
        ("iso-8859-2", "cp1250"),
        ("iso-8859-2", "cp1252"),
    ],
)
def test_one_single_byte_encoding_read_as_another_is_undone(true: str, misread: str) -> None:
    broken = decode_leniently(SENTENCE.encode(true), misread)
    assert repair_text(broken) == (SENTENCE, f"+mojibake:{true}-as-{misread}")


@pytest.mark.parametrize(
    "sound",
    [
        SENTENCE,
        SENTENCE.upper(),
        "Działka ma 300 m², a temperatura ±5°C; cena 10 €/m³.",
        "La mañana del niño en España: ¿qué año? Señor Muñoz.",
        "Être ou ne pas être, c'est là la tête de la fête, œuvre et cœur.",
        "Příliš žluťoučký kůň úpěl ďábelské ódy. Škoda.",
        "Die Bürger von Köln fuhren über die Straße; Ärzte kamen.",
        "São Paulo, Ângela Conceição",
        "Київ і Львів",
        "RÓŻA, SPÓŁKA, PIĘĆ’",
        "plain ASCII text",
        "",
    ],
)
def test_sound_text_is_left_alone(sound: str) -> None:
    assert repair_text(sound) == (sound, "")


@given(st.text(max_size=200))
def test_a_repair_never_raises_and_ascii_stays(text: str) -> None:
    mended, steps = repair_text(text)
    assert (mended == text) == (steps == "")
    assert repair_text("ascii only") == ("ascii only", "")


@given(st.text(alphabet="aąbcćdeęłńóśźż „”–\n", max_size=200))
def test_polish_text_is_never_repaired(text: str) -> None:
    assert repair_text(text) == (text, "")


def test_evidence_counts_polish_letters_in_words_against_alien_signs() -> None:
    assert polish_evidence("łąka") == 4
    assert polish_evidence("³±ka") == -1
    assert polish_evidence("5 ą") == 0
    assert polish_evidence("kůň") == -2
