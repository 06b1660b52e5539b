"""What must hold for any bytes, for hypothesis and, where it is installed, atheris.

With atheris (Linux, not a dependency): `python -m tests.fuzz.target -max_total_time=600`. What it finds goes
into `tests/ingest/test_any_bytes.py` as an `@example`.
"""

import sys

from pipeline.ingest.decode import decode_text
from pipeline.ingest.html import read_page
from pipeline.ingest.markdown import markdown_to_text, split_front_matter
from pipeline.ingest.markup import declared_encoding, page_facts, visible_text

MAX_BYTES = 20_000


def check_bytes(data: bytes) -> None:
    """Decode the bytes, and read the text as a page and as Markdown: none may raise."""
    declared_encoding(data)
    decoded = decode_text(data[:MAX_BYTES])
    if decoded is None:
        return
    page_facts(decoded.text)
    visible_text(decoded.text)
    read_page(decoded.text)
    split_front_matter(decoded.text)
    markdown_to_text(decoded.text)


def main() -> None:
    """Run atheris on the target until it finds something or its time is up."""
    import atheris

    atheris.Setup(sys.argv, check_bytes)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
