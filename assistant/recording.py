"""From answers, passages and tables to the records that are written as JSON (`assistant.records`)."""

from assistant.records import (
    AnswerRecord,
    BeginningRecord,
    CitationRecord,
    CitedComparison,
    CitedListing,
    CitedTable,
    CitedTimeline,
    ClaimRecord,
    ComparisonRecord,
    DroppedRecord,
    EventRecord,
    GeneratedByRecord,
    ItemRecord,
    ListingRecord,
    NearestHeading,
    NearestRecord,
    PassageRecord,
    RestrictionRecord,
    RowRecord,
    SearchedRecord,
    SectionRecord,
    TableRecord,
    TimelineRecord,
    UnderstoodRecord,
)
from assistant.tables.comparing import Comparison, Row
from assistant.tables.listing import Item, Listing, Section
from assistant.tables.phrasing import heading_of
from assistant.tables.table_answers import Table, TableAnswer
from assistant.tables.tracing import Beginning, Event, Timeline
from assistant.values import Answer, AnswerLanguage, Citation, Claim, Dropped, Passage, Restriction, Searched, Understood


def answer_record(answer: Answer, *, question_id: str) -> AnswerRecord:
    """Return an answer as a record, with its table if it is one.

    >>> answer_record(assistant.answer("Hvad er MitID?"), question_id="1").data()["language"]
    'da'
    """
    table = {"table": table_record(answer.table)} if isinstance(answer, TableAnswer) else {}
    return AnswerRecord(
        id=question_id,
        question=answer.question,
        language=answer.language,
        abstained=answer.abstained,
        line=answer.line,
        answer=answer.text,
        confidence=round(answer.confidence, 4),
        claims=tuple(_claim(claim) for claim in answer.claims),
        citations=tuple(citation_record(citation, answer.language) for citation in answer.citations),
        nearest=tuple(_nearest(citation) for citation in answer.nearest),
        note=answer.note,
        generated_by=_generated_by(answer),
        dropped=tuple(_dropped(dropped) for dropped in answer.dropped),
        passages=tuple(passage_record(passage) for passage in answer.passages),
        dropped_quotes=answer.dropped_quotes,
        milliseconds=round(answer.milliseconds, 1),
        understood=understood_record(answer.understood),
        searched=searched_record(answer.searched),
        **table,
    )


def citation_record(citation: Citation, language: AnswerLanguage) -> CitationRecord:
    """Return a citation as a record, its standing in words of a language."""
    quote = citation.quote
    return CitationRecord(
        n=citation.n,
        quote=quote.text,
        document=quote.document.name,
        page=quote.page if quote.document.paged else None,
        printed_page=citation.printed_page,
        heading=" › ".join(quote.heading_path) or None,
        strategy=quote.document.strategy,
        edition=quote.document.edition,
        verified=citation.verified,
        status=citation.standing.words(language) if citation.standing else None,
    )


def passage_record(passage: Passage) -> PassageRecord:
    """Return a passage as a record."""
    return PassageRecord(
        document=passage.document.name,
        page=passage.chunk.page if passage.document.paged else None,
        score=round(passage.score, 4),
        text=passage.chunk.text,
    )


def understood_record(understood: Understood) -> UnderstoodRecord:
    """Return how a question was understood as a record."""
    return UnderstoodRecord(
        text=understood.text,
        query=understood.query,
        kind=understood.kind,
        topic=understood.topic,
        strategies=understood.strategies,
        missing=understood.missing,
        restrictions=tuple(_restriction(restriction) for restriction in understood.restrictions),
        also_searched_as=understood.also_searched_as,
        follow_up=understood.follow_up,
    )


def searched_record(searched: Searched) -> SearchedRecord:
    """Return how much was searched as a record."""
    return SearchedRecord(documents=searched.documents, pages=searched.pages)


def table_record(table: Table) -> TableRecord:
    """Return a table as a record; its rows point to citations by number."""
    if isinstance(table, Comparison):
        return comparison_record(table)
    return timeline_record(table) if isinstance(table, Timeline) else listing_record(table)


def cited_record(table: Table) -> CitedTable:
    """Return a table as a record with the citations that its rows point to."""
    citations = tuple(citation_record(citation, table.language) for citation in table.citations)
    record, dropped = table_record(table), table.dropped_quotes
    parts = {name: getattr(record, name) for name in type(record).model_fields}
    if isinstance(record, ComparisonRecord):
        return CitedComparison(**parts, citations=citations, dropped_quotes=dropped)
    if isinstance(record, TimelineRecord):
        return CitedTimeline(**parts, citations=citations, dropped_quotes=dropped)
    return CitedListing(**parts, citations=citations, dropped_quotes=dropped)


