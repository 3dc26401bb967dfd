"""From fragments of text at places on a page to lines and blocks in reading order. Coordinates are points, y grows upwards."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from ingest.cleaning import MADE, Traced, concatenated, traced

BULLETS = "•◦▪▫‣●○■□▸►–—·∙⁃➢➤✓-"

_LIST_MARKER = re.compile(rf"\s*(?:[{BULLETS}\uf0b7\uf0a7]\s|[{BULLETS[:-4]}\uf0b7\uf0a7]|\(?(?:\d{{1,2}}|[a-zæøå])[.)]\s)")
_CELL_GAP = 0.8
"""Ems between two stretches of text that are no longer words of one line; joined again where neither is a column."""

_DOTS = re.compile(r"(?:\.\s?){4,}")
_SENTENCE_END = re.compile(r"[.!?:][\"'”’»)\]]*\s*$")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """Text shown at one go: its place in the raw text, its baseline from (x0, y) to (x1, y), and its style."""

    text: str
    start: int
    x0: float
    x1: float
    y: float
    size: float
    font: str = ""
    bold: bool = False
    soft: bool = False
    in_form: bool = False

    @property
    def end(self) -> int:
        """The offset in the raw text after the last character."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Characters on one baseline with nothing but word spaces between them, and the style that most of them have."""

    content: Traced
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    font: str
    in_form: bool = False
    in_table: bool = False

    @property
    def text(self) -> str:
        """The characters of the line."""
        return self.content.text

    @property
    def style(self) -> tuple[float, bool]:
        """Size to half a point, and weight."""
        return round(self.size * 2) / 2, self.bold

    @property
    def family(self) -> str:
        """The font's family, as far as its name tells."""
        return re.split(r"[-,]", self.font, maxsplit=1)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What is usual in a document: the style of running text, and the distance between lines by size."""

    body: tuple[float, bool]
    pitch: dict[float, float]

    def usual_pitch(self, line: Line) -> float:
        """Return the usual distance from a line of this style to the next."""
        return self.pitch.get(line.style[0], 1.3 * line.size)


def segments(fragments: Iterable[Fragment], raw: str) -> list[Line]:
    """Return the stretches of text on one baseline, in the order of the file; a wide gap divides."""
    groups: list[list[Fragment]] = []
    for fragment in fragments:
        if not fragment.text.strip():
            continue
        if groups and _continues(groups[-1], fragment):
            groups[-1].append(fragment)
        else:
            groups.append([fragment])
    return [_line(group, raw) for group in groups]


def in_reading_order(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines as regions of one column each, in the order in which a person reads them."""
    if len(lines) < 2:
        return [list(lines)] if lines else []
    cut = _best_columns(lines)
    if cut is None:
        return [_rows_joined(lines)]
    above, left, right, below = cut
    regions = [*in_reading_order(above), *in_reading_order(left), *in_reading_order(right), *in_reading_order(below)]
    return [region for region in regions if region]


def blocks(region: Sequence[Line], measure: Measure) -> list[list[Line]]:
    """Return the lines of one column as blocks (paragraphs, headings, list items)."""
    found: list[list[Line]] = []
    before: Sequence[Line] = ()
    for run in _runs(region):
        for at, line in enumerate(run):
            following = run[at + 1] if at + 1 < len(run) else None
            if found and _same_block(found[-1], line, following, measure, run if at else before):
                found[-1].append(line)
            else:
                found.append([line])
        before = run
    return found


def continued(regions: Sequence[list[list[Line]]]) -> list[list[Line]]:
    """Return the blocks of all columns of a page, a paragraph that runs over into the next column joined again."""
    joined: list[list[Line]] = []
    before: list[Line] = []
    for region in regions:
        runs_over = bool(joined and region) and _runs_over(joined[-1], region[0], before)
        if runs_over:
            joined[-1] = [*joined[-1], *region[0]]
        joined.extend(region[1:] if runs_over else region)
        before = [line for block in region for line in block]
    return joined


def measured(regions: Sequence[Sequence[Line]]) -> Measure:
    """Return the style of most characters and the most common distance between two lines of one style, by size."""
    weights: Counter[tuple[float, bool]] = Counter()
    pitches: dict[float, Counter[float]] = {}
    for line in (line for region in regions for line in region):
        weights[line.style] += len(line.text)
    for upper, lower in (pair for region in regions for pair in pairwise(region)):
        distance = round((upper.y - lower.y) * 2) / 2
        if upper.style == lower.style and 0.8 * upper.size < distance < 2.2 * upper.size:
            pitches.setdefault(upper.style[0], Counter())[distance] += 1
    return Measure(
        body=weights.most_common(1)[0][0] if weights else (10.0, False),
        pitch={size: min(c, key=lambda d: (-c[d], d)) for size, c in pitches.items()},
    )


