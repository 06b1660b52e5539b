"""Everything found as a spaCy DocBin, to be corrected in spaCy's tools and read back as gold."""

from pathlib import Path

from pipeline.export.content import Content, Written
from pipeline.files import write_whole
from pipeline.training.gold_docbin import pack_gold
from pipeline.training.prefill import prefill_gold, tell_undated

FILE = "civic-actors.spacy"


def write(content: Content, folder: Path) -> Written:
    """Write `civic-actors.spacy`."""
    articles = list(prefill_gold(content))
    write_whole(folder / FILE, pack_gold(articles).to_disk)
    return Written((folder / FILE,), tell_undated(articles))
