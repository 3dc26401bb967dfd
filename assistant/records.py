"""The serialised form of an answer, its parts and the tables, for the command line, batches, REST, MCP, feedback and evals.

The keys are described in the README and stay as they are: a key may be added, none is renamed or dropped. The README's
table is made from the descriptions of `AnswerRecord`.
"""

from typing import Any, Literal

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from assistant.values import Abstention, AnswerKind, AnswerLanguage, Reason, Restricted, State


class Record(BaseModel):
    """Something with fixed keys that becomes a JSON object."""

    model_config = ConfigDict(frozen=True)

    def data(self) -> dict[str, Any]:
        """Return the record as plain data for `json.dumps`.

        A key that was not given is left out, such as `table` of an answer without one.
        """
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True)


class ClaimRecord(Record):
    """A statement and the numbers of the citations that carry it."""

    text: str
    citations: tuple[int, ...]


class CitationRecord(Record):
    """A quote and where it stands; `status` is how its strategy stands, in the language of the answer."""

    n: int
    quote: str
    document: str
    page: int | None
    printed_page: str | None = None
    heading: str | None = None
    strategy: str | None = None
    edition: str | None = None
    verified: bool = True
    status: str | None = None


class NearestRecord(Record):
    """A verified quote that may help if nothing answers."""

    document: str
    page: int | None
    heading: str | None
    quote: str
    verified: bool


class PassageRecord(Record):
    """Some sentences of a page, and how near they are to the question."""

    document: str
    page: int | None
    score: float
    text: str


class GeneratedByRecord(Record):
    """The language model that worded an answer, and the server that ran it."""

    model: str
    server: str


class DroppedRecord(Record):
    """A claim of a language model that is not shown, with the sentences that it named and what is wrong with it."""

    text: str
    sentences: tuple[str, ...]
    fault: str


class RestrictionRecord(Record):
    """One bound on what was searched, in words and with its reason."""

    on: Restricted
    values: tuple[str, ...]
    label: str
    reason: Reason


class UnderstoodRecord(Record):
    """How a question was understood."""

    text: str
    query: str
    kind: AnswerKind
    topic: tuple[str, ...]
    strategies: tuple[str, ...]
    missing: tuple[str, ...]
    restrictions: tuple[RestrictionRecord, ...]
    also_searched_as: tuple[str, ...]
    follow_up: bool


class SearchedRecord(Record):
    """How many documents and pages the restrictions let through."""

    documents: int
    pages: int


class StrategyRecord(Record):
    """A strategy by its id, its name in the language of the answer, and its first and last year."""

    strategy: str
    name: str
    period: tuple[int, ...] | None


class NearestHeading(Record):
    """The place nearest to a topic in a document that does not mention it."""

    heading: str
    document: str
    page: int | None


class RowRecord(StrategyRecord):
    """What one strategy says of a topic."""

    status: State | None
    verdict: Literal["mentioned", "not mentioned", "not held"]
    citation: int | None
    under_the_name: str | None
    mentions: int
    documents: tuple[str, ...]
    digests_only: bool
    pages_searched: int
    pages_without_text: int
    nearest: NearestHeading | None


class ComparisonRecord(Record):
    """One topic across strategies."""

    topic: str
    language: AnswerLanguage
    date: str
    rows: tuple[RowRecord, ...]


class EventRecord(Record):
    """A dated event, from its first to its last day."""

    first: str = Field(validation_alias=AliasChoices("from", "first"), serialization_alias="from")
    last: str = Field(validation_alias=AliasChoices("to", "last"), serialization_alias="to")
    citations: tuple[int, ...]
    under_the_name: str | None


class BeginningRecord(StrategyRecord):
    """A strategy that speaks of a topic."""

    published: str | None
    citation: int
    under_the_name: str | None


class TimelineRecord(Record):
    """The events of a topic in their order."""

    topic: str
    language: AnswerLanguage
    events: tuple[EventRecord, ...]
    strategies: tuple[BeginningRecord, ...]
    searched: SearchedRecord


