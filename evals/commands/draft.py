"""`draft DOCUMENT --out FILE`: propose questions that a document answers; with `--approve`, go through them in the terminal."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.errors import AssistantError
from corpus.generations import open_store
from corpus.settings import read_settings
from corpus.store import Store
from evals.casebook import Case, read_cases, write_cases
from evals.commands.options import Commands, add_index
from evals.drafting import SAMPLED, draft_cases

KEYS = "y approve, n leave out, e reword, s stop here (the rest stay drafts): "


def add(commands: Commands) -> None:
    """Describe the command's options."""
    parser = commands.add_parser("draft", help="propose questions that a document answers, and approve them")
    parser.add_argument("document", nargs="?", metavar="DOCUMENT", help="the name of a document in the index")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="the set to write; with --approve, to go through")
    parser.add_argument("--count", type=int, default=SAMPLED, metavar="N", help=f"propose at most N (default {SAMPLED})")
    parser.add_argument("--approve", action="store_true", help="go through the drafts of FILE in the terminal")
    add_index(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the drafts, or go through those that were written before."""
    if options.approve:
        write_cases(options.out, approve(read_cases(options.out), ask=input))
        return 0
    if options.out.exists():
        raise AssistantError(f"{options.out} exists; --approve goes through its drafts")
    if options.document is None or options.count < 1:
        raise AssistantError("name a document of the index (`python -m ingest --list`), and a --count of at least 1")
    settings = read_settings(options.settings, index=options.index)
    store = open_store(settings.index, embedder=None, server=settings.chroma_server)
    try:
        drafts = _drafts(options.document, store, options.count)
    finally:
        store.close()
    write_cases(options.out, drafts)
    sys.stdout.write(f"{options.out}: {len(drafts)} drafts; `--approve` goes through them\n")
    return 0


def approve(cases: Sequence[Case], *, ask: Callable[[str], str]) -> list[Case]:
    """Show each draft and do with it what the answer says; return what is left, the approved ones as cases."""
    kept: list[Case] = []
    for place, case in enumerate(cases):
        if not case.draft:
            kept.append(case)
            continue
        answer = ask(f"{_shown(case)}\n{KEYS}").strip().casefold()
        if answer == "s":
            return [*kept, *cases[place:]]
        if answer == "e":
            question = ask("question: ").strip() or case.question
            kept.append(case.model_copy(update={"question": question, "draft": False}))
        elif answer == "y":
            kept.append(case.model_copy(update={"draft": False}))
        elif answer != "n":
            kept.append(case)
    return kept


def _drafts(name: str, store: Store, count: int) -> list[Case]:
    found = [document for document in store.documents() if document.name == name]
    if not found:
        raise AssistantError(f"no document in the index has the name {name!r}")
    drafts = draft_cases(found[0], store.chunks(found[0].id), count=count)
    if not drafts:
        raise AssistantError(f"{name}: no heading, figure or definition to ask about")
    return drafts


def _shown(case: Case) -> str:
    """A draft for the terminal, without control characters, which a document could hold."""
    quotes = [f"  p. {held.page or '-'}: {held.quote}" for held in case.evidence]
    lines = ["", case.question, *quotes, *(f"  must say: {' | '.join(fact.any_of)}" for fact in case.facts)]
    return "\n".join("".join(character for character in line if character.isprintable()) for line in lines)
