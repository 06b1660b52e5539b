"""Write the report: pages from templates, the search index, styles and scripts, whole or not at all."""

import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from pipeline.errors import OutputError
from pipeline.export.report.facts import Facts
from pipeline.export.report.lists import Page, article_source, article_title
from pipeline.export.report.pages import Book
from pipeline.export.report.places import unit_name, unit_names
from pipeline.export.report.safe import clean, file_id, script_json, veil, web_address
from pipeline.export.report.search import index_scripts
from pipeline.export.report.timeline import read_day
from pipeline.export.report.words import Language, Words, all_words

MARK = "civic-actors-report.txt"
_STATIC = Path(__file__).with_name("static")
_FOLDERS = ("people", "institutions", "places", "articles", "static")
_EVERY = 200
_REMEMBERED = 20_000  # strings and dates that recur from page to page


@dataclass(frozen=True, slots=True)
class About:
    """What the page about the data tells.

    Attributes:
        has_all: Whether people without a public office are in it too.
        texts: Whether article pages hold the whole texts.
    """

    made_on: date
    has_all: bool
    texts: bool
    manifest: Mapping[str, Any]


def write_site(
    out: Path, facts: Facts, about: About, *, language: Language, tell: Callable[[int], None] | None = None
) -> int:
    """Write the whole report and return the number of its pages; an older one in its place goes.

    Raises:
        OutputError: The folder holds something else, or cannot be written.
    """
    check_folder(out)
    building = out.with_name(f".{out.name}.part")
    try:
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir(parents=True)
        pages = chain([about_page(facts, about)], Book(facts, texts=about.texts).pages())
        count = write_pages(building, pages, make_environment(language), tell=tell)
        write_scripts(building, facts)
        if out.exists():
            shutil.rmtree(out)
        building.rename(out)
    except OSError as error:
        shutil.rmtree(building, ignore_errors=True)
        raise OutputError(f"cannot write {out}: {error.strerror or error}; choose another -o") from error
    return count


def check_folder(out: Path) -> None:
    """Refuse a folder that is neither empty nor an older report.

    Raises:
        OutputError: It holds other files.
    """
    if out.exists() and not (out.is_dir() and ((out / MARK).is_file() or not any(out.iterdir()))):
        raise OutputError(f"{out} holds other files; choose an empty or new folder for -o")


def make_environment(language: Language) -> Environment:
    """Return the templates' environment: everything escaped, odd characters dropped, no name undefined."""
    environment = Environment(
        loader=PackageLoader("pipeline.export.report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=clean,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words, remember = Words(language), lru_cache(maxsize=_REMEMBERED)
    environment.globals |= {
        "language": language,
        "t": remember(words.tag),
        "say": words.say,
        "label": words.label,
        "attributes": words.attributes,
        "count": words.count,
        "time": remember(words.time),
        "knows": words.knows,
        "unit_name": unit_name,
        "unit_names": unit_names,
        "web_address": web_address,
    }
    environment.filters |= {
        "file": file_id,
        "headline": article_title,
        "source_name": article_source,
        "veil": partial(veil, told=words.tag("ui.masked")),
    }
    environment.tests["a_day"] = lambda value: read_day(value) is not None
    return environment


def write_pages(
    folder: Path,
    pages: Iterable[Page],
    environment: Environment,
    *,
    tell: Callable[[int], None] | None = None,
) -> int:
    """Write pages into a folder and return how many they are."""
    templates: dict[str, Template] = {}
    for name in _FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    count = 0
    for count, page in enumerate(pages, 1):
        if page.template not in templates:
            templates[page.template] = environment.get_template(page.template)
        root = "../" * page.base.count("/")
        html = templates[page.template].render(page.context | {"page": page, "root": root})
        (folder / page.path).write_text(html, encoding="utf-8", newline="\n")
        if tell and count % _EVERY == 0:
            tell(count)
    return count


def about_page(facts: Facts, about: About) -> Page:
    """Return the page about the data: what it is, its limits, date and version."""
    context = {
        "about": about,
        "version": version("civic-actors"),
        "model": str(about.manifest.get("model", ""))[:16],
        "tables": str(about.manifest.get("tables", ""))[:16],
        "n_articles": len(facts.articles),
    }
    return Page("about", "about.html", context)


def write_scripts(folder: Path, facts: Facts) -> None:
    """Write styles, scripts, the words of both languages and the search index."""
    for path in sorted(_STATIC.iterdir()):
        shutil.copyfile(path, folder / "static" / path.name)
    (folder / "static" / "words.js").write_text(
        f"const civicWords = {script_json(all_words())};\n", encoding="utf-8", newline="\n"
    )
    shards = list(index_scripts(facts))
    for number, script in enumerate(shards, 1):
        (folder / "static" / f"index-{number}.js").write_text(script, encoding="utf-8", newline="\n")
    (folder / "static" / "index.js").write_text(
        f"civicSearch.expect({len(shards)});\n", encoding="utf-8", newline="\n"
    )
    (folder / MARK).write_text("Made by civic-actors report; open index.html.\n", encoding="utf-8")
