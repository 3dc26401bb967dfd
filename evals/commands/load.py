"""`load`: start a chat of its own and measure how soon it can be used, and how it holds up when many people ask at once."""

import argparse
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from rich.console import Console

from evals.benchmark import index_shipped
from evals.commands.options import Commands
from evals.load import measure_load
from evals.opening import time_to_interactive
from evals.reporting import load_table
from evals.serving import running_chat


def add(commands: Commands) -> None:
    """Describe the command's options."""
    parser = commands.add_parser("load", help="measure how soon the chat can be used, and how it holds up under many people")
    parser.add_argument("--users", type=int, default=50, metavar="N", help="people who ask, half of them programs (default: 50)")
    parser.add_argument("--seconds", type=float, default=120, metavar="S", help="how long they go on (default: 120)")
    parser.add_argument("--index", type=Path, metavar="DIR", help="the index to use (default: one made of the shipped corpus)")
    parser.add_argument("--json", action="store_true", help="print the figures as data")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Measure and print a table, or data; 1 where any question got an error in the place of an answer."""
    with tempfile.TemporaryDirectory() as folder:
        index = options.index or index_shipped(Path(folder) / "index")
        serving, usable = time_to_interactive(index)
        with running_chat(index) as chat:
            loads = measure_load(chat.address, users=options.users, seconds=options.seconds)
            peak = chat.peak
    if options.json:
        found = {"serving": serving, "usable": usable, "peak": peak, "loads": [asdict(load) for load in loads]}
        sys.stdout.write(json.dumps(found, indent=2) + "\n")
    else:
        console = Console()
        console.print(load_table(loads, users=options.users, seconds=options.seconds))
        console.print(f"Most memory of the chat: {peak:,.0f} MiB.")
        console.print(f"From a warm start: serving after {serving:.1f} s, question box usable after {usable:.1f} s.")
    return 1 if any(load.errors for load in loads) else 0