class ItemRecord(Record):
    """One thing in a list; `kind` and `number` name the numbered thing that it is part of."""

    citation: int
    kind: str | None
    number: str | None
    under_the_name: str | None


class SectionRecord(Record):
    """What the documents of one strategy say; `strategy` is null for documents of none."""

    strategy: str | None
    name: str | None
    period: tuple[int, ...] | None
    items: tuple[ItemRecord, ...]


class ListingRecord(Record):
    """Everything that is said of a topic, by strategy; `without` are the ids of the strategies that say nothing."""

    topic: str
    language: AnswerLanguage
    sections: tuple[SectionRecord, ...]
    without: tuple[str, ...]
    searched: SearchedRecord


TableRecord = ComparisonRecord | TimelineRecord | ListingRecord


class CitedComparison(ComparisonRecord):
    """A comparison with the citations that its rows point to."""

    citations: tuple[CitationRecord, ...]
    dropped_quotes: int


class CitedTimeline(TimelineRecord):
    """A timeline with the citations that its events point to."""

    citations: tuple[CitationRecord, ...]
    dropped_quotes: int


class CitedListing(ListingRecord):
    """A list with the citations that its items point to."""

    citations: tuple[CitationRecord, ...]
    dropped_quotes: int


CitedTable = CitedComparison | CitedTimeline | CitedListing


class FoundRecord(Record):
    """The passages nearest to a question, best first, and how it was understood."""

    question: str
    passages: tuple[PassageRecord, ...]
    understood: UnderstoodRecord
    searched: SearchedRecord


class AnswerRecord(Record):
    """An answer or an abstention. Records from before `line`, `confidence`, `nearest` and `note` can still be read."""

    id: str = Field(description="as given in a batch, else a number")
    question: str = Field(description="as asked")
    language: AnswerLanguage = Field(description="`da` or `en`")
    abstained: Abstention | None = Field(
        description='null, `"nothing near"`, `"near but not answering"`, `"outside the collection"` or '
        '`"period without a document"`'
    )
    line: str = Field(default="", description="the answer in one line; empty if the quotes do not give one for certain")
    answer: str = Field(description="the text as shown")
    confidence: float = Field(
        default=0.0, description="from 0 to 1: how probable it is that the documents answer with the first quote"
    )
    claims: tuple[ClaimRecord, ...] = Field(description="list of `text` and `citations` (numbers)")
    citations: tuple[CitationRecord, ...] = Field(
        description="list of `n`, `quote`, `document` (file name), `page`, `printed_page`, `heading`, `strategy`, "
        '`edition`, `verified`, `status` ("in force 2026-2029", "superseded by the strategy 2022-2025")'
    )
    nearest: tuple[NearestRecord, ...] = Field(
        default=(),
        description="quotes that may help if nothing answers: list of `document`, `page`, `heading`, `quote`, `verified`",
    )
    note: str = Field(default="", description="what a language model did, or that it could not be used; empty without one")
    generated_by: GeneratedByRecord | None = Field(
        default=None, description="null, or the `model` that worded the answer and the `server` that ran it"
    )
    dropped: tuple[DroppedRecord, ...] = Field(
        default=(),
        description="claims of the language model that are not shown: list of `text`, `sentences` (those it named) "
        "and `fault` (what is wrong with it)",
    )
    passages: tuple[PassageRecord, ...] = Field(description="what was retrieved: list of `document`, `page`, `score`, `text`")
    dropped_quotes: int = Field(description="how many quotes were not found on their page and therefore not shown")
    milliseconds: float = Field(description="how long it took")
    understood: UnderstoodRecord = Field(
        description="`text` (all this in words), `query` (the question as it stands alone), `kind` (`lookup`, `compare`, "
        "`timeline`, `complete list`, `strategies`, `in force`, `overview`, `summary`, `greeting`, `help`), `topic`, "
        "`strategies` (ids named or meant), `missing` (those of them without a document), `restrictions`, "
        "`also_searched_as`, `follow_up`"
    )
    searched: SearchedRecord = Field(description="`documents` and `pages` that the restrictions let through")
    table: TableRecord | None = Field(
        default=None, description="only if the answer is a table: the object described under the next heading"
    )
