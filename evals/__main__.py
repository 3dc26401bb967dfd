"""`python -m evals retrieval SETS...`: score retrieval on BEIR folders. `python -m evals bench`: measure speed and memory.

Exit codes: 0 done; 1 it could not be done (one line says why); 2 the command line is wrong.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console

from assistant.cross_encoding import open_pair_scorer
from corpus.embedding import load_embedder
from corpus.errors import AssistantError
from corpus.lexicon import load_lexicon
from corpus.settings import read_settings
from evals.benchmark import DIGESTS, QUESTIONS, run_benchmark
from evals.peers import compare_systems
from evals.reporting import benchmark_table, comparison_table, growth_table, peers_table, retrieval_table
from evals.retrieval import read_run, read_set, run_set, score_set, write_run
from evals.scaling import measure_growth


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        if options.command == "bench":
            _bench(options)
        else:
            _retrieval(options)
    except AssistantError as error:
        sys.stderr.write(f"evals: {error}\n")
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--settings", type=Path, metavar="FILE", help="a settings file other than settings.toml")
    commands = parser.add_subparsers(dest="command", required=True)
    retrieval = commands.add_parser("retrieval", help="score the assistant's retriever on sets in the BEIR format")
    retrieval.add_argument("sets", nargs="+", type=Path, metavar="SET", help="folders with corpus.jsonl, queries.jsonl, qrels/")
    retrieval.add_argument("--json", action="store_true", help="print {set: {measure: value}}")
    retrieval.add_argument("--runs", type=Path, metavar="DIR", help="write a TREC run file of each set to this folder")
    retrieval.add_argument("--against", type=Path, metavar="DIR", help="compare with the run files of another run")
    bench = commands.add_parser("bench", help="measure speed and memory against plain peers on the same work")
    bench.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="documents to read (default: the shipped corpus)")
    bench.add_argument(
        "--sets", nargs="*", type=Path, metavar="SET", default=[], help="search BEIR folders beside plain peers too"
    )
    bench.add_argument("--growth", nargs="*", type=int, metavar="CHUNKS", default=[], help="cost of a query over so many chunks")
    bench.add_argument("--json", action="store_true", help="print the figures as data")
    return parser


def _retrieval(options: argparse.Namespace) -> None:
    settings = read_settings(options.settings)
    embedder, lexicon = load_embedder(settings.embedding_model), load_lexicon()
    scorer = open_pair_scorer(settings.reranking_model)
    values: dict[str, dict[str, dict[str, float]]] = {}
    others: dict[str, dict[str, dict[str, float]]] = {}
    for folder in options.sets:
        chosen = read_set(folder)
        run = run_set(chosen, embedder, lexicon, scorer)
        values[chosen.name] = score_set(chosen, run)
        if options.runs:
            write_run(options.runs / f"{chosen.name}.trec", run)
        if options.against:
            others[chosen.name] = score_set(chosen, read_run(options.against / f"{chosen.name}.trec"))
    if options.json:
        means = {
            name: {measure: sum(found.values()) / len(found) for measure, found in measures.items()}
            for name, measures in values.items()
        }
        sys.stdout.write(json.dumps(means, indent=2) + "\n")
        return
    console = Console()
    console.print(retrieval_table(values))
    if others:
        console.print(comparison_table(others, values))


def _bench(options: argparse.Namespace) -> None:
    trials = compare_systems(options.sets)
    costs = measure_growth(options.growth, sorted(DIGESTS.glob("*.pdf")), QUESTIONS)
    figures = run_benchmark(options.paths)
    if options.json:
        found = {"figures": figures, "trials": [asdict(trial) for trial in trials], "growth": [asdict(cost) for cost in costs]}
        sys.stdout.write(json.dumps(found, indent=2) + "\n")
        return
    console = Console()
    console.print(benchmark_table(figures))
    for table in ([peers_table(trials)] if trials else []) + ([growth_table(costs)] if costs else []):
        console.print(table)


if __name__ == "__main__":
    sys.exit(main())
