"""`fit-abstention SET...`: fit the weights that decide whether a question is answered, and say what they refuse."""

import argparse
import sys
from pathlib import Path

from rich.console import Console

from assistant.finding.answerability import RULE
from corpus.errors import AssistantError
from evals.commands.options import Commands
from evals.fitting import cross_validate, examples_of_golden, examples_of_set, fit, refusals
from evals.reporting import refusals_table


def add(commands: Commands) -> None:
    """Describe the command's options."""
    parser = commands.add_parser("fit-abstention", help="fit the weights that decide whether a question is answered")
    parser.add_argument(
        "sets",
        nargs="*",
        type=Path,
        metavar="SET",
        help="folders with corpus.jsonl, queries.jsonl, qrels/ and perhaps unanswerable.jsonl, beside the golden set",
    )
    parser.add_argument("--sample", type=int, default=150, metavar="N", help="questions of each kind of a folder (default: 150)")
    parser.add_argument(
        "--missed",
        type=float,
        default=0.17,
        metavar="SHARE",
        help="of the answerable questions that may be refused (default: 0.17)",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the weights and the bias, and what they and the shipped ones refuse."""
    if options.sample < 1 or not 0 < options.missed < 1:
        raise AssistantError("--sample must be at least 1, and --missed between 0 and 1")
    examples = examples_of_golden()
    for folder in options.sets:
        examples += examples_of_set(folder, sample=options.sample)
    rule = fit(examples, missed=options.missed)
    for name, weight in rule.weights.items():
        sys.stdout.write(f"{name}: {weight:.2f}\n")
    sys.stdout.write(f"bias: {rule.bias:.2f}\n")
    console = Console()
    console.print(refusals_table(cross_validate(examples, missed=options.missed), title="Refused, cross-validated"))
    shipped = [RULE.refuses(example.signs) for example in examples]
    console.print(refusals_table(refusals(examples, shipped), title="Refused by the shipped weights"))
    return 0
