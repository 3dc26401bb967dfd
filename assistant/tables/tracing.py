"""A topic through time: the dated sentences that speak of it, one to an event, and the strategies that speak of it."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from assistant.finding.index import Index
from assistant.quoting.citing import StandingOf
from assistant.quoting.composing import LEANING
from assistant.quoting.numbering import Citations
from assistant.tables.comparing import best_quote, in_time
from assistant.tables.dating import Moment, dates_in
from assistant.tables.mentioning import Mention, in_one_language, mentions, quoted
from assistant.tables.topics import read_topic
from assistant.values import AnswerLanguage, Citation, Quote
from corpus.catalogue import Catalogue, Strategy
from corpus.values import Filters, Sentence

SAME_DAY, SAME_MONTH, SAME_YEAR = 0.45, 0.60, 0.75  # the cosine from which two sentences of one date tell of one event
MONTH, QUARTER = 31, 92  # days
CLAUSE = re.compile(r";|, (?=(?:og|men|mens|and|but|while)\b)")
OPENING = 15  # characters; a date that begins among the first of them says when all of a sentence takes place
# Years of a period, pages referred to and the number that a part is called by are numbers that answer nothing.
REFERENCES = re.compile(
    r"\([^()]*\b(?:s|p|pp)\.\s?\d[^()]*\)|\b(?:19|20)\d\d\s?[-–]\s?(?:19|20)?\d\d\b"
    r"|(?:(?i:\b(?:program(?:me)?|initiativ|initiative|fokusområde|focus area|indsats(?:område)?|action area|spor|track"
    r"|mål|goal|objective|princip|principle|kapitel|chapter|lov nr\.|act no\.|lovforslag l|bill l))\s\d[\d.]*)"
)
FIGURE = re.compile(r"\b(?!(?:19|20)\d\d\b)(?:\d+[.,]\d+|\d{3,})\b")  # neither a year nor the day of a date
ASIDE = re.compile(r"\([^()]*\)")  # as a rule says where something was read


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something dated: when, the verified quote that says it, and those that say the same elsewhere.

    `said` are the words under which it speaks of the topic where its name there is an older or a newer one, else empty.
    """

    moment: Moment
    citation: Citation
    also: tuple[Citation, ...] = ()
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """A strategy that speaks of the topic, and where it does; when it began stands in the catalogue."""

    strategy: Strategy
    citation: Citation
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The events of a topic and the strategies that speak of it, each in order of time, and how much was searched."""

    topic: str
    language: AnswerLanguage
    events: tuple[Event, ...]
    beginnings: tuple[Beginning, ...]
    documents: int
    pages: int
    citations: tuple[Citation, ...]
    dropped_quotes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dated:
    """A quote, not yet verified, with the moment that it speaks of, its other name for the topic, and its meaning's vector."""

    moment: Moment
    quote: Quote
    said: tuple[str, ...]
    vector: NDArray[np.float32]


def trace(
    text: str,
    *,
    language: AnswerLanguage,
    index: Index,
    catalogue: Catalogue,
    filters: Filters = Filters(),  # noqa: B008 - frozen
    standing_of: StandingOf = lambda _: None,
) -> Timeline:
    """Return the timeline of a topic in the documents let through; raises `QuestionError` for a topic without words."""
    topic = read_topic(text, language, index.lexical.lexicon)
    found = in_one_language(mentions(topic, index, filters), language)
    periods = {strategy.period for strategy in catalogue.strategies if strategy.period}
    dated = _with_vectors(list(_dated(found, periods)), index)
    citations = Citations(index.store.page, standing_of=standing_of)
    events = [event for told in _told_once(dated, language) if (event := _event(told, citations))]
    beginnings: list[Beginning] = []
    for strategy in sorted(catalogue.strategies, key=in_time):
        said = [mention for mention in found if mention.document.strategy == strategy.id]
        best = best_quote(topic, said, index, strategy=strategy, citations=citations)
        if best:
            beginnings.append(Beginning(strategy=strategy, citation=best[1], said=best[0].other_name))
    searched = [document for document in index.documents if filters.admit(document)]
    return Timeline(
        topic=topic.text,
        language=language,
        events=tuple(events),
        beginnings=tuple(beginnings),
        documents=len(searched),
        pages=sum(document.pages_read for document in searched),
        citations=citations.all,
        dropped_quotes=citations.dropped,
    )


