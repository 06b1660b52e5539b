"""The report in a real browser, opened from disk: nothing fails, nothing runs, nothing leaves the page."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from pipeline.export.dataset import load_dataset
from pipeline.export.report.words import Words
from pipeline.training.large_dataset import make_large_dataset
from pipeline.training.report_figures import MAX_BYTES, PAINT_MS, SEARCH_MS, Figures, measure_report

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "data" / "axe.min.js"
SERIOUS = {"serious", "critical"}
CI_SLACK, TRIES = 3, 8
# A busy machine may take its time to draw a page.
PATIENCE_MS = 180_000
Open = Callable[..., Any]


@pytest.fixture(scope="module", autouse=True)
def patience() -> Iterator[None]:
    expect.set_options(timeout=PATIENCE_MS)
    yield
    expect.set_options(timeout=None)


@pytest.fixture
def open_page(browser: Any, site: Path) -> Iterator[Open]:
    """Return what opens a page of the report; at the end nothing may have failed or left the disk."""
    faults: list[str] = []
    requests: list[str] = []
    contexts = []

    def open_file(name: str, **settings: Any) -> Any:
        context = browser.new_context(**settings)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: faults.append(f"{name}: {message.text}"))
        page.on("pageerror", lambda error: faults.append(f"{name}: {error}"))
        page.on("request", lambda request: requests.append(request.url))
        page.goto((site / name).as_uri())
        return page

    yield open_file
    assert faults == []
    assert [url for url in requests if not url.startswith("file://")] == []
    for context in contexts:
        context.close()


def one_of(site: Path, folder: str) -> str:
    """Return the largest page of a folder: the one with every section."""
    path = max((site / folder).glob("*.html"), key=lambda path: (path.stat().st_size, path.name))
    return f"{folder}/{path.name}"


def every_kind(site: Path) -> list[str]:
    folders = ("people", "institutions", "places", "articles")
    lists = sorted(path.name for path in site.glob("voivodeship-*.html"))[:1]
    return ["index.html", "people.html", "articles.html", "about.html", *lists] + [
        one_of(site, f) for f in folders
    ]


def search(page: Any, text: str) -> list[str]:
    page.wait_for_selector("#search[aria-busy=false]")
    page.fill("#query", text)
    return page.locator("#results .name").all_text_contents()


def focused(page: Any) -> Any:
    return page.locator("*:focus")


def test_search_folds_polish_letters_and_filters(open_page: Open) -> None:
    page = open_page("index.html")
    assert search(page, "zolw") == ["Jan Żółw"]
    assert search(page, "ŻÓŁ jan") == ["Jan Żółw"]
    assert "Łódź" in search(page, "lodz")
    assert page.locator("#overview").is_hidden()
    page.check("input[name=kind][value='0']", force=True)
    assert "Łódź" not in page.locator("#results .name").all_text_contents()
    assert (
        page.locator("#results .label").all_text_contents().count("osoba")
        == page.locator("#results li").count()
    )
    page.check("input[name=kind][value='2']", force=True)
    assert page.locator("#results .name").all_text_contents() == ["Łódź"]
    page.select_option("#voivodeship", "12")
    expect(page.locator("#found")).to_have_text("0 wyników")
    page.select_option("#voivodeship", "10")
    expect(page.locator("#found")).to_have_text("1 wynik")
    page.press("#query", "Escape")
    assert search(page, "xyzzy") == []


def test_what_is_found_opens_by_keyboard_alone(open_page: Open) -> None:
    page = open_page("about.html")
    page.keyboard.press("Tab")
    expect(focused(page)).to_have_class("skip")
    page.keyboard.press("Enter")
    expect(focused(page)).to_have_id("content")
    page.keyboard.press("/")
    page.wait_for_url("**/index.html#query")
    page.wait_for_selector("#search[aria-busy=false] #query:focus")
    page.keyboard.type("zolw")
    expect(page.locator("#results .name")).to_have_text(["Jan Żółw"])
    page.keyboard.press("ArrowDown")
    expect(focused(page)).to_contain_text("Jan Żółw")
    page.keyboard.press("ArrowUp")
    expect(focused(page)).to_have_id("query")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/*.html")
    expect(page.locator("h1")).to_have_text("Jan Żółw")
    node = page.locator(".network a.node").first
    node.focus()
    expect(node).to_be_focused()
    before = page.url
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(before)
    expect(page.locator("h1")).not_to_have_text("Jan Żółw")


def test_the_language_switch_changes_every_string_and_is_kept(open_page: Open, site: Path) -> None:
    page = open_page(one_of(site, "people"))
    expect(page.get_by_role("heading", name="Zdania, które o tym mówią")).to_have_count(1)
    page.click("#language")
    expect(page.get_by_role("heading", name="Sentences that say so")).to_have_count(1)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    polish = page.evaluate(
        "[...document.querySelectorAll('[data-t]')]"
        ".filter(node => node.textContent !== civicReport.say(node.dataset.t, node.dataset)).length"
    )
    assert polish == 0
    page.click("nav >> text=People")
    page.wait_for_url("**/people.html")
    expect(page.locator("h1")).to_contain_text("People")
    page.click("#language")
    expect(page.locator("h1")).to_contain_text("Osoby")


def test_script_and_python_write_numbers_and_dates_alike(open_page: Open) -> None:
    page = open_page("index.html")
    numbers = [*range(130), 999, 1000, 1234, 9999, 10_000, 1_234_567]
    for language in ("pl", "en"):
        words = Words(language)
        page.evaluate("language => { civicReport.language = language }", language)
        told = page.evaluate("ns => ns.map(n => civicReport.say('n_articles', { n }))", numbers)
        assert told == [words.say("n_articles", n=n) for n in numbers]
        days = ["2024", "2024-05", "2024-12-01"]
        assert page.evaluate("ds => ds.map(d => civicReport.day(d))", days) == [
            words.day(day) for day in days
        ]


def test_dark_follows_the_machine_and_the_button(open_page: Open) -> None:
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    light = open_page("index.html", color_scheme="light")
    dark = open_page("index.html", color_scheme="dark")
    bright, dim = light.evaluate(paper), dark.evaluate(paper)
    assert bright != dim
    light.click("#theme")
    expect(light.locator("#theme")).to_have_attribute("aria-pressed", "true")
    expect(light.locator("html")).to_have_css("background-color", dim)
    light.reload()
    expect(light.locator("html")).to_have_css("background-color", dim)


def test_without_scripts_pages_still_tell_everything(open_page: Open, site: Path) -> None:
    page = open_page(one_of(site, "people"), java_script_enabled=False)
    assert page.locator("blockquote .mark.person").count() > 0
    assert page.locator(".track").count() > 0
    assert page.locator(".switches").is_hidden()
    page = open_page("index.html", java_script_enabled=False)
    assert page.locator("#search").is_hidden()
    assert page.locator("noscript").is_visible()


def test_hostile_names_are_inert(open_page: Open, site: Path) -> None:
    page = open_page("index.html")
    assert len(search(page, "window hacked")) > 3
    named = [
        path
        for path in (site / "people").glob("*.html")
        if "hacked" in path.read_text("utf-8").split("<h2")[0]
    ]
    assert len(named) >= 3
    for name in [*every_kind(site), *(f"people/{path.name}" for path in named)]:
        page.goto((site / name).as_uri())
        assert page.evaluate("[typeof window.hacked, document.images.length]") == ["undefined", 0], name


def test_a_policy_stops_scripts_that_slip_in(browser: Any, site: Path) -> None:
    page = browser.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto((site / "about.html").as_uri())
    page.evaluate(
        "() => { window.stopped = []; document.addEventListener('securitypolicyviolation',"
        " event => window.stopped.push(event.effectiveDirective));"
        " const s = document.createElement('script'); s.textContent = 'window.hacked = 1';"
        " document.head.append(s); document.body.insertAdjacentHTML('beforeend',"
        ' \'<img src="https://leak.example/x.png" onerror="window.hacked = 1">\') }'
    )
    page.wait_for_function("window.stopped.length >= 3")
    assert sorted(page.evaluate("window.stopped")) == ["img-src", "script-src-attr", "script-src-elem"]
    assert page.evaluate("typeof window.hacked") == "undefined"
    page.close()


@pytest.mark.parametrize("width", [320, 375])
def test_a_phone_needs_no_sideways_scroll(open_page: Open, site: Path, width: int) -> None:
    page = open_page("index.html", viewport={"width": width, "height": 700})
    for name in every_kind(site):
        page.goto((site / name).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def test_print_shows_sources_and_leaves_out_switches(open_page: Open, site: Path) -> None:
    page = open_page(one_of(site, "people"))
    page.emulate_media(media="print")
    assert page.locator("header nav").is_hidden()
    shown = page.locator(".source").first.evaluate("node => getComputedStyle(node, '::after').content")
    assert "https://" in shown or "attr(href)" in shown


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(open_page: Open, site: Path, language: str, theme: str) -> None:
    axe = AXE.read_text(encoding="utf-8")
    page = open_page("index.html", color_scheme=theme)
    found = {}
    for name in every_kind(site):
        page.goto((site / name).as_uri())
        page.evaluate("language => civicReport.show(language)", language)
        if name == "index.html":
            search(page, "a")
            page.fill("#query", "")
        page.evaluate(axe)
        faults = page.evaluate("axe.run({ preload: false }).then(result => result.violations)")
        found |= {
            f"{name} {fault['id']}": fault["nodes"][0]["html"]
            for fault in faults
            if fault["impact"] in SERIOUS
        }
    assert found == {}


def test_ten_thousand_people_stay_light_and_quick(browser: Any, tmp_path: Path) -> None:
    make_large_dataset(tmp_path / "large", 10_000)
    dataset = load_dataset(tmp_path / "large")
    figures = [measure_report(dataset, tmp_path / "report", browser, whole=False)]
    assert figures[0].n_actors == 10_000
    assert figures[0].largest_bytes < MAX_BYTES
    # Time that others take of a busy machine only adds: the quickest of a few measures is nearest to the page's own.
    while not _quick_enough(figures) and len(figures) < TRIES:
        figures.append(measure_report(dataset, tmp_path / f"report{len(figures)}", browser, whole=False))
    assert _quick_enough(figures), figures


def _quick_enough(figures: list[Figures]) -> bool:
    return (
        min(one.search_ms for one in figures) < SEARCH_MS * CI_SLACK
        and min(one.slowest_search_ms for one in figures) < SEARCH_MS * CI_SLACK
        and min(one.paint_ms for one in figures) < PAINT_MS * CI_SLACK
    )
