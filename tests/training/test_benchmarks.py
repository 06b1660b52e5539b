"""Benchmarks from tiny corpora made by hand."""

import json
import lzma
from pathlib import Path

from pipeline.training.benchmarks import (
    CEN_REPEATED,
    label_article,
    load_benchmarks,
    load_nkjp_documents,
    load_slavicner,
)
from pipeline.training.corpora import Span, keep_longest, load_nkjp, nkjp_split, reconcile
from pipeline.training.gold import GoldArticle

TEXT = "Rada Gminy w Ozimku.\nJan Kos ze śląskiego biura."


def _entity(form: str, label: str, **more: object) -> dict[str, object]:
    start = TEXT.index(form)
    return {"start": start, "end": start + len(form), "label": label, "outer": True, **more}


def _pack(path: Path, *documents: dict[str, object]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(document) + "\n" for document in documents)
    return path


def _nkjp(folder: Path) -> Path:
    test_id = next(f"doc-{number}" for number in range(999) if nkjp_split(f"doc-{number}") == "test")
    train_id = next(f"doc-{number}" for number in range(999) if nkjp_split(f"doc-{number}") == "train")
    entities = [
        _entity("Rada Gminy", "orgName"),
        _entity("Ozimku", "placeName"),
        _entity("Jan Kos", "persName"),
        _entity("Jan", "persName", outer=False),
        _entity("śląskiego", "placeName", derived={"type": "relAdj"}),
        _entity("biura", "date"),
    ]
    documents = [{"id": name, "text": TEXT, "entities": entities} for name in (test_id, train_id)]
    return _pack(folder / "nkjp" / "nkjp1m.jsonl.xz", *documents)


def test_nkjp_has_whole_test_documents_without_adjectives_inner_names_and_dates(tmp_path: Path) -> None:
    path = _nkjp(tmp_path)
    (raw,) = load_nkjp_documents(path, lambda text, spans: keep_longest(spans))
    forms = [(TEXT[span.start : span.end], span.label) for span in raw.spans]
    assert forms == [("Rada Gminy", "institution"), ("Ozimku", "location"), ("Jan Kos", "person")]
    (ours,) = load_nkjp_documents(path, reconcile)
    assert TEXT[slice(*ours.spans[0][:2])] == "Rada Gminy w Ozimku"


def test_nkjp_documents_hold_what_the_training_reads_by_paragraph(tmp_path: Path) -> None:
    path = _nkjp(tmp_path)
    (whole,) = load_nkjp_documents(path, reconcile)
    by_paragraph = [
        (labelled.text[span.start : span.end], span.label)
        for labelled in load_nkjp(path, split="test")
        for span in labelled.spans
    ]
    assert [(whole.text[span.start : span.end], span.label) for span in whole.spans] == by_paragraph


def test_slavicner_keeps_people_bodies_and_places(tmp_path: Path) -> None:
    mentions = [
        {"start": 13, "end": 20, "label": "ORG"},
        {"start": 0, "end": 3, "label": "PER"},
        {"start": 4, "end": 6, "label": "PRO"},
    ]
    path = _pack(tmp_path / "s.xz", {"text": "Kos w Krakowie, Zarząd.", "mentions": mentions})
    (labelled,) = load_slavicner(path)
    assert labelled.spans == (Span(0, 3, "person"), Span(13, 20, "institution"))


def test_every_benchmark_is_there_with_one_text_a_document(tmp_path: Path, article: GoldArticle) -> None:
    _nkjp(tmp_path)
    _pack(tmp_path / "slavicner-dev" / "slavicner-dev.jsonl.xz", {"text": "Kos.", "mentions": []})
    skipped = min(CEN_REPEATED)
    for corpus in ("cen", "kpwr"):
        lines = ["-DOCSTART CONFIG FEATURES orth base ctag"]
        for name in ("1", skipped):
            sentence = ["Jan\tJan\tx\tB-nam_liv_person", "śpi\tspać\tx\tO", ""]
            lines += [f"-DOCSTART FILE {corpus}/{name}", *sentence * 6]
        (tmp_path / corpus).mkdir()
        with lzma.open(tmp_path / corpus / "test.iob.xz", "wt", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    found = {benchmark.name: benchmark for benchmark in load_benchmarks(tmp_path, [article])}
    assert list(found) == ["gold", "nkjp", "nkjp_raw", "cen", "kpwr", "slavicner"]
    assert {name: len(benchmark.texts) for name, benchmark in found.items()} == {
        "gold": 1, "nkjp": 1, "nkjp_raw": 1, "cen": 1, "kpwr": 2, "slavicner": 1,
    }  # fmt: skip
    assert len(found["cen"].texts[0].spans) == 6
    assert found["cen"].n_words == 12
    assert len(label_article(article).spans) == len(article.mentions)
