"""The graph for Gephi, with days for its timeline."""

import io
import re
from pathlib import Path

import networkx as nx  # type: ignore[import-untyped]

from pipeline.export.content import Content, Written
from pipeline.export.graph import make_graph
from pipeline.files import write_text

FILE = "civic-actors.gexf"


def write(content: Content, folder: Path) -> Written:
    """Write `civic-actors.gexf` (GEXF 1.2)."""
    buffer = io.BytesIO()
    nx.write_gexf(make_graph(content), buffer, version="1.2draft")
    text = buffer.getvalue().decode("utf-8")
    # The day of writing would make no two files the same.
    write_text(folder / FILE, re.sub(r' lastmodifieddate="[^"]*"', "", text, count=1))
    return Written((folder / FILE,))
