"""PDF: text with its places from pypdf, laid out in reading order; OCR for pages that hold none. A door to pypdf."""

import io
import logging
import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdf
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from corpus.errors import DamagedError, EncryptedError, TooLargeError
from corpus.values import Reading
from ingest.reading.extracting import Extraction
from ingest.reading.laying_out import Extracted, laid_out
from ingest.reading.limits import Limits
from ingest.reading.metrics import Widths
from ingest.reading.ocr import OcrEngine

NAME = f"pdf/pypdf {pypdf.__version__}"
# What pypdf lets through of a damaged file; anything else is a fault of ours and must be seen.
_BROKEN = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
# What programs write for a title when nobody gave one.
_NO_TITLE = re.compile(r"^$|^microsoft word|^untitled|^uden titel|\.(?:docx?|pdf|indd|pptx?|odt|qxd|tmp)$", re.IGNORECASE)


def read(data: bytes, name: str, limits: Limits, ocr: OcrEngine | None) -> Reading:
    """Return the pages of a PDF; raise EncryptedError, DamagedError or TooLargeError where it cannot be opened."""
    with _bounded(limits), _quiet():
        reader = _opened(data, name)
        count = _page_count(reader, name, limits)
        fonts: dict[int, tuple[Any, Widths]] = {}
        extracted = [_extracted(reader, number, limits, fonts) for number in range(1, count + 1)]
        labels = _labels(reader)
        title = _title(reader)
    return laid_out(extracted, reader=NAME, title=title, labels=labels, data=data, limits=limits, ocr=ocr)


@contextmanager
def _bounded(limits: Limits) -> Iterator[None]:
    """Bound what a hostile file may make pypdf decode; pypdf's own defaults hold for everything not named."""
    size = limits.stream_bytes
    bounds = pypdf.Configuration(
        maximum_declared_stream_length=size,
        array_based_stream_maximum_output_length=size,
        zlib_maximum_output_length=size,
        lzw_maximum_output_length=size,
        run_length_maximum_output_length=size,
        brotli_maximum_output_length=size,
        disable_legacy_handling=True,
    )
    with pypdf.apply_configuration(bounds):
        yield


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pypdf's remarks about odd files from the terminal: what matters of them ends in a skipped page."""
    log = logging.getLogger("pypdf")
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(before)


def _opened(data: bytes, name: str) -> PdfReader:
    # pypdf rebuilds what it can of a file that breaks off, and would lose the rest without a word.
    if data.rfind(b"startxref") < data.rfind(b"endobj"):
        raise DamagedError(f"{name!r} is cut short: the end of the PDF is missing.")
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise EncryptedError(f"{name!r} asks for a password; save it without one and try again.")
    except _BROKEN as error:
        raise DamagedError(f"{name!r} is not a whole PDF: {_line(error)}.") from None
    return reader


def _page_count(reader: PdfReader, name: str, limits: Limits) -> int:
    try:
        count = len(reader.pages)
    except _BROKEN as error:
        raise DamagedError(f"{name!r} is not a whole PDF: {_line(error)}.") from None
    if count == 0:
        raise DamagedError(f"{name!r} has no pages.")
    if count > limits.pages:
        raise TooLargeError(f"{name!r} has {count} pages; at most {limits.pages} are read.")
    return count


def _labels(reader: PdfReader) -> list[str] | None:
    try:
        labels = list(reader.page_labels) if "/PageLabels" in reader.root_object else []
    except _BROKEN:
        return None
    return labels if len(labels) == len(reader.pages) else None


def _title(reader: PdfReader) -> str | None:
    try:
        title = reader.metadata.title if reader.metadata else None
    except _BROKEN:
        return None
    title = " ".join((title or "").split())
    return None if _NO_TITLE.search(title) else title


def _line(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".")[:200] or type(error).__name__


def _extracted(reader: PdfReader, number: int, limits: Limits, fonts: dict[int, tuple[Any, Widths]]) -> Extracted:
    """Return what one page holds; a page that breaks is told of, and the rest go on."""
    try:
        extraction = Extraction(reader.pages[number - 1], reader, fonts)
        raw = extraction.run()
    except _BROKEN as error:
        return Extracted(number=number, failure=f"the page is damaged: {_line(error)}")
    if len(raw) > limits.page_characters:
        return Extracted(number=number, failure=f"the page holds {len(raw)} characters, more than any printed page")
    return Extracted(
        number=number,
        raw=raw,
        fragments=tuple(extraction.fragments),
        rotated=tuple(extraction.rotated),
        empty=extraction.empty,
    )
