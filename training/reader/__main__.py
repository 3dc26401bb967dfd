"""`python -m training.reader make` makes the reader's files, and `... measure` measures them.

`make` goes through its stages: vocabulary, word vectors, distillation, reading in three passes, export and
calibration. Each leaves a file in the work folder and is not done again. Exit codes: 0 done, 1 it cannot be
done (one line says why), 2 the command line is wrong.
"""

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

import torch

from corpus.errors import AssistantError
from reader.opening import SHIPPED
from training.reader.recipe import Recipe, small_recipe
from training.reader.reporting import report
from training.reader.stages import Materials, make


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(options.threads)
    materials = Materials(shared=options.shared, recipe=small_recipe() if options.small else Recipe())
    try:
        if options.command == "make":
            make(materials, options.work, options.out, options.passes)
        else:
            sys.stdout.write(report(materials, options.out, options.most))
    except (AssistantError, OSError) as error:
        sys.stderr.write(f"training.reader: {error}\n")
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m training.reader", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("command", choices=("make", "measure"))
    parser.add_argument("--shared", type=Path, default=Path("../shared/data"), help="where the texts that are not ours lie")
    parser.add_argument("--work", type=Path, default=Path("runs/reader"), help="where the stages keep what they made")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="the reader's folder")
    parser.add_argument("--small", action="store_true", help="a training of a minute, to see that it runs")
    parser.add_argument("--passes", type=int, metavar="N", help="read in the first N passes only")
    parser.add_argument("--most", type=int, help="measure at most so many questions of each kind")
    parser.add_argument("--threads", type=int, default=2)
    return parser


if __name__ == "__main__":
    sys.exit(main())
