"""Parse a long page in a process of its own, which can be stopped.

The time that parsers of HTML and Markdown take grows with the square of some hostile pages: tens of thousands of
attributes in one tag, or of line breaks in one paragraph. No alarm and no thread stops them, since they wait in C.
A page of news is shorter than `LONG` and is parsed here; a longer one is parsed apart, within a limit of time.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

from pipeline.errors import UnreadableInput
from pipeline.ingest.html import Page, read_page
from pipeline.ingest.markdown import markdown_to_text

LONG = 500_000

_CHILD = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[2]); "
    "from pipeline.ingest.apart import answer; answer(sys.argv[1])"
)


def parse_html(source: str, *, seconds: float) -> Page | None:
    """Return what `read_page` does.

    Args:
        source: HTML, decoded.
        seconds: How long a page longer than `LONG` may take.

    Raises:
        UnreadableInput: It took longer, or ended the process that parsed it.
    """
    if len(source) <= LONG:
        return read_page(source)
    found = _ask("html", source, seconds)
    return found and Page(
        **found | {"published": found["published"] and date.fromisoformat(found["published"])}
    )


def parse_markdown(source: str, *, seconds: float) -> str:
    """Return what `markdown_to_text` does, within a limit as `parse_html`."""
    return markdown_to_text(source) if len(source) <= LONG else str(_ask("markdown", source, seconds))


def answer(parser: str) -> None:
    """Parse what standard input holds and write the result to standard output: what the other process does."""
    parsers: dict[str, Callable[[str], Page | str | None]] = {"html": read_page, "markdown": markdown_to_text}
    found = parsers[parser](json.load(sys.stdin))
    json.dump(asdict(found) if isinstance(found, Page) else found, sys.stdout, default=str)


def _ask(parser: str, source: str, seconds: float) -> Any:
    command = [sys.executable, "-c", _CHILD, parser, json.dumps(sys.path)]
    try:
        done = subprocess.run(
            command, input=json.dumps(source).encode(), capture_output=True, timeout=seconds
        )
    except subprocess.TimeoutExpired:
        raise UnreadableInput(f"took longer than {seconds:g} s to parse; raise parse_seconds") from None
    if done.returncode:
        raise UnreadableInput(f"ended the process that parsed it ({done.returncode})")
    return json.loads(done.stdout)
