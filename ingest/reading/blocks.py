"""From the lines of a column to blocks: paragraphs, headings and list items."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.reading.lines import Line, starts_list_item

_NEARBY = 60
_SENTENCE_END = re.compile(r"[.!?:][\"'”’»)\]]*\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What is usual in a document: the style of running text, and the distance between lines by size."""

    body: tuple[float, bool]
    pitch: dict[float, float]

    def usual_pitch(self, line: Line) -> float:
        """Return the usual distance from a line of this style to the next."""
        return self.pitch.get(line.style[0], 1.3 * line.size)


def blocks_of(region: Sequence[Line], measure: Measure) -> list[list[Line]]:
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
    for before, region in zip((None, *regions), regions, strict=False):
        above = _last_text(joined, region) if before else None
        if above is not None and before is not None and _runs_over(joined[above], region[0], before):
            joined[above] = [*joined[above], *region[0]]
            joined.extend(region[1:])
        else:
            joined.extend(region)
    return joined


def _last_text(joined: Sequence[Sequence[Line]], region: Sequence[Sequence[Line]]) -> int | None:
    """Return the last block that is no note below the text (set smaller than what follows), or None."""
    at = len(joined) - 1
    while at >= 0 and region and joined[at][0].size < 0.92 * region[0][0].size:
        at -= 1
    return at if at >= 0 and region else None


def labels_of(lines: Sequence[Line]) -> list[list[Line]]:
    """Return what stands about a figure as blocks: lines of one label stand close below one another."""
    found: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.y):
        above = [block for block in found[-_NEARBY:] if _is_below(block[-1], line)]
        if above:
            above[-1].append(line)
        else:
            found.append([line])
    return found


def _is_below(upper: Line, lower: Line) -> bool:
    shared = min(upper.x1, lower.x1) - max(upper.x0, lower.x0)
    return 0 < upper.y - lower.y < 1.5 * lower.size and shared > 0.5 * min(upper.x1 - upper.x0, lower.x1 - lower.x0)


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


def _same_block(block: Sequence[Line], line: Line, following: Line | None, measure: Measure, run: Sequence[Line]) -> bool:
    last = block[-1]
    if last.row or line.row:
        return last.row == line.row
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


def _runs_over(upper: Sequence[Line], lower: Sequence[Line], column: Sequence[Sequence[Line]]) -> bool:
    """Tell whether a column's last paragraph goes on in the next: a full line, no end of a sentence, then a small letter."""
    last, first = upper[-1], lower[0]
    lines = [line for block in column for line in block]
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    full = len(lines) >= 3 and last.x1 - left > 0.85 * (right - left)
    open_end = not re.search(r"[.!?:;][\"'”’»)\]]*\s*$", last.text)
    return full and open_end and _same_style(last, first) and first.text.strip()[:1].islower()


def _same_style(one: Line, other: Line) -> bool:
    return abs(one.size - other.size) <= 0.06 * max(one.size, other.size) and one.bold == other.bold


def _first_word_width(line: Line) -> float:
    word = line.text.split(maxsplit=1)[0] if line.text.strip() else ""
    return (line.x1 - line.x0) / max(len(line.text), 1) * (len(word) + 1)
