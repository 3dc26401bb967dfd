"""The values that flow through the program: documents with their pages and chunks, and answers with their citations.

Character spans are half-open [start, end) offsets into `Page.text`. Pages count from 1.
"""

from dataclasses import dataclass, field
from typing import Literal

Language = Literal["da", "en", "no", "sv", "other"]
BlockKind = Literal["heading", "paragraph", "list", "table", "contents"]
Abstention = Literal["nothing near", "near but not answering"]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which documents may answer; an empty tuple lets every one through."""

    strategies: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ()
    documents: tuple[str, ...] = ()

    def admit(self, document: Document) -> bool:
        """Return whether a document of this strategy and file name may answer; languages are told chunk by chunk."""
        return (not self.strategies or document.strategy in self.strategies) and (
            not self.documents or document.name in self.documents
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question made ready for retrieval: text that stands alone, its language, and the filters."""

    text: str
    language: Language
    filters: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A chunk with its document and the score that retrieval gave it (higher is nearer, comparable within one query)."""

    chunk: Chunk
    document: Document
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words claimed to stand verbatim in one page's text, and, once verified, where."""

    text: str
    document: Document
    page: int
    heading_path: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A verified quote with its number in the answer and what a reader needs to look it up."""

    n: int
    quote: Quote
    printed_page: str | None
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One statement of the answer and the numbers of the citations that carry it."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the assistant says: a lead in our words, claims with citations, and everything needed to check them."""

    question: str
    language: Literal["da", "en"]
    abstained: Abstention | None
    text: str
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    passages: tuple[Passage, ...]
    dropped_quotes: int
    milliseconds: float
