"""The strategies themselves, in the order in which they came, each with the sentence that says when: compared without a topic."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.citing import StandingOf
from assistant.comparing import MOST_RANKED, Comparison, Row, in_time
from assistant.composing import compose
from assistant.index import Index
from assistant.numbering import Citations
from corpus.catalogue import Catalogue, Strategy
from corpus.values import AnswerLanguage, Citation, Filters, Passage, Query

PASSAGES_EACH = 4
DATED = 0.5  # the sign from which a sentence says when the strategy came; else one that names it
PUBLISHED: dict[AnswerLanguage, str] = {
    "da": "Hvornår blev strategien {name} udgivet?",
    "en": "When was the strategy {name} published?",
}


def chronology(
    strategies: Sequence[Strategy],
    *,
    language: AnswerLanguage,
    index: Index,
    catalogue: Catalogue,
    on: date,
    filters: Filters = Filters(),  # noqa: B008 - frozen
    standing_of: StandingOf = lambda _: None,
) -> Comparison:
    """Return the strategies in order of time with how each stands on a day, and the verified sentence that tells when it came."""
    filters = replace(filters, strategies=tuple(strategy.id for strategy in strategies))
    told_otherwise = index.told_otherwise(filters, language)
    speaking = [document for document in index.admitted(filters) if document.id not in told_otherwise]
    query = Query(text=PUBLISHED[language].format(name=""), language=language, filters=filters)
    found = index.retriever.retrieve(query, count=min(len(index.ids), MOST_RANKED))
    citations = Citations(index.store.page, standing_of=standing_of)
    rows = []
    for strategy in sorted(strategies, key=in_time):
        documents = tuple(document for document in speaking if document.strategy == strategy.id)
        passages = [passage for passage in found if passage.document in documents][:PASSAGES_EACH]
        rows.append(
            Row(
                strategy=strategy,
                status=catalogue.status(strategy, on=on),
                documents=documents,
                pages=sum(document.pages_read for document in documents),
                unread=sum(len(document.skipped) for document in documents),
                citation=_published(strategy, passages, language, index, citations),
            )
        )
    return Comparison(
        topic="", language=language, on=on, rows=tuple(rows), citations=citations.all, dropped_quotes=citations.dropped
    )


def _published(
    strategy: Strategy, passages: Sequence[Passage], language: AnswerLanguage, index: Index, citations: Citations
) -> Citation | None:
    """The sentence of some passages of a strategy that says best when it was published, or else names it."""
    query = Query(
        text=PUBLISHED[language].format(name=strategy.name(language)),
        language=language,
        filters=Filters(strategies=(strategy.id,)),
    )
    periods = frozenset({strategy.period} if strategy.period else ())
    judged = index.judge.judge(query, "time", passages, periods=periods)
    if not any(judgement.sign >= DATED for judgement in judged):
        judged = index.judge.judge(query, "strategy", passages, periods=periods, expected=(strategy,))
    drafts = compose(judged, similar=lambda one, other: float(one.vector @ other.vector), language=language, exact=True)
    held = (citations.of(quote) for draft in drafts[:1] for quote in draft.quotes)
    return next(filter(None, held), None)
