"""How much one file may ask of the machine before it is refused."""

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on one file; sizes in bytes, times in seconds. The defaults let every real strategy document through.

    `text_bytes` bounds files that are text throughout: 20 MiB of text are ten thousand pages.
    """

    file_bytes: int = 200 * MEBIBYTE
    text_bytes: int = 20 * MEBIBYTE
    pages: int = 20_000
    page_characters: int = 200_000
    unpacked_bytes: int = 400 * MEBIBYTE
    unpacked_xml_bytes: int = 64 * MEBIBYTE
    unpacked_ratio: float = 200.0
    stream_bytes: int = 100 * MEBIBYTE
    ocr_pages: int = 1_000
    ocr_seconds: float = 120.0
    ocr_dots_per_inch: int = 300
