"""A strategy in brief: the opening of its digest or of its own document, quoted paragraph by paragraph."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.finding.index import Index
from assistant.quoting.citing import Draft
from assistant.values import Quote
from corpus.catalogue import Strategy
from corpus.values import Chunk, Document, Filters, Language, Sentence

IN_BRIEF = re.compile(r"kort fortalt|in brief|resumé|sammenfatning|summary|executive summary", re.IGNORECASE)
MOST_PARAGRAPHS = 5
OPENING_CHUNKS = 3  # of a document without a section in brief
LONGEST_PARAGRAPH = 700  # characters


def summarise(strategies: Sequence[Strategy], index: Index, *, language: Language, filters: Filters) -> list[Draft]:
    """Return the drafts that tell some strategies in brief, each a paragraph of one page, in the order of the document.

    Of each strategy one document is quoted: in the reader's language, and with a section in brief, if there is such a one.
    """
    drafts: list[Draft] = []
    for strategy in strategies:
        within = replace(filters, strategies=(strategy.id,))
        chosen = [_in_brief(document, index) for document in _by_language(index.admitted(within), language)]
        paragraphs = next((found for found in chosen if found), [])
        drafts += paragraphs[:MOST_PARAGRAPHS]
    return drafts


def _by_language(documents: Sequence[Document], language: Language) -> list[Document]:
    return sorted(documents, key=lambda document: (document.language != language, not document.digest))


def _in_brief(document: Document, index: Index) -> list[Draft]:
    chunks = index.store.chunks(document.id)
    brief = [chunk for chunk in chunks if any(IN_BRIEF.fullmatch(heading) for heading in chunk.heading_path)]
    return [
        _draft(document, chunk, run) for chunk in brief or chunks[:OPENING_CHUNKS] for run in _paragraphs(chunk, document, index)
    ]


def _paragraphs(chunk: Chunk, document: Document, index: Index) -> Iterator[tuple[Sentence, ...]]:
    """The sentences of a chunk as runs that stand in one block of one page."""
    run: list[Sentence] = []
    for sentence in chunk.sentences:
        page = index.store.page(document.id, sentence.page)
        begins = any(
            block.start <= sentence.start < block.end and (not run or run[-1].start < block.start) for block in page.blocks
        )
        too_long = bool(run) and sentence.end - run[0].start > LONGEST_PARAGRAPH
        if run and (begins or too_long or run[-1].page != sentence.page):
            yield tuple(run)
            run = []
        run.append(sentence)
    if run:
        yield tuple(run)


def _draft(document: Document, chunk: Chunk, run: Sequence[Sentence]) -> Draft:
    text = " ".join(sentence.text for sentence in run)
    quote = Quote(
        text=text,
        document=document,
        page=run[0].page,
        heading_path=chunk.heading_path,
        start=run[0].start,
        end=run[-1].end,
        language=chunk.language,
    )
    return Draft(text=text, quotes=(quote,))
