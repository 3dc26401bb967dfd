"""From a question as typed to a query that stands alone: its language, what it asks of which strategies, and why these."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.question.asking import (
    Numbered,
    asks_for_all_numbered,
    asks_for_title,
    names_in,
    numbered_named,
    parts_of,
)
from assistant.question.explaining import explain, languages_words, names_of, years_words
from assistant.question.following import Turn, converse
from assistant.question.naming import Years
from assistant.question.routing import Router, Wanted
from assistant.values import AnswerKind, AnswerLanguage, Query, Reason, Restriction, Understood
from corpus.catalogue import Catalogue, Strategy
from corpus.errors import QuestionError
from corpus.renamings import Renaming, other_names
from corpus.values import Filters

LONGEST_QUESTION = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question understood once, for all that follows: nobody reads its words by patterns again.

    `text` stands alone, `filters` are what the person chose. `strategies` are those it names or means, the latest first, for the
    `reason` given, and `missing` those of them without a document. `bound` are the strategies whose documents are searched
    alone, since the question names them outright; `preferred` are those that it probably means. `expected` are those that the
    catalogue knows to be the answer. `names` are what it calls by name, `parts` what it asks one by one, `numbered` the kinds of
    numbered things that it mentions, and `whole` whether it asks for all of them. `shown` is all this for a person.
    """

    text: str
    language: AnswerLanguage
    filters: Filters
    kind: AnswerKind
    wanted: Wanted
    topic: tuple[str, ...]
    names: tuple[str, ...]
    parts: tuple[str, ...]
    numbered: tuple[Numbered, ...]
    whole: bool
    titled: bool
    strategies: tuple[Strategy, ...]
    reason: Reason | None
    bound: tuple[str, ...]
    preferred: tuple[str, ...]
    missing: tuple[Strategy, ...]
    years: Years | None
    expected: tuple[Strategy, ...]
    shown: Understood

    def query(self, *, within: Sequence[str] = ()) -> Query:
        """Return the question ready for retrieval, within the documents of some strategies if any are given."""
        filters = replace(self.filters, strategies=tuple(within)) if within else self.filters
        return Query(text=self.text, language=self.language, filters=filters)

    @property
    def scope(self) -> Filters:
        """The filters of a table or a count: what the person chose, and the strategies that the question names or means."""
        within = self.bound or self.preferred
        return replace(self.filters, strategies=within) if within else self.filters


def understand(
    question: str,
    *,
    catalogue: Catalogue,
    router: Router,
    indexed: Sequence[str],
    on: date,
    history: Sequence[str] = (),
    filters: Filters = Filters(),  # noqa: B008 - frozen
    renamings: Sequence[Renaming] = (),
    respelled: Sequence[tuple[str, str]] = (),
) -> Question:
    """Return what the question asks. `indexed` are the ids of the strategies that have a document in the index, `on` is today.
    `respelled` are words of it as they were typed and as they are read.

    Raises `QuestionError` for a question without words.

    Example: `understand("Hvad er AltID?", catalogue=catalogue, router=router, indexed=[], on=date.today()).topic == ("AltID",)`.
    """
    text = cut(question)
    if not any(character.isalnum() for character in text):
        raise QuestionError("the question has no words: type a question in Danish or English")
    turn = converse([*map(cut, history), text], catalogue=catalogue, router=router, on=on, held=indexed)
    chosen = filters.everything or filters.strategies or filters.documents
    meant = None if chosen else turn.meant
    whole = asks_for_all_numbered(turn.text, catalogue)
    # What a document numbers is read from its headings, whatever form of answer was likelier.
    turn = replace(turn, kind="lookup") if whole else turn
    strategies = turn.meant.strategies if turn.meant else ()
    held = tuple(strategy for strategy in strategies if strategy.id in indexed)
    within = tuple(strategy.id for strategy in held) if meant else ()
    # A table is made of the strategies meant; a look-up is bound by those alone that the question names.
    outright = meant is not None and (meant.reason == "named" or turn.kind != "lookup")
    missing = tuple(strategy for strategy in strategies if strategy not in held) if meant else ()
    return Question(
        text=turn.text,
        language=turn.language,
        filters=filters,
        kind=turn.kind,
        wanted=turn.wanted,
        topic=turn.topic,
        names=names_in(turn.text),
        parts=parts_of(turn.text),
        numbered=tuple(numbered_named(turn.text)),
        whole=whole,
        titled=asks_for_title(turn.text),
        strategies=strategies,
        reason=meant.reason if meant else None,
        bound=within if outright else (),
        preferred=() if outright else within,
        missing=missing,
        years=meant.years if meant else None,
        expected=_expected(turn, held, catalogue),
        shown=_shown(turn, held if meant else (), missing, filters, catalogue, renamings, respelled, outright=outright),
    )