def _dated(found: Iterable[Mention], periods: Iterable[tuple[int, int]]) -> Iterator[tuple[Moment, Quote, Mention]]:
    """Each quote that dates a mention: the sentence itself, or it and the next one where that leans on it."""
    references = {Moment(first=date(first, 1, 1), last=date(last, 12, 31)) for first, last in periods}
    for mention in found:
        if not mention.said:
            continue
        moments = moments_of(mention.sentence.text, mention.said, references)
        yield from ((moment, mention.quote, mention) for moment in moments)
        if not moments and (after := _leaning_after(mention)) and (moment := _first_moment(after.text, references)):
            yield moment, quoted((mention.sentence, after), mention.passage), mention


def moments_of(text: str, said: Sequence[str], references: Set[Moment]) -> list[Moment]:
    """Return the moments at which a text dates a topic that it says with some words: one for each clause that holds both.

    Where none does, the moment with which the text opens ("In 2014 ..."). A moment of `references`, the periods of strategies,
    names a strategy and dates nothing; one in brackets says as a rule where something was read, and dates only what nothing
    else does.
    """
    for part in (ASIDE.sub(" ", text), text):
        clauses = [clause for clause in CLAUSE.split(part) if any(word in clause for word in said)]
        if moments := [moment for clause in clauses if (moment := _first_moment(clause, references))]:
            return list(dict.fromkeys(moments))
        if opening := [spoken.moment for spoken in dates_in(part) if spoken.start < OPENING and spoken.moment not in references]:
            return opening[:1]
    return []


def _first_moment(text: str, references: Set[Moment]) -> Moment | None:
    return next((spoken.moment for spoken in dates_in(text) if spoken.moment not in references), None)


def _leaning_after(mention: Mention) -> Sentence | None:
    sentences = mention.passage.chunk.sentences
    place = sentences.index(mention.sentence)
    after = sentences[place + 1] if place + 1 < len(sentences) else None
    if after is None or not LEANING.match(after.text) or after.page != mention.sentence.page:
        return None
    return after if 0 <= after.start - mention.sentence.end <= 2 else None


def _with_vectors(dated: Sequence[tuple[Moment, Quote, Mention]], index: Index) -> list[_Dated]:
    if not dated:
        return []
    vectors = index.embedder.encode_passages([quote.text for _, quote, _ in dated])
    return [
        _Dated(moment=moment, quote=quote, said=mention.other_name, vector=vector)
        for (moment, quote, mention), vector in zip(dated, vectors, strict=True)
    ]


def _told_once(dated: Sequence[_Dated], language: AnswerLanguage) -> list[list[_Dated]]:
    """Events in order of time, each with the quotes that tell it: the document before a digest, the reader's language first.

    Of several, the one that tells of the fewest other moments stands for them.
    """

    def order(one: _Dated) -> tuple[bool, bool, int]:
        return one.quote.document.digest, one.quote.document.language != language, len(list(dates_in(one.quote.text)))

    preferred = sorted(dated, key=order)
    events: list[list[_Dated]] = []
    for one in preferred:
        same = next((told for told in events if _same_event(one, told[0])), None)
        if same is None:
            events.append([one])
        elif all(one.quote.text != other.quote.text for other in same):
            same.append(one)
    return sorted(events, key=lambda told: told[0].moment)


def _same_event(one: _Dated, other: _Dated) -> bool:
    if one.moment != other.moment:
        return False
    days = (one.moment.last - one.moment.first).days
    if _figures(one.quote.text) & _figures(other.quote.text):
        return True
    least = SAME_DAY if days == 0 else SAME_MONTH if days <= QUARTER else SAME_YEAR
    return float(one.vector @ other.vector) >= least


def _figures(text: str) -> set[str]:
    """The figures of a text, without points and commas: two sentences of one date that share one tell of one event."""
    return {re.sub(r"[.,]", "", figure) for figure in FIGURE.findall(REFERENCES.sub(" ", text))}


def _event(told: Sequence[_Dated], citations: Citations) -> Event | None:
    """An event with those of its quotes that hold, None where none does."""
    held = dict.fromkeys(citation for dated in told if (citation := citations.of(dated.quote)))
    if not held:
        return None
    first, *rest = held
    return Event(moment=told[0].moment, citation=first, also=tuple(rest), said=told[0].said)
