"""Stretches of text on one baseline, made of the fragments that a file shows. Coordinates are points, y upwards."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.cleaning import MADE, Traced, concatenated, traced

BULLETS = "•◦▪▫‣●○■□▸►–—·∙⁃➢➤✓-"
_LIST_MARKER = re.compile(rf"\s*(?:[{BULLETS}\uf0b7\uf0a7]\s|[{BULLETS[:-4]}\uf0b7\uf0a7]|\(?(?:\d{{1,2}}|[a-zæøå])[.)]\s)")
_CELL_GAP = 0.8
"""Ems between two stretches of text that are no longer words of one line; joined again where neither is a column."""
_RECENT = 20
_MOST_CAPITALS = 30
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
    """Characters on one baseline with nothing but word spaces between them, and the style that most of them have.

    `row` numbers the table rows of a column from 1; 0 is running text.
    """

    content: Traced
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    font: str
    in_form: bool = False
    row: int = 0

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


def segments(fragments: Iterable[Fragment], raw: str) -> list[Line]:
    """Return the stretches of text on one baseline, in the order of the file; a wide gap divides.

    Text shown twice in one place, as some programs do for bold or a shadow, counts once.
    """
    groups: list[list[Fragment]] = []
    shown: dict[str, list[Fragment]] = {}
    for fragment in fragments:
        alike = shown.setdefault(fragment.text, [])
        if not fragment.text.strip() or any(_in_one_place(fragment, other) for other in alike[-_RECENT:]):
            continue
        alike.append(fragment)
        if groups and _continues(groups[-1], fragment):
            groups[-1].append(fragment)
        else:
            groups.append([fragment])
    return [_line(group, raw) for group in groups]


def _in_one_place(one: Fragment, other: Fragment) -> bool:
    return abs(one.x0 - other.x0) < 0.15 * one.size and abs(one.y - other.y) < 0.15 * one.size and one.size == other.size


def with_drop_caps(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with each large initial set before the rest of its word."""
    kept = list(lines)
    capitals = [line for line in lines if len(line.text.strip()) == 1 and line.text.strip().isupper()]
    for capital in capitals[:_MOST_CAPITALS]:
        beside = [line for line in kept if _begins_beside(capital, line)]
        if beside:
            first = max(beside, key=lambda line: line.y)
            content = concatenated((capital.content, first.content))
            kept[kept.index(first)] = replace(first, content=content, x0=capital.x0)
            kept.remove(capital)
    return kept


def _begins_beside(capital: Line, line: Line) -> bool:
    near = -0.3 * line.size < line.x0 - capital.x1 < 1.5 * line.size
    within = capital.y - 0.5 * line.size <= line.y < capital.y + capital.size
    return near and within and capital.size > 1.8 * line.size and line.text.strip()[:1].islower()


def starts_list_item(text: str) -> bool:
    """Tell whether a line begins with a bullet, a number or a letter as list items do."""
    return _LIST_MARKER.match(text) is not None


def _continues(group: Sequence[Fragment], fragment: Fragment) -> bool:
    last = group[-1]
    small, large = sorted((fragment.size, last.size))
    rise = abs(fragment.y - last.y)
    raised = 0.5 * large < small < 0.8 * large and rise <= 0.6 * large
    return (rise <= 0.2 * large or raised) and -0.5 * large <= fragment.x0 - last.x1 <= _CELL_GAP * large


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
