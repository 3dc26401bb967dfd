"""`retrieval SET...`: score the assistant's retriever on folders in the BEIR format."""

import argparse
import json
import sys
from pathlib import Path

from rich.console import Console

from assistant.finding.cross_encoding import open_pair_scorer
from corpus.embedding import load_embedder
from corpus.lexicon import load_lexicon
from corpus.settings import read_settings
from evals.commands.options import Commands
from evals.reporting import anchors_table, comparison_table, retrieval_table
from evals.retrieval import read_run, read_set, run_set, score_set, write_run


def add(commands: Commands) -> None:
    """Describe the command's options."""
    parser = commands.add_parser("retrieval", help="score the assistant's retriever on sets in the BEIR format")
    parser.add_argument("sets", nargs="+", type=Path, metavar="SET", help="folders with corpus.jsonl, queries.jsonl, qrels/")
    parser.add_argument("--json", action="store_true", help="print {set: {measure: value}}")
    parser.add_argument("--runs", type=Path, metavar="DIR", help="write a TREC run file of each set to this folder")
    parser.add_argument("--against", type=Path, metavar="DIR", help="compare with the run files of another run")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Score every set and print a table, or data."""
    settings = read_settings(options.settings)
    embedder, lexicon = load_embedder(settings.embedding_model), load_lexicon()
    scorer = open_pair_scorer(settings.reranking_model)
    values: dict[str, dict[str, dict[str, float]]] = {}
    others: dict[str, dict[str, dict[str, float]]] = {}
    for folder in options.sets:
        chosen = read_set(folder)
        found = run_set(chosen, embedder, lexicon, scorer)
        values[chosen.name] = score_set(chosen, found)
        if options.runs:
            write_run(options.runs / f"{chosen.name}.trec", found)
        if options.against:
            others[chosen.name] = score_set(chosen, read_run(options.against / f"{chosen.name}.trec"))
    if options.json:
        means = {
            name: {measure: sum(scores.values()) / len(scores) for measure, scores in measures.items()}
            for name, measures in values.items()
        }
        sys.stdout.write(json.dumps(means, indent=2) + "\n")
        return 0
    console = Console()
    console.print(retrieval_table(values))
    if (beside := anchors_table(values)).row_count:
        console.print(beside)
    if others:
        console.print(comparison_table(others, values))
    return 0
