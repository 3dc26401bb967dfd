"""The order in which a person reads the lines of a page: columns one after the other, rows from left to right."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from ingest.cleaning import MADE, Traced, concatenated
from ingest.reading.lines import Line, starts_list_item

_MOST_LINES = 1_000
"""Stretches of text on a page up to which columns are looked for: the work grows with their square, prose has 200."""

_MOST_CELLS = 40
_SPARSE = 1.8
"""Ems between two baselines from which on lines are rows of a table and not lines of prose."""

_DOTS = re.compile(r"(?:\.\s?){4,}")


def in_reading_order(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines as regions of one column each, in the order in which a person reads them."""
    if len(lines) < 2:
        return [list(lines)] if lines else []
    cut = _best_columns(lines) if len(lines) <= _MOST_LINES else None
    if cut is None:
        return [_rows_joined(lines)]
    above, left, right, below = cut
    regions = [*in_reading_order(above), *in_reading_order(left), *in_reading_order(right), *in_reading_order(below)]
    return [region for region in regions if region]


def _best_columns(
    lines: Sequence[Line],
) -> tuple[list[Line], list[Line], list[Line], list[Line]] | None:
    """Return what is above, left of, right of and below the gutter that parts the most text, or None without one."""
    ordered = sorted(lines, key=lambda line: -line.y)
    best: tuple[int, tuple[list[Line], list[Line], list[Line], list[Line]]] | None = None
    for gutter in _gutters(ordered):
        for start, end in _runs_uncrossed(ordered, gutter):
            start, end = _trimmed(ordered, start, end, gutter)
            left = [line for line in ordered[start:end] if line.x1 <= gutter]
            right = [line for line in ordered[start:end] if line.x0 >= gutter]
            weight = sum(len(line.text) for line in ordered[start:end])
            if _are_columns(left, right) and (best is None or weight > best[0]):
                best = weight, (ordered[:start], left, right, ordered[end:])
    return best[1] if best else None


def _gutters(ordered: Sequence[Line]) -> list[float]:
    """Return the middles of the gaps of an em or more between neighbours that overlap in height."""
    found: set[float] = set()
    for at, line in enumerate(ordered):
        beside = [other for other in _level_with(ordered, at) if other.x0 > line.x1]
        if beside:
            nearest = min(other.x0 for other in beside)
            if nearest - line.x1 >= line.size:
                found.update((line.x1 + 0.5, nearest - 0.5))
    return sorted({round(x) + 0.0 for x in found})


def _level_with(ordered: Sequence[Line], at: int) -> Iterator[Line]:
    here = ordered[at]
    for step in (-1, 1):
        other = at + step
        while 0 <= other < len(ordered) and abs(ordered[other].y - here.y) < max(here.size, ordered[other].size):
            yield ordered[other]
            other += step


def _runs_uncrossed(ordered: Sequence[Line], gutter: float) -> Iterator[tuple[int, int]]:
    start = 0
    for at, line in enumerate((*ordered, None)):
        if line is None or line.x0 < gutter < line.x1:
            if at - start >= 4:
                yield start, at
            start = at + 1


def _trimmed(ordered: Sequence[Line], start: int, end: int, gutter: float) -> tuple[int, int]:
    """Leave out lines at either end that stand on one side only, well apart from the columns."""

    def beside(at: int, others: range) -> bool:
        side = ordered[at].x0 >= gutter
        return any(
            (ordered[other].x0 >= gutter) != side and abs(ordered[other].y - ordered[at].y) < 2.5 * ordered[at].size
            for other in others
        )

    while end - start > 1 and not beside(end - 1, range(start, end - 1)) and _gap_above(ordered, start, end - 1, gutter):
        end -= 1
    while end - start > 1 and not beside(start, range(start + 1, end)) and _is_title(ordered[start], ordered[start:end]):
        start += 1
    return start, end


def _gap_above(ordered: Sequence[Line], start: int, at: int, gutter: float) -> bool:
    """Tell whether a line stands more than two lines below the nearest one of its own column, or is a title."""
    line = ordered[at]
    own = [o for o in ordered[start:at] if (o.x0 >= gutter) == (line.x0 >= gutter)]
    return not own or own[-1].y - line.y > 2.2 * line.size or _is_title(line, ordered[start:at])