def _shown(
    turn: Turn,
    held: Sequence[Strategy],
    missing: tuple[Strategy, ...],
    filters: Filters,
    catalogue: Catalogue,
    renamings: Sequence[Renaming],
    respelled: Sequence[tuple[str, str]],
    *,
    outright: bool,
) -> Understood:
    """What was understood, for a person."""
    strategies = turn.meant.strategies if turn.meant else ()
    chosen, meant = _chosen(filters, turn.language, catalogue), _meant(turn, held)
    restrictions = (*chosen, meant) if meant and outright else chosen
    also = other_names(turn.text, renamings)
    by_years = bool(held) and turn.meant is not None and turn.meant.reason == "years"
    text = explain(
        turn.text if turn.carried else "",
        restrictions,
        respelled=respelled,
        preferred=None if outright else meant,
        missing=() if by_years else missing,
        also=also,
        language=turn.language,
    )
    return Understood(
        text=text,
        query=turn.text,
        kind=turn.kind,
        topic=turn.topic,
        strategies=tuple(strategy.id for strategy in strategies),
        missing=tuple(strategy.id for strategy in missing),
        restrictions=restrictions,
        also_searched_as=tuple(other.name for other in also),
        follow_up=turn.carried,
    )


def _expected(turn: Turn, held: tuple[Strategy, ...], catalogue: Catalogue) -> tuple[Strategy, ...]:
    """The strategies asked for: those that came before or after the ones meant, or these themselves."""
    if turn.meant is None or turn.wanted not in ("predecessor", "successor"):
        return ()
    if turn.meant.reason == "neighbour":
        return held or turn.meant.strategies
    ids = [one.predecessor if turn.wanted == "predecessor" else one.successor for one in turn.meant.strategies]
    return tuple(catalogue.strategy(id) for id in ids if id)


def cut(text: str) -> str:
    """Return a question on one line, its first 2,000 characters."""
    return " ".join(text.split())[:LONGEST_QUESTION]


def _chosen(filters: Filters, language: AnswerLanguage, catalogue: Catalogue) -> tuple[Restriction, ...]:
    """What the person chose to search."""
    names = {strategy.id: strategy.name(language) for strategy in catalogue.strategies}
    labels = {
        "strategies": ", ".join(names.get(id, id) for id in filters.strategies),
        "languages": languages_words(filters.languages, language),
        "documents": ", ".join(filters.documents),
    }
    found = (
        Restriction(on="strategies", values=filters.strategies, label=labels["strategies"], reason="chosen"),
        Restriction(on="languages", values=filters.languages, label=labels["languages"], reason="chosen"),
        Restriction(on="documents", values=filters.documents, label=labels["documents"], reason="chosen"),
    )
    return tuple(restriction for restriction in found if restriction.values)


def _meant(turn: Turn, held: Sequence[Strategy]) -> Restriction | None:
    """The strategies with a document that are read out of the question or the one before it, and why these."""
    if not held or not turn.meant:
        return None
    reason = "earlier question" if turn.strategy_carried else turn.meant.reason
    years = f"{years_words(turn.meant.years, turn.language)}: " if turn.meant.years else ""
    label = years + names_of(held, turn.language)
    return Restriction(on="strategies", values=tuple(strategy.id for strategy in held), label=label, reason=reason)
