"""What stands on every page and is no part of its text: running heads and feet, and the printed page numbers."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from ingest.reading.lines import Line

_PAGE_NUMBER = re.compile(
    r"^(?:side|page|s\.|p\.)?\s*[-–—|]?\s*(\d{1,4}|[ivxlc]{1,6})\s*[-–—|]?(?:\s*(?:af|of|/)\s*\d{1,4})?$", re.I
)
_MARGIN_HEIGHTS = 2
_SAME_HEIGHT = 4.0
"""Points by which a page number and a running head beside it may stand apart in height."""

_REPEATS = 3


def without_furniture(
    pages: Sequence[Sequence[Line]], labels: Sequence[str] | None = None
) -> tuple[list[list[Line]], list[str | None]]:
    """Return the lines of each page without running heads, feet and page numbers, and the number printed on each page.

    A line is furniture if it stands among the outermost of its page, is no larger than the text, and the same words
    stand there on three pages or more, whatever the page's number. Printed numbers count if they run with the pages,
    or are the `labels` that the file states.
    """
    size = _usual_size(pages)
    margins = [_margin(lines, size) for lines in pages]
    numbers, numbered = _labelled(margins, labels) if labels else _page_numbers(margins)
    keys = [{id(line): _key(line, number) for line in margin} for margin, number in zip(margins, numbers, strict=True)]
    repeats = Counter(key for page in keys for key in set(page.values()))
    places = {place for (_, place), count in repeats.items() if count >= _REPEATS}
    kept = []
    for lines, page, drop in zip(pages, keys, numbered, strict=True):
        # A place of running heads takes the titles of short chapters too: those that stand there on two pages.
        dropped = {at for at, key in page.items() if key[1] in places and repeats[key] >= _REPEATS - 1}
        kept.append([line for line in lines if id(line) not in dropped and line not in drop])
    return kept, _filled(numbers)


def _usual_size(pages: Sequence[Sequence[Line]]) -> float:
    weights: Counter[float] = Counter()
    for line in (line for lines in pages for line in lines):
        weights[line.style[0]] += len(line.text)
    return weights.most_common(1)[0][0] if weights else 10.0


def _margin(lines: Sequence[Line], size: float) -> list[Line]:
    """Return the lines on the two outermost heights of a page, above and below, that are no larger than its text."""
    heights = sorted(line.y for line in lines)
    steps = [height for at, height in enumerate(heights) if at == 0 or height - heights[at - 1] > _SAME_HEIGHT]
    low = steps[_MARGIN_HEIGHTS] if len(steps) > _MARGIN_HEIGHTS else float("inf")
    high = steps[-_MARGIN_HEIGHTS] if len(steps) >= _MARGIN_HEIGHTS else 0.0
    return [line for line in lines if not low <= line.y < high and len(line.text) < 150 and line.size <= 1.1 * size]


def _key(line: Line, number: str | None) -> tuple[str, tuple[int, float]]:
    """Return a line's words, without the page's number, and its place."""
    words = [word for word in line.text.lower().split() if word != number]
    return " ".join(words), (round(line.y / 3), line.style[0])


def _page_numbers(margins: Sequence[Sequence[Line]]) -> tuple[list[str | None], list[list[Line]]]:
    """Return, for each page, the number printed in its margin and the lines that print it, where they run with pages."""
    offsets: Counter[tuple[int, bool]] = Counter()
    candidates: list[list[tuple[Line, str, tuple[int, bool]]]] = []
    for at, margin in enumerate(margins):
        found = []
        for line in margin:
            match = _PAGE_NUMBER.match(" ".join(line.text.split()))
            if match:
                label = match.group(1)
                found.append((line, label, (_value(label) - at, label.isdigit())))
        candidates.append(found)
        offsets.update({offset for _, _, offset in found})
    running = {offset for offset, count in offsets.items() if count >= _REPEATS}
    numbers: list[str | None] = []
    lines: list[list[Line]] = []
    for found in candidates:
        hits = sorted((f for f in found if f[2] in running), key=lambda f: -offsets[f[2]])[:1]
        numbers.append(hits[0][1] if hits else None)
        lines.append([hit[0] for hit in hits])
    return numbers, lines


def _labelled(margins: Sequence[Sequence[Line]], labels: Sequence[str]) -> tuple[list[str | None], list[list[Line]]]:
    """Return the labels that the file states, and the lines that print them."""
    lines = []
    for margin, label in zip(margins, labels, strict=True):
        matches = ((line, _PAGE_NUMBER.match(" ".join(line.text.split()))) for line in margin)
        lines.append([line for line, match in matches if match and match.group(1).lower() == label.lower()])
    return list(labels), lines


def _filled(numbers: list[str | None]) -> list[str | None]:
    """Give a page between two numbered pages of one count its number too, though it does not print it."""
    offsets = [int(label) - at if label and label.isdigit() else None for at, label in enumerate(numbers)]
    after = list(accumulate(reversed(offsets), _nearest))[::-1]
    before = list(accumulate(offsets, _nearest))
    return [
        str(at + last) if label is None and last is not None and last == following else label
        for at, (label, last, following) in enumerate(zip(numbers, before, after, strict=True))
    ]


def _nearest(last: int | None, offset: int | None) -> int | None:
    return last if offset is None else offset


def _value(label: str) -> int:
    if label.isdigit():
        return int(label)
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[letter] for letter in label.lower()]
    return sum(-v if any(v < later for later in values[at + 1 : at + 2]) else v for at, v in enumerate(values))
