"""What the blocks of a document are: headings with their levels, contents, list items, table rows, text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.values import BlockKind
from ingest.reading.lines import Line, starts_list_item

_LEADER = re.compile(r"(?:\.\s?){4,}|…{2,}|_{4,}")
_CONTENTS_LINE = re.compile(r"\S.*?(?:(?:\.\s?){4,}|…{2,}|\s{1,})\s*(\d{1,4}|[ivxlc]{1,6})\s*$", re.IGNORECASE)
_LONGEST_ENTRY = 400
_FIGURE = re.compile(
    r"\d[\d.,\s]*(?:%|pct\.?|procent|percent|mio\.?|mia\.?|millioner|milliarder|million|billion|kr\.?|ud af \d+|out of \d+)*$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Styles:
    """The style of running text in a document, and the heading level of each style that stands out from it."""

    body: tuple[float, bool]
    levels: Mapping[tuple[float, bool], int]


def styles(pages: Sequence[Sequence[Sequence[Line]]], body: tuple[float, bool]) -> Styles:
    """Return the heading level of each style that stands out from the body: the larger, the higher.

    Sizes within an eighth of each other share a level. Cover and back stand apart: they count only in short documents.
    """
    inner = pages[1:-1] if len(pages) > 4 else pages
    plain = Styles(body=body, levels={})
    found = sorted({_top_style(block) for page in inner for block in page if is_heading(block, plain)}, reverse=True)
    levels: dict[tuple[float, bool], int] = {}
    level, top = 0, float("inf")
    for style in found:
        if style[0] < 0.88 * top:
            level, top = min(level + 1, 6), style[0]
        levels[style] = level
    return Styles(body=body, levels=levels)


def is_heading(block: Sequence[Line], known: Styles) -> bool:
    """Tell whether a block stands out from the running text as headings do: larger, or bold where the text is not."""
    text = " ".join(line.text.strip() for line in block)
    letters = sum(character.isalpha() for character in text)
    if letters < 3 or letters < 0.5 * len(text.replace(" ", "")) or len(text) > 200 or len(block) > 5:
        return False
    if (
        re.search(r"[.,;:]\s*$", text)
        or any(_is_figure(line, known) for line in block)
        or (starts_list_item(text) and not text[0].isdigit())
    ):
        return False
    size, bold = _top_style(block)
    larger = size >= 1.12 * known.body[0]
    bolder = bold and not known.body[1] and size >= 0.95 * known.body[0] and len(block) <= 3 and len(text) <= 120
    return larger or bolder


def _top_style(block: Sequence[Line]) -> tuple[float, bool]:
    return max(line.style for line in block)


def merged_kickers(blocks: list[list[Line]], known: Styles) -> list[list[Line]]:
    """Join a short line above a title to the title: "FOKUSOMRÅDE 1" above "En brugervenlig digital offentlig sektor"."""
    merged: list[list[Line]] = []
    for block in blocks:
        if merged and _is_kicker(merged[-1], block, known):
            merged[-1] = [*merged[-1], *block]
        else:
            merged.append(block)
    return merged


def _is_kicker(upper: Sequence[Line], lower: Sequence[Line], known: Styles) -> bool:
    if len(upper) > 1 or not is_heading(upper, known) or not is_heading(lower, known):
        return False
    near = 0 < upper[-1].y - lower[0].y < 2.0 * lower[0].size and abs(upper[0].x0 - lower[0].x0) < 2 * lower[0].size
    return near and upper[0].style < lower[0].style


def merged_figures(blocks: list[list[Line]], known: Styles) -> list[list[Line]]:
    """Join a large number to the small text that says what it counts: "82 %" and "af befolkningen havde tillid ..."."""
    merged: list[list[Line]] = []
    for block in blocks:
        if merged and (_counts(merged[-1], block, known) or _counts_up(merged[-1], block, known)):
            merged[-1] = [*merged[-1], *block]
        else:
            merged.append(block)
    return merged


def _counts(upper: Sequence[Line], lower: Sequence[Line], known: Styles) -> bool:
    text = lower[0].text.strip()
    return _is_figure(upper[-1], known) and text[:1].islower() and _close(upper, lower)


def _counts_up(upper: Sequence[Line], lower: Sequence[Line], known: Styles) -> bool:
    ends_open = not re.search(r"[.!?:]\s*$", upper[-1].text)
    return (
        len(lower) == 1
        and _is_figure(lower[0], known)
        and ends_open
        and len(upper) <= 3
        and _close(upper, lower)
        and (upper[-1].size < 0.7 * lower[0].size and upper[0].text.strip()[:1].islower())
    )


def _is_figure(line: Line, known: Styles) -> bool:
    return line.size >= 1.5 * known.body[0] and _FIGURE.match(line.text.strip()) is not None


def _close(upper: Sequence[Line], lower: Sequence[Line]) -> bool:
    return 0 < upper[-1].y - lower[0].y < 1.8 * max(upper[-1].size, lower[0].size)


def is_contents_page(blocks: Sequence[Sequence[Line]]) -> bool:
    """Tell whether a page is a table of contents: three lines with leader dots, or one and most others end in a number."""
    ending = [line.text for block in blocks for line in block if _ends_in_number(line)]
    leaders = sum(bool(_LEADER.search(text)) for text in ending)
    lines = sum(len(block) for block in blocks)
    return leaders >= 3 or (leaders >= 1 and lines >= 5 and len(ending) >= 0.7 * lines)


def _ends_in_number(line: Line) -> bool:
    return len(line.text) < _LONGEST_ENTRY and _CONTENTS_LINE.match(line.text) is not None


def contents_entries(blocks: Sequence[Sequence[Line]], known: Styles) -> list[tuple[tuple[BlockKind, int], list[Line]]]:
    """Return the blocks of a page of contents: its title, and entries that end in a page number at the right edge."""
    lines = [line for block in blocks for line in block]
    edge = max(line.x1 for line in lines if _ends_in_number(line))
    entries: list[tuple[tuple[BlockKind, int], list[Line]]] = []
    open_entry: list[Line] = []
    for line in lines:
        if not entries and not open_entry and is_heading([line], known) and abs(line.x1 - edge) > line.size:
            entries.append((("heading", level([line], known)), [line]))
            continue
        open_entry.append(line)
        if _ends_in_number(line) and (_LEADER.search(line.text) or abs(line.x1 - edge) < line.size):
            entries.append((("contents", 0), open_entry))
            open_entry = []
    return [*entries, (("contents", 0), open_entry)] if open_entry else entries


def kind(block: Sequence[Line], known: Styles) -> tuple[BlockKind, int]:
    """Return what a block is, and its level if it is a heading."""
    if block[0].row:
        return "table", 0
    if is_heading(block, known):
        return "heading", level(block, known)
    if len(block) <= 2 and _LEADER.search(block[-1].text) and _ends_in_number(block[-1]):
        return "contents", 0
    return ("list" if starts_list_item(block[0].text) else "paragraph"), 0


def level(block: Sequence[Line], known: Styles) -> int:
    """Return the level of a heading's style, or of the largest known style that is no larger."""
    style = _top_style(block)
    smaller = [known.levels[other] for other in known.levels if other[0] <= style[0]]
    return known.levels.get(style, min(smaller, default=6))
