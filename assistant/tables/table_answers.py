"""Answers that are made of a table: a comparison, a timeline or a complete list, with the claims that it makes."""

from dataclasses import dataclass, fields

from assistant.tables.comparing import Comparison
from assistant.tables.listing import Listing
from assistant.tables.phrasing import word_comparison, word_listing, word_timeline
from assistant.tables.tracing import Timeline
from assistant.values import Answer, Citation, Claim

Table = Comparison | Timeline | Listing


@dataclass(frozen=True, slots=True, kw_only=True)
class TableAnswer(Answer):
    """An answer whose text is a table in words, with the table; its claims and citations are those of the table's rows."""

    table: Table

    @property
    def text(self) -> str:
        """The table in words."""
        return table_words(self.table)

    @classmethod
    def of(cls, answer: Answer, table: Table) -> "TableAnswer":
        """Return an answer with its table."""
        return cls(**{item.name: getattr(answer, item.name) for item in fields(answer)}, table=table)


def table_words(table: Table) -> str:
    """Return a table as lines of text in its language."""
    if isinstance(table, Comparison):
        return word_comparison(table)
    return word_timeline(table) if isinstance(table, Timeline) else word_listing(table)


def table_claims(table: Table) -> tuple[Claim, ...]:
    """Return what a table claims, in its order: each quote, with the numbers of all that say it."""
    return tuple(Claim(text=told[0].quote.text, citations=tuple(citation.n for citation in told)) for told in _told(table))


def _told(table: Table) -> list[tuple[Citation, ...]]:
    """The citations of each row that has any, the one whose words are shown first."""
    if isinstance(table, Comparison):
        return [(row.citation,) for row in table.rows if row.citation]
    if isinstance(table, Timeline):
        events = [(event.citation, *event.also) for event in table.events]
        return [*events, *((beginning.citation,) for beginning in table.beginnings)]
    return [(item.citation,) for section in table.sections for item in section.items]
