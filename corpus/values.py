"""The values that flow through the program: documents with their pages and chunks, and answers with their citations.

Character spans are half-open [start, end) offsets into `Page.text`. Pages count from 1.
"""

from dataclasses import dataclass, field
from typing import Literal

Language = Literal["da", "en", "no", "sv", "other"]
BlockKind = Literal["heading", "paragraph", "list", "table", "contents"]
Abstention = Literal["nothing near", "near but not answering", "outside the collection", "period without a document"]
AnswerKind = Literal["lookup", "compare", "timeline", "complete list"]
AnswerLanguage = Literal["da", "en"]
Restricted = Literal["strategies", "languages", "documents"]
Reason = Literal["chosen", "named", "in force", "neighbour", "years", "earlier question"]
State = Literal["announced", "in force", "superseded", "ended"]


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
class Standing:
    """How the strategy of a cited document stands on the day of the answer, and the same in words with the edition."""

    state: State
    words_da: str
    words_en: str

    def words(self, language: AnswerLanguage) -> str:
        """Return "in force 2026-2029" and the like."""
        return self.words_da if language == "da" else self.words_en


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A verified quote with its number in the answer and what a reader needs to look it up.

    `standing` is None where the document is of no strategy in the catalogue, or of one without a period.
    """

    n: int
    quote: Quote
    printed_page: str | None
    verified: bool
    standing: Standing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One statement of the answer and the numbers of the citations that carry it."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """One bound on what was searched: the ids, codes or file names let through, in words for a person, and its reason.

    A caller takes it away by asking again with the other restrictions as `Filters` and `everything` true.
    """

    on: Restricted
    values: tuple[str, ...]
    label: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """How a question was understood, as data and in `text` in the question's language.

    `query` is the question as it stands alone, `topic` the words that say what it is about. `strategies` are the ids of
    those it names or means, latest first, whether or not the index holds a document of them; `missing` are those without.
    """

    text: str = ""
    query: str = ""
    kind: AnswerKind = "lookup"
    topic: tuple[str, ...] = ()
    strategies: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    restrictions: tuple[Restriction, ...] = ()
    also_searched_as: tuple[str, ...] = ()
    follow_up: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """How many documents and pages the restrictions let through."""

    documents: int = 0
    pages: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the assistant says: a lead in our words, claims with citations, and everything needed to check them."""

    question: str
    language: AnswerLanguage
    abstained: Abstention | None
    text: str
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    passages: tuple[Passage, ...]
    dropped_quotes: int
    milliseconds: float
    understood: Understood = field(default_factory=Understood)
    searched: Searched = field(default_factory=Searched)
