"""Comparisons, timelines and lists as plain data for JSON; the shapes are described in the README and kept stable."""

from typing import Any

from assistant.tables.comparing import Comparison, Row
from assistant.tables.dating import Moment
from assistant.tables.listing import Item, Listing, Section
from assistant.tables.phrasing import heading_of
from assistant.tables.table_answers import Table
from assistant.tables.tracing import Beginning, Event, Timeline
from assistant.values import Passage
from corpus.catalogue import Strategy


def table_record(table: Table) -> dict[str, Any]:
    """Return a table as plain data; its rows point to citations by number."""
    if isinstance(table, Comparison):
        return comparison_record(table)
    return timeline_record(table) if isinstance(table, Timeline) else listing_record(table)


def comparison_record(compared: Comparison) -> dict[str, Any]:
    """Return a comparison as plain data."""
    return {
        "topic": compared.topic,
        "language": compared.language,
        "date": compared.on.isoformat(),
        "rows": [_row(row, compared) for row in compared.rows],
    }


def timeline_record(timeline: Timeline) -> dict[str, Any]:
    """Return a timeline as plain data; `from` and `to` are the first and the last day of what is spoken of."""
    return {
        "topic": timeline.topic,
        "language": timeline.language,
        "events": [_event(event) for event in timeline.events],
        "strategies": [_beginning(beginning, timeline) for beginning in timeline.beginnings],
        "searched": {"documents": timeline.documents, "pages": timeline.pages},
    }


def listing_record(listing: Listing) -> dict[str, Any]:
    """Return a list as plain data."""
    return {
        "topic": listing.topic,
        "language": listing.language,
        "sections": [_section(section, listing) for section in listing.sections],
        "without": [strategy.id for strategy in listing.without],
        "searched": {"documents": listing.documents, "pages": listing.pages},
    }


def _row(row: Row, compared: Comparison) -> dict[str, Any]:
    return {
        **_strategy(row.strategy, compared),
        "status": row.status,
        "verdict": row.verdict,
        "citation": row.citation.n if row.citation else None,
        "under_the_name": " … ".join(row.said) or None,
        "mentions": row.mentions,
        "documents": [document.name for document in row.documents],
        "digests_only": bool(row.documents) and row.digests_only,
        "pages_searched": row.pages,
        "pages_without_text": row.unread,
        "nearest": _nearest(row.nearest) if row.nearest else None,
    }


def _nearest(passage: Passage) -> dict[str, Any]:
    document = passage.document
    page = passage.chunk.page if document.paged else None
    return {"heading": heading_of(passage), "document": document.name, "page": page}


def _event(event: Event) -> dict[str, Any]:
    numbers = [citation.n for citation in (event.citation, *event.also)]
    return {**_moment(event.moment), "citations": numbers, "under_the_name": " … ".join(event.said) or None}


def _moment(moment: Moment) -> dict[str, str]:
    return {"from": moment.first.isoformat(), "to": moment.last.isoformat()}


def _beginning(beginning: Beginning, timeline: Timeline) -> dict[str, Any]:
    return {
        **_strategy(beginning.strategy, timeline),
        "published": beginning.strategy.published or None,
        "citation": beginning.citation.n,
        "under_the_name": " … ".join(beginning.said) or None,
    }


def _section(section: Section, listing: Listing) -> dict[str, Any]:
    named = _strategy(section.strategy, listing) if section.strategy else {"strategy": None, "name": None, "period": None}
    return {**named, "items": [_item(item) for item in section.items]}


def _item(item: Item) -> dict[str, Any]:
    return {
        "citation": item.citation.n,
        "kind": item.kind,
        "number": item.number or None,
        "under_the_name": " … ".join(item.said) or None,
    }


def _strategy(strategy: Strategy, found: Table) -> dict[str, Any]:
    period = list(strategy.period) if strategy.period else None
    return {"strategy": strategy.id, "name": strategy.name(found.language), "period": period}
