"""The docs say what is so: generated pages are current, links lead somewhere, code blocks run."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

import pipeline
from pipeline.cli import app
from pipeline.training.followed import followed_parts
from pipeline.training.parts import fill_part
from pipeline.training.reference import commands_page, dataset_page

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "data").rglob("*.md")])
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
_COOKBOOK = "cookbook.md"  # run with its answers in tests/training/test_cookbook.py


def _pages_with(*languages: str) -> list[Path]:
    pages = [page for page in PAGES if "articles" not in page.parts and page.name != _COOKBOOK]
    return [page for page in pages if any(language in languages for language, _ in _blocks(page))]


def _marked(pages: list[Path]) -> list[object]:
    """Mark the pages whose commands need an extra."""
    return [
        pytest.param(page, marks=pytest.mark.ftm if "--to ftm" in page.read_text(encoding="utf-8") else ())
        for page in pages
    ]


def _blocks(page: Path) -> list[tuple[str, str]]:
    return _BLOCK.findall(page.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what a reader of the docs has: the sample articles, some of their own, the demo's output."""
    folder = tmp_path_factory.mktemp("reader")
    shutil.copytree(ROOT / "data" / "articles", folder / "data" / "articles")
    shutil.copytree(ROOT / "data" / "articles" / "jemielnica", folder / "my-articles")
    shutil.copytree(ROOT / "data" / "gold", folder / "data" / "gold")
    (folder / "my-articles" / "wybory.txt").write_text(
        "Sołtyską wsi Barut została Ilona Kowalczyk, a jej poprzednikiem był Teodor Mika.", encoding="utf-8"
    )
    (folder / "news.csv").write_text(
        'body\n"Wójt gminy Jemielnica Ewa Porębska spotkała się z sołtysem Barutu, Teodorem Miką."\n',
        encoding="utf-8",
    )
    (folder / "towns.csv").write_text(
        "prefix,municipality_teryt,publisher\nmy-articles/,1611022,Gmina Jemielnica\n", encoding="utf-8"
    )
    (folder / "councillors.csv").write_text(
        "claim_id,name,role,municipality_teryt\n1,Ewa Porębska,radna,1611022\n2,Porębska Ewa,radna,1611022\n",
        encoding="utf-8",
    )
    (folder / "candidates.csv").write_text(
        "actor_id,name,municipality_teryt\nc1,Ewa Porębska,1611022\n", encoding="utf-8"
    )
    (folder / "names.csv").write_text("id,name\n1,Ewy Porębskiej\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        pipeline.run(["data/articles"], "out")
    return folder


def test_the_pages_made_from_code_are_current() -> None:
    assert (ROOT / "docs" / "dataset.md").read_text(encoding="utf-8") == dataset_page(), "make docs"
    assert (ROOT / "docs" / "commands.md").read_text(encoding="utf-8") == commands_page(), "make docs"


@pytest.mark.model
def test_the_article_that_is_followed_gives_what_the_page_shows(workplace: Path) -> None:
    page = (ROOT / "docs" / "how-it-works.md").read_text(encoding="utf-8")
    for name, content in followed_parts(pipeline.load_dataset(workplace / "out")).items():
        assert fill_part(page, name, content) == page, f"{name} is not current: make docs"


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_links_lead_to_files(page: Path) -> None:
    targets = [target for target in _LINK.findall(page.read_text(encoding="utf-8")) if ":" not in target]
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.model
@pytest.mark.parametrize("page", _pages_with("python"), ids=lambda page: page.name)
def test_python_blocks_run(page: Path, workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(_fresh_copy(workplace, page))
    names: dict[str, object] = {}
    for language, code in _blocks(page):
        if language == "python":
            exec(code, names)
    assert "pipeline" in names


@pytest.mark.model
@pytest.mark.parametrize("page", _marked(_pages_with("sh")), ids=lambda page: page.name)
def test_shell_blocks_run(page: Path, workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each line is a call of civic-actors that ends well, or of make, which CI runs."""
    monkeypatch.chdir(_fresh_copy(workplace, page))
    for language, code in _blocks(page):
        for line in code.splitlines() if language == "sh" else ():
            words = shlex.split(line, comments=True)
            if not words or words[0] == "make":
                continue
            assert words[0] == "civic-actors", line
            result = CliRunner().invoke(app, words[1:], input="q\n")
            assert result.exit_code == 0, f"{line}\n{result.output}\n{result.exception!r}"


def _fresh_copy(workplace: Path, page: Path) -> Path:
    """Return a copy of the folder, so that no page sees what another has written."""
    copy = workplace.parent / f"{workplace.name}-{page.parent.name}-{page.stem}"
    shutil.rmtree(copy, ignore_errors=True)
    return Path(shutil.copytree(workplace, copy))
