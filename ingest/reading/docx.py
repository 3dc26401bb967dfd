"""Word documents: headings, paragraphs, list items, table rows, notes and text boxes. The door to python-docx."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from corpus.errors import DamagedError, EncryptedError, TooLargeError
from corpus.values import BlockKind, Reading
from ingest.reading.limits import MEBIBYTE, Limits
from ingest.reading.sections import Element, heading, pages

NAME = f"docx/python-docx {version('python-docx')}"

_BROKEN = (
    OpcError,
    SyntaxError,  # what lxml raises
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    EOFError,
    NotImplementedError,
)
# What older programs see of a text box: the same text a second time.
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Text that a reader of the finished document does not see: what tracked changes took out, and the codes of fields.
_UNSEEN = frozenset(map(qn, ("w:del", "w:moveFrom", "w:instrText", "w:delText", "w:txbxContent", "w:pPr"))) | {_FALLBACK}
_WORDS_FOR_HEADING = ("heading", "overskrift")
_WORDS_FOR_TITLE = ("title", "titel")


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """Return the sections of a Word document; raise DamagedError, EncryptedError or TooLargeError where there is none."""
    _check_size(data, name, limits)
    try:
        document = docx.Document(io.BytesIO(data))
        elements = tuple(_Walk(document).elements())
    except _BROKEN as error:
        raise DamagedError(f"{name!r} is not a whole Word document: {_line(error)}.") from None
    except RuntimeError:
        raise EncryptedError(f"{name!r} asks for a password; save it without one and try again.") from None
    title = document.core_properties.title or next((e.text for e in elements if e.kind == "heading"), None)
    return Reading(reader=NAME, title=" ".join((title or "").split()) or None, paged=False, pages=pages(elements))


def _check_size(data: bytes, name: str, limits: Limits) -> None:
    """Refuse a zip bomb by its directory; zipfile never unpacks a member beyond the size that the directory states."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except _BROKEN as error:
        raise DamagedError(f"{name!r} is not a whole Word document: {_line(error)}.") from None
    unpacked = sum(member.file_size for member in members)
    xml = sum(member.file_size for member in members if member.filename.endswith((".xml", ".rels")))
    ratio = unpacked / max(len(data), 1)
    too_dense = ratio > limits.unpacked_ratio and unpacked > 10 * MEBIBYTE
    if unpacked > limits.unpacked_bytes or xml > limits.unpacked_xml_bytes or too_dense:
        raise TooLargeError(f"{name!r} would unpack to {unpacked // MEBIBYTE} MiB, {ratio:.0f} times its size; it is not read.")


def _line(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__


class _Walk:
    """One pass through a document's body, in the order in which it is read."""

    def __init__(self, document: Any) -> None:
        self._body = document.element.body
        self._roles = {style.style_id: _role(style) for style in document.styles if style.type == 1}
        self._notes = _notes(document)

    def elements(self) -> Iterator[Element]:
        yield from self._blocks(self._body)

    def _blocks(self, parent: Any) -> Iterator[Element]:
        for child in parent:
            if child.tag == qn("w:p"):
                yield from self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                yield from self._rows(child)
            elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins"), qn("w:moveTo")):
                yield from self._blocks(child)

    def _paragraph(self, node: Any) -> Iterator[Element]:
        kind, level = self._kind(node)
        text = _text(node)
        yield heading(text, level) if kind == "heading" else Element(kind=kind, text=text)
        yield from self._asides(node)

    def _asides(self, node: Any) -> Iterator[Element]:
        """Yield what is anchored in a paragraph or row and stands outside it: text boxes and notes."""
        for box in node.iter(qn("w:txbxContent")):
            if not any(parent.tag == _FALLBACK for parent in box.iterancestors()):
                yield from self._blocks(box)
        for reference in node.iter(qn("w:footnoteReference"), qn("w:endnoteReference")):
            yield Element(kind="paragraph", text=self._notes.get((reference.tag, reference.get(qn("w:id"))), ""))

    def _kind(self, node: Any) -> tuple[BlockKind, int]:
        properties = node.find(qn("w:pPr"))
        kind, level = self._roles.get(node.style or "", ("paragraph", 0))
        if properties is None:
            return kind, level
        outline = properties.find(qn("w:outlineLvl"))
        if outline is not None and int(outline.get(qn("w:val"), 9)) < 9:
            return "heading", int(outline.get(qn("w:val"))) + 1
        if kind == "paragraph" and _numbered(properties):
            return "list", 0
        return kind, level

    def _rows(self, table: Any) -> Iterator[Element]:
        for row in table.findall(qn("w:tr")):
            cells = (" ".join(" ".join(_text(p) for p in cell.iter(qn("w:p"))).split()) for cell in row.findall(qn("w:tc")))
            yield Element(kind="table", text=" | ".join(cell for cell in cells if cell))
            yield from self._asides(row)


def _role(style: Any) -> tuple[BlockKind, int]:
    """Return what a paragraph style makes of a paragraph, by its name (English or Danish) or its outline level."""
    ancestor, depth = style, 0
    while ancestor is not None and depth < 12:
        name = (ancestor.name or "").lower()
        word, _, number = name.rpartition(" ")
        if word in _WORDS_FOR_HEADING and number.isdigit():
            return "heading", int(number)
        if name in _WORDS_FOR_TITLE:
            return "heading", 1
        if name.startswith(("toc ", "indholdsfortegnelse ")) and number.isdigit():
            return "contents", 0
        properties = ancestor.element.find(qn("w:pPr"))
        if properties is not None and _numbered(properties):
            return "list", 0
        ancestor, depth = ancestor.base_style, depth + 1
    return "paragraph", 0


def _numbered(properties: Any) -> bool:
    number = properties.find(qn("w:numPr") + "/" + qn("w:numId"))
    return number is not None and number.get(qn("w:val")) != "0"


def _notes(document: Any) -> dict[tuple[str, str], str]:
    """Return the text of each footnote and endnote by the tag and id of what refers to it."""
    found = {}
    for kind, tag in ((RELATIONSHIP_TYPE.FOOTNOTES, "w:footnoteReference"), (RELATIONSHIP_TYPE.ENDNOTES, "w:endnoteReference")):
        try:
            part = document.part.part_related_by(kind)
        except KeyError:
            continue
        for note in parse_xml(part.blob):
            text = " ".join(_text(paragraph) for paragraph in note.iter(qn("w:p")))
            found[qn(tag), note.get(qn("w:id"))] = text.strip()
    return found


def _text(node: Any) -> str:
    """Return the seen text of a paragraph: insertions and links too, deletions not; a tab is a space."""
    parts = []
    for child in node:
        if child.tag in _UNSEEN:
            continue
        if child.tag in (qn("w:t"), qn("m:t")):
            parts.append(child.text or "")
        elif child.tag == qn("w:tab"):
            parts.append("\t")
        elif child.tag in (qn("w:br"), qn("w:cr")):
            parts.append("\n")
        elif child.tag == qn("w:noBreakHyphen"):
            parts.append("-")
        elif child.tag == qn("w:softHyphen"):
            parts.append("\u00ad")
        else:
            parts.append(_text(child))
    return "".join(parts)
