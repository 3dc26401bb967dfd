"""`reading FILE --reference TEXT`: how true the text read from a document is to a reference text of it."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from corpus.errors import AssistantError
from corpus.settings import read_settings
from evals.commands.options import Commands
from evals.fidelity import fidelity
from ingest import reading


def add(commands: Commands) -> None:
    """Describe the command's options."""
    parser = commands.add_parser("reading", help="compare the text read from a document with a reference text of it")
    parser.add_argument("file", type=Path, metavar="FILE", help="the document (PDF, DOCX, HTML, Markdown, text)")
    parser.add_argument("--reference", type=Path, required=True, metavar="TEXT", help="its text as it should be, in UTF-8")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print word F1, edit similarity, ligatures left and pages lost as data."""
    try:
        reference = options.reference.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AssistantError(f"{options.reference}: cannot be read: {error}") from error
    ocr = reading.Tesseract() if read_settings(options.settings).ocr else None
    read = reading.read(options.file, ocr=ocr)
    found = fidelity([page.text for page in read.pages], reference, page_count=len(read.pages) + len(read.skipped))
    sys.stdout.write(json.dumps(asdict(found), indent=2) + "\n")
    return 0
