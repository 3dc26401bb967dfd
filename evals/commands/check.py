"""`check SET...`: verify every expected quote in the index; `check --schema` prints the JSON Schema of a case."""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from corpus.errors import AssistantError
from corpus.generations import open_store
from corpus.lexicon import load_lexicon
from corpus.settings import read_settings
from evals.casebook import Case, read_cases, schema
from evals.checking import check_cases
from evals.commands.options import Commands, add_index
from evals.overlap import ENOUGH, Overlap, word_overlaps


def add(commands: Commands) -> None:
    """Describe the command's options."""
    parser = commands.add_parser("check", help="verify a set of cases: every expected quote must stand in the index")
    parser.add_argument("sets", nargs="*", type=Path, metavar="SET", help="files of cases (JSON Lines)")
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of one case")
    add_index(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check the sets; 0 where each is sound, 1 where a fault was printed."""
    if options.schema:
        sys.stdout.write(json.dumps(schema(), indent=2) + "\n")
        return 0
    if not options.sets:
        raise AssistantError("nothing to check: name files of cases")
    settings = read_settings(options.settings, index=options.index)
    store = open_store(settings.index, embedder=None, server=settings.chroma_server)
    lexicon, found = load_lexicon(), 0
    try:
        for path in options.sets:
            cases = read_cases(path)
            faults = check_cases(cases, store)
            found += len(faults)
            for fault in faults:
                sys.stdout.write(f"{path}: {fault.case}: {fault.reason}\n")
            sys.stdout.write(f"{path}: {_describe(cases)}; {len(faults)} faults\n")
            if overlaps := word_overlaps(cases, store, lexicon):
                sys.stdout.write(f"{path}: {_describe_words(list(overlaps.values()))}\n")
    finally:
        store.close()
    return 1 if found else 0


def _describe(cases: list[Case]) -> str:
    languages = Counter(case.language for case in cases)
    kinds = ", ".join(f"{count} {kind}" for kind, count in Counter(case.kind for case in cases).most_common())
    drafts = sum(case.draft for case in cases)
    return f"{len(cases)} cases ({languages['da']} da, {languages['en']} en; {drafts} drafts): {kinds}"


def _describe_words(overlaps: list[Overlap]) -> str:
    shares = [overlap.share for overlap in overlaps]
    few = sum(share < ENOUGH for share in shares) / len(shares)
    alone = sum(overlap.suffices for overlap in overlaps) / len(overlaps)
    return (
        f"of {len(overlaps)} questions, {sum(shares) / len(shares):.0%} of the content words stand in the expected quote; "
        f"for {few:.0%} of the questions less than half do, and for {alone:.0%} words alone lead to it"
    )