def starts_list_item(text: str) -> bool:
    """Tell whether a line begins with a bullet, a number or a letter as list items do."""
    return _LIST_MARKER.match(text) is not None


def _continues(group: Sequence[Fragment], fragment: Fragment) -> bool:
    last = group[-1]
    size = max(fragment.size, last.size)
    rise = abs(fragment.y - last.y)
    level = rise <= 0.2 * size or (min(fragment.size, last.size) < 0.8 * size and rise <= 0.6 * size)
    return level and -0.5 * size <= fragment.x0 - last.x1 <= _CELL_GAP * size


def _line(group: Sequence[Fragment], raw: str) -> Line:
    weights = Counter[tuple[float, bool, str, float]]()
    for fragment in group:
        weights[fragment.size, fragment.bold, fragment.font, fragment.y] += len(fragment.text.strip())
    size, bold, font, y = weights.most_common(1)[0][0]
    parts: list[Traced] = []
    for before, fragment in zip((None, *group), group, strict=False):
        if before is not None:
            parts.append(_space(before, fragment, raw))
        parts.append(_raised(fragment, size, y))
    return Line(
        content=concatenated(parts),
        x0=min(f.x0 for f in group),
        x1=max(f.x1 for f in group),
        y=y,
        size=size,
        bold=bold,
        font=font,
        in_form=all(f.in_form for f in group),
    )


def _space(before: Fragment, after: Fragment, raw: str) -> Traced:
    """Return the white space between two neighbours: what the file has, else one where they stand apart."""
    between = raw[before.end : after.start]
    if between and between.isspace():
        return Traced(text=" ", origins=(before.end,))
    if not between and before.end == after.start:
        return Traced(text="", origins=())
    apart = after.x0 - before.x1 > 0.15 * after.size
    return Traced(text=" ", origins=(MADE,)) if apart else Traced(text="", origins=())


def _raised(fragment: Fragment, size: float, y: float) -> Traced:
    """Return a fragment's characters; the small raised digits of a note become superscripts, lest 2024 become 20241."""
    content = traced(fragment.text, fragment.start)
    if fragment.size < 0.8 * size and fragment.y > y + 0.15 * size and fragment.text.strip().isdecimal():
        return Traced(text=content.text.translate(_SUPERSCRIPTS), origins=content.origins)
    return content


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
    if not left or not right or min(l.y for l in left) > max(r.y for r in right) or (
        min(r.y for r in right) > max(l.y for l in left)
    ):
        return False
    return all(_is_column(side) for side in (left, right))


def _is_column(side: Sequence[Line]) -> bool:
    rows = {round(line.y) for line in side}
    letters = [sum(character.isalpha() for character in line.text) for line in side]
    return len(rows) >= 2 and sum(letters) >= 20 and median(letters) >= 6


