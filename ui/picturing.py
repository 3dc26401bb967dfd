"""How a page of a document can be seen: its picture with the quote boxed, or why there is none.

Only the file that was ingested is drawn: it is taken from where the document says, and must still have its checksum.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from corpus import page_images
from corpus.boxing import span_boxes
from corpus.errors import DamagedError
from corpus.page_images import Box
from corpus.values import Document, Page

Unseen = Literal["gone", "changed", "no pictures", "undrawable"]

WIDTH = 1240
"""Pixels: an A4 page at 150 dots per inch."""


MOST_MEASURED = 1024
"""Pages of which size and boxes are remembered. A document is another where its file or its reading is."""


MOST_PICTURES = 64
"""Pictures that are remembered, a quarter of a MiB each."""


class UnseenError(Exception):
    """A page that cannot be drawn; `why` says for which reason."""

    def __init__(self, why: Unseen) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """The address of a page's picture, its width and height in points and the boxes on it; or why there is no picture."""

    address: str = ""
    width: float = 0
    height: float = 0
    boxes: tuple[Box, ...] = ()
    unseen: Unseen | None = None


def sight(document: Document, number: int, page: Page | None, quote: tuple[int, int] | None) -> Sight:
    """Return how page `number` is seen, the characters `quote` of its stored text boxed where they are told for certain."""
    try:
        file_of(document)
        (width, height), found = _measured(document, number, page, quote)
    except UnseenError as error:
        return Sight(unseen=error.why)
    except DamagedError:
        return Sight(unseen="undrawable")
    return Sight(address=f"pages/{document.id}/{number}.png", width=width, height=height, boxes=found)


@lru_cache(maxsize=MOST_MEASURED)
def _measured(
    document: Document, number: int, page: Page | None, quote: tuple[int, int] | None
) -> tuple[tuple[float, float], tuple[Box, ...]]:
    """Return the size of a page and the boxes on it: a tenth of a second's work, which many people ask for again."""
    data = file_of(document)
    return page_images.size(data, number), _boxes(data, page, quote) if page and quote else ()


def drawn(documents: Iterable[Document], document_id: str, number: int) -> bytes:
    """Return the picture of a page as PNG; raise `UnseenError` unless the document is one of `documents` and can be drawn."""
    for document in documents:
        if document.id == document_id:
            try:
                file_of(document)
                return _png(document, number)
            except DamagedError:
                raise UnseenError("undrawable") from None
    raise UnseenError("gone")


@lru_cache(maxsize=MOST_PICTURES)
def _png(document: Document, number: int) -> bytes:
    return page_images.png(file_of(document), number, width=WIDTH)


def file_of(document: Document) -> bytes:
    """Return the bytes of a document's PDF as they were ingested; raise `UnseenError` where they are not to be had."""
    if not document.paged or not document.reader.startswith("pdf/"):
        raise UnseenError("no pictures")
    try:
        data = Path(document.path).read_bytes()
    except OSError:
        raise UnseenError("gone") from None
    if hashlib.sha256(data).hexdigest() != document.checksum:
        raise UnseenError("changed")
    return data


def _boxes(data: bytes, page: Page, quote: tuple[int, int]) -> tuple[Box, ...]:
    if page.method == "ocr":
        return ()
    spans = span_boxes(page, quote, page_images.characters(data, page.number))
    return page_images.boxes(data, page.number, spans) if spans else ()
