"""Plain text: finds the encoding from the bytes and the paragraphs from blank lines. The door to charset-normalizer."""

import codecs
import re
from collections.abc import Iterator
from importlib.metadata import version

from charset_normalizer import from_bytes

from corpus.errors import DamagedError, UnsupportedError
from corpus.values import Reading
from ingest.reading.sections import Element, pages

NAME = f"plain/charset-normalizer {version('charset-normalizer')}"

# UTF-32 goes first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What Danish and English files that are not Unicode were written in: Windows, DOS and the older Macintosh.
_LEGACY = ("cp1252", "cp850", "mac_roman")
_EXPECTED = re.compile(r"[A-Za-zæøåÆØÅéÉäöüÄÖÜ0-9\s.,:;!?()'\"%&/+*=§–—‘’“”»«…•€-]")
_ITEM = r"[ \t]*(?:[-*•▪◦‣–]|\d{1,2}[.)]|[a-z]\))[ \t]+\S"
_LIST_ITEM = re.compile(_ITEM)
_BETWEEN_ITEMS = re.compile(r"\n(?=" + _ITEM + ")")
_BETWEEN_BLOCKS = re.compile(r"\n[ \t]*\n")


def read(data: bytes, name: str) -> Reading:
    """Return the sections of a plain text file; raise DamagedError or UnsupportedError where it is not text."""
    text = decoded(data, name)
    return Reading(reader=NAME, title=None, paged=False, pages=pages(_elements(text)))


def decoded(data: bytes, name: str) -> str:
    """Return the text of a file in whatever encoding it is written; raise where the bytes are no text at all."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding, name)
    if unmarked := _unmarked_utf16(data):
        return _strict(data, unmarked, name)
    if looks_binary(data):
        raise UnsupportedError(f"{name!r} holds binary data that no reader knows.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(data)


def looks_binary(data: bytes) -> bool:
    """Tell whether the first bytes hold control characters that no text file holds."""
    head = data[:65_536]
    controls = sum(head.count(bytes((code,))) for code in (*range(7), *range(14, 27), *range(28, 32)))
    return head.count(0) > 0 or controls * 100 > len(head)


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DamagedError(f"{name!r} is marked as {encoding} but breaks off or is damaged at byte {error.start}.") from None


def _unmarked_utf16(data: bytes) -> str | None:
    """Latin text in UTF-16 without a mark has a zero in nearly every second byte."""
    head = data[:4096]
    odd, even = head[1::2].count(0), head[0::2].count(0)
    if len(head) >= 4 and len(data) % 2 == 0 and max(odd, even) * 10 > len(head) * 4:
        return "utf-16-le" if odd > even else "utf-16-be"
    return None


def _legacy(data: bytes) -> str:
    """Decode what is not Unicode: as what reads most like Danish or English, by the detector where none clearly does."""
    best = max((data.decode(encoding, "replace") for encoding in _LEGACY), key=_plausibility)
    if _plausibility(best) > 0.95:
        return best
    match = from_bytes(data).best()
    return str(match) if match is not None else best


def _plausibility(text: str) -> float:
    """Return the share (0 to 1) of the letters beyond ASCII that Danish and English texts use."""
    foreign = [character for character in text if ord(character) > 127]
    return sum(bool(_EXPECTED.match(character)) for character in foreign) / max(len(foreign), 1)


def _elements(text: str) -> Iterator[Element]:
    for block in _BETWEEN_BLOCKS.split(text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")):
        for item in _BETWEEN_ITEMS.split(block):
            yield Element(kind="list" if _LIST_ITEM.match(item) else "paragraph", text=item)
