"""The values that flow through the program: documents with their pages and chunks, and answers with their citations.

Character spans are half-open [start, end) offsets into `Page.text`. Pages count from 1.
"""

from dataclasses import dataclass
from typing import Literal

Language = Literal["da", "en", "no", "sv", "other"]
BlockKind = Literal["heading", "paragraph", "list", "table", "contents"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One run of a page's text with one role; `level` is 1-6 for a heading, otherwise 0."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: its cleaned text, the blocks in it, and the way back to the text as the file holds it.

    `alignment` lists (start in `text`, start in `raw`, length) for each run of characters that cleaning left alone.
    """

    number: int
    label: str | None
    text: str
    blocks: tuple[Block, ...]
    raw: str
    alignment: tuple[tuple[int, int, int], ...]
    method: Literal["text layer", "ocr"] = "text layer"


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedPage:
    """A page from which no text came, and why, in words for a person."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a reader got out of one file. With `paged` false each page is one section, and its heading path stands for it."""

    reader: str
    title: str | None
    paged: bool
    pages: tuple[Page, ...]
    skipped: tuple[SkippedPage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence: the verbatim characters [start, end) of one page."""

    text: str
    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Some consecutive sentences under one heading: the unit that is embedded and retrieved.

    `id` is the document's id and the chunk's position in it, so the same sentence twice in a document is two chunks.
    """

    id: str
    document_id: str
    position: int
    heading_path: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    language: Language

    @property
    def text(self) -> str:
        """The sentences joined by spaces."""
        return " ".join(sentence.text for sentence in self.sentences)

    @property
    def page(self) -> int:
        """The page on which the chunk begins."""
        return self.sentences[0].page


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One ingested file, with the provenance of everything that was made from it.

    `id` comes from `path`, `checksum` (SHA-256 of the bytes) and `fingerprint` (of reader, settings and embedder), so a
    changed file is another document. `page_count` counts every page of the file, `skipped` those without text.
    `ingested` is the moment it was read (ISO 8601, UTC), empty in an index that was made before this was noted.
    """

    id: str
    path: str
    name: str
    checksum: str
    fingerprint: str
    reader: str
    title: str
    language: Language
    paged: bool
    page_count: int
    skipped: tuple[SkippedPage, ...] = ()
    strategy: str | None = None
    edition: str | None = None
    digest: bool = False
    ingested: str = ""

    @property
    def pages_read(self) -> int:
        """How many of its pages have text, and so can be searched."""
        return self.page_count - len(self.skipped)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which documents may answer; an empty tuple lets every one through.

    With `everything` true nothing more is read out of the question: what stands here is all that bounds the search.
    """

    strategies: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ()
    documents: tuple[str, ...] = ()
    everything: bool = False

    def admit(self, document: Document) -> bool:
        """Return whether a document of this strategy and file name may answer; languages are told chunk by chunk."""
        return (not self.strategies or document.strategy in self.strategies) and (
            not self.documents or document.name in self.documents
        )
