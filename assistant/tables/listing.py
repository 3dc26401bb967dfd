"""Everything that the documents say of a topic: each one that the filters let through is gone through, not the best few.

What stands under a numbered heading ("Initiative 3") or begins as one is that item; the rest are sentences. A sentence that
stands in several documents of one strategy is given once.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.finding.index import Index
from assistant.question.asking import Numbered
from assistant.quoting.citing import StandingOf
from assistant.quoting.numbering import Citations
from assistant.tables.comparing import UNDATED, in_time
from assistant.tables.mentioning import Mention, in_one_language, mentions
from assistant.tables.outlining import NAMED
from assistant.tables.topics import read_topic
from assistant.values import AnswerLanguage, Citation
from corpus.catalogue import Catalogue, Strategy
from corpus.stemming import words
from corpus.values import Filters

NUMBERED: Mapping[Numbered, re.Pattern[str]] = {
    kind: re.compile(rf"\W*(?:{names})\s+(?:nr\. |no\. )?(\d{{1,3}}(?:\.\d{{1,3}})*)\b", re.IGNORECASE)
    for kind, names in NAMED.items()
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A verified quote that speaks of the topic; `kind` and `number` name the numbered thing that it is part of, if any.

    `said` are the words under which it speaks of the topic where its name there is an older or a newer one, else empty.
    """

    citation: Citation
    said: tuple[str, ...] = ()
    kind: Numbered | None = None
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What the documents of one strategy say, numbered things first; `strategy` is None for documents of none."""

    strategy: Strategy | None
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """All that was found, by strategy in order of time; what was searched; and the strategies searched that have none."""

    topic: str
    language: AnswerLanguage
    sections: tuple[Section, ...]
    without: tuple[Strategy, ...]
    documents: int
    pages: int
    citations: tuple[Citation, ...]
    dropped_quotes: int = 0


def list_all(
    text: str,
    *,
    language: AnswerLanguage,
    index: Index,
    catalogue: Catalogue,
    kinds: Sequence[Numbered] = (),
    filters: Filters = Filters(),  # noqa: B008 - frozen
    standing_of: StandingOf = lambda _: None,
) -> Listing:
    """Return all that the documents let through say of a topic, of numbered things those of `kinds` alone where any are given.

    Raises `QuestionError` for a topic without words.
    """
    topic = read_topic(text, language, index.lexical.lexicon)
    found = _each_once(in_one_language(mentions(topic, index, filters), language))
    searched = [document for document in index.documents if filters.admit(document)]
    held = {document.strategy for document in searched}
    strategies = [strategy for strategy in sorted(catalogue.strategies, key=in_time) if strategy.id in held]
    sections: list[Section] = []
    citations = Citations(index.store.page, standing_of=standing_of)
    for strategy in (*strategies, None):
        said = [mention for mention in found if mention.document.strategy == (strategy.id if strategy else None)]
        if items := _items(said, kinds, citations):
            sections.append(Section(strategy=strategy, items=tuple(items)))
    spoken = {section.strategy.id for section in sections if section.strategy}
    return Listing(
        topic=topic.text,
        language=language,
        sections=tuple(sections),
        without=tuple(strategy for strategy in strategies if strategy.id not in spoken),
        documents=len(searched),
        pages=sum(document.pages_read for document in searched),
        citations=citations.all,
        dropped_quotes=citations.dropped,
    )


def strategies_between(catalogue: Catalogue, *, after: int | None = None, before: int | None = None) -> tuple[Strategy, ...]:
    """Return the strategies that began after and before some years, both left out themselves."""
    return tuple(
        strategy
        for strategy in catalogue.strategies
        if (year := in_time(strategy)[0]) != UNDATED
        and (after is None or int(year) > after)
        and (before is None or int(year) < before)
    )


def _each_once(found: Iterable[Mention]) -> list[Mention]:
    """Mentions without those that say word for word what a document of the same strategy, or of any, has said."""
    kept: list[Mention] = []
    said: set[tuple[str | None, tuple[str, ...]]] = set()
    for mention in sorted(found, key=lambda mention: (mention.document.strategy is None, mention.document.digest)):
        text = tuple(words(mention.sentence.text))
        if (mention.document.strategy, text) not in said:
            kept.append(mention)
            said |= {(mention.document.strategy, text), (None, text)}
    return kept


def _items(said: Sequence[Mention], kinds: Sequence[Numbered], citations: Citations) -> list[Item]:
    """The items of some mentions, the numbered ones first and in their order; a quote that does not hold is none."""
    named = [(_named(mention, kinds), mention) for mention in said]
    ordered = sorted(named, key=lambda pair: (pair[0] is None, pair[1].document.digest, pair[1].document.name, _order(*pair)))
    return [
        Item(citation=citation, said=mention.other_name, kind=name[0] if name else None, number=name[1] if name else "")
        for name, mention in ordered
        if (citation := citations.of(mention.quote))
    ]


def _named(mention: Mention, kinds: Sequence[Numbered]) -> tuple[Numbered, str] | None:
    """The kind and the number of the numbered thing that a sentence begins as or stands under, the nearest above it first."""
    for text in (mention.sentence.text, *reversed(mention.passage.chunk.heading_path)):
        for kind, pattern in NUMBERED.items():
            if (not kinds or kind in kinds) and (found := pattern.match(text)):
                return kind, found[1]
    return None


def _order(name: tuple[Numbered, str] | None, mention: Mention) -> tuple[list[int], int, int]:
    """By number, then by place in the document."""
    numbers = [int(part) for part in name[1].split(".")] if name else []
    return numbers, mention.sentence.page, mention.sentence.start