def _rows_joined(lines: Sequence[Line]) -> list[Line]:
    """Return the lines top to bottom, those on one baseline joined from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (-line.y, line.x0)):
        if rows and abs(rows[-1][0].y - line.y) <= 0.25 * max(line.size, rows[-1][0].size):
            rows[-1].append(line)
        else:
            rows.append([line])
    rows = [sorted(row, key=lambda line: line.x0) for row in rows]
    tabular = [_share_columns(upper, lower) for upper, lower in pairwise(rows)]
    return [
        _row(row, in_table=above or below)
        for row, above, below in zip(rows, (False, *tabular), (*tabular, False), strict=True)
    ]


def _share_columns(upper: Sequence[Line], lower: Sequence[Line]) -> bool:
    """Tell whether two rows belong to one table: at least two cells each, the second and later ones aligned."""
    if min(len(upper), len(lower)) < 2 or starts_list_item(upper[0].text + " ") or starts_list_item(lower[0].text + " "):
        return False
    near = upper[0].y - lower[0].y < 4 * lower[0].size
    aligned = any(
        min(abs(one.x0 - other.x0), abs(one.x1 - other.x1), abs(one.x0 + one.x1 - other.x0 - other.x1) / 2) < 2
        for one in upper[1:]
        for other in lower[1:]
    )
    return near and aligned and not any(_DOTS.search(line.text) for line in (*upper, *lower))


def _row(row: Sequence[Line], *, in_table: bool) -> Line:
    if len(row) == 1:
        return row[0]
    main = max(row, key=lambda line: len(line.text))
    between = " | " if in_table else " "
    space = Traced(text=between, origins=(MADE,) * len(between))
    content = concatenated(part for line in row for part in (space, line.content))
    return replace(
        main,
        content=Traced(text=content.text[len(between) :], origins=content.origins[len(between) :]),
        x0=row[0].x0,
        x1=max(line.x1 for line in row),
        in_table=in_table,
    )


def _runs(region: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """Yield the stretches of a column that are set alike: a box or a quotation may be narrower than its column."""
    start = 0
    for end in range(1, len(region) + 1):
        if end == len(region) or not _set_alike(region[start], region[end]):
            yield region[start:end]
            start = end


def _set_alike(one: Line, other: Line) -> bool:
    return _same_style(one, other) and one.family == other.family and abs(one.x0 - other.x0) < 2 * one.size


def _flush_share(run: Sequence[Line]) -> float:
    """Return the share of lines that end where the longest ends."""
    edge = max(line.x1 for line in run)
    return sum(edge - line.x1 < 0.6 * line.size for line in run) / len(run)


def _same_block(
    block: Sequence[Line], line: Line, following: Line | None, measure: Measure, run: Sequence[Line]
) -> bool:
    last = block[-1]
    if last.in_table or line.in_table:
        return False
    if not _same_style(last, line) or last.y - line.y > 1.2 * measure.usual_pitch(line) + 0.5:
        return False
    small = line.text.strip()[:1].islower()
    if small and last.text.rstrip().endswith(("-", "\u00ad")):
        return True
    if starts_list_item(line.text) and not _mid_sentence_dash(block, line):
        return False
    if _set_in(block, line, following):
        return False
    edge = max(other.x1 for other in run)
    room = edge - last.x1 - 1.3 * _first_word_width(line)
    if room <= 0 or last.size > 1.1 * measure.body[0] or _flush_right_or_centred(last, line):
        return True
    if _SENTENCE_END.search(last.text) or _flush_share(run) > 0.5:
        return False
    return small or room < 0.25 * (edge - min(last.x0, line.x0)) or last.text.rstrip().endswith(",")


def _mid_sentence_dash(block: Sequence[Line], line: Line) -> bool:
    """Tell a dash that goes on with a sentence from one that begins a list item."""
    dashed = line.text.lstrip()[:1] in "–—-"
    return dashed and not starts_list_item(block[0].text) and not _SENTENCE_END.search(block[-1].text)


def _set_in(block: Sequence[Line], line: Line, following: Line | None) -> bool:
    """Tell by its indentation whether a line begins a paragraph or the next item of a list with hanging lines."""
    last, em = block[-1], line.size
    if _flush_right_or_centred(last, line):
        return False
    if len(block) > 1 and block[0].x0 < last.x0 - 0.7 * em and line.x0 < last.x0 - 0.7 * em:
        return True
    returns = following is None or line.x0 - following.x0 > 0.7 * em
    steady = len(block) > 1 and abs(last.x0 - block[-2].x0) < 0.3 * em
    return line.x0 - last.x0 > 0.7 * em and returns and steady


def _flush_right_or_centred(upper: Line, lower: Line) -> bool:
    if abs(upper.x0 - lower.x0) < 0.3 * lower.size:
        return False
    centred = abs((lower.x0 + lower.x1) - (upper.x0 + upper.x1)) < 0.6 * lower.size
    return centred or abs(lower.x1 - upper.x1) < 0.3 * lower.size


def _runs_over(upper: Sequence[Line], lower: Sequence[Line], column: Sequence[Line]) -> bool:
    """Tell whether a column's last paragraph goes on in the next: a full line, no end of a sentence, then a small letter."""
    last, first = upper[-1], lower[0]
    left, right = min(line.x0 for line in column), max(line.x1 for line in column)
    full = len(column) >= 3 and last.x1 - left > 0.85 * (right - left)
    open_end = not re.search(r"[.!?:;][\"'”’»)\]]*\s*$", last.text)
    return full and open_end and _same_style(last, first) and first.text.strip()[:1].islower()


def _same_style(one: Line, other: Line) -> bool:
    return abs(one.size - other.size) <= 0.06 * max(one.size, other.size) and one.bold == other.bold


def _first_word_width(line: Line) -> float:
    word = line.text.split(maxsplit=1)[0] if line.text.strip() else ""
    return (line.x1 - line.x0) / max(len(line.text), 1) * (len(word) + 1)
