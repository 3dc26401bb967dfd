"""What several commands share: the type of the list that they add themselves to, and the options that name an index."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]
else:
    Commands = object


def add_index(parser: argparse.ArgumentParser) -> None:
    """Add `--index`, the index that is asked or checked against."""
    parser.add_argument("--index", type=Path, metavar="DIR", help="the index to use (default: as settings.toml says)")
