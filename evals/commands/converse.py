"""`converse`: put conversations to the assistant and print what was said, for a person to read."""

import argparse
import sys
from pathlib import Path

from assistant.wiring import open_assistant
from corpus.settings import read_settings
from evals.commands.options import Commands, add_index
from evals.transcribing import CONVERSATIONS, read_conversations, transcribe


def add(commands: Commands) -> None:
    """Describe the command's options."""
    parser = commands.add_parser("converse", help="put conversations to the assistant and print them, to be read")
    parser.add_argument(
        "set", nargs="?", type=Path, default=CONVERSATIONS, metavar="SET", help="JSON Lines (default: the shipped)"
    )
    add_index(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the transcripts in Markdown on standard output."""
    conversations = read_conversations(options.set)
    assistant = open_assistant(read_settings(options.settings, index=options.index))
    try:
        for transcript in transcribe(conversations, assistant):
            sys.stdout.write(f"{transcript}\n")
    finally:
        assistant.close()
    return 0
