"""The shapes of what the REST endpoint takes and gives (pydantic). Those of answers are the README's; a key more is an error."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from assistant.values import Abstention, AnswerKind, AnswerLanguage, Reason, Restricted
from corpus.values import Filters as FilterValues
from corpus.values import Language

Text = Annotated[str, Field(max_length=100_000)]  # What is longer than a question may be is told so in a sentence.
Name = Annotated[str, Field(max_length=500)]


class Shape(BaseModel):
    """Something of fixed keys."""

    model_config = ConfigDict(extra="forbid")


class Filters(Shape):
    """Which documents may answer; an empty list lets every one through."""

    strategies: Annotated[list[Name], Field(max_length=100)] = []
    languages: Annotated[list[Language], Field(max_length=10)] = []
    documents: Annotated[list[Name], Field(max_length=1000)] = []
    everything: bool = False

    def value(self) -> FilterValues:
        """Return them as the assistant takes them."""
        return FilterValues(
            strategies=tuple(self.strategies),
            languages=tuple(self.languages),
            documents=tuple(self.documents),
            everything=self.everything,
        )


class Asked(Shape):
    """A question, the same person's earlier ones in their order, and filters."""

    question: Text
    history: Annotated[list[Annotated[str, Field(max_length=2000)]], Field(max_length=100)] = []
    filters: Filters = Field(default_factory=Filters)


class Topic(Shape):
    """A topic, the strategies (ids, periods or titles; none means all), and the answer's language if not the topic's own."""

    topic: Text
    strategies: Annotated[list[Name], Field(max_length=100)] = []
    language: AnswerLanguage | None = None


class Claim(Shape):
    """A statement and the numbers of the citations that carry it."""

    text: str
    citations: list[int]


class Citation(Shape):
    """A verified quote and where it stands."""

    n: int
    quote: str
    document: str
    page: int | None
    printed_page: str | None
    heading: str | None
    strategy: str | None
    edition: str | None
    verified: bool
    status: str | None


class Nearest(Shape):
    """A verified quote that comes near an answer."""

    document: str
    page: int | None
    heading: str | None
    quote: str
    verified: bool


class Passage(Shape):
    """Some sentences of a page, and how near they are."""

    document: str
    page: int | None
    score: float
    text: str


class Restriction(Shape):
    """One bound on what was searched."""

    on: Restricted
    values: list[str]
    label: str
    reason: Reason


class Understood(Shape):
    """How a question was understood."""

    text: str
    query: str
    kind: AnswerKind
    topic: list[str]
    strategies: list[str]
    missing: list[str]
    restrictions: list[Restriction]
    also_searched_as: list[str]
    follow_up: bool


class Searched(Shape):
    """How much was searched."""

    documents: int
    pages: int


class Answer(Shape):
    """An answer, or an abstention; `table` is there where the answer is one."""

    id: str
    question: str
    language: AnswerLanguage
    abstained: Abstention | None
    line: str
    answer: str
    confidence: float
    claims: list[Claim]
    citations: list[Citation]
    nearest: list[Nearest]
    note: str
    passages: list[Passage]
    dropped_quotes: int
    milliseconds: float
    understood: Understood
    searched: Searched
    table: dict[str, Any] | None = None


class Found(Shape):
    """What retrieval alone brings."""

    question: str
    passages: list[Passage]
    understood: Understood
    searched: Searched


class Table(BaseModel):
    """What a comparison and a timeline share; their `rows`, or `events` and `strategies`, point to citations by number."""

    model_config = ConfigDict(extra="allow")

    topic: str
    language: AnswerLanguage
    citations: list[Citation]
    dropped_quotes: int


class Document(Shape):
    """A document of the index."""

    id: str
    document: str
    title: str
    language: Language
    strategy: str | None
    edition: str | None
    digest: bool
    paged: bool
    pages: int
    pages_without_text: list[int]
    checksum: str
    ingested: str | None


class Page(Shape):
    """The text of a page, as quotes are verified against it."""

    document: str
    id: str
    title: str
    page: int
    printed_page: str | None
    method: str
    text: str


class Problem(BaseModel):
    """What went wrong (RFC 9457): one sentence in `detail`."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
