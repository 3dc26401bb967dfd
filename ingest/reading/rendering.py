"""Pictures of PDF pages, for pages that hold no text. The door to pypdfium2."""

from dataclasses import dataclass

import pypdfium2

from corpus.errors import DamagedError


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


def picture(data: bytes, number: int, dots_per_inch: int) -> Picture:
    """Return the picture of page `number` (from 1) of a PDF; raise DamagedError where it cannot be drawn."""
    try:
        document = pypdfium2.PdfDocument(data)
        try:
            page = document[number - 1]
            scale = min(dots_per_inch / 72, 10_000 / max(page.get_size()))
            bitmap = page.render(scale=scale, grayscale=True)
            rows = [bytes(bitmap.buffer[y * bitmap.stride : y * bitmap.stride + bitmap.width]) for y in range(bitmap.height)]
            return Picture(width=bitmap.width, height=bitmap.height, pixels=b"".join(rows))
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        raise DamagedError(f"page {number} cannot be drawn: {error}") from None
