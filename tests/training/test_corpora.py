"""Spans of other corpora in our conventions."""

import json
import lzma
from pathlib import Path

import pytest

from pipeline.records import Label
from pipeline.training.corpora import Span, load_raw, reconcile


def _find(text: str, part: str, label: Label) -> Span:
    return Span(start := text.index(part), start + len(part), label)


@pytest.mark.parametrize(
    ("text", "given", "wanted", "label"),
    [
        ("Rada Gminy w Ozimku obraduje.", "Rada Gminy w Ozimku", "Rada Gminy w Ozimku", "institution"),
        ("Pisze „Tygodnik Tucholski”.", "„Tygodnik Tucholski”", "Tygodnik Tucholski", "institution"),
        ('Fundacja "Dobra Wola" pomaga.', 'Fundacja "Dobra Wola"', 'Fundacja "Dobra Wola"', "institution"),
        ('Kluby "Mak" i "Lot" grają.', '"Mak" i "Lot"', '"Mak" i "Lot"', "institution"),
        ("W dzień św. Piotra pada.", "św. Piotra", "Piotra", "person"),
        ("Wójt gminy Kije.", "Kije", "gminy Kije", "location"),
    ],
)
def test_reconciled_bounds(text: str, given: str, wanted: str, label: Label) -> None:
    (span,) = reconcile(text, [_find(text, given, label)])
    assert (text[span.start : span.end], span.label) == (wanted, label)


def test_a_seat_joins_its_body() -> None:
    text = "Rada Gminy w Ozimku obraduje."
    spans = reconcile(text, [_find(text, "Rada Gminy", "institution"), _find(text, "Ozimku", "location")])
    assert [text[span.start : span.end] for span in spans] == ["Rada Gminy w Ozimku"]


def test_raw_transcripts_of_both_kinds(tmp_path: Path) -> None:
    meetings = [
        {"text": "Radny Lis: Dziękuję.\nWójt: Nie."},
        {"speeches": [{"speaker": "Lis", "text": "Tak."}]},
    ]
    path = tmp_path / "raw.jsonl.xz"
    with lzma.open(path, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(meeting) + "\n" for meeting in meetings)
    assert list(load_raw(path)) == ["Radny Lis: Dziękuję.", "Wójt: Nie.", "Lis Tak."]
