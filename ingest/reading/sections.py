"""Pages for formats that have none: one page per section, a heading with what follows it up to the next heading."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.values import BlockKind, Page
from ingest.cleaning import RawBlock, composed, traced, vocabulary

SECTION_CHARACTERS = 3_000
"""The most characters of a section without headings, unless one paragraph alone is longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One heading, paragraph, list item or table row as the file holds it; `level` is 1-6 for a heading, otherwise 0."""

    kind: BlockKind
    text: str
    level: int = 0


def heading(text: str, level: int) -> Element:
    """Return a heading; levels beyond six count as six."""
    return Element(kind="heading", text=text, level=min(max(level, 1), 6))


def paragraph(text: str) -> Element:
    """Return a paragraph."""
    return Element(kind="paragraph", text=text)


def pages(elements: Iterable[Element]) -> tuple[Page, ...]:
    """Return one page per section of a document, numbered from 1; elements without text are left out."""
    kept = [element for element in elements if element.text.strip()]
    words = vocabulary(line for element in kept for line in element.text.splitlines())
    made = []
    for number, section in enumerate(_sections(kept), start=1):
        raw, blocks = _raw_blocks(section)
        made.append(composed(number=number, label=None, raw=raw, blocks=blocks, words=words))
    return tuple(page for page in made if page.text)


def _sections(elements: Sequence[Element]) -> Iterator[list[Element]]:
    headed = any(element.kind == "heading" for element in elements)
    section: list[Element] = []
    length = 0
    for element in elements:
        full = not headed and length + len(element.text) > SECTION_CHARACTERS
        if section and (element.kind == "heading" or full):
            yield section
            section, length = [], 0
        section.append(element)
        length += len(element.text)
    if section:
        yield section


def _raw_blocks(section: Sequence[Element]) -> tuple[str, list[RawBlock]]:
    """Return the section's raw text, elements one after the other, and its blocks with their lines traced into it."""
    blocks, at = [], 0
    for element in section:
        lines = []
        for line in element.text.splitlines(keepends=True):
            lines.append(traced(line.rstrip("\r\n"), at))
            at += len(line)
        at += 1
        blocks.append(RawBlock(kind=element.kind, lines=tuple(lines), level=element.level))
    return "\n".join(element.text for element in section), blocks
