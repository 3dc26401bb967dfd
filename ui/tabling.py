"""What is asked in the rooms that compare and that follow a topic: a topic goes in, a screen with the table comes out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from assistant.answering import Assistant
from assistant.tables.table_answers import Table, TableAnswer, table_claims, table_words
from corpus.catalogue import Catalogue
from ui.screen import Screen, Turn, attempted

LONGEST_TOPIC = 200


def compared(assistant: Assistant, catalogue: Catalogue, topic: str, ids: Sequence[str], screen: Screen) -> Iterator[Screen]:
    """Yield the screen while a topic is compared across the strategies of some ids, or across all where none is one."""
    strategies = [strategy for strategy in catalogue.strategies if strategy.id in ids]
    screen = replace(screen, strategies=tuple(strategy.id for strategy in strategies))
    yield from _asked(topic, screen, lambda: assistant.compare(topic.strip(), language=screen.language, strategies=strategies))


def traced(assistant: Assistant, topic: str, screen: Screen) -> Iterator[Screen]:
    """Yield the screen while a topic is followed through time."""
    yield from _asked(topic, screen, lambda: assistant.trace(topic.strip(), language=screen.language))


def remade(assistant: Assistant, catalogue: Catalogue, screen: Screen) -> Screen:
    """Return the screen with its topic asked anew in the language that it has now; unchanged where none can be."""
    if not screen.turns or screen.turns[-1].failure == "question":
        return screen
    topic = screen.turns[-1].question
    if screen.room == "compare":
        *_, made = compared(assistant, catalogue, topic, screen.strategies, screen)
    else:
        *_, made = traced(assistant, topic, screen)
    # The account of a strategy that stands open stays so.
    return replace(made, strategy=screen.strategy, opened=None) if screen.strategy else made


def _asked(topic: str, screen: Screen, made: Callable[[], Table]) -> Iterator[Screen]:
    topic = topic.strip()
    if not topic:
        yield screen
        return
    turn = Turn(question=topic[:LONGEST_TOPIC])
    if len(topic) > LONGEST_TOPIC:
        yield replace(screen, turns=(replace(turn, failure="question"),), opened=None, turned=None, strategy="")
        return
    yield replace(screen, turns=(turn,), opened=None, turned=None, strategy="")
    turn = attempted(turn, lambda: _answer(topic, made()))
    turn = replace(turn, shown=len(turn.answer.claims)) if turn.answer else turn
    yield replace(screen, turns=(turn,), opened=None, turned=None, strategy="").open_first()


def _answer(topic: str, table: Table) -> TableAnswer:
    return TableAnswer(
        question=topic,
        language=table.language,
        abstained=None if table.citations else "nothing near",
        lead=table_words(table).partition("\n")[0],
        claims=table_claims(table),
        citations=table.citations,
        passages=(),
        dropped_quotes=table.dropped_quotes,
        milliseconds=0.0,
        table=table,
    )
