"""A pipeline from elsewhere: the files are those listed, and nothing in them is unpickled."""

import hashlib
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
import spacy

from pipeline.errors import ModelError
from pipeline.extract.model_files import check_model_files
from pipeline.extract.nlp import load_recogniser

ROOT = Path(__file__).parents[2]
WATCHED = """
import sys
from pipeline.extract.nlp import load_nlp, model_path
unpickled = []
sys.addaudithook(lambda event, _: unpickled.append(event) if event == "pickle.find_class" else None)
load_nlp(model_path())
assert not unpickled
import pathlib, pickle
pickle.loads(pickle.dumps(pathlib.Path("x")))
assert unpickled
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    nlp = spacy.blank("pl")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "person", "pattern": "Jan Lis"}])
    nlp.to_disk(tmp_path / "ours")
    return tmp_path / "ours"


def _list(folder: Path) -> Path:
    """Write what `sha256sum $(find ours -type f) > ours.sha256` does."""
    listing = folder.with_name("ours.sha256")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder.parent)}\n"
        for path in files
    ]
    listing.write_text("".join(lines), encoding="utf-8")
    return listing


def test_a_pipeline_of_listed_files_loads(folder: Path) -> None:
    assert load_recogniser(folder).pipe_names == ["entity_ruler"]
    _list(folder)
    assert load_recogniser(folder).pipe_names == ["entity_ruler"]
    assert load_recogniser(str(folder)).pipe_names == ["entity_ruler"]


def test_another_a_missing_and_an_unlisted_file_are_refused(folder: Path) -> None:
    _list(folder)
    meta = folder / "meta.json"
    before = meta.read_bytes()
    meta.write_bytes(before + b" ")
    with pytest.raises(ModelError, match=r"meta\.json is not the file that .*ours\.sha256 lists"):
        load_recogniser(folder)
    meta.unlink()
    with pytest.raises(ModelError, match=r"meta\.json is missing"):
        load_recogniser(folder)
    meta.write_bytes(before)
    (folder / "more.txt").write_text("x")
    with pytest.raises(ModelError, match=r"more\.txt is not listed"):
        load_recogniser(folder)


def test_a_list_that_is_none_is_refused(folder: Path) -> None:
    folder.with_name("ours.sha256").write_text("abc\n")
    with pytest.raises(ModelError, match=r"ours\.sha256:1: a line must be"):
        load_recogniser(folder)


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_a_pickle_is_refused_before_anything_is_read(folder: Path, protocol: int) -> None:
    (folder / "entity_ruler" / "extra").write_bytes(pickle.dumps({"a": 1}, protocol=protocol))
    with pytest.raises(ModelError, match="holds a pickle"):
        load_recogniser(folder)


@pytest.mark.parametrize(("name", "data"), [("net.pt", b""), ("model", b"\x81PK\x03\x04archive/data.pkl")])
def test_a_network_of_pytorch_is_refused(folder: Path, name: str, data: bytes) -> None:
    (folder / name).write_bytes(data)
    with pytest.raises(ModelError, match="holds a pickle"):
        check_model_files(folder)


@pytest.mark.model
def test_loading_the_shipped_pipeline_unpickles_nothing() -> None:
    done = subprocess.run([sys.executable, "-c", WATCHED], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr


def test_no_file_of_a_pipeline_is_run(folder: Path) -> None:
    (folder / "__init__.py").write_text("raise SystemExit('run')")
    assert load_recogniser(folder).pipe_names == ["entity_ruler"]
