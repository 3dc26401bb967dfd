"""From a question as typed to a query that stands alone: its language, what it asks of which strategies, and why these."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.question.asking import Wanted
from assistant.question.explaining import explain, languages_words, names_of, years_words
from assistant.question.following import Turn, converse
from assistant.question.naming import SEVERAL, Years
from assistant.values import AnswerKind, AnswerLanguage, Query, Restriction, Understood
from corpus.catalogue import Catalogue, Strategy
from corpus.errors import QuestionError
from corpus.renamings import Renaming, other_names
from corpus.values import Filters

LONGEST_QUESTION = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """A question understood: the query, the kind of answer it asks for, what kind of thing it wants, and of which strategies.

    `strategies` are those it names or means, latest first, and `missing` those of them without a document in the index.
    `years` is the bound in time that chose them, where one did. `expected` are those that the catalogue knows to be the answer
    to a question about the order of strategies. `shown` is all this for a person.
    """

    query: Query
    language: AnswerLanguage
    kind: AnswerKind
    wanted: Wanted
    topic: tuple[str, ...]
    strategies: tuple[Strategy, ...]
    missing: tuple[Strategy, ...]
    years: Years | None
    expected: tuple[Strategy, ...]
    shown: Understood


def understand(
    question: str,
    *,
    catalogue: Catalogue,
    indexed: Sequence[str],
    on: date,
    history: Sequence[str] = (),
    filters: Filters = Filters(),  # noqa: B008 - frozen
    renamings: Sequence[Renaming] = (),
) -> Understanding:
    """Return what the question asks. `indexed` are the ids of the strategies that have a document in the index, `on` is today.

    Strategies that are named or meant become a filter where they are indexed, unless the caller chose strategies or documents
    or asked for everything. Raises `QuestionError` for a question without words.
    """
    text = _cut(question)
    if not any(character.isalnum() for character in text):
        raise QuestionError("the question has no words: type a question in Danish or English")
    turn = converse([*map(_cut, history), text], catalogue=catalogue, on=on, held=indexed)
    derive = not (filters.everything or filters.strategies or filters.documents)
    meant = turn.meant if derive else None
    strategies = turn.meant.strategies if turn.meant else ()
    held = tuple(strategy for strategy in strategies if strategy.id in indexed)
    bounded = replace(filters, strategies=tuple(one.id for one in held)) if meant and held else filters
    restrictions = _restrictions(filters, turn, held if meant else (), catalogue)
    missing = tuple(strategy for strategy in strategies if strategy not in held) if meant else ()
    also = other_names(turn.text, renamings)
    shown = Understood(
        text=explain(
            turn.text if turn.carried else "",
            restrictions,
            missing=() if held and turn.meant and turn.meant.reason == "years" else missing,
            also=also,
            language=turn.language,
        ),
        query=turn.text,
        kind=turn.kind,
        topic=turn.topic,
        strategies=tuple(strategy.id for strategy in strategies),
        missing=tuple(strategy.id for strategy in missing),
        restrictions=restrictions,
        also_searched_as=tuple(other.name for other in also),
        follow_up=turn.carried,
    )
    return Understanding(
        query=Query(text=turn.text, language=turn.language, filters=bounded),
        language=turn.language,
        kind=turn.kind,
        wanted=turn.wanted,
        topic=turn.topic,
        strategies=strategies,
        missing=missing,
        years=meant.years if meant else None,
        expected=_expected(turn, held, catalogue),
        shown=shown,
    )


def _expected(turn: Turn, held: tuple[Strategy, ...], catalogue: Catalogue) -> tuple[Strategy, ...]:
    """The strategies asked for: those that came before or after the ones meant, or these themselves; all where none is meant."""
    if turn.meant is None and turn.wanted == "strategy" and SEVERAL.search(turn.text):
        return catalogue.strategies
    if turn.meant is None or turn.wanted not in ("predecessor", "successor", "strategy"):
        return ()
    if turn.wanted == "strategy" or turn.meant.reason == "neighbour":
        return held or turn.meant.strategies
    ids = [one.predecessor if turn.wanted == "predecessor" else one.successor for one in turn.meant.strategies]
    return tuple(catalogue.strategy(id) for id in ids if id)


def _cut(text: str) -> str:
    return " ".join(text.split())[:LONGEST_QUESTION]


def _restrictions(filters: Filters, turn: Turn, held: Sequence[Strategy], catalogue: Catalogue) -> tuple[Restriction, ...]:
    """What bounds the search: what the caller chose, and the strategies read out of the question or the one before it."""
    language = turn.language
    names = {strategy.id: strategy.name(language) for strategy in catalogue.strategies}
    found = [
        Restriction(
            on="strategies",
            values=filters.strategies,
            label=", ".join(names.get(id, id) for id in filters.strategies),
            reason="chosen",
        ),
        Restriction(
            on="languages",
            values=filters.languages,
            label=languages_words(filters.languages, language),
            reason="chosen",
        ),
        Restriction(on="documents", values=filters.documents, label=", ".join(filters.documents), reason="chosen"),
    ]
    if held and turn.meant:
        reason = "earlier question" if turn.strategy_carried else turn.meant.reason
        years = f"{years_words(turn.meant.years, language)}: " if turn.meant.years else ""
        label = years + names_of(held, language)
        found.append(Restriction(on="strategies", values=tuple(one.id for one in held), label=label, reason=reason))
    return tuple(restriction for restriction in found if restriction.values)
