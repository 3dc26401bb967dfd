"""Pictures of PDF pages, and where on them characters stand. The door to pypdfium2."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from ctypes import byref, c_int
from dataclasses import dataclass
from threading import RLock
from typing import Any

import pypdfium2
import pypdfium2.raw

from corpus.errors import DamagedError

LONGEST_SIDE = 10_000
"""Pixels; a page of any size stays within what memory holds."""

_GRID = 100_000
"""How finely places on a page are told by pdfium, whose device coordinates are whole numbers."""

Rectangle = tuple[float, float, float, float]
"""Left, bottom, right and top in the points of a page, which are counted from below."""

# PDFium may be called by one thread at a time (its public/fpdfview.h says so).
_ONE_AT_A_TIME = RLock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A page in shades of grey, one byte to a pixel, rows from the top."""

    width: int
    height: int
    pixels: bytes

    @property
    def blank(self) -> bool:
        """Tell whether every pixel has the same shade."""
        return not self.pixels.strip(self.pixels[:1])

    @property
    def pgm(self) -> bytes:
        """The picture as a binary PGM file (netpbm, "P5")."""
        return b"P5 %d %d 255\n" % (self.width, self.height) + self.pixels


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle on a page as parts of its width and height, from the upper left corner: 0 to 1."""

    left: float
    top: float
    right: float
    bottom: float


def picture(data: bytes, number: int, dots_per_inch: int) -> Picture:
    """Return the picture of page `number` (from 1) of a PDF; raise DamagedError where it cannot be drawn."""
    with _page(data, number) as page:
        bitmap = page.render(scale=min(dots_per_inch / 72, LONGEST_SIDE / max(page.get_size())), grayscale=True)
        rows = [bytes(bitmap.buffer[y * bitmap.stride : y * bitmap.stride + bitmap.width]) for y in range(bitmap.height)]
        return Picture(width=bitmap.width, height=bitmap.height, pixels=b"".join(rows))


def png(data: bytes, number: int, *, width: int) -> bytes:
    """Return page `number` (from 1) of a PDF as a PNG file about `width` pixels wide; raise DamagedError where there is none."""
    with _page(data, number) as page:
        bitmap = page.render(scale=min(width / page.get_width(), LONGEST_SIDE / max(page.get_size())))
        file = io.BytesIO()
        bitmap.to_pil().save(file, "png", compress_level=3)
        return file.getvalue()


def size(data: bytes, number: int) -> tuple[float, float]:
    """Return width and height of page `number` (from 1) as it is seen, in points; raise DamagedError where there is none."""
    with _page(data, number) as page:
        width, height = page.get_size()
        return width, height


def characters(data: bytes, number: int) -> str:
    """Return the characters of a page in the order of the file, each at its index in PDFium's own count."""
    with _page(data, number) as page, _text(page) as text:
        codes = (pypdfium2.raw.FPDFText_GetUnicode(text, index) for index in range(text.count_chars()))
        # One character to an index, so that indexes hold; a surrogate half is none that text is compared by.
        return "".join("\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code) for code in codes)


def boxes(data: bytes, number: int, spans: Sequence[tuple[int, int]]) -> tuple[Box, ...]:
    """Return where the half-open spans of the characters of a page stand: a box to each line, as a rule."""
    with _page(data, number) as page, _text(page) as text:
        lines: list[Rectangle] = []
        for start, end in spans:
            for index in range(text.count_rects(start, end - start)):
                rectangle = text.get_rect(index)
                lines[-1:] = _joined(lines[-1], rectangle) if lines else [rectangle]
        return tuple(_box(page, line) for line in lines)


@contextmanager
def _page(data: bytes, number: int) -> Iterator[Any]:
    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(data)
            try:
                if not 1 <= number <= len(document):
                    raise DamagedError(f"page {number} cannot be drawn: the file has {len(document)}")
                yield document[number - 1]
            finally:
                document.close()
        except pypdfium2.PdfiumError as error:
            raise DamagedError(f"page {number} cannot be drawn: {error}") from None


@contextmanager
def _text(page: Any) -> Iterator[Any]:
    text = page.get_textpage()
    try:
        yield text
    finally:
        text.close()


def _joined(one: Rectangle, other: Rectangle) -> list[Rectangle]:
    """Return two rectangles as one where they follow each other on a line: PDFium begins anew at every change of font."""
    left, bottom, right, top = other
    height = max(one[3] - one[1], top - bottom)
    beside = min(one[3], top) > max(one[1], bottom) and -height < left - one[2] < 2 * height
    return [(min(one[0], left), min(one[1], bottom), max(one[2], right), max(one[3], top))] if beside else [one, other]


def _box(page: Any, rectangle: Rectangle) -> Box:
    """Turn a rectangle in the page's own points into parts of what is seen, cropped and turned."""
    left, bottom, right, top = rectangle
    (x0, y0), (x1, y1) = _seen(page, left, top), _seen(page, right, bottom)
    return Box(left=min(x0, x1), top=min(y0, y1), right=max(x0, x1), bottom=max(y0, y1))


def _seen(page: Any, x: float, y: float) -> tuple[float, float]:
    across, down = c_int(), c_int()
    pypdfium2.raw.FPDF_PageToDevice(page, 0, 0, _GRID, _GRID, 0, x, y, byref(across), byref(down))
    return across.value / _GRID, down.value / _GRID
