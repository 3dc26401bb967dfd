"""An exported conversation as a Word file. A door to python-docx, for writing."""

import io
from collections.abc import Iterable

import docx

from ui.exporting import Kind, Part

STYLES: dict[Kind, str] = {
    "title": "Title",
    "heading": "Heading 1",
    "subheading": "Heading 2",
    "paragraph": "Normal",
    "quote": "Quote",
    "item": "List Bullet",
}


def word(parts: Iterable[Part], *, language: str) -> bytes:
    """Return the parts as the bytes of a .docx file, in styles that a reader can restyle."""
    document = docx.Document()
    document.core_properties.language = {"da": "da-DK", "en": "en-GB"}[language]
    for part in parts:
        document.add_paragraph(_printable(part.text), style=STYLES[part.kind])
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _printable(text: str) -> str:
    """XML holds no control characters, which a document may."""
    return "".join(character for character in text if character.isprintable() or character == "\u00a0")
