"""The command `civic-actors`: each command is one call of the library, told to a person."""

import signal
import sys

import typer
from rich.console import Console

from pipeline import console as screen
from pipeline.commands import judging, making, reading, showing
from pipeline.commands.options import FAILURE, INTERRUPTED
from pipeline.errors import CivicActorsError
from pipeline.garbage import spare_last_walk

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="Polish municipal news in; a sourced dataset of civic actors out.",
)

# In the order of the help.
_COMMANDS = (
    *(reading.run, reading.nominative, reading.resolve),
    *(judging.review, judging.withdraw, judging.correct, judging.audit),
    *(showing.export, showing.show, showing.explain, showing.report, showing.erase),
    *(making.evaluate, making.gold, making.train, making.proof, making.tables, making.info),
)
for _command in _COMMANDS:
    app.command()(_command)


def main() -> None:
    """Run the command line; an error that a user can meet prints one line and sets the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        app()
    except KeyboardInterrupt:
        sys.stderr.write("Stopped; what was read is kept, and the same command goes on.\n")
        raise SystemExit(INTERRUPTED) from None
    except CivicActorsError as error:
        Console(stderr=True, highlight=False).print(
            f"[red]Error:[/red] {screen.plain(str(error))}", soft_wrap=True
        )
        raise SystemExit(FAILURE) from None
    except BrokenPipeError:
        raise SystemExit(0) from None
    finally:
        spare_last_walk()
