"""What all formats share: the call, the folder, bytes that repeat, private people left out, hostile cells."""

import csv
import json
import re
import sqlite3
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
from lxml import etree

import pipeline
from pipeline.commands.showing import EXPORTS
from pipeline.errors import OutputError
from pipeline.export.convert import DELTA, FORMATS
from pipeline.export.dataset import Dataset, load_dataset
from pipeline.export.erase import erase_person
from pipeline.ingest.contact_data import mask_contacts

EACH = [pytest.param(to, marks=pytest.mark.ftm if to == "ftm" else ()) for to in sorted(FORMATS)]

ROOT = Path(__file__).parent.parent.parent
HOSTILE = (
    "=cmd|'/C calc'!A0",
    "<script>alert(1)</script>",
    "'; DROP TABLE actors; --",
    "x\x00\x01\x0b\x1b\x7f\x85y",
    "]]></data><!-- &lt; &amp;",
    "\ufffe\uffff\u202e\u200b",
    "@SUM(1)\r\n+1",
    "ź" * 40_000,
)


def _all_bytes(files: tuple[Path, ...]) -> bytes:
    parts = []
    for path in files:
        content = path.read_bytes()
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                content = b"".join(packed.read(name) for name in packed.namelist())
        elif path.suffix == ".spacy":
            content = zlib.decompress(content)
        parts.append(content)
    return b"".join(parts)


