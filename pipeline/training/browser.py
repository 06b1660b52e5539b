"""A headless Chromium, wherever the machine keeps one: for the report's tests, figures and pictures."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipeline.errors import CivicActorsError

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_browser() -> str | None:
    """Return the browser that CHROMIUM names or that lies on PATH; None leaves it to Playwright's own."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for name in _NAMES if (path := shutil.which(name))), None)


@contextmanager
def open_browser() -> Iterator["Browser"]:
    """Open a headless Chromium without network helpers of its own.

    Raises:
        CivicActorsError: The machine has none; the message says how to get one.
    """
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        except Error as error:
            raise CivicActorsError(
                "no Chromium: install the package chromium, or run `playwright install chromium`, "
                f"or name one in CHROMIUM ({str(error).splitlines()[0]})"
            ) from error
        try:
            yield browser
        finally:
            browser.close()
