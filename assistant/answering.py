"""One question, the straight way through: understand, retrieve, then look up the answer or make the table that is asked for."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.finding.index import Coverage, Index
from assistant.finding.reading import find
from assistant.finding.spelling import Respelled
from assistant.language_model.chatting import ChatModel
from assistant.language_model.excerpting import Turn
from assistant.leasing import Leases, leased
from assistant.looking_up import Desk, Reply, look_up, sum_up
from assistant.messages.guiding import word_greeting, word_help
from assistant.messages.lines import in_force_line
from assistant.messages.standing import standing_of
from assistant.question.asking import Numbered
from assistant.question.following import OF_STRATEGIES
from assistant.question.routing import Router
from assistant.question.understanding import Question, cut, understand
from assistant.quoting.citing import StandingOf, Verified
from assistant.tables.comparing import Comparison, compare
from assistant.tables.listing import Listing, list_all
from assistant.tables.overview import CHRONOLOGY, GOALS, IN_SHORT, View, side_by_side
from assistant.tables.table_answers import Table, TableAnswer, table_claims, table_words
from assistant.tables.tracing import Timeline, trace
from assistant.values import Answer, AnswerLanguage, Passage, Searched, Understood
from corpus.catalogue import Catalogue, Strategy
from corpus.language import question_language
from corpus.renamings import Renaming
from corpus.values import Document, Filters, Page

MOST_TURNS = 6  # of a conversation that a language model is told


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What retrieval alone brings for a question, before anything is judged, quoted or said."""

    understood: Understood
    passages: tuple[Passage, ...]
    searched: Searched


