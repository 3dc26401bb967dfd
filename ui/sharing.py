"""One assistant for everybody who asks, in the chat and from other programs: each waits for their turn."""

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Protocol, TypeVar

from assistant.answering import Found
from assistant.finding.index import Coverage
from assistant.tables.comparing import Comparison
from assistant.tables.tracing import Timeline
from assistant.values import Answer, AnswerLanguage
from corpus.catalogue import Catalogue, Strategy
from corpus.values import Document, Filters, Page

T = TypeVar("T")


class Assistant(Protocol):
    """What is shared of the assistant (`assistant.answering.Assistant`)."""

    @property
    def catalogue(self) -> Catalogue:
        """The strategies that are known."""

    def answer(self, question: str, *, history: Sequence[str] = (), filters: Filters | None = None) -> Answer:
        """Return the answer to a question."""

    def search(self, question: str, *, history: Sequence[str] = (), filters: Filters | None = None) -> Found:
        """Return the passages nearest to a question."""

    def compare(
        self, topic: str, *, language: AnswerLanguage, strategies: Sequence[Strategy] = (), filters: Filters | None = None
    ) -> Comparison:
        """Return what each strategy says of a topic."""

    def trace(self, topic: str, *, language: AnswerLanguage, filters: Filters | None = None) -> Timeline:
        """Return the dated events of a topic."""

    def page(self, document_id: str, number: int) -> Page:
        """Return one stored page."""

    def follow(self) -> None:
        """Open the index anew where it has changed."""

    def documents(self) -> tuple[Document, ...]:
        """Return the documents of the index."""

    def coverage(self, filters: Filters | None = None) -> Coverage:
        """Return what the index holds."""


class Shared:
    """An assistant that several threads may ask. One at a time gets to the store, which SQLite and Chroma want so."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._lock = Lock()

    @property
    def catalogue(self) -> Catalogue:
        """The strategies that are known."""
        return self._assistant.catalogue

    def answer(self, question: str, *, history: Sequence[str] = (), filters: Filters | None = None) -> Answer:
        """Return the answer to a question."""
        return self._in_turn(lambda: self._assistant.answer(question, history=history, filters=filters))

    def search(self, question: str, *, history: Sequence[str] = (), filters: Filters | None = None) -> Found:
        """Return the passages nearest to a question."""
        return self._in_turn(lambda: self._assistant.search(question, history=history, filters=filters))

    def compare(
        self, topic: str, *, language: AnswerLanguage, strategies: Sequence[Strategy] = (), filters: Filters | None = None
    ) -> Comparison:
        """Return what each strategy says of a topic."""
        return self._in_turn(lambda: self._assistant.compare(topic, language=language, strategies=strategies, filters=filters))

    def trace(self, topic: str, *, language: AnswerLanguage, filters: Filters | None = None) -> Timeline:
        """Return the dated events of a topic."""
        return self._in_turn(lambda: self._assistant.trace(topic, language=language, filters=filters))

    def page(self, document_id: str, number: int) -> Page:
        """Return one stored page."""
        return self._in_turn(lambda: self._assistant.page(document_id, number))

    def follow(self) -> None:
        """Open the index anew where it has changed."""
        self._in_turn(self._assistant.follow)

    def documents(self) -> tuple[Document, ...]:
        """Return the documents of the index, at once: they are in memory."""
        return self._assistant.documents()

    def coverage(self, filters: Filters | None = None) -> Coverage:
        """Return what the index holds, at once: it is counted from the documents."""
        return self._assistant.coverage(filters)

    def _in_turn(self, work: Callable[[], T]) -> T:
        with self._lock:
            return work()
