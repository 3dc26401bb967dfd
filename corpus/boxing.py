"""From a quote in a stored page to where it stands on the page of the file: exactly there, or nowhere.

A page's `alignment` leads from its clean text to the text as the reader took it from the file. PDFium tells where
characters stand, but reads the file anew. The two readings hold the same characters mostly in the same order, and
differ in white space and in what they take for a hyphen. So a place is looked for without those, and is the right one
only if it is certain which occurrence is meant and if what stands there says, hyphens included, what the text says.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from corpus.text import normalise, normalise_with_offsets
from corpus.values import Page

Run = tuple[int, int, int]

_PDFIUM_HYPHEN = "\x02"
"""What PDFium's text holds for a hyphen at the end of a line (core/fpdftext, CPDF_TextPage)."""

_LOOSE_HYPHEN = re.compile(r"[\x02\u00ad]|[-\u2010](?=[ \t]*[\r\n])")
"""A hyphen that may stand in the text or not: one at the end of a line, or a soft one, which some programs show."""

_CELL_BORDER = "|"
"""What a reader puts between the cells of a row (ingest/reading/laying_out.py); no character of the file stands for it."""

_LEFT_OUT = frozenset((" ", "-", _PDFIUM_HYPHEN, _CELL_BORDER))

_LONGEST_GAP = 40
"""Characters of the raw text that a ligature, a hyphen or a joined line may take."""


def span_boxes(page: Page, span: tuple[int, int], characters: str) -> tuple[tuple[int, int], ...] | None:
    """Return the half-open spans of `characters`, PDFium's text of the page, that say what `span` of `page.text` says.

    None where they cannot be told for certain.
    """
    pieces = raw_spans(page, span)
    if pieces is None:
        return None
    raw, offsets = _comparable(page.raw)
    seen, places = _comparable(characters)
    found = [_counterpart(_reach(offsets, piece), raw, seen) for piece in pieces]
    spans = [(places[at], places[end - 1] + 1) for at, end in (piece for piece in found if piece)]
    whole = len(spans) == len(found) and _says([characters[slice(*piece)] for piece in spans], page.text[slice(*span)])
    return tuple(spans) if whole else None


def raw_spans(page: Page, span: tuple[int, int]) -> tuple[tuple[int, int], ...] | None:
    """Return the half-open spans of `page.raw`, in the order of the text, that `span` of `page.text` was made of.

    None where characters of the text are not accounted for.
    """
    runs = list(_within(page.alignment, span))
    if not runs:
        return None
    pieces = [_before(page, span[0], runs[0])]
    for one, other in pairwise(runs):
        _extend(pieces, page, one, other)
    pieces[-1] = (pieces[-1][0], _after(page, span[1], runs[-1]))
    said = "".join(page.raw[start:end] + "\n" for start, end in pieces)
    return tuple(pieces) if _letters(said) == _letters(page.text[slice(*span)]) else None


def _within(alignment: Sequence[Run], span: tuple[int, int]) -> Iterator[Run]:
    for text, raw, length in alignment:
        start, end = max(text, span[0]), min(text + length, span[1])
        if start < end:
            yield start, raw + start - text, end - start


def _extend(pieces: list[tuple[int, int]], page: Page, one: Run, other: Run) -> None:
    """Add a run to the pieces: to the last one where the raw text between says what the text between says."""
    end, start = one[1] + one[2], other[1]
    joined = 0 <= start - end <= _LONGEST_GAP and _letters(page.raw[end:start]) == _letters(page.text[one[0] + one[2] : other[0]])
    if joined:
        pieces[-1] = (pieces[-1][0], start + other[2])
    else:
        pieces[-1] = (pieces[-1][0], end)
        pieces.append((start, start + other[2]))


def _before(page: Page, start: int, first: Run) -> tuple[int, int]:
    """Return the first run in the raw text, with what its unaligned beginning (a ligature) was made of."""
    wanted, reach = _letters(page.text[start : first[0]]), range(min(_LONGEST_GAP, first[1]) + 1)
    grown = _shortest(reach, lambda n: page.raw[first[1] - n : first[1]], wanted)
    return first[1] - grown, first[1] + first[2]


def _after(page: Page, end: int, last: Run) -> int:
    wanted, after = _letters(page.text[last[0] + last[2] : end]), last[1] + last[2]
    return after + _shortest(range(_LONGEST_GAP + 1), lambda n: page.raw[after : after + n], wanted)


def _shortest(lengths: range, piece: Callable[[int], str], wanted: str) -> int:
    """Return the least length of a piece that says what is wanted; 0 where none does, which the check of the whole finds."""
    return next((n for n in lengths if _letters(piece(n)) == wanted), 0)


def _letters(text: str) -> str:
    """Return what two readings of the same words agree on: everything but white space, hyphens and borders of cells."""
    return _comparable(text)[0]


@lru_cache(maxsize=64)
def _comparable(text: str) -> tuple[str, tuple[int, ...]]:
    """Return text without white space, hyphens and borders of cells, and the offset in `text` of each character of it."""
    compared, offsets = normalise_with_offsets(text)
    kept = [(character, offset) for character, offset in zip(compared, offsets, strict=True) if character not in _LEFT_OUT]
    return "".join(character for character, _ in kept), tuple(offset for _, offset in kept)


def _says(pieces: Sequence[str], text: str) -> bool:
    """Tell whether PDFium's characters say what the text says, where a loose hyphen may have been undone or not.

    A hyphen at either end of the text stands outside the pieces, since they were found without hyphens.
    """
    lines = _LOOSE_HYPHEN.split(_PDFIUM_HYPHEN.join(pieces))
    pattern = "-?".join(re.escape(_compact(line)) for line in lines)
    return re.fullmatch(pattern, _compact(text).strip("-")) is not None


def _compact(text: str) -> str:
    return normalise(text).replace(" ", "").replace(_CELL_BORDER, "")


def _reach(offsets: Sequence[int], piece: tuple[int, int]) -> tuple[int, int]:
    """Return the half-open span of the compared characters that come from a piece of the text."""
    return bisect_left(offsets, piece[0]), bisect_left(offsets, piece[1])


def _counterpart(reach: tuple[int, int], raw: str, seen: str) -> tuple[int, int] | None:
    """Return where in `seen` that occurrence stands which `reach` is in `raw`."""
    wanted = raw[slice(*reach)]
    if not wanted:
        return None
    ours, theirs = _occurrences(wanted, raw), _occurrences(wanted, seen)
    if len(ours) != len(theirs):
        return None
    at = theirs[ours.index(reach[0])]
    return at, at + len(wanted)


def _occurrences(wanted: str, text: str) -> list[int]:
    return [match.start() for match in re.finditer(f"(?={re.escape(wanted)})", text)]
