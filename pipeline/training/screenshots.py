"""Pictures of the report for the README, taken from the sample articles.

python -m pipeline.training.screenshots docs/images
"""

import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from pipeline.export.dataset import load_dataset
from pipeline.export.report import report
from pipeline.flow import run
from pipeline.training.browser import open_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_MADE_ON = date(2026, 3, 1)
_DESKTOP: dict[str, Any] = {"viewport": {"width": 1120, "height": 1080}, "color_scheme": "light"}
_PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 760}, "color_scheme": "dark"}


def take_pictures(site: Path, folder: Path, *, person: str, article: str, browser: "Browser") -> list[Path]:
    """Take pictures of the overview and a person's page in both languages, and of an article on a phone.

    Args:
        site: A report.
        folder: Where the pictures go.
        person: File of the person's page.
        article: File of the article's page.
        browser: What opens the pages.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shots = (
        ("report-overview.en", "index.html", "en", _DESKTOP),
        ("report-overview.pl", "index.html", "pl", _DESKTOP),
        ("report-person.en", f"people/{person}", "en", _DESKTOP),
        ("report-person.pl", f"people/{person}", "pl", _DESKTOP),
        ("report-phone", f"articles/{article}", "pl", _PHONE),
    )
    files = []
    for name, page, language, settings in shots:
        context = browser.new_context(**settings)
        tab = context.new_page()
        tab.goto((site / page).as_uri())
        tab.evaluate("language => civicReport.show(language)", language)
        files.append(folder / f"{name}.png")
        tab.screenshot(path=files[-1])
        context.close()
    return files


def main(folder: Path, articles: Path = Path("data/articles")) -> None:
    """Run the sample articles, write their report and take its pictures."""
    with tempfile.TemporaryDirectory() as work, open_browser() as browser:
        run([articles], Path(work) / "out")
        dataset = load_dataset(Path(work) / "out")
        site = Path(work) / "report"
        report(dataset, site, made_on=_MADE_ON)
        held = dataset.affiliations[dataset.affiliations["since"].notna()]["actor_id"].value_counts()
        known = dataset.actors.set_index("actor_id")["n_articles"]
        person = max(held.index, key=lambda actor_id: (known[actor_id], actor_id))
        named = dataset.mentions.groupby("article_id")["entity_id"].nunique()
        article = max(named.index, key=lambda article_id: (named[article_id], article_id))
        take_pictures(site, folder, person=f"{person}.html", article=f"{article}.html", browser=browser)


if __name__ == "__main__":
    typer.run(main)
