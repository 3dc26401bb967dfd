"""Strategies as wholes side by side, as a comparison in order of time: when each came, or what each is for.

A comparison of a topic quotes what mentions it. These quote what tells of the strategy itself, so each is asked on its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from assistant.citing import StandingOf
from assistant.comparing import MOST_RANKED, Comparison, Row, in_time
from assistant.composing import compose
from assistant.dating import dates_in
from assistant.index import Index
from assistant.judging import Judgement
from assistant.numbering import Citations
from corpus.catalogue import Catalogue, Strategy
from corpus.values import AnswerLanguage, Citation, Filters, Passage, Query

PASSAGES_EACH = 12
FRONT = 2  # pages
MONTH = len("2016-05")  # of a date in ISO 8601
DATED = 0.5  # the sign from which a sentence says when a strategy came; else one that names it
PUBLISHED: dict[AnswerLanguage, str] = {
    "da": "Hvornår blev strategien {name} udgivet?",
    "en": "When was the strategy {name} published?",
}
GOALS: dict[AnswerLanguage, str] = {"da": "mål", "en": "goals"}
AIMED: dict[AnswerLanguage, str] = {"da": "Hvad er målene?", "en": "What are the goals?"}

Judged = Callable[[Strategy, Sequence[Passage]], Sequence[Judgement]]
"""The sentences of some passages of a strategy, judged by how well they tell what is asked of it."""


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
    """Return the strategies with how each stands on a day, and the verified sentence that tells when it came; without a topic."""

    def judged(strategy: Strategy, passages: Sequence[Passage]) -> Sequence[Judgement]:
        query = Query(text=PUBLISHED[language].format(name=strategy.name(language)), language=language)
        periods = frozenset({strategy.period} if strategy.period else ())
        dated = index.judge.judge(query, "time", passages, periods=periods)
        known = _of_the_date(dated, strategy.published)
        telling = [judgement for judgement in known or dated if judgement.sign >= DATED]
        return telling or known or index.judge.judge(query, "strategy", passages, periods=periods, expected=(strategy,))

    query = Query(text=PUBLISHED[language].format(name=""), language=language, filters=filters)
    return _side_by_side(strategies, query, judged, "", index, catalogue, on, standing_of, exact=True)


def compare_goals(
    strategies: Sequence[Strategy],
    *,
    language: AnswerLanguage,
    index: Index,
    catalogue: Catalogue,
    on: date,
    filters: Filters = Filters(),  # noqa: B008 - frozen
    standing_of: StandingOf = lambda _: None,
) -> Comparison:
    """Return the strategies with how each stands on a day, and the verified sentences that tell what it is for."""

    def judged(strategy: Strategy, passages: Sequence[Passage]) -> Sequence[Judgement]:
        query = Query(text=AIMED[language], language=language, filters=Filters(strategies=(strategy.id,)))
        return index.judge.judge(query, "passage", passages)

    query = Query(text=AIMED[language], language=language, filters=filters)
    return _side_by_side(strategies, query, judged, GOALS[language], index, catalogue, on, standing_of, exact=False)


def _side_by_side(
    strategies: Sequence[Strategy],
    query: Query,
    judged: Judged,
    topic: str,
    index: Index,
    catalogue: Catalogue,
    on: date,
    standing_of: StandingOf,
    *,
    exact: bool,
) -> Comparison:
    language: AnswerLanguage = "da" if query.language == "da" else "en"
    filters = replace(query.filters, strategies=tuple(strategy.id for strategy in strategies))
    told_otherwise = index.told_otherwise(filters, language)
    speaking = [document for document in index.admitted(filters) if document.id not in told_otherwise]
    found = index.retriever.retrieve(replace(query, filters=filters), count=min(len(index.ids), MOST_RANKED))
    citations = Citations(index.store.page, standing_of=standing_of)
    rows = []
    for strategy in sorted(strategies, key=in_time):
        documents = tuple(document for document in speaking if document.strategy == strategy.id)
        passages = sorted((one for one in found if one.document in documents), key=_after_the_front)[:PASSAGES_EACH]
        rows.append(
            Row(
                strategy=strategy,
                status=catalogue.status(strategy, on=on),
                documents=documents,
                pages=sum(document.pages_read for document in documents),
                unread=sum(len(document.skipped) for document in documents),
                citation=_best(judged(strategy, passages), citations, language, exact=exact),
            )
        )
    return Comparison(
        topic=topic, language=language, on=on, rows=tuple(rows), citations=citations.all, dropped_quotes=citations.dropped
    )


def _after_the_front(passage: Passage) -> bool:
    """What a document is stands as a rule on its first pages."""
    return passage.chunk.sentences[0].page > FRONT


def _of_the_date(judged: Sequence[Judgement], published: str) -> list[Judgement]:
    """The sentences that speak of the day on which the catalogue says that a strategy came, else those of its month."""
    for known in (published, published[:MONTH]):
        held = [judgement for judgement in judged if known and _speaks_of(judgement.sentence.text, known)]
        if held:
            return held
    return []


def _speaks_of(text: str, known: str) -> bool:
    return any(spoken.moment.first.isoformat().startswith(known) for spoken in dates_in(text))


def _best(judged: Sequence[Judgement], citations: Citations, language: AnswerLanguage, *, exact: bool) -> Citation | None:
    """The verified quote that would stand first in an answer."""
    drafts = compose(judged, similar=lambda one, other: float(one.vector @ other.vector), language=language, exact=exact)
    held = (citations.of(quote) for draft in drafts for quote in draft.quotes)
    return next(filter(None, held), None)
