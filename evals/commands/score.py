"""`score RUN`: give every answer of a run its values, write them beside it, and show the estimates."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from rich.console import Console

from assistant.finding.cross_encoding import EntailmentModel
from assistant.language_model.chatting import open_chat_model
from corpus.errors import AssistantError
from corpus.settings import read_settings
from evals.commands.options import Commands
from evals.judging import ChatJudge, EntailmentJudge, Judge, agreement, describe, judge_claims, write_judged
from evals.reporting import score_table
from evals.runs import read_run
from evals.scores import ALL, write_estimates, write_scores
from evals.scoring import score_run, summarise


def add(commands: Commands) -> None:
    """Describe the command's options."""
    parser = commands.add_parser("score", help="score a finished run")
    parser.add_argument("folder", type=Path, metavar="RUN", help="the run's folder")
    parser.add_argument("--judge", action="store_true", help="ask the language model of the settings too what quotes support")
    parser.add_argument("--nli", metavar="MODEL", help="ask a cross-encoder for natural language inference too (folder or name)")
    parser.add_argument("--by", default=ALL, metavar="GROUPS", help="all, language, kind, direction, strategy, split or tag")
    parser.add_argument("--json", action="store_true", help="print the estimates as data")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Score the run and print its estimates."""
    found = read_run(options.folder)
    judges = _judges(options)
    scores = score_run(found)
    write_scores(found.folder, scores)
    for judge in judges:
        judged = judge_claims(found, judge)
        write_judged(found.folder, judge, judged)
        sys.stderr.write(f"{judge.kind} {judge.name}: {describe(agreement(judged))}\n")
    estimates = summarise(found, scores)
    write_estimates(found.folder, estimates)
    rows = [row for row in estimates if row.by == options.by]
    if not rows:
        raise AssistantError(f"no case is in a group by {options.by!r}")
    if options.json:
        sys.stdout.write(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2) + "\n")
    else:
        Console().print(score_table(rows))
    return 0


def _judges(options: argparse.Namespace) -> list[Judge]:
    judges: list[Judge] = [EntailmentJudge(EntailmentModel(options.nli))] if options.nli else []
    if options.judge:
        model = open_chat_model(read_settings(options.settings).language_model)
        if model is None:
            raise AssistantError("--judge needs a language model: name one under [language_model] in settings.toml")
        judges.append(ChatJudge(model))
    return judges
