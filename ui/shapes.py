"""The shapes of what the REST endpoint takes, in which a key more is an error, and of documents and pages (pydantic).

Those of answers and tables are in `assistant.records`.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from assistant.values import AnswerLanguage
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