class Assistant:
    """Answers questions from an index, which it opens anew when an ingest has changed it; any number of threads may ask."""

    def __init__(
        self,
        *,
        open_index: Callable[[], Index],
        mark: Callable[[], str],
        catalogue: Catalogue,
        router: Router,
        renamings: Sequence[Renaming] = (),
        model: ChatModel | None = None,
    ) -> None:
        """Open the index; without a model, answers are made of quotes alone."""
        self._catalogue = catalogue
        self._router = router
        self._renamings = renamings
        self._model = model
        self.leases = Leases(open_index, mark)

    def __enter__(self) -> "Assistant":
        """Return the assistant itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the index."""
        self.close()

    @leased
    def answer(self, question: str, *, history: Sequence[str] = (), filters: Filters | None = None) -> Answer:
        """Return the answer to a question, or an abstention; raises `QuestionError` for one without words.

        The way of a question: understand it, make the table that it asks for if there is one, else find passages, read them,
        quote the sentences that answer or let the model word them, and verify every quote.
        """
        started, today = time.perf_counter(), date.today()
        understood = self._understand(question, history, filters or Filters(), on=today)
        table = self._table(understood, on=today)
        reply = self._reply(understood, table, on=today, asked=question, history=history)
        # An empty table says "not mentioned" and how much was searched, which is worth more than a refusal.
        asked_side_by_side = understood.kind == "compare" and len(understood.bound) > 1
        table = table if table and (table.citations or reply.abstained or asked_side_by_side) else None
        reply = _tabled(table, understood) if table else reply
        searched = self._searched(understood.scope if table else understood.filters)
        answer = Answer(
            question=question,
            language=understood.language,
            abstained=reply.abstained,
            line=reply.line,
            lead=reply.lead,
            claims=reply.verified.claims,
            citations=reply.verified.citations,
            nearest=reply.nearest,
            note=reply.note,
            generated_by=reply.generated_by,
            dropped=reply.dropped,
            confidence=reply.confidence,
            passages=reply.passages,
            dropped_quotes=reply.verified.dropped_quotes,
            milliseconds=(time.perf_counter() - started) * 1000,
            understood=understood.shown,
            searched=searched,
        )
        return TableAnswer.of(answer, table) if table else answer

    @leased
    def search(self, question: str, *, history: Sequence[str] = (), filters: Filters | None = None) -> Found:
        """Return the passages nearest to a question, best first, as answering would read them, and how it was understood."""
        understood = self._understand(question, history, filters or Filters(), on=date.today())
        passages = find(understood, self._index)
        return Found(understood=understood.shown, passages=tuple(passages), searched=self._searched(understood.filters))

    @property
    def catalogue(self) -> Catalogue:
        """The strategies that are known."""
        return self._catalogue

    @leased
    def compare(
        self, topic: str, *, language: AnswerLanguage, strategies: Sequence[Strategy] = (), filters: Filters | None = None
    ) -> Comparison:
        """Return what each of the strategies says of a topic today, of all where none is given."""
        return compare(
            topic,
            language=language,
            index=self._index,
            catalogue=self._catalogue,
            on=date.today(),
            strategies=strategies,
            filters=filters or Filters(),
            standing_of=self._standing(date.today()),
        )

    @leased
    def trace(self, topic: str, *, language: AnswerLanguage, filters: Filters | None = None) -> Timeline:
        """Return the dated events of a topic."""
        return trace(
            topic,
            language=language,
            index=self._index,
            catalogue=self._catalogue,
            filters=filters or Filters(),
            standing_of=self._standing(date.today()),
        )

    @leased
    def list_all(
        self, topic: str, *, language: AnswerLanguage, kinds: Sequence[Numbered] = (), filters: Filters | None = None
    ) -> Listing:
        """Return everything that is said of a topic, of numbered things those of `kinds` alone where any are given."""
        return list_all(
            topic,
            language=language,
            index=self._index,
            catalogue=self._catalogue,
            kinds=kinds,
            filters=filters or Filters(),
            standing_of=self._standing(date.today()),
        )

    def page(self, document_id: str, number: int) -> Page:
        """Return a stored page, to show a quote where it stands."""
        return self.leases.run(lambda: self._index.store.page(document_id, number), follow=False)

    def follow(self) -> None:
        """Open the index anew where an ingest has changed it."""
        self.leases.follow()

    def documents(self) -> tuple[Document, ...]:
        """Return what the index holds, as it was when it was opened last."""
        return self._index.documents

    def coverage(self, filters: Filters | None = None) -> Coverage:
        """Return how many documents and pages the index holds for the filters, and their titles."""
        return self._index.coverage(filters or Filters())

    def close(self) -> None:
        """Let go of the index, once nobody answers from it."""
        self.leases.close()

    @property
    def _index(self) -> Index:
        return self.leases.index

    def _understand(self, question: str, history: Sequence[str], filters: Filters, *, on: date) -> Question:
        speller, question = self._index.speller, cut(question)
        respelled = speller.respell(question, question_language(question)) if speller else Respelled(text=question)
        return understand(
            respelled.text,
            respelled=respelled.changes,
            catalogue=self._catalogue,
            router=self._router,
            indexed=self._index.strategies,
            on=on,
            history=history,
            filters=filters,
            renamings=self._renamings,
        )

    def _searched(self, filters: Filters) -> Searched:
        coverage = self._index.coverage(filters)
        return Searched(documents=coverage.documents, pages=coverage.pages)

    def _desk(self, on: date, asked: str, history: Sequence[str]) -> Desk:
        return Desk(
            index=self._index,
            catalogue=self._catalogue,
            standing_of=self._standing(on),
            model=self._model,
            today=on,
            conversation=tuple(Turn(question=" ".join(earlier.split())) for earlier in history[-MOST_TURNS:]),
            asked=" ".join(asked.split()),
        )

    def _reply(self, question: Question, table: Table | None, *, on: date, asked: str = "", history: Sequence[str] = ()) -> Reply:
        """What is said to a question beside its table, if it has one."""
        if table and table.citations:
            return _tabled(table, question)
        searched = self._searched(question.filters)
        if question.kind == "greeting":
            return _said(word_greeting(question.language))
        if question.kind == "help":
            return _said(word_help(searched, question.language))
        desk = self._desk(on, asked, history)
        summary = sum_up(question, desk) if question.kind == "summary" else None
        return summary or look_up(question, desk, searched=searched)

    def _table(self, question: Question, *, on: date) -> Table | None:
        """The table that a question asks for; None if it asks for none, names no topic, or nothing is dated or listed."""
        if question.kind in OF_STRATEGIES and self._names_a_stranger(question):
            return None
        if question.kind == "in force":
            in_force = [one for one in self._catalogue.in_force(on) if one.kind != "web page"]
            return self._overview(CHRONOLOGY, in_force, question, on=on)
        if question.kind == "overview":
            return self._overview(IN_SHORT, question.strategies or self._joint(), question, on=on)
        if question.kind == "strategies" and not question.titled and (question.strategies or not question.years):
            return self._overview(CHRONOLOGY, question.strategies or self._catalogue.strategies, question, on=on)
        if question.kind == "compare" and not question.topic and len(question.strategies) > 1:
            return self._overview(GOALS, question.strategies, question, on=on)
        return self._table_of_topic(question) if question.topic else None

    def _names_a_stranger(self, question: Question) -> bool:
        """Whether a question names something that no document has, so that no list of our strategies answers it."""
        heard = (self._index.lexical.unheard(name, question.language) for name in question.names)
        return any(min(shares.values()) == 1 for shares in heard)

    def _table_of_topic(self, question: Question) -> Table | None:
        topic, language, filters = " ".join(question.topic), question.language, question.scope
        if question.kind == "compare":
            chosen = {*filters.strategies, *(strategy.id for strategy in question.missing)}
            strategies = [strategy for strategy in self._catalogue.strategies if strategy.id in chosen]
            return self.compare(topic, language=language, strategies=strategies, filters=filters)
        if question.kind == "timeline":
            timeline = self.trace(topic, language=language, filters=filters)
            return timeline if timeline.events else None
        if question.kind == "complete list":
            listing = self.list_all(topic, language=language, kinds=question.numbered, filters=filters)
            return listing if listing.citations else None
        return None

    def _joint(self) -> list[Strategy]:
        """The joint strategies, which follow one another through all the years."""
        return [strategy for strategy in self._catalogue.strategies if strategy.level == "joint" and strategy.kind == "strategy"]

    def _overview(self, view: View, strategies: Sequence[Strategy], question: Question, *, on: date) -> Comparison:
        return side_by_side(
            view,
            strategies,
            language=question.language,
            index=self._index,
            catalogue=self._catalogue,
            on=on,
            filters=question.scope,
            standing_of=self._standing(on),
        )

    def _standing(self, on: date) -> StandingOf:
        """Tells how the strategy of a document stands on a day."""
        return lambda document: standing_of(document, self._catalogue, on=on)


def _tabled(table: Table, question: Question) -> Reply:
    """The reply that a table is; a comparison in which no strategy speaks of the topic is an abstention that shows it."""
    verified = Verified(claims=table_claims(table), citations=table.citations, dropped_quotes=table.dropped_quotes)
    in_force = len(table.rows) if isinstance(table, Comparison) and question.kind == "in force" else 0
    return Reply(
        line=in_force_line(in_force, question.language) if in_force else "",
        lead=table_words(table).partition("\n")[0],
        verified=verified,
        abstained=None if table.citations else "nothing near",
        confidence=float(bool(table.citations)),
    )


def _said(words: str) -> Reply:
    """A reply in our own words, which claims nothing of a document."""
    return Reply(lead=words, verified=Verified(claims=(), citations=(), dropped_quotes=0), abstained=None, confidence=1.0)
