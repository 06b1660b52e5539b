"""Parse a page in a process of its own, which can be stopped.

The time that parsers of HTML and Markdown take grows with the square of some hostile pages: tens of thousands of
attributes in one tag, or of line breaks in one paragraph. No alarm and no thread stops them, since they wait in C.
A page no longer than `SHORT` cannot hold enough of anything to take more than moments, and is parsed here; all others
go to one process beside this one, page after page, each within a limit of time.
"""

import atexit
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from threading import Event, Lock, Timer
from typing import IO, Any

from pipeline.errors import UnreadableInput
from pipeline.ingest.html import Page, read_page
from pipeline.ingest.markdown import markdown_to_text

SHORT = 20_000
_PAGES = (
    2_000  # after so many the process is replaced, so that what its libraries keep of pages does not grow
)
_CHILD = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from pipeline.ingest.apart import answer; answer()"
)
_PARSERS: dict[str, Callable[[str], Page | str | None]] = {"html": read_page, "markdown": markdown_to_text}


def parse_html(source: str, *, seconds: float) -> Page | None:
    """Return what `read_page` does.

    Args:
        source: HTML, decoded.
        seconds: How long a page longer than `SHORT` may take.

    Raises:
        UnreadableInput: It took longer, or ended the process that parsed it.
    """
    if len(source) <= SHORT:
        return read_page(source)
    found = _PARSER.ask("html", source, seconds)
    return found and Page(
        **found | {"published": found["published"] and date.fromisoformat(found["published"])}
    )


def parse_markdown(source: str, *, seconds: float) -> str:
    """Return what `markdown_to_text` does, within a limit as `parse_html`."""
    if len(source) <= SHORT:
        return markdown_to_text(source)
    return str(_PARSER.ask("markdown", source, seconds))


class Parser:
    """The process beside this one: started when first asked, and again when a page has ended it."""

    def __init__(self, command: str = _CHILD, pages: int = _PAGES) -> None:
        """Start nothing yet; `command` is what the process runs, `pages` how many it parses."""
        self._command, self._pages = command, pages
        self._process: subprocess.Popen[bytes] | None = None
        self._asked, self._owner = 0, os.getpid()
        self._lock = Lock()

    def ask(self, parser: str, source: str, seconds: float) -> Any:
        """Return what a parser makes of a source.

        Raises:
            UnreadableInput: It took longer, raised, or ended the process.
        """
        with self._lock:
            try:
                while (answer := self._ask(parser, source, seconds)) is None:
                    # A process that parsed other pages may have been ended by those: the page gets one to itself.
                    is_first = self._asked == 1
                    self.end()
                    if is_first:
                        raise UnreadableInput("ended the process that parsed it")
            except BaseException:
                # Whatever it may still say would be taken for the answer to the next page.
                self.end()
                raise
            if self._asked >= self._pages:
                self.end()
        found, error = answer
        if error:
            raise UnreadableInput(f"unexpected {error}")
        return found

    def end(self) -> None:
        """Stop the process, if there is one."""
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        process.kill()
        process.communicate()

    def _ask(self, parser: str, source: str, seconds: float) -> Any:
        """Return what the process answers; None when it has ended."""
        process = self._started()
        self._asked += 1
        is_late = Event()

        def stop() -> None:
            is_late.set()
            process.kill()

        timer = Timer(seconds, stop)
        timer.start()
        try:
            line = _talk(process, json.dumps([parser, source]).encode())
        finally:
            timer.cancel()
            timer.join()
        if is_late.is_set():
            raise UnreadableInput(f"took longer than {seconds:g} s to parse; raise parse_seconds")
        return json.loads(line) if line.endswith(b"\n") else None

    def _started(self) -> "subprocess.Popen[bytes]":
        if self._process is None or self._owner != os.getpid():
            self._process = subprocess.Popen(
                [sys.executable, "-c", self._command, json.dumps(sys.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            self._asked, self._owner = 0, os.getpid()
            _pipe(
                self._process.stdout
            ).readline()  # it says that it has started, which is not the page's time
        return self._process


def answer() -> None:
    """Parse the pages that standard input names, one a line: what the other process does."""
    answers, sys.stdout = sys.stdout, sys.stderr
    sys.stdin.reconfigure(encoding="ascii")  # type: ignore[union-attr]
    answers.write("ready\n")
    answers.flush()
    for line in sys.stdin:
        parser, source = json.loads(line)
        try:
            found = _PARSERS[parser](source)
            said = [asdict(found) if isinstance(found, Page) else found, ""]
        except Exception as error:
            said = [None, f"{type(error).__name__}: {error}"]
        answers.write(json.dumps(said, default=str) + "\n")
        answers.flush()


def _talk(process: "subprocess.Popen[bytes]", question: bytes) -> bytes:
    """Return the answer's line, cut short when the process ends."""
    asked = _pipe(process.stdin)
    try:
        asked.write(question + b"\n")
        asked.flush()
    except OSError:
        return b""
    return _pipe(process.stdout).readline()


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe


_PARSER = Parser()
atexit.register(_PARSER.end)
