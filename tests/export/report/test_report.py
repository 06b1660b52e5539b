import filecmp
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import OutputError
from pipeline.export.dataset import Dataset
from pipeline.export.report import report
from pipeline.export.report.facts import gather_facts
from pipeline.export.report.safe import file_id
from pipeline.tables import load_table

from .conftest import MADE_ON, read_tables, write_tables


class Links(HTMLParser):
    """Collect every attribute that leads somewhere or runs something."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.outside: list[dict[str, str | None]] = []
        self.odd: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids.add(found.get("id") or "")
        self.odd += [f"{tag} {name}" for name in found if name.startswith("on") or name == "style"]
        target = found.get("href") or found.get("src") or ""
        if re.match(r"[a-z]+:", target):
            self.outside.append(found)
        elif target:
            self.links.append(target)
        if tag in ("img", "iframe", "object", "embed", "form", "base"):
            self.odd.append(tag)


def read_links(path: Path) -> Links:
    links = Links()
    links.feed(path.read_text(encoding="utf-8"))
    return links


def test_every_link_leads_to_a_file_and_a_place_in_it(site: Path) -> None:
    parsed = {path: read_links(path) for path in site.rglob("*.html")}
    assert len(parsed) > 100
    for path, found in parsed.items():
        for link in found.links:
            name, _, anchor = link.partition("#")
            target = (path.parent / name).resolve() if name else path
            assert target.is_file() and target.is_relative_to(site.resolve()), (path, link)
            if anchor and target.suffix == ".html":
                key = next(known for known in parsed if known.resolve() == target.resolve())
                assert anchor in parsed[key].ids, (path, link)


def test_nothing_runs_and_links_to_sources_are_web_addresses_without_referrer(site: Path) -> None:
    for path in site.rglob("*.html"):
        found = read_links(path)
        assert found.odd == [], path
        for attributes in found.outside:
            assert re.match(r"https?://", attributes["href"] or ""), path
            assert attributes["rel"] == "noopener noreferrer", path


def test_every_page_forbids_everything_but_its_own_files(site: Path) -> None:
    for path in site.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert "default-src 'none'; script-src 'self'; style-src 'self'" in page, path
        assert "unsafe" not in page.split("</head>")[0], path


def test_hostile_text_is_escaped_and_bidi_controls_go(site: Path) -> None:
    written = "".join(
        path.read_text(encoding="utf-8") for path in site.rglob("*") if path.suffix in (".html", ".js")
    )
    assert "<script>window.hacked" not in written
    assert "&lt;script&gt;window.hacked" in written
    assert "{{ 7 * 7 }}" in written
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", written)
    assert "javascript:" not in written
    assert "/srv/someone" not in written


def test_people_without_a_public_office_are_left_out_unless_asked_for(
    hostile_dataset: Dataset, site: Path, tmp_path: Path
) -> None:
    private = hostile_dataset.actors[~hostile_dataset.actors["is_public"]].iloc[0]
    assert not (site / "people" / f"{private['actor_id']}.html").exists()
    assert not any(
        "Prywatna Osoba" in path.read_text("utf-8") for path in site.rglob("*.*s*") if path.is_file()
    )
    told = hostile_dataset.mentions[hostile_dataset.mentions["entity_id"] == private["actor_id"]]
    article = site / "articles" / f"{told.iloc[0]['article_id']}.html"
    assert "█" * len(told.iloc[0]["text"]) in article.read_text(encoding="utf-8")
    assert "nie pełnią" not in (site / "about.html").read_text(encoding="utf-8")
    report(hostile_dataset, tmp_path / "all", all_people=True, made_on=MADE_ON)
    assert (tmp_path / "all" / "people" / f"{private['actor_id']}.html").exists()


def test_the_same_dataset_gives_the_same_bytes(hostile_dataset: Dataset, site: Path, tmp_path: Path) -> None:
    report(hostile_dataset.folder, tmp_path / "again", made_on=MADE_ON)
    names = sorted(str(path.relative_to(site)) for path in site.rglob("*") if path.is_file())
    match, mismatch, errors = filecmp.cmpfiles(site, tmp_path / "again", names, shallow=False)
    assert (mismatch, errors) == ([], [])
    assert len(match) == len(names)


def test_an_older_report_is_replaced_whole(plain_dataset: Dataset, tmp_path: Path) -> None:
    out = tmp_path / "report"
    report(plain_dataset, out)
    gone = out / "people" / "someone-erased.html"
    gone.write_text("x")
    report(plain_dataset, out)
    assert not gone.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_a_folder_with_other_files_is_refused(plain_dataset: Dataset, tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("mine")
    with pytest.raises(OutputError, match="other files"):
        report(plain_dataset, tmp_path)
    assert (tmp_path / "diary.txt").read_text() == "mine"


def test_a_dataset_with_nothing_in_it_still_makes_a_site(plain_dataset: Dataset, tmp_path: Path) -> None:
    empty = write_tables(tmp_path / "empty", {name: [] for name in read_tables(plain_dataset)})
    assert report(empty, tmp_path / "report") == 6
    assert "civicSearch.expect(1)" in (tmp_path / "report" / "static" / "index.js").read_text()


def test_every_sentence_stands_on_its_persons_page_with_the_words_marked(
    hostile_dataset: Dataset, site: Path
) -> None:
    facts = gather_facts(hostile_dataset)
    for actor in hostile_dataset.actors[hostile_dataset.actors["is_public"]].to_dict("records"):
        pages = sorted((site / "people").glob(f"{file_id(actor['actor_id'])}*.html"))
        quotes = "".join(page.read_text(encoding="utf-8") for page in pages).count("<blockquote")
        sentences = {
            (row["affiliation_id"], said["article_id"], said["start"])
            for row in facts.held[actor["actor_id"]]
            for said in facts.said[row["affiliation_id"]]
        }
        assert quotes == len(sentences)


def test_without_texts_sentences_and_sources_remain(plain_dataset: Dataset, tmp_path: Path) -> None:
    out = tmp_path / "report"
    report(plain_dataset, out, texts=False)
    article = plain_dataset.articles.iloc[0]
    page = (out / "articles" / f"{article['article_id']}.html").read_text(encoding="utf-8")
    assert article["url"] in page
    assert article["text"][:60] not in page
    people = "".join(path.read_text(encoding="utf-8") for path in (out / "people").iterdir())
    assert "<blockquote" in people
    assert ".html#m" not in people


def test_an_english_report_says_so_without_scripts(plain_dataset: Dataset, tmp_path: Path) -> None:
    report(plain_dataset, tmp_path / "report", language="en")
    page = (tmp_path / "report" / "index.html").read_text(encoding="utf-8")
    assert '<html lang="en"' in page
    assert "Most mentioned people" in page


def test_every_word_of_the_table_is_used_and_fills_the_same_places_in_both_languages() -> None:
    folder = Path(__file__).parents[3] / "pipeline" / "export" / "report"
    used = "".join(
        path.read_text(encoding="utf-8") for path in [*folder.glob("*/*.html"), *folder.glob("*/*.js")]
    )
    families = ("month.", "status.", "place_kind.", "unit.", "label.", "ui.")
    for row in load_table("report_words"):
        key = re.sub(r"\.(one|few|many)$", "", row["key"])
        assert f'"{key}"' in used or f"`{key}`" in used or key.startswith(families), key
        assert sorted(re.findall(r"\{\w\}", row["pl"])) == sorted(re.findall(r"\{\w\}", row["en"])), key


def test_the_command_says_what_to_open_and_refuses_an_unknown_language(
    plain_dataset: Dataset, tmp_path: Path
) -> None:
    call = ["report", str(plain_dataset.folder), "-o", str(tmp_path / "site"), "--language"]
    done = CliRunner().invoke(app, [*call, "en"])
    assert done.exit_code == 0
    assert str(tmp_path / "site" / "index.html") in done.output.replace("\n", "")
    refused = CliRunner().invoke(app, [*call, "de"])
    assert refused.exit_code == 2
    assert "pl, en" in refused.output
