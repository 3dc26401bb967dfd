"""`score RUN`: give every answer of a run its values, write them beside it, and show the estimates."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from rich.console import Console

from assistant.chatting import open_chat_model
from corpus.errors import AssistantError
from corpus.settings import read_settings
from evals.commands.options import Commands
from evals.reporting import score_table
from evals.runs import read_run
from evals.scoring import ALL, score_run, summarise, write_scores
from evals.support import Supports, judged_by, supports_by_words


def add(commands: Commands) -> None:
    """Describe the command's options."""
    parser = commands.add_parser("score", help="score a finished run")
    parser.add_argument("folder", type=Path, metavar="RUN", help="the run's folder")
    parser.add_argument("--judge", action="store_true", help="let the language model of the settings say what quotes support")
    parser.add_argument("--by", default=ALL, metavar="GROUPS", help="all, language, kind, direction, strategy, split or tag")
    parser.add_argument("--json", action="store_true", help="print the estimates as data")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Score the run and print its estimates."""
    found = read_run(options.folder)
    scores = score_run(found, _supports(options))
    write_scores(found.folder, scores)
    rows = [row for row in summarise(found, scores) if row.by == options.by]
    if not rows:
        raise AssistantError(f"no case is in a group by {options.by!r}")
    if options.json:
        sys.stdout.write(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2) + "\n")
    else:
        Console().print(score_table(rows))
    return 0


def _supports(options: argparse.Namespace) -> Supports:
    if not options.judge:
        return supports_by_words
    model = open_chat_model(read_settings(options.settings).language_model)
    if model is None:
        raise AssistantError("--judge needs a language model: name one under [language_model] in settings.toml")
    return judged_by(model)
