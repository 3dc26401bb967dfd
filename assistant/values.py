"""The values of a question and its answer: passages, quotes, claims, citations, and the answer that they make."""

from dataclasses import dataclass, field
from typing import Literal

from corpus.values import Chunk, Document, Filters, Language

Abstention = Literal["nothing near", "near but not answering", "outside the collection", "period without a document"]
AnswerKind = Literal[
    "lookup",
    "compare",
    "timeline",
    "complete list",
    "strategies",
    "in force",
    "overview",
    "summary",
    "greeting",
    "help",
]
AnswerLanguage = Literal["da", "en"]
Restricted = Literal["strategies", "languages", "documents"]
Reason = Literal["chosen", "named", "in force", "neighbour", "years", "earlier question"]
State = Literal["announced", "in force", "superseded", "ended"]


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
    """Words claimed to stand verbatim in one page's text, and, once verified, where.

    `language` is that of the words; None if it is the document's.
    """

    text: str
    document: Document
    page: int
    heading_path: tuple[str, ...]
    start: int
    end: int
    language: Language | None = None

    @property
    def spoken(self) -> Language:
        """The language of the words."""
        return self.language or self.document.language


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
class GeneratedBy:
    """The language model that worded an answer, and the server that ran it."""

    model: str
    server: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A claim of a language model that is not shown, with the ids of the sentences that it named and what is wrong with it."""

    text: str
    sentences: tuple[str, ...]
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the assistant says, in parts; `text` is made of them.

    `line` answers in one line, in the question's language, and is empty if the quotes do not give one for certain. `lead` says
    where the quotes come from, or why there is no answer. `nearest` are verified quotes that may help where nothing answers,
    numbered from 1 like citations. `note` says what a language model did; `generated_by` is set if one worded the claims, and
    `dropped` are those of its claims that are not shown. `confidence` is the calibrated probability, from 0 to 1, that the
    documents answer the question with the first quote.
    """

    question: str
    language: AnswerLanguage
    abstained: Abstention | None
    lead: str
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    passages: tuple[Passage, ...]
    dropped_quotes: int
    milliseconds: float
    line: str = ""
    nearest: tuple[Citation, ...] = ()
    note: str = ""
    generated_by: GeneratedBy | None = None
    dropped: tuple[Dropped, ...] = ()
    confidence: float = 0.0
    understood: Understood = field(default_factory=Understood)
    searched: Searched = field(default_factory=Searched)

    @property
    def text(self) -> str:
        """The answer as plain text: its line, its lead, each claim with its citation marks, the nearest quotes, and the note."""
        verbatim = {citation.quote.text for citation in self.citations}
        parts = [self.line, self.lead]
        for claim in self.claims:
            text = quoted(claim.text, self.language) if claim.text in verbatim else claim.text
            parts.append(f"{text} {_marks(claim)}")
        parts += [f"{quoted(citation.quote.text, self.language)} [{citation.n}]" for citation in self.nearest]
        return "\n".join(part for part in (*parts, self.note) if part)


def quoted(text: str, language: AnswerLanguage) -> str:
    """Return a text in the quotation marks of a language."""
    return f"»{text}«" if language == "da" else f"“{text}”"


def _marks(claim: Claim) -> str:
    return "".join(f"[{n}]" for n in claim.citations)
