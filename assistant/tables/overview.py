"""Strategies as wholes side by side, as a comparison in order of time: when each came, or what each is for.

A comparison of a topic quotes what mentions it. These quote what tells of the strategy itself, so each is asked on its own.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.finding.index import Index
from assistant.finding.judging import Judge, Judgement
from assistant.quoting.citing import StandingOf
from assistant.quoting.composing import compose
from assistant.quoting.numbering import Citations
from assistant.tables.comparing import MOST_RANKED, Comparison, Row, in_time
from assistant.tables.dating import dates_in
from assistant.values import AnswerLanguage, Passage, Query
from corpus.catalogue import Catalogue, Strategy
from corpus.values import Filters

PASSAGES_EACH = 12
FRONT = 2  # pages
MONTH = len("2016-05")  # of a date in ISO 8601
DATED = 0.5  # the sign from which a sentence says when a strategy came; else one that names it
PUBLISHED: Mapping[AnswerLanguage, str] = {
    "da": "Hvornår blev strategien {name} udgivet?",
    "en": "When was the strategy {name} published?",
}
AIMED: Mapping[AnswerLanguage, str] = {"da": "Hvad er målene?", "en": "What are the goals?"}


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What is asked of each strategy: the question by which its passages are found, and how their sentences are judged.

    `topic` is what the comparison is called by, empty where it is of the strategies themselves.
    """

    topic: Mapping[AnswerLanguage, str]
    question: Mapping[AnswerLanguage, str]
    judged: Callable[[Judge, Strategy, Sequence[Passage], AnswerLanguage], Sequence[Judgement]]
    exact: bool


def side_by_side(
    view: View,
    strategies: Sequence[Strategy],
    *,
    language: AnswerLanguage,
    index: Index,
    catalogue: Catalogue,
    on: date,
    filters: Filters = Filters(),  # noqa: B008 - frozen
    standing_of: StandingOf = lambda _: None,
) -> Comparison:
    """Return the strategies with how each stands on a day, and the verified quote that answers what the view asks of it."""
    filters = replace(filters, strategies=tuple(strategy.id for strategy in strategies))
    told_otherwise = index.told_otherwise(filters, language)
    speaking = [document for document in index.admitted(filters) if document.id not in told_otherwise]
    query = Query(text=view.question[language].format(name=""), language=language, filters=filters)
    found = index.retriever.retrieve(query, count=min(len(index.ids), MOST_RANKED))
    citations = Citations(index.store.page, standing_of=standing_of)
    rows = []
    for strategy in sorted(strategies, key=in_time):
        documents = tuple(document for document in speaking if document.strategy == strategy.id)
        passages = sorted((one for one in found if one.document in documents), key=_after_the_front)[:PASSAGES_EACH]
        judged = view.judged(index.judge, strategy, passages, language)
        drafts = compose(judged, language=language, exact=view.exact)
        held = (citations.of(quote) for draft in drafts for quote in draft.quotes)
        rows.append(
            Row(
                strategy=strategy,
                status=catalogue.status(strategy, on=on),
                documents=documents,
                pages=sum(document.pages_read for document in documents),
                unread=sum(len(document.skipped) for document in documents),
                citation=next(filter(None, held), None),
            )
        )
    return Comparison(
        topic=view.topic[language],
        language=language,
        on=on,
        rows=tuple(rows),
        citations=citations.all,
        dropped_quotes=citations.dropped,
    )


def _judged_by_date(
    judge: Judge, strategy: Strategy, passages: Sequence[Passage], language: AnswerLanguage
) -> Sequence[Judgement]:
    query = Query(text=PUBLISHED[language].format(name=strategy.name(language)), language=language)
    periods = frozenset({strategy.period} if strategy.period else ())
    dated = judge.judge(query, "time", passages, periods=periods)
    known = _of_the_date(dated, strategy.published)
    telling = [judgement for judgement in known or dated if judgement.sign >= DATED]
    return telling or known or judge.judge(query, "strategy", passages, periods=periods, expected=(strategy,))


def _judged_by_goals(
    judge: Judge, strategy: Strategy, passages: Sequence[Passage], language: AnswerLanguage
) -> Sequence[Judgement]:
    query = Query(text=AIMED[language], language=language, filters=Filters(strategies=(strategy.id,)))
    return judge.judge(query, "passage", passages)


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


CHRONOLOGY = View(topic={"da": "", "en": ""}, question=PUBLISHED, judged=_judged_by_date, exact=True)
GOALS = View(topic={"da": "mål", "en": "goals"}, question=AIMED, judged=_judged_by_goals, exact=False)
