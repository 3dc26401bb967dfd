"""`bench [PATH...]`: measure speed and memory against plain peers on the same work."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from rich.console import Console

from evals.benchmark import DIGESTS, QUESTIONS, run_benchmark
from evals.commands.options import Commands
from evals.golden_retrieval import golden_set
from evals.peers import compare_systems
from evals.reporting import benchmark_table, growth_table, peers_table
from evals.retrieval import read_set
from evals.scaling import measure_growth


def add(commands: Commands) -> None:
    """Describe the command's options."""
    parser = commands.add_parser("bench", help="measure speed and memory against plain peers on the same work")
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="documents to read (default: the shipped corpus)")
    parser.add_argument(
        "--sets",
        nargs="*",
        type=Path,
        metavar="SET",
        help="BEIR folders to search beside plain peers (default: the golden set)",
    )
    parser.add_argument("--growth", nargs="*", type=int, metavar="CHUNKS", default=[], help="cost of a query over so many chunks")
    parser.add_argument("--json", action="store_true", help="print the figures as data")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Measure and print a table, or data."""
    shipped = sorted(DIGESTS.glob("*.pdf"))
    sets = [golden_set(shipped)] if options.sets is None else [read_set(folder) for folder in options.sets]
    trials = compare_systems(sets)
    costs = measure_growth(options.growth, shipped, QUESTIONS)
    figures = run_benchmark(options.paths)
    if options.json:
        found = {"figures": figures, "trials": [asdict(trial) for trial in trials], "growth": [asdict(cost) for cost in costs]}
        sys.stdout.write(json.dumps(found, indent=2) + "\n")
        return 0
    console = Console()
    console.print(benchmark_table(figures))
    for table in ([peers_table(trials)] if trials else []) + ([growth_table(costs)] if costs else []):
        console.print(table)
    return 0
