"""The components in anybody's pipeline: found by entry points, without importing this package."""

import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
import spacy

import pipeline.extract.nlp  # noqa: F401  registers the components

ROOT = Path(__file__).parent.parent.parent
GROUPS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
USE = """
import spacy, sys
nlp = spacy.blank("pl")
for name in {names}:
    nlp.add_pipe(name)
doc = nlp("Przyszła burmistrz oraz prezes klubu. Zagrał chór.")
assert [span.text for span in doc.ents] == ["burmistrz", "prezes klubu"], doc.ents
assert len(list(doc.sents)) == 2
assert "pipeline.extract.nlp" not in sys.modules
"""
LOAD = """
import spacy, sys
from pathlib import Path
nlp = spacy.load(Path({model!r}))
assert "pipeline.extract.nlp" not in sys.modules
assert "Anna Lis" in [span.text for span in nlp("Burmistrz Ozimka Anna Lis otworzyła szkołę.").ents]
"""


@pytest.fixture
def installed(tmp_path: Path) -> dict[str, str]:
    """Give an environment in which the package's entry points are those of pyproject.toml."""
    folder = tmp_path / "civic_actors_points-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: civic-actors-points\nVersion: 1.0\n")
    lines = [
        line
        for group, points in GROUPS.items()
        for line in (f"[{group}]", *(f"{name} = {target}" for name, target in points.items()))
    ]
    (folder / "entry_points.txt").write_text("\n".join(lines) + "\n")
    return {"PYTHONPATH": f"{tmp_path}:{ROOT}", "PATH": ""}


def test_every_component_has_an_entry_point() -> None:
    import_module("pipeline.components")
    registered = {name for name in spacy.registry.factories.get_all() if name.startswith("civic_")}
    assert set(GROUPS["spacy_factories"]) == registered


def test_every_component_says_what_it_assigns() -> None:
    nlp = spacy.blank("pl")
    for name in GROUPS["spacy_factories"]:
        assert nlp.get_factory_meta(name).assigns, name


def test_components_work_in_a_pipeline_that_knows_nothing_of_this_package(installed: dict[str, str]) -> None:
    names = ["civic_sentences", "civic_roles", "civic_edges", "civic_people"]
    done = subprocess.run([sys.executable, "-c", USE.format(names=names)], capture_output=True, env=installed)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.model
def test_the_shipped_model_loads_in_a_fresh_process(installed: dict[str, str]) -> None:
    code = LOAD.format(model=str(pipeline.model_path()))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=installed)
    assert done.returncode == 0, done.stderr.decode()