def _is_title(line: Line, others: Sequence[Line]) -> bool:
    return line.size > 1.15 * median(other.size for other in others)


def _are_columns(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Tell columns of prose from the cells of a table and the page numbers of a table of contents."""
    if not left or not right:
        return False
    beside = left[-1].y <= right[0].y and right[-1].y <= left[0].y
    return beside and _is_column(left) and _is_column(right)


def _is_column(side: Sequence[Line]) -> bool:
    """Tell whether lines, top to bottom, are prose: letters enough, and close to one another as lines of text are."""
    letters = [sum(character.isalpha() for character in line.text) for line in side]
    gaps = [(upper.y - lower.y) / max(upper.size, lower.size) for upper, lower in pairwise(side)]
    return len(side) >= 2 and sum(letters) >= 20 and median(letters) >= 6 and median(gaps) < _SPARSE


def _rows_joined(lines: Sequence[Line]) -> list[Line]:
    """Return the lines top to bottom, those on one baseline joined from left to right, those of a table cell by cell."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (-line.y, line.x0)):
        if rows and abs(rows[-1][0].y - line.y) <= 0.25 * max(line.size, rows[-1][0].size):
            rows[-1].append(line)
        else:
            rows.append([line])
    rows = [sorted(row, key=lambda line: line.x0) for row in rows]
    joined: list[Line] = []
    for number, (row, tabular) in enumerate(_table_rows(rows), start=1):
        joined.extend(_table_row(row, number) if tabular else (_plain_row(row[0]),))
    return joined


def _table_rows(rows: Sequence[list[Line]]) -> Iterator[tuple[list[list[Line]], bool]]:
    """Yield each row of a table with the further lines of its cells, and each other row by itself."""
    groups: list[list[list[Line]]] = []
    for row in rows:
        if groups and _goes_on(groups[-1][0], groups[-1][-1], row):
            groups[-1].append(row)
        else:
            groups.append([row])
    shared = [_share_columns(upper[0], lower[0]) for upper, lower in pairwise(groups)]
    for group, above, below in zip(groups, (False, *shared), (*shared, False), strict=True):
        tabular = above or below or len(group) > 1
        yield from [(group, True)] if tabular else [([row], False) for row in group]


def _goes_on(head: Sequence[Line], last: Sequence[Line], row: Sequence[Line]) -> bool:
    """Tell whether a row holds only further lines of the cells of a table row: each below one that is not the first."""
    if len(head) < 2 or last[0].y - row[0].y > 1.6 * row[0].size or any(_DOTS.search(line.text) for line in head):
        return False
    return all(any(abs(line.x0 - cell.x0) < 2 for cell in head[1:]) for line in row) and not starts_list_item(head[0].text + " ")


def _share_columns(upper: Sequence[Line], lower: Sequence[Line]) -> bool:
    """Tell whether two rows belong to one table: at least two cells each, the second and later ones aligned."""
    if min(len(upper), len(lower)) < 2 or any(starts_list_item(row[0].text + " ") for row in (upper, lower)):
        return False
    near = abs(upper[0].y - lower[0].y) < 6 * lower[0].size
    aligned = any(
        min(abs(one.x0 - other.x0), abs(one.x1 - other.x1), abs(one.x0 + one.x1 - other.x0 - other.x1) / 2) < 2
        for one in upper[1:_MOST_CELLS]
        for other in lower[1:_MOST_CELLS]
    )
    return near and aligned and not any(_DOTS.search(line.text) for line in (*upper, *lower))


def _table_row(group: Sequence[Sequence[Line]], number: int) -> Iterator[Line]:
    """Yield the lines of a table row, one cell after the other, a bar before each but the first."""
    bar = Traced(text="| ", origins=(MADE, MADE))
    for at, cell in enumerate(group[0]):
        below = [line for row in group[1:] for line in row if abs(line.x0 - cell.x0) < 2]
        yield replace(cell, content=concatenated((bar, cell.content)) if at else cell.content, row=number)
        yield from (replace(line, row=number) for line in below)


def _plain_row(row: Sequence[Line]) -> Line:
    if len(row) == 1:
        return row[0]
    main = max(row, key=lambda line: len(line.text))
    space = Traced(text=" ", origins=(MADE,))
    content = concatenated(part for line in row for part in (line.content, space))
    return replace(main, content=content, x0=row[0].x0, x1=max(line.x1 for line in row))
