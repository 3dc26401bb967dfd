"""`gate RUN --baseline FILE`: fail where a run breaks a rule or is certainly worse than the baseline."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from evals.commands.options import Commands
from evals.gating import judge_run
from evals.reporting import differences_table
from evals.runs import read_run
from evals.scores import read_scores, write_scores
from evals.scoring import COSTS, score_run


def add(commands: Commands) -> None:
    """Describe the command's options."""
    parser = commands.add_parser("gate", help="fail where a run breaks a rule or is certainly worse than a baseline")
    parser.add_argument("folder", type=Path, metavar="RUN", help="the folder of a finished run")
    parser.add_argument("--baseline", type=Path, required=True, metavar="FILE", help="the scores of an earlier run")
    parser.add_argument("--accept", action="store_true", help="make this run's scores the baseline instead")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Judge the run; 0 where it passes, 1 with every reason where it does not."""
    found = read_run(options.folder)
    scores = score_run(found)
    if options.accept:
        # Times differ from one machine to the next, and would change the file each time.
        kept = [replace(score, measures={k: v for k, v in score.measures.items() if k not in COSTS}) for score in scores]
        write_scores(options.baseline, kept)
        return 0
    verdict = judge_run(found, scores, read_scores(options.baseline))
    Console().print(differences_table(verdict.differences))
    for reason in verdict.reasons:
        sys.stdout.write(f"gate: {reason}\n")
    sys.stdout.write("gate: passed\n" if verdict.passed else f"gate: failed for {len(verdict.reasons)} reasons\n")
    return 0 if verdict.passed else 1
