"""`run SET`: put every case to the assistant and keep what it did; a run that was stopped is gone on with."""

import argparse
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn, TimeRemainingColumn

from corpus.errors import AssistantError
from corpus.settings import read_settings
from evals.casebook import Case, read_cases
from evals.commands.options import Commands, add_index
from evals.running import describe, run_cases
from evals.runs import RUNS, read_run


def add(commands: Commands) -> None:
    """Describe the command's options."""
    parser = commands.add_parser("run", help="put every case of a set to the assistant and keep what it did")
    parser.add_argument("set", type=Path, metavar="SET", help="a file of cases (JSON Lines)")
    parser.add_argument("--out", type=Path, metavar="DIR", help="the run's folder (default: runs/SET-MARK, one for each state)")
    parser.add_argument("--split", choices=["dev", "test"], help="ask the cases of one split alone")
    parser.add_argument("--tag", metavar="TAG", help="ask the cases with this tag alone")
    parser.add_argument("--repeat", type=int, default=1, metavar="N", help="ask every case N times")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="ask in N processes; timings are then of a busy machine")
    add_index(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Ask the cases and print the run's folder on standard output."""
    if options.repeat < 1 or options.jobs < 1:
        raise AssistantError("--repeat and --jobs must be at least 1")
    settings = read_settings(options.settings, index=options.index)
    cases = [case for case in read_cases(options.set) if _is_wanted(case, options)]
    if not cases:
        raise AssistantError(f"{options.set}: no approved case has this split and tag")
    made = describe(cases, settings, name=options.set.stem, repeat=options.repeat, jobs=options.jobs).made_by
    folder = options.out or RUNS / f"{options.set.stem}-{made[:8]}"
    console = Console(stderr=True)
    with Progress(BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn(), console=console) as bar:
        task = bar.add_task("", total=len(cases) * options.repeat)
        run_cases(
            cases,
            folder,
            settings,
            name=options.set.stem,
            repeat=options.repeat,
            jobs=options.jobs,
            progress=lambda done, _: bar.update(task, completed=done),
        )
    failed = sum(bool(answered.error) for answered in read_run(folder).answers)
    if failed:
        console.print(f"{failed} cases got an error in the place of an answer")
    sys.stdout.write(f"{folder}\n")
    return 0


def _is_wanted(case: Case, options: argparse.Namespace) -> bool:
    return not case.draft and options.split in (None, case.split) and options.tag in (None, *case.tags)
