"""`compare A B`: how the second of two scored runs differs from the first, measure by measure and case by case."""

import argparse
from pathlib import Path

from rich.console import Console

from evals.commands.options import Commands
from evals.comparing import compare_runs
from evals.reporting import changes_table, differences_table
from evals.runs import read_run
from evals.scores import read_scores


def add(commands: Commands) -> None:
    """Describe the command's options."""
    parser = commands.add_parser("compare", help="compare two scored runs of the same cases")
    parser.add_argument("first", type=Path, metavar="A", help="the folder of the run to compare with")
    parser.add_argument("second", type=Path, metavar="B", help="the folder of the run that may be better")
    parser.add_argument("--across", action="store_true", help="compare though the runs were made over different documents")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the differences and the changed cases."""
    first, second = ((read_run(folder), read_scores(folder)) for folder in (options.first, options.second))
    found = compare_runs(first, second, across=options.across)
    console = Console()
    if found.note:
        console.print(found.note)
    console.print(differences_table(found.differences))
    console.print(changes_table(found.changes))
    return 0
