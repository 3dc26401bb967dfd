"""What one open page shows, as a value, and how a question or an opened citation changes it. No Gradio, no HTML."""

import logging
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.answering import Assistant
from assistant.finding.index import Coverage
from assistant.tables.table_answers import TableAnswer
from assistant.values import Answer, Citation, Restricted, Restriction
from corpus.errors import (
    AssistantError,
    EmbedderError,
    EmptyIndexError,
    LexiconError,
    LockedError,
    QuestionError,
    StoreError,
)
from corpus.values import Filters, Page
from ui.texts import Change, Failure, InterfaceLanguage, Tab

log = logging.getLogger(__name__)

LONGEST_QUESTION = 2000

# The more special kind first.
FAILURES: tuple[tuple[type[AssistantError], Failure], ...] = (
    (EmptyIndexError, "empty_index"),
    (LockedError, "busy"),
    (StoreError, "store"),
    (EmbedderError, "embedder"),
    (LexiconError, "embedder"),
    (QuestionError, "question"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One question and what came of it; with neither answer nor failure, the search is still on.

    `shown` claims of the answer have reached the screen so far; `changes` says of which citations (by number) the page
    has changed since, and `judged` whether a verdict was left.
    """

    question: str
    answer: TableAnswer | Answer | None = None
    shown: int = 0
    failure: Failure | None = None
    changes: tuple[tuple[int, Change], ...] = ()
    judged: bool = False

    @property
    def complete(self) -> bool:
        """Whether nothing more will come."""
        return self.failure is not None or (self.answer is not None and self.shown == len(self.answer.claims))


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """The language of the interface, the conversation, and which citation stands open, as (index of its turn, n).

    `turned` is the page of its document that a person turned to, None where that is the page of the quote. `id` is the
    conversation's, under which the browser keeps it. `room` is where it is shown; `strategy` is the id of the strategy whose
    account stands open in place of a citation, empty where none does. `strategies` are the ids of those that a comparison
    keeps to, none where it takes all.
    """

    language: InterfaceLanguage = "da"
    turns: tuple[Turn, ...] = ()
    opened: tuple[int, int] | None = None
    turned: int | None = None
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    room: Tab = "chat"
    strategy: str = ""
    strategies: tuple[str, ...] = ()

    def citations(self, turn: int) -> tuple[Citation, ...]:
        """Return what a turn's answer cites, or the nearest quotes if it abstained; nothing without such a turn or answer."""
        answer = self.turns[turn].answer if 0 <= turn < len(self.turns) else None
        return (answer.citations or answer.nearest) if answer else ()

    def open(self, turn: int, n: int) -> "Screen":
        """Return the screen with citation `n` of a turn open; unchanged where there is none."""
        known = any(citation.n == n for citation in self.citations(turn))
        return replace(self, opened=(turn, n), turned=None, strategy="") if known else self

    def open_first(self) -> "Screen":
        """Return the screen with the first citation of the last turn open; unchanged where there is none."""
        last = len(self.turns) - 1
        return self.open(last, citations[0].n) if (citations := self.citations(last)) else self

    def turn_to(self, number: int) -> "Screen":
        """Return the screen with page `number` of the open citation's document; unchanged where there is none."""
        citation = self.opened_citation()
        if citation is None or not citation.quote.document.paged or not 1 <= number <= citation.quote.document.page_count:
            return self
        return replace(self, turned=None if number == citation.quote.page else number)

    def stop(self) -> "Screen":
        """Return the screen with the search that is on given up, or with all of an answer that is coming in."""
        if not self.turns or self.turns[-1].complete:
            return self
        last = self.turns[-1]
        ended = replace(last, shown=len(last.answer.claims)) if last.answer else replace(last, failure="stopped")
        return replace(self, turns=(*self.turns[:-1], ended))

    def without_last(self) -> "Screen":
        """Return the screen without its last turn, which is to be asked again."""
        return replace(self, turns=self.turns[:-1], opened=None, turned=None)

    def judge(self, turn: int) -> "Screen":
        """Return the screen with a turn marked as judged."""
        judged = tuple(replace(one, judged=True) if index == turn else one for index, one in enumerate(self.turns))
        return replace(self, turns=judged)

    def opened_citation(self) -> Citation | None:
        """Return the citation that stands open."""
        if self.opened is None:
            return None
        return next(citation for citation in self.citations(self.opened[0]) if citation.n == self.opened[1])


def widened(restrictions: Sequence[Restriction], without: int) -> Filters:
    """Return the filters that ask again with every restriction but one, and let nothing else be read out of the question."""
    left = [restriction for index, restriction in enumerate(restrictions) if index != without]

    def values(on: Restricted) -> tuple[Any, ...]:
        return tuple(value for restriction in left if restriction.on == on for value in restriction.values)

    return Filters(strategies=values("strategies"), languages=values("languages"), documents=values("documents"), everything=True)


def ask(assistant: Assistant, question: str, screen: Screen, filters: Filters | None = None) -> Iterator[Screen]:
    """Yield the screen as an answer comes in: searching, then one claim more each time, or why there is no answer.

    The first citation stands open once the answer is there. An empty question changes nothing; one of more than
    `LONGEST_QUESTION` characters, which the page does not let anyone type, is refused.
    """
    question = question.strip()
    if not question:
        # Not nothing at all: Gradio would take that for an emptied page.
        yield screen
        return
    earlier, turn = screen.turns, Turn(question=question)
    if len(question) > LONGEST_QUESTION:
        refused = Turn(question=f"{question[:LONGEST_QUESTION]} …", failure="question")
        yield replace(screen, turns=(*earlier, refused), opened=None, turned=None)
        return
    yield replace(screen, turns=(*earlier, turn))
    turn = _answered(assistant, turn, [past.question for past in earlier], filters)
    screen = replace(screen, turns=(*earlier, turn), opened=None, turned=None)
    screen = screen.open_first()
    yield screen
    while not turn.complete:
        turn = replace(turn, shown=turn.shown + 1)
        yield replace(screen, turns=(*earlier, turn))


def _answered(assistant: Assistant, turn: Turn, history: Sequence[str], filters: Filters | None) -> Turn:
    answered = attempted(turn, lambda: assistant.answer(turn.question, history=history, filters=filters))
    # A table comes in whole.
    whole = isinstance(answered.answer, TableAnswer)
    return replace(answered, shown=len(answered.answer.claims)) if answered.answer and whole else answered


def attempted(turn: Turn, answer: Callable[[], Answer]) -> Turn:
    """Return a turn with its answer, or with why there is none."""
    try:
        return replace(turn, answer=answer())
    except AssistantError as error:
        log.warning("a question was not answered (%s)", type(error).__name__)
        log.debug("a question was not answered: %s", error)
        return replace(turn, failure=failure_of(error))
    except Exception:
        # The edge of the program: a person sees one line and keeps the conversation, the log keeps the traceback.
        log.exception("a question was not answered")
        return replace(turn, failure="unexpected")


def failure_of(error: AssistantError) -> Failure:
    """Return which of the page's own words tell of `error`."""
    return next((failure for kind, failure in FAILURES if isinstance(error, kind)), "unexpected")


def opened_page(assistant: Assistant, screen: Screen) -> Page | None:
    """Return the stored page that is open, `None` where none is or the index does not hold it."""
    citation = screen.opened_citation()
    if citation is None:
        return None
    try:
        return assistant.page(citation.quote.document.id, screen.turned or citation.quote.page)
    except AssistantError as error:
        log.warning("a cited page cannot be shown (%s)", type(error).__name__)
        return None


def coverage(assistant: Assistant) -> Coverage | None:
    """Return what the index holds, `None` where it cannot be read now."""
    try:
        return assistant.coverage()
    except AssistantError as error:
        log.warning("the coverage cannot be shown (%s)", type(error).__name__)
        return None


def follow(assistant: Assistant) -> None:
    """Let the assistant open an index that has changed; where it cannot, it goes on with what it has."""
    try:
        assistant.follow()
    except AssistantError as error:
        log.warning("the index cannot be opened anew (%s)", type(error).__name__)
