"""Fuzz one of the targets with atheris: `make fuzz TARGET=html SECONDS=1200`.

What it found so far it keeps in `build/fuzz/TARGET` and goes on from; an input that breaks the target is written to
`build/fuzz/TARGET-found`, and belongs into `tests/ingest/test_any_bytes.py` as an `@example`.
"""

import sys
from pathlib import Path

import atheris

# What is imported here tells atheris which of its branches an input takes.
with atheris.instrument_imports(include=["pipeline.ingest", "markdown_it", "trafilatura", "htmldate"]):
    from tests.fuzz.target import TARGETS, TOKENS

from tests.ingest.test_bad_input import FILES

# Longer ones are tried a few times a second only.
_BYTES_PER_INPUT = 4_000
_SECONDS_PER_INPUT = 25
_MEGABYTES = 4_096


def main(name: str, seconds: int, build: Path = Path("build/fuzz")) -> None:
    """Run one target from the bad files of the tests and the sample articles on, until its time is up."""
    corpus, found = build / name, build / f"{name}-found"
    for folder in (corpus, found):
        folder.mkdir(parents=True, exist_ok=True)
    articles = sorted(path for path in Path("data/articles").rglob("*") if path.is_file())
    seeds = [content for _, _, content, _ in FILES] + [path.read_bytes() for path in articles]
    for number, content in enumerate(seeds):
        (corpus / f"seed-{number:03}").write_bytes(content[:_BYTES_PER_INPUT])
    words = build / "words"
    words.write_text("".join(f'"{_escape(token)}"\n' for token in TOKENS), encoding="ascii")
    options = [
        f"-dict={words}",
        f"-max_len={_BYTES_PER_INPUT}",
        f"-max_total_time={seconds}",
        f"-timeout={_SECONDS_PER_INPUT}",
        f"-rss_limit_mb={_MEGABYTES}",
        f"-artifact_prefix={found}/",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], TARGETS[name])
    atheris.Fuzz()


def _escape(token: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in token)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
