"""What people judge: pairs side by side, and the figures of an audit."""

from collections.abc import Callable
from typing import Any

from rich.console import Console
from rich.table import Table

from pipeline.console.text import count, plain
from pipeline.resolve.audit import Audit


def print_audit(console: Console, audit: Audit) -> None:
    """Print the precision of a filled-in sample, by role and by source."""
    table = Table(title="Precision of the claims judged", title_justify="left", header_style="bold")
    for heading in ("By", "Group"):
        table.add_column(heading, overflow="fold")
    for heading in ("Precision", "95 % interval", "Right", "Judged"):
        table.add_column(heading, justify="right")
    before = "all"
    for figure in audit.figures:
        if figure.by != before:
            table.add_section()
        before = figure.by
        interval = f"{figure.low:.3f}-{figure.high:.3f}"
        cells = (f"{figure.share:.3f}", interval, str(figure.right), str(figure.judged))
        table.add_row(figure.by, plain(figure.name), *cells)
    console.print(table)
    for part, wrong in audit.wrong_parts.items():
        console.print(f"wrong {plain(part)}: {wrong}")
    if audit.n_open:
        console.print(f"{count(audit.n_open, 'row')} without an answer left out", style="dim")


def tell_pair(console: Console) -> Callable[[list[dict[str, Any]], list[str]], None]:
    """Return what prints both sides of a pair, one beside the other, and what was compared below."""

    def tell(sides: list[dict[str, Any]], reasons: list[str]) -> None:
        table = Table(show_header=True, header_style="bold", expand=True)
        for side in sides:
            table.add_column(plain(str(side["name"])), ratio=1, overflow="fold")
        cells = ["\n\n".join(side["sentences"]) or "(no office is said)" for side in sides]
        table.add_row(*(plain(" ".join(cell.split(" "))) for cell in cells))
        table.add_row(*(plain(str(side["article_id"])) for side in sides), style="dim")
        console.print(table)
        for reason in reasons:
            console.print(f"  {plain(reason)}")

    return tell
