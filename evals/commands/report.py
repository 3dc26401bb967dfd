"""`report RUN`: write the report of a scored run, as Markdown and as one HTML page."""

import argparse
import sys
from pathlib import Path

from evals.commands.options import Commands
from evals.publishing import write_report
from evals.runs import read_run
from evals.scores import read_estimates, read_scores


def add(commands: Commands) -> None:
    """Describe the command's options."""
    parser = commands.add_parser("report", help="write the report of a scored run: Markdown and one HTML page")
    parser.add_argument("folder", type=Path, metavar="RUN", help="the run's folder")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the report and print where it is."""
    found = read_run(options.folder)
    for path in write_report(found, read_scores(options.folder), read_estimates(options.folder)):
        sys.stdout.write(f"{path}\n")
    return 0
