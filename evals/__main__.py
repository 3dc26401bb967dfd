"""`python -m evals COMMAND`: make and check cases, run them, score, compare and report; `COMMAND --help` shows the rest.

Exit codes: 0 done; 1 it could not be done, or a check or the gate failed (one line says why); 2 the command line is wrong.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from corpus.errors import AssistantError
from evals.commands import (
    bench,
    check,
    compare,
    converse,
    draft,
    gate,
    import_,
    load,
    reading,
    report,
    retrieval,
    run,
    score,
    template,
)

COMMANDS = (
    template,
    import_,
    draft,
    check,
    run,
    score,
    report,
    compare,
    gate,
    converse,
    retrieval,
    reading,
    bench,
    load,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except AssistantError as error:
        sys.stderr.write(f"evals: {error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("evals: stopped; what was done is kept\n")
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--settings", type=Path, metavar="FILE", help="a settings file other than settings.toml")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in COMMANDS:
        module.add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
