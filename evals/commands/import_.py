"""`import FORMAT PATH --out FILE`: make a set of cases from a question set of others, from feedback, or from a spreadsheet."""

import argparse
import sys
from pathlib import Path

from corpus.errors import AssistantError
from evals.casebook import write_cases
from evals.commands.options import Commands
from evals.importing import IMPORTERS, Imported, import_set, write_documents
from evals.spreadsheet import read_sheet

SHEET = "sheet"


def add(commands: Commands) -> None:
    """Describe the command's options."""
    parser = commands.add_parser("import", help="make cases from BEIR, SQuAD 2.0, MTRAG, feedback or a spreadsheet")
    parser.add_argument("format", choices=[*IMPORTERS, SHEET], help="what PATH is; sheet is XLSX or CSV")
    parser.add_argument("path", type=Path, metavar="PATH", help="the file, or with beir the folder")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="the set to write (JSON Lines)")
    parser.add_argument("--documents", type=Path, metavar="DIR", help="write the texts asked about there, to be ingested")
    parser.add_argument("--sample", type=int, metavar="N", help="keep N cases that can be answered and N that cannot, by lot")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the set, and the documents where they are wanted."""
    if options.sample is not None and options.sample < 1:
        raise AssistantError("--sample must be at least 1")
    imported = (
        Imported(cases=read_sheet(options.path))
        if options.format == SHEET
        else import_set(options.format, options.path, sample=options.sample)
    )
    write_cases(options.out, imported.cases)
    drafts = sum(case.draft for case in imported.cases)
    sys.stdout.write(f"{options.out}: {len(imported.cases)} cases, {drafts} of them drafts\n")
    if options.documents:
        write_documents(options.documents, imported.documents)
        sys.stdout.write(f"{options.documents}: {len(imported.documents)} documents\n")
    return 0
