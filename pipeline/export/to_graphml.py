"""The graph for yEd, Cytoscape, igraph and others."""

import io
from pathlib import Path

import networkx as nx  # type: ignore[import-untyped]

from pipeline.export.content import Content, Written
from pipeline.export.graph import make_graph
from pipeline.files import write_text

FILE = "civic-actors.graphml"


def write(content: Content, folder: Path) -> Written:
    """Write `civic-actors.graphml`."""
    buffer = io.BytesIO()
    nx.write_graphml_xml(make_graph(content), buffer, encoding="utf-8", named_key_ids=True)
    write_text(folder / FILE, buffer.getvalue().decode("utf-8"))
    return Written((folder / FILE,))
