"""The text of a PDF page, piece by piece, each with the place where it is shown. A door to pypdf."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream, DecodedStreamObject, DictionaryObject, NameObject, StreamObject

from ingest.reading.lines import Fragment
from ingest.reading.metrics import AVERAGE, TextState, Widths, widths

_SHOWS = frozenset((b"Tj", b"TJ", b"'", b'"'))
_SHOWING = re.compile(rb"T[jJ]|['\"]")
_SPACINGS = frozenset((b"Tc", b"Tw", b"Tz"))
_MARKS = frozenset((b"BDC", b"BMC"))
_MOVES = frozenset((b"Td", b"TD", b"Tm", b"T*", b"BT", b"'", b'"'))
_BOLD = ("bold", "semibold", "demi", "black", "heavy", "extrabold")
_LEAST_SIZE = 0.1
_MOST = 100_000.0  # points; no page is larger (ISO 32000-1, annex C.2), and a broken number must not break the layout
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Matrix = Sequence[float]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """One operation that shows text: its operands, the text state, and whether the pen was placed anew before it.

    `soft`: the file says that what is shown stands for a soft hyphen (ActualText, ISO 32000-1, 14.9.4).
    """

    operands: Any
    state: TextState
    moved: bool
    soft: bool


class Extraction:
    """One pass of pypdf over a page, gathering every piece of text with the place where it is shown.

    pypdf reports together what several operations show on one line. An identity `cm` before each of them changes
    nothing on the page and makes pypdf report piece by piece; its seventh operand is what we know of the piece to follow.
    """

    def __init__(self, page: PageObject, reader: PdfReader, fonts: dict[int, tuple[Any, Widths]]) -> None:
        self._page = page
        self._reader = reader
        self._fonts = fonts
        self._current: _Shown | None = None
        self._outer: list[Matrix] = [_page_matrix(page)]
        self._box = _visible_box(page)
        self.empty = True
        self._pen: tuple[Matrix, float] | None = None
        self._raw: list[str] = []
        self._length = 0
        self.fragments: list[Fragment] = []
        self.rotated: list[Fragment] = []

    def run(self) -> str:
        """Go through the page and return its text as pypdf extracts it; the pieces are then in `fragments` and `rotated`."""
        contents = self._page.get("/Contents")
        if contents is None:
            return ""
        stream = ContentStream(contents, self._reader, "bytes")
        self.empty = not stream.get_data().strip()
        if self.empty:
            return ""
        _without_textless_forms(self._page)
        stream.operations = self._instrumented(stream.operations)
        self._page[NameObject("/Contents")] = stream
        self._page.extract_text(
            visitor_text=self._on_text, visitor_operand_before=self._before, visitor_operand_after=self._after
        )
        del self._page["/Contents"]
        return "".join(self._raw)

    def _instrumented(self, operations: Sequence[tuple[Any, bytes]]) -> list[tuple[Any, bytes]]:
        state, stack, moved = TextState(), list[TextState](), True
        marked: list[bool] = []
        made: list[tuple[Any, bytes]] = []
        for operands, operator in operations:
            if operator == b"q":
                stack.append(state)
            elif operator == b"Q" and stack:
                state = stack.pop()
            elif operator in _SPACINGS and operands:
                state = _changed(state, operator, operands)
            elif operator in _MARKS:
                marked.append(_marks_soft_hyphen(operands))
            elif operator == b"EMC" and marked:
                marked.pop()
            moved = moved or operator in _MOVES
            if operator in _SHOWS:
                shown = _Shown(operands=operands, state=state, moved=moved, soft=any(marked))
                made.append(([*_IDENTITY, shown], b"cm"))
                moved = False
            made.append((operands, operator))
        return made

    def _before(self, operator: bytes, operands: Any, cm: Matrix, _tm: Matrix) -> None:
        if operator == b"Do":
            self._outer.append(_times(_form_matrix(self._page, operands), _times(cm, self._outer[-1])))

    def _after(self, operator: bytes, operands: Any, _cm: Matrix, _tm: Matrix) -> None:
        if operator == b"Do":
            self._outer.pop()
        elif operator == b"cm" and isinstance(operands[-1] if operands else None, _Shown):
            self._current = operands[-1]

    def _on_text(self, text: str, cm: Matrix, tm: Matrix, font: Any, size: float) -> None:
        place = _times(tm, _times(cm, self._outer[-1]))
        shown = self._current if len(self._outer) == 1 else None
        seen = text.rstrip("\n")
        if shown is not None and shown.soft and seen:
            seen = "\u00ad" * len(seen)
        if seen.strip() and self._on_page(place):
            fragment = self._fragment(seen, shown, place, font, size)
            (self.rotated if abs(place[1]) > abs(place[0]) else self.fragments).append(fragment)
        self._raw.append(text)
        self._length += len(text)

    def _on_page(self, place: Matrix) -> bool:
        """Tell whether text begins on the page; typesetters leave notes to the printer beside it."""
        left, bottom, right, top = self._box
        return left - 1 <= place[4] <= right + 1 and bottom - 1 <= place[5] <= top + 1

    def _fragment(self, text: str, shown: _Shown | None, place: Matrix, font: Any, size: float) -> Fragment:
        across = math.hypot(place[0], place[1])
        along, up = _along(place)
        if shown is not None and not shown.moved and self._pen is not None and self._pen[0] == place:
            along = self._pen[1]
        end = along + across * self._advance(shown, text, font, size)
        self._pen = (place, end)
        name = str(font.get("/BaseFont", "")).rpartition("+")[2].lstrip("/") if font is not None else ""
        return Fragment(
            text=text,
            start=self._length,
            x0=along,
            x1=min(max(end, along), _MOST) if math.isfinite(end) else along,
            y=up,
            size=min(max(abs(size) * math.hypot(place[2], place[3]), _LEAST_SIZE), _MOST),
            font=name,
            bold=any(word in name.lower() for word in _BOLD),
            soft=shown is not None and shown.soft,
            in_form=len(self._outer) > 1,
        )

    def _advance(self, shown: _Shown | None, text: str, font: Any, size: float) -> float:
        if shown is None:
            return len(text.strip()) * AVERAGE / 1000 * size
        if id(font) not in self._fonts:
            self._fonts[id(font)] = (font, widths(font))
        return self._fonts[id(font)][1].advance(shown.operands, size, shown.state)


def _marks_soft_hyphen(operands: Any) -> bool:
    """Tell whether marked content stands for a soft hyphen, as typesetters mark the hyphens that they set themselves."""
    properties = operands[1] if len(operands) > 1 else None
    actual = properties.get("/ActualText") if isinstance(properties, DictionaryObject) else None
    return actual in (b"\xfe\xff\x00\xad", b"\xad", "\u00ad")


def _changed(state: TextState, operator: bytes, operands: Any) -> TextState:
    value = float(operands[0])
    if operator == b"Tc":
        return replace(state, character=value)
    return replace(state, word=value) if operator == b"Tw" else replace(state, stretch=value / 100)


def _along(place: Matrix) -> tuple[float, float]:
    """Return how far along and above its own direction a piece of text begins; upright text keeps x and y."""
    length = math.hypot(place[0], place[1]) or 1.0
    cosine, sine = place[0] / length, place[1] / length
    return place[4] * cosine + place[5] * sine, place[5] * cosine - place[4] * sine


def _page_matrix(page: PageObject) -> Matrix:
    """Return the turn that /Rotate asks for, clockwise, so that what is read is upright."""
    turns: dict[int, Matrix] = {90: (0, -1, 1, 0, 0, 0), 180: (-1, 0, 0, -1, 0, 0), 270: (0, 1, -1, 0, 0, 0)}
    return turns.get(page.rotation % 360, _IDENTITY)


def _visible_box(page: PageObject) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of what is seen of a page, turned as the page is."""
    box, turn = page.cropbox, _page_matrix(page)
    corners = [_times((1, 0, 0, 1, float(x), float(y)), turn) for x, y in (box.lower_left, box.upper_right)]
    (left, right), (bottom, top) = (sorted(corner[axis] for corner in corners) for axis in (4, 5))
    return max(left, -_MOST), max(bottom, -_MOST), min(right, _MOST), min(top, _MOST)


