"""How wide the text of a PDF is, by the widths that its font dictionaries state (ISO 32000-1, 9.2.4 and 9.7.4.3)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

AVERAGE = 520.0
"""Thousandths of an em: what a letter takes where the file does not say (the mean of Danish text in Helvetica)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextState:
    """The text state that widens or narrows what is shown (ISO 32000-1, 9.3): spacing in points, stretch as a factor."""

    character: float = 0.0
    word: float = 0.0
    stretch: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Widths:
    """The widths of a font's codes in thousandths of an em; codes of a composite font take two bytes."""

    by_code: dict[int, float] = field(default_factory=dict)
    default: float = AVERAGE
    composite: bool = False

    def advance(self, operands: Any, size: float, state: TextState) -> float:
        """Return how far showing the operands of Tj, TJ, ' or " moves the pen, in text space units."""
        total = 0.0
        for part in _parts(operands):
            if isinstance(part, bytes):
                codes = self._codes(part)
                spaces = 0 if self.composite else codes.count(32)
                glyphs = sum(self.by_code.get(code, self.default) for code in codes) / 1000 * size
                total += glyphs + state.character * len(codes) + state.word * spaces
            elif isinstance(part, int | float):
                total -= float(part) / 1000 * size
        return total * state.stretch

    def _codes(self, text: bytes) -> list[int]:
        if not self.composite:
            return list(text)
        return [int.from_bytes(text[at : at + 2], "big") for at in range(0, len(text) - 1, 2)]


def widths(font: Any) -> Widths:
    """Return the widths that a font dictionary states; without any, every character has the average width."""
    if font is None:
        return Widths()
    if font.get("/Subtype") == "/Type0":
        return _composite(font)
    stated = _resolved(font.get("/Widths"))
    first = _resolved(font.get("/FirstChar", 0))
    if not isinstance(stated, Sequence) or not isinstance(first, int):
        return Widths()
    scale = _type3_scale(font)
    return Widths(by_code={first + at: _number(width) * scale for at, width in enumerate(stated)})


def _composite(font: Any) -> Widths:
    descendants = _resolved(font.get("/DescendantFonts"))
    if not isinstance(descendants, Sequence) or not descendants:
        return Widths(composite=True)
    descendant = _resolved(descendants[0])
    by_code = dict(_ranges([_resolved(item) for item in _resolved(descendant.get("/W")) or ()]))
    return Widths(by_code=by_code, default=_number(descendant.get("/DW", 1000)), composite=True)


def _ranges(items: Sequence[Any]) -> Iterator[tuple[int, float]]:
    """Read the /W array: `first [w w ...]` or `first last w`."""
    at = 0
    while at + 1 < len(items):
        first, second = items[at], items[at + 1]
        if isinstance(second, list):
            yield from ((int(first) + step, _number(width)) for step, width in enumerate(second))
            at += 2
        elif at + 2 < len(items):
            last = min(int(second), int(first) + 65_535)
            yield from ((code, _number(items[at + 2])) for code in range(int(first), last + 1))
            at += 3
        else:
            return


def _type3_scale(font: Any) -> float:
    """Type 3 fonts state widths in a space of their own."""
    matrix = _resolved(font.get("/FontMatrix"))
    return abs(_number(matrix[0])) * 1000 if font.get("/Subtype") == "/Type3" and matrix else 1.0


def _parts(operands: Any) -> Sequence[Any]:
    last = operands[-1] if operands else b""
    return last if isinstance(last, list) else (last,)


def _resolved(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value


def _number(value: Any) -> float:
    resolved = _resolved(value)
    return float(resolved) if isinstance(resolved, int | float) else AVERAGE
