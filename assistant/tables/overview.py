"""Strategies as wholes side by side, as a comparison in order of time: when each came, or what each is for.

A comparison of a topic quotes what mentions it. These quote what says it of the strategy itself, so each is asked on its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.finding.index import Index
from assistant.finding.reading import text_of
from assistant.quoting.citing import StandingOf
from assistant.quoting.numbering import Citations
from assistant.quoting.summarising import IN_BRIEF
from assistant.tables.comparing import MOST_RANKED, Comparison, Row, in_time
from assistant.tables.dating import dates_in
from assistant.tables.mentioning import Mention
from assistant.values import AnswerLanguage, Passage, Query
from corpus.catalogue import Catalogue, Strategy
from corpus.values import Filters

PASSAGES_EACH = 12
READ_EACH = 3  # passages of a strategy that the reader reads
LEAST_SURE = 0.05  # of a sentence that is quoted for a strategy
FRONT = 2  # pages
MONTH = len("2016-05")  # of a date in ISO 8601
PUBLISHED: Mapping[AnswerLanguage, str] = {
    "da": "Hvornår blev strategien {name} udgivet?",
    "en": "When was the strategy {name} published?",
}
SAID: Mapping[AnswerLanguage, str] = {"da": "Hvad er strategien {name}?", "en": "What is the strategy {name}?"}
AIMED: Mapping[AnswerLanguage, str] = {"da": "Hvad er målene?", "en": "What are the goals?"}


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What is asked of each strategy. `topic` is the comparison's, empty if it is of the strategies themselves.

    `dated`: the answer is the date of publication, which the catalogue knows, so that a sentence with it is quoted. `brief`: what
    opens the section in brief is quoted.
    """

    topic: Mapping[AnswerLanguage, str]
    question: Mapping[AnswerLanguage, str]
    dated: bool = False
    brief: bool = False


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
    other_twins = index.other_twins(filters, language)
    documents = [document for document in index.admitted(filters) if document.id not in other_twins]
    query = Query(text=view.question[language].format(name=""), language=language, filters=filters)
    found = index.retriever.retrieve(query, count=min(len(index.ids), MOST_RANKED))
    citations = Citations(index.store.page, standing_of=standing_of)
    rows = []
    for strategy in sorted(strategies, key=in_time):
        own = tuple(document for document in documents if document.strategy == strategy.id)
        passages = [passage for passage in found if passage.document in own]
        mentions = _answering(view, strategy, passages, index, language)
        cited = (citations.of(mention.quote) for mention in mentions)
        rows.append(
            Row(
                strategy=strategy,
                status=catalogue.status(strategy, on=on),
                documents=own,
                pages=sum(document.pages_read for document in own),
                unread=sum(len(document.skipped) for document in own),
                citation=next(filter(None, cited), None),
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


def _answering(
    view: View, strategy: Strategy, passages: Sequence[Passage], index: Index, language: AnswerLanguage
) -> list[Mention]:
    """The sentences of a strategy that answer what is asked, best first: those with its date, else as the reader finds them."""
    # What a document is stands as a rule on its first pages.
    nearest = sorted(passages, key=_after_the_front)[:PASSAGES_EACH] if view.dated else passages
    dated = _of_the_date(nearest, strategy.published) if view.dated else []
    brief = _opening_in_brief(passages) if view.brief else []
    return dated or brief or _read(view.question[language].format(name=strategy.name(language)), nearest[:READ_EACH], index)


def _read(question: str, passages: Sequence[Passage], index: Index) -> list[Mention]:
    texts = [text_of(passage) for passage in passages]
    scored: list[tuple[float, Mention]] = []
    for passage, reading in zip(passages, index.reader.read(question, texts), strict=True):
        for sentence, probability in zip(passage.chunk.sentences, reading.answers, strict=True):
            if probability >= LEAST_SURE:
                scored.append((probability, Mention(sentence=sentence, passage=passage, said=())))
    scored.sort(key=lambda pair: -pair[0])
    return [mention for _, mention in scored]


def _after_the_front(passage: Passage) -> bool:
    return passage.chunk.sentences[0].page > FRONT


def _of_the_date(passages: Sequence[Passage], published: str) -> list[Mention]:
    """The sentences with the day on which the catalogue says that a strategy came, else those with its month."""
    mentions = [
        Mention(sentence=sentence, passage=passage, said=()) for passage in passages for sentence in passage.chunk.sentences
    ]
    for known in (published, published[:MONTH]):
        found = [mention for mention in mentions if known and _names(mention.sentence.text, known)]
        if found:
            return found
    return []


def _opening_in_brief(passages: Sequence[Passage]) -> list[Mention]:
    """The first sentence of each section in brief."""
    brief = (passage for passage in passages if any(map(IN_BRIEF.fullmatch, passage.chunk.heading_path)))
    return [Mention(sentence=passage.chunk.sentences[0], passage=passage, said=()) for passage in brief]


def _names(text: str, known: str) -> bool:
    return any(spoken.moment.first.isoformat().startswith(known) for spoken in dates_in(text))


CHRONOLOGY = View(topic={"da": "", "en": ""}, question=PUBLISHED, dated=True)
GOALS = View(topic={"da": "mål", "en": "goals"}, question=AIMED)
IN_SHORT = View(topic={"da": "", "en": ""}, question=SAID, brief=True)
