"""Reading parallel text: one Danish and one English sentence a line, with a tab between, in document order."""

import lzma
from itertools import islice
from pathlib import Path

from corpus.errors import EmbedderError


def read_pairs(path: Path, limit: int | None = None) -> tuple[list[str], list[str]]:
    """The Danish and the English sentences of the first `limit` lines of a .tsv or .tsv.xz file, in two lists."""
    opener = lzma.open if path.suffix == ".xz" else open
    danish, english = [], []
    try:
        with opener(path, "rt", encoding="utf-8") as lines:
            for line in islice(lines, limit):
                left, tab, right = line.rstrip("\n").partition("\t")
                if tab:
                    danish.append(left)
                    english.append(right)
    except (OSError, UnicodeDecodeError, lzma.LZMAError) as error:
        raise EmbedderError(f"Cannot read the parallel text {str(path)!r}: {error}") from error
    if not danish:
        raise EmbedderError(f"No line of {str(path)!r} holds two texts with a tab between them")
    return danish, english