def comparison_record(compared: Comparison) -> ComparisonRecord:
    """Return a comparison as a record."""
    return ComparisonRecord(
        topic=compared.topic,
        language=compared.language,
        date=compared.on.isoformat(),
        rows=tuple(_row(row, compared.language) for row in compared.rows),
    )


def timeline_record(timeline: Timeline) -> TimelineRecord:
    """Return a timeline as a record."""
    return TimelineRecord(
        topic=timeline.topic,
        language=timeline.language,
        events=tuple(_event(event) for event in timeline.events),
        strategies=tuple(_beginning(beginning, timeline.language) for beginning in timeline.beginnings),
        searched=SearchedRecord(documents=timeline.documents, pages=timeline.pages),
    )


def listing_record(listing: Listing) -> ListingRecord:
    """Return a list as a record."""
    return ListingRecord(
        topic=listing.topic,
        language=listing.language,
        sections=tuple(_section(section, listing.language) for section in listing.sections),
        without=tuple(strategy.id for strategy in listing.without),
        searched=SearchedRecord(documents=listing.documents, pages=listing.pages),
    )


def _generated_by(answer: Answer) -> GeneratedByRecord | None:
    by = answer.generated_by
    return GeneratedByRecord(model=by.model, server=by.server) if by else None


def _dropped(dropped: Dropped) -> DroppedRecord:
    return DroppedRecord(text=dropped.text, sentences=dropped.sentences, fault=dropped.fault)


def _claim(claim: Claim) -> ClaimRecord:
    return ClaimRecord(text=claim.text, citations=claim.citations)


def _nearest(citation: Citation) -> NearestRecord:
    quote = citation.quote
    return NearestRecord(
        document=quote.document.name,
        page=quote.page if quote.document.paged else None,
        heading=" › ".join(quote.heading_path) or None,
        quote=quote.text,
        verified=citation.verified,
    )


def _restriction(restriction: Restriction) -> RestrictionRecord:
    return RestrictionRecord(on=restriction.on, values=restriction.values, label=restriction.label, reason=restriction.reason)


def _row(row: Row, language: AnswerLanguage) -> RowRecord:
    return RowRecord(
        strategy=row.strategy.id,
        name=row.strategy.name(language),
        period=row.strategy.period,
        status=row.status,
        verdict=row.verdict,
        citation=row.citation.n if row.citation else None,
        under_the_name=_names(row.said),
        mentions=row.mentions,
        documents=tuple(document.name for document in row.documents),
        digests_only=bool(row.documents) and row.digests_only,
        pages_searched=row.pages,
        pages_without_text=row.unread,
        nearest=_heading(row.nearest) if row.nearest else None,
    )


def _heading(passage: Passage) -> NearestHeading:
    page = passage.chunk.page if passage.document.paged else None
    return NearestHeading(heading=heading_of(passage), document=passage.document.name, page=page)


def _event(event: Event) -> EventRecord:
    return EventRecord(
        first=event.moment.first.isoformat(),
        last=event.moment.last.isoformat(),
        citations=tuple(citation.n for citation in (event.citation, *event.also)),
        under_the_name=_names(event.said),
    )


def _beginning(beginning: Beginning, language: AnswerLanguage) -> BeginningRecord:
    return BeginningRecord(
        strategy=beginning.strategy.id,
        name=beginning.strategy.name(language),
        period=beginning.strategy.period,
        published=beginning.strategy.published or None,
        citation=beginning.citation.n,
        under_the_name=_names(beginning.said),
    )


def _section(section: Section, language: AnswerLanguage) -> SectionRecord:
    strategy = section.strategy
    return SectionRecord(
        strategy=strategy.id if strategy else None,
        name=strategy.name(language) if strategy else None,
        period=strategy.period if strategy else None,
        items=tuple(_item(item) for item in section.items),
    )


def _item(item: Item) -> ItemRecord:
    return ItemRecord(
        citation=item.citation.n,
        kind=item.kind,
        number=item.number or None,
        under_the_name=_names(item.said),
    )


def _names(said: tuple[str, ...]) -> str | None:
    """The words under which a topic is spoken of, if its name is an older or a newer one there."""
    return " … ".join(said) or None
