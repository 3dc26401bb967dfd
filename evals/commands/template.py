"""`template FILE`: write an empty spreadsheet of cases for a person to fill in."""

import argparse
import sys
from pathlib import Path

from corpus.errors import AssistantError
from evals.commands.options import Commands
from evals.spreadsheet import write_template


def add(commands: Commands) -> None:
    """Describe the command's options."""
    parser = commands.add_parser("template", help="write an empty spreadsheet of cases to fill in")
    parser.add_argument("file", type=Path, metavar="FILE", help="the XLSX file to write; one that exists is left alone")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the spreadsheet."""
    if options.file.suffix.casefold() != ".xlsx":
        raise AssistantError(f"{options.file}: the template is an XLSX file")
    if options.file.exists():
        raise AssistantError(f"{options.file} exists and is left as it is")
    try:
        write_template(options.file)
    except OSError as error:
        raise AssistantError(f"{options.file}: cannot be written: {error.strerror or error}") from error
    sys.stdout.write(f"{options.file}: fill it in, then `python -m evals import sheet {options.file} --out FILE`\n")
    return 0