def test_the_package_is_the_verb_and_its_modules_import() -> None:
    code = (
        "import pipeline; verb = pipeline.export; import pipeline.export.dataset as dataset;"
        "assert pipeline.export is verb and callable(verb);"
        "assert pipeline.export.dataset is dataset and dataset.load_dataset is pipeline.load_dataset"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr


def test_the_command_knows_every_format() -> None:
    assert set(EXPORTS) == {*FORMATS, DELTA}


def test_an_unknown_format_names_the_known_ones(small: Dataset, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="labelstudio"):
        pipeline.export(small, to="pdf", out=tmp_path / "o")
    with pytest.raises(OutputError, match="--since"):
        pipeline.export(small, to="delta", out=tmp_path / "o")
    with pytest.raises(OutputError, match="--to delta alone"):
        pipeline.export(small, to="csv", out=tmp_path / "o", since=small)


def test_a_dataset_is_not_written_over(small: Dataset) -> None:
    before = (small.folder / "datapackage.json").exists()
    with pytest.raises(OutputError, match="another -o"):
        pipeline.export(small, to="csv", out=small.folder)
    assert (small.folder / "datapackage.json").exists() == before


@pytest.mark.parametrize("to", [each for each in EACH if "duckdb" not in each.values])
def test_bytes_repeat(small: Dataset, tmp_path: Path, to: str) -> None:
    first = pipeline.export(small, to=to, out=tmp_path / "one")
    again = pipeline.export(small.folder, to=to, out=tmp_path / "two")
    assert [path.name for path in first.files] == [path.name for path in again.files]
    assert [path.read_bytes() for path in first.files] == [path.read_bytes() for path in again.files]
    assert not list((tmp_path / "one").glob("*.part"))


@pytest.mark.parametrize("to", EACH)
def test_private_people_are_left_out_unless_asked_for(small: Dataset, tmp_path: Path, to: str) -> None:
    secret = ("Żurek".encode(), rb"\u017burek", b"&#379;urek")
    public = _all_bytes(pipeline.export(small, to=to, out=tmp_path / "public").files)
    assert not any(form in public for form in secret)
    everybody = _all_bytes(pipeline.export(small, to=to, out=tmp_path / "all", all_people=True).files)
    assert any(form in everybody for form in secret)


@pytest.mark.parametrize("to", EACH)
def test_hostile_cells_are_written(rows, write_small, tmp_path: Path, to: str) -> None:
    for number, text in enumerate(HOSTILE):
        person = dict(rows["actors"][0])
        rows["actors"].append(person | {"actor_id": f"h{number}", "name": text, "aliases": [text]})
        body = dict(rows["institutions"][0])
        rows["institutions"].append(body | {"institution_id": f"b{number}", "name": text, "aliases": [text]})
        held = dict(rows["affiliations"][1])
        office = {"affiliation_id": f"o{number}", "actor_id": f"h{number}", "institution_id": f"b{number}"}
        rows["affiliations"].append(held | office | {"role": text})
        article = dict(rows["articles"][0])
        told = {"article_id": f"t{number}", "text": text, "title": text, "url": text, "source": text}
        rows["articles"].append(article | told)
    written = pipeline.export(write_small(tmp_path / "hostile", rows), to=to, out=tmp_path / "o")
    assert written.files[0].stat().st_size
    for path in written.files:
        if path.suffix in _CHECKS:
            _CHECKS[path.suffix](path)


def _check_xml(path: Path) -> None:
    """The reader refuses a document type, which may name files, and any character that XML cannot hold."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    tree = etree.parse(path, parser)
    assert tree.docinfo.internalDTD is None
    assert not [element for element in tree.iter() if "script" in str(element.tag).lower()]


def _check_csv(path: Path) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not [cell for row in rows for cell in row if re.match(r"[=+@|\t\r\n]|-\D", cell)]


def _check_json(path: Path) -> None:
    """One value, or one a line."""
    rest = path.read_text(encoding="utf-8").strip()
    while rest:
        _, end = json.JSONDecoder().raw_decode(rest)
        rest = rest[end:].lstrip()


def _check_sqlite(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        n_actors = database.execute("SELECT count(*) FROM actors WHERE actor_id LIKE 'h%'").fetchone()
    assert n_actors == (len(HOSTILE),)


def _check_duckdb(path: Path) -> None:
    with duckdb.connect(str(path), read_only=True) as database:
        n_actors = database.execute("SELECT count(*) FROM actors WHERE actor_id LIKE 'h%'").fetchone()
    assert n_actors == (len(HOSTILE),)


_CHECKS: dict[str, Callable[[Path], None]] = {
    ".gexf": _check_xml,
    ".graphml": _check_xml,
    ".csv": _check_csv,
    ".json": _check_json,
    ".jsonl": _check_json,
    ".sqlite": _check_sqlite,
    ".duckdb": _check_duckdb,
}


@pytest.mark.parametrize("to", EACH)
def test_an_erased_person_is_in_no_export(rows, write_small, tmp_path: Path, to: str) -> None:
    dataset = write_small(tmp_path / "dataset", rows)
    erase_person(dataset.folder, "Zuzanna Żurek")
    written = _all_bytes(pipeline.export(dataset.folder, to=to, out=tmp_path / "o", all_people=True).files)
    assert not any(form in written for form in ("Żurek".encode(), rb"\u017burek", b"&#379;urek"))


def test_an_erased_person_is_in_no_report(rows, write_small, tmp_path: Path) -> None:
    dataset = write_small(tmp_path / "dataset", rows)
    erase_person(dataset.folder, "Zuzanna Żurek")
    pipeline.report(load_dataset(dataset.folder), tmp_path / "site", all_people=True)
    pages = [path for path in (tmp_path / "site").rglob("*") if path.is_file()]
    assert pages and not [path for path in pages if "Żurek".encode() in path.read_bytes()]


@pytest.mark.parametrize("to", EACH)
def test_what_is_masked_in_the_tables_is_masked_in_every_export(
    rows, write_small, tmp_path: Path, to: str
) -> None:
    contacts = "tel. 77 461 00 00, jan.kos@kije.example, ul. Lipowa 5/3"
    for article in rows["articles"]:
        article["title"] = mask_contacts(contacts)
        article["text"] = str(article["text"]) + " " + mask_contacts(contacts)
    written = _all_bytes(
        pipeline.export(write_small(tmp_path / "d", rows), to=to, out=tmp_path / "o", all_people=True).files
    )
    assert not any(secret in written for secret in (b"461", b"jan.kos@", b"5/3"))
