"""What a person sees in the terminal: progress, summaries, people, what is to be judged."""

from pipeline.console.judging import print_audit, tell_pair
from pipeline.console.people import overview, print_actor, print_dataset
from pipeline.console.progress import show_progress, show_run
from pipeline.console.summaries import (
    print_column_summary,
    print_info,
    print_summary,
    print_table_changes,
    print_tables,
    print_written,
)
from pipeline.console.text import count, plain, shown

__all__ = [
    "count",
    "overview",
    "plain",
    "print_actor",
    "print_audit",
    "print_column_summary",
    "print_dataset",
    "print_info",
    "print_summary",
    "print_table_changes",
    "print_tables",
    "print_written",
    "shown",
    "show_progress",
    "show_run",
    "tell_pair",
]
