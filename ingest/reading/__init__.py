"""From a file to pages of clean text: one module per format behind one function, `read`."""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Literal

from corpus.errors import DamagedError, EncryptedError, ReadingError, TooLargeError, UnsupportedError
from corpus.values import Reading
from ingest.reading import docx, html, markdown, pdf, plain
from ingest.reading.limits import MEBIBYTE, Limits
from ingest.reading.ocr import OcrEngine, Tesseract

__all__ = ["READER_VERSION", "SUPPORTED", "Limits", "OcrEngine", "Tesseract", "fingerprint", "read"]

READER_VERSION = 2
"""Raised whenever the same file would be read to another text than before."""

Format = Literal["pdf", "docx", "html", "markdown", "plain"]

_FORMATS: dict[str, Format] = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "plain",
    ".text": "plain",
}
SUPPORTED: frozenset[str] = frozenset(_FORMATS)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def read(path: Path, *, limits: Limits = Limits(), ocr: OcrEngine | None = Tesseract()) -> Reading:  # noqa: B008
    """Return what the file holds; raise a ReadingError, one line with the file and the reason, where nothing can be read.

    The bytes decide what a file is. A text file may be HTML under another name; any other disagreement is refused.
    """
    data = _bytes(path, limits)
    reading = _read(data, path, limits, ocr)
    if not reading.pages and not reading.skipped:
        raise DamagedError(f"{path.name!r} holds no text.")
    return reading


def _read(data: bytes, path: Path, limits: Limits, ocr: OcrEngine | None) -> Reading:
    found = _format(data, path)
    if found == "pdf":
        return pdf.read(data, path.name, limits, ocr)
    if found == "docx":
        return docx.read(data, path.name, limits)
    if len(data) > limits.text_bytes:
        raise TooLargeError(
            f"{path.name!r} holds {len(data) // MEBIBYTE} MiB of text; at most {limits.text_bytes // MEBIBYTE} are read."
        )
    return {"html": html.read, "markdown": markdown.read, "plain": plain.read}[found](data, path.name)


def fingerprint() -> str:
    """Return the readers and their versions as one line; a change of it means that files must be read anew."""
    names = sorted((pdf.NAME, docx.NAME, html.NAME, markdown.NAME, plain.NAME))
    return f"reading {READER_VERSION}: " + ", ".join(names)


def _bytes(path: Path, limits: Limits) -> bytes:
    try:
        if not path.is_file():
            raise UnsupportedError(f"{path.name!r} is not a file." if path.exists() else f"{path.name!r} does not exist.")
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise TooLargeError(f"{path.name!r} is {size // MEBIBYTE} MiB; at most {limits.file_bytes // MEBIBYTE} MiB are read.")
        data = path.read_bytes()
    except PermissionError:
        raise ReadingError(f"{path.name!r} may not be read: permission denied.") from None
    except OSError as error:
        raise ReadingError(f"{path.name!r} cannot be read: {error.strerror or error}.") from None
    if not data.strip(b"\0 \t\r\n"):
        raise DamagedError(f"{path.name!r} is empty.")
    return data


def _format(data: bytes, path: Path) -> Format:
    """Return what the bytes are, checked against what the name says."""
    named = _FORMATS.get(path.suffix.lower())
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data, path)
    if data.startswith(_OLE):
        raise _ole(data, path)
    if named in ("pdf", "docx"):
        raise DamagedError(f"{path.name!r} is not what its name says: it holds {_described(data)}, no {named.upper()}.")
    if named is None:
        known = ", ".join(sorted(SUPPORTED))
        raise UnsupportedError(f"{path.name!r} is of no format that can be read ({known}).")
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "html" if head.startswith((b"<!doctype html", b"<html")) else named


def _zipped(data: bytes, path: Path) -> Format:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise DamagedError(f"{path.name!r} is cut short or damaged: its directory is missing.") from None
    if "word/document.xml" in names or any(n.startswith("word/document") for n in names):
        return "docx"
    raise UnsupportedError(f"{path.name!r} is a zip archive but no Word document.")


def _ole(data: bytes, path: Path) -> ReadingError:
    if _ENCRYPTED_PACKAGE in data:
        return EncryptedError(f"{path.name!r} asks for a password; save it without one and try again.")
    return UnsupportedError(f"{path.name!r} is an older Office file; save it as .docx or .pdf and try again.")


def _described(data: bytes) -> str:
    return "binary data of another kind" if plain.looks_binary(data) else "plain text"