def _form_matrix(page: PageObject, operands: Any) -> Matrix:
    forms = _forms(page)
    form = forms.get(operands[0]) if operands else None
    matrix = form.get_object().get("/Matrix") if form is not None else None
    return [float(number) for number in matrix] if matrix is not None and len(matrix) == 6 else _IDENTITY


def _forms(page: PageObject) -> DictionaryObject:
    resources = page.get("/Resources", DictionaryObject()).get_object()
    found = resources.get("/XObject", DictionaryObject()).get_object() if isinstance(resources, DictionaryObject) else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _without_textless_forms(page: PageObject) -> None:
    """Take out the drawings (in memory) that show no text: parsing their paths would be most of the work."""
    forms = _forms(page)
    for name, reference in tuple(forms.items()):
        form = reference.get_object()
        if isinstance(form, StreamObject) and form.get("/Subtype") == "/Form":
            nested = form.get("/Resources", DictionaryObject()).get_object().get("/XObject")
            if not nested and not _SHOWING.search(form.get_data()):
                forms[name] = _empty_form()


def _empty_form() -> DecodedStreamObject:
    form = DecodedStreamObject()
    form[NameObject("/Subtype")] = NameObject("/Form")
    form.set_data(b"")
    return form


def _times(m: Matrix, n: Matrix) -> Matrix:
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )
