"""One topic across strategies: for each, in time order, its best verified quote, or that it does not mention the topic.

Every strategy is asked on its own, so that one that speaks much never takes the place of one that speaks little; and every
page of its documents is gone through, so that "not mentioned" says something.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from assistant.finding.index import Index
from assistant.finding.reranking import Asked
from assistant.question.naming import named_strategies, periods_in
from assistant.quoting.citing import StandingOf
from assistant.quoting.numbering import Citations
from assistant.tables.mentioning import Mention, in_one_language, lists_sources, mentions
from assistant.tables.topics import Topic, read_topic
from assistant.values import AnswerLanguage, Citation, Passage, Query
from corpus.catalogue import Catalogue, Status, Strategy
from corpus.errors import QuestionError
from corpus.lexical import sentence_terms, side_of
from corpus.values import Document, Filters

Verdict = Literal["mentioned", "not mentioned", "not held"]

UNDATED = "9999"  # comes after every year
MOST_TRIED = 12  # mentions of one strategy that are judged for its best quote
MOST_RANKED = 1000  # passages among which each strategy's nearest is looked for at once
DIGEST, OTHER_LANGUAGE, HEADED, RENAMED, LINKED = (
    0.15,
    0.10,
    0.20,
    0.15,
    0.30,
)  # of a score, what a quote yields to one that is none of it
LIKENESS = 0.3  # how much meaning and words count, each
OWN_PERIOD = 0.10  # of a score, to a sentence that names its strategy, and so speaks of that and not of what came after


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one strategy says of the topic.

    `said` are the words under which it speaks of it where its name there is an older or a newer one, else empty. `pages` counts
    those searched of the `documents` held, `unread` those of them that have no text. `nearest` is the passage nearest to the
    topic, where the topic is not mentioned.
    """

    strategy: Strategy
    status: Status | None
    documents: tuple[Document, ...]
    pages: int
    unread: int
    mentions: int = 0
    citation: Citation | None = None
    said: tuple[str, ...] = ()
    nearest: Passage | None = None

    @property
    def digests_only(self) -> bool:
        """Whether nothing but our own digests was searched: what they leave out the strategy may yet say."""
        return all(document.digest for document in self.documents)

    @property
    def verdict(self) -> Verdict:
        """Whether the strategy mentions the topic, or no document of it is held."""
        if not self.documents:
            return "not held"
        return "mentioned" if self.citation else "not mentioned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One topic across strategies on a day, with the quotes that were not found on their page and therefore left out."""

    topic: str
    language: AnswerLanguage
    on: date
    rows: tuple[Row, ...]
    citations: tuple[Citation, ...]
    dropped_quotes: int = 0

    def of(self, verdict: Verdict) -> tuple[Row, ...]:
        """The rows with a verdict."""
        return tuple(row for row in self.rows if row.verdict == verdict)


def compare(
    text: str,
    *,
    language: AnswerLanguage,
    index: Index,
    catalogue: Catalogue,
    on: date,
    strategies: Sequence[Strategy] = (),
    filters: Filters = Filters(),  # noqa: B008 - frozen
    standing_of: StandingOf = lambda _: None,
) -> Comparison:
    """Return the rows of the strategies, or of all in the catalogue; raises `QuestionError` for a topic without words."""
    topic = read_topic(text, language, index.lexical.lexicon)
    chosen = sorted(strategies or catalogue.strategies, key=in_time)
    filters = replace(filters, strategies=tuple(strategy.id for strategy in chosen))
    held = {strategy.id: tuple(held for held in index.documents if _is_of(held, strategy, filters)) for strategy in chosen}
    found = _by_strategy(mentions(topic, index, filters))
    silent = [key for key, documents in held.items() if documents and key not in found]
    nearest = _nearest(topic, silent, index, filters)
    citations = Citations(index.store.page, standing_of=standing_of)
    rows = []
    for strategy in chosen:
        said = found.get(strategy.id, [])
        best = best_quote(topic, said, index, strategy=strategy, citations=citations)
        rows.append(
            Row(
                strategy=strategy,
                status=catalogue.status(strategy, on=on),
                documents=held[strategy.id],
                pages=sum(document.pages_read for document in held[strategy.id]),
                unread=sum(len(document.skipped) for document in held[strategy.id]),
                mentions=len(said),
                citation=best[1] if best else None,
                said=best[0].other_name if best else (),
                nearest=nearest.get(strategy.id),
            )
        )
    return Comparison(
        topic=topic.text,
        language=language,
        on=on,
        rows=tuple(rows),
        citations=citations.all,
        dropped_quotes=citations.dropped,
    )


def chosen_strategies(names: Iterable[str], catalogue: Catalogue) -> tuple[Strategy, ...]:
    """Return the strategies of ids, periods or titles; raises `QuestionError` for a name that is none of them."""
    found: dict[str, Strategy] = {}
    for name in names:
        named = [held for held in catalogue.strategies if held.id == name] or named_strategies(name, catalogue)
        if not named:
            known = ", ".join(held.id for held in catalogue.strategies)
            raise QuestionError(f"the catalogue has no strategy {name!r}; it has {known}")
        found |= {strategy.id: strategy for strategy in named}
    return tuple(found.values())


def in_time(strategy: Strategy) -> tuple[str, str, str]:
    """The key that puts strategies in the order of their first year, then of their publication."""
    first = str(strategy.period[0]) if strategy.period else strategy.published[:4]
    return first or UNDATED, strategy.published or first, strategy.id


def best_quote(
    topic: Topic, found: Sequence[Mention], index: Index, *, strategy: Strategy, citations: Citations
) -> tuple[Mention, Citation] | None:
    """Return the mention of a strategy that says most of the topic, with its verified citation; None where none holds."""
    for mention in _ranked(topic, found, index, strategy):
        if citation := citations.of(mention.quote):
            return mention, citation
    return None


def _ranked(topic: Topic, found: Sequence[Mention], index: Index, strategy: Strategy) -> list[Mention]:
    """Mentions, the best to quote first: near the topic in meaning and words, the document before its digest, its own name."""
    tried = sorted(in_one_language(found, topic.language), key=lambda mention: _yields(mention, topic))[:MOST_TRIED]
    if not tried:
        return []
    near = index.embedder.encode_passages([mention.sentence.text for mention in tried])
    near = near @ index.embedder.encode_queries([topic.text])[0]
    weighed = index.lexical.weighed(topic.text, topic.language)
    asked = {side: Asked.of(concepts) for side, concepts in weighed.items()}

    def score(place: int) -> float:
        mention = tried[place]
        side = side_of(mention.passage.chunk.language)
        terms = sentence_terms(mention.sentence.text, side, index.lexical.lexicon)
        own = strategy.period in periods_in(mention.sentence.text)
        likeness = LIKENESS * (float(near[place]) + asked[side].covered(terms, around=[]))
        return likeness + OWN_PERIOD * own - _yields(mention, topic)

    return [tried[place] for place in sorted(range(len(tried)), key=score, reverse=True)]


def _yields(mention: Mention, topic: Topic) -> float:
    document = mention.document
    other = document.language != topic.language
    linked = "://" in mention.sentence.text
    weight = DIGEST * document.digest + OTHER_LANGUAGE * other + HEADED * (not mention.said) + RENAMED * mention.renamed
    return weight + LINKED * linked


def _is_of(document: Document, strategy: Strategy, filters: Filters) -> bool:
    return document.strategy == strategy.id and filters.admit(document)


def _by_strategy(found: Iterable[Mention]) -> dict[str, list[Mention]]:
    grouped: dict[str, list[Mention]] = {}
    for mention in found:
        grouped.setdefault(mention.document.strategy or "", []).append(mention)
    return grouped


def _nearest(topic: Topic, silent: Sequence[str], index: Index, filters: Filters) -> Mapping[str, Passage]:
    """The passage nearest to the topic in each of some strategies."""
    if not silent:
        return {}
    query = Query(text=topic.text, language=topic.language, filters=replace(filters, strategies=tuple(silent)))
    count = min(len(index.ids), MOST_RANKED)
    found = [passage for passage in index.retriever.retrieve(query, count=count) if not lists_sources(passage.chunk)]
    # Where a digest of ours says the same in both languages, the reader's own is as near.
    found.sort(key=lambda passage: passage.document.language != topic.language)
    first: dict[str, Passage] = {}
    for passage in found:
        first.setdefault(passage.document.strategy or "", passage)
    for key in silent:
        if key not in first:
            alone = replace(query, filters=replace(filters, strategies=(key,)))
            first.update((key, passage) for passage in index.retriever.retrieve(alone, count=1))
    return first
