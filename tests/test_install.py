"""The wheel carries tables and model: built, installed elsewhere, run from another folder."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

pytestmark = [pytest.mark.install, pytest.mark.model]


def _call(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    _call(sys.executable, "-m", "build", "--wheel", "--installer", "uv", "-o", folder, ROOT, cwd=folder)
    return next(folder.glob("civic_actors-*.whl"))


def test_wheel_holds_tables_and_model_and_no_top_level_data(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "pipeline/_data/tables/roles.tsv" in names
    assert "pipeline/_data/model/config.cfg" in names
    assert "pipeline/config.toml" in names
    report = {path.relative_to(ROOT).as_posix() for path in (ROOT / "pipeline/export/report").glob("*/*.*")}
    assert {path for path in report if path.endswith((".html", ".js", ".css", ".svg"))} <= set(names)
    tops = {name.split("/")[0] for name in names if ".dist-info" not in name}
    assert tops == {"pipeline"}


def test_wheel_works_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    uv = Path(sys.executable).with_name("uv")
    _call(uv, "venv", "--quiet", "--python", sys.executable, tmp_path / "venv", cwd=tmp_path)
    python = tmp_path / "venv" / "bin" / "python"
    _call(uv, "pip", "install", "--quiet", "--python", python, wheel, cwd=tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "artykul.txt").write_text(
        "Wójt Gminy Korycin Grzegorz Sadowski spotkał się wczoraj z Anną Zalewską, prezes OSP w Korycinie.",
        encoding="utf-8",
    )
    command = tmp_path / "venv" / "bin" / "civic-actors"
    _call(command, "run", "artykul.txt", "-o", "wynik", cwd=elsewhere)
    shown = _call(command, "show", "wynik", cwd=elsewhere)
    assert "Grzegorz Sadowski" in shown
    assert "Anna Zalewska" in shown
    use = (
        "import spacy; nlp = spacy.blank('pl'); nlp.add_pipe('civic_roles');"
        "assert [span.text for span in nlp('Przyszedł burmistrz.').ents] == ['burmistrz']"
    )
    _call(python, "-c", use, cwd=elsewhere)
