"""From a question as typed to a query that stands alone: its language, the strategies it names, what kind of answer it asks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from corpus.catalogue import Catalogue, Strategy
from corpus.errors import QuestionError
from corpus.language import question_language
from corpus.stemming import is_stop_word, stems, words
from corpus.values import Filters, Query

LONGEST_QUESTION = 2000
Period = tuple[int, int]
Wanted = Literal["number", "time", "publisher", "list", "passage"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """A question understood: the query, what kind of answer it wants, and the strategies that it names, latest first."""

    query: Query
    language: Literal["da", "en"]
    wanted: Wanted
    strategies: tuple[Strategy, ...]


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.IGNORECASE)


# Tried in this order; the first that matches decides.
WANTED: tuple[tuple[Wanted, re.Pattern[str]], ...] = (
    (
        "publisher",
        _any(
            r"hvem\b.*\b(?:udgav|udgivet|udgiver|udgivere|står bag|afsender|har lavet|har vedtaget|har indgået)",
            r"udgiver(?:en|ne)?|(?:hvem|hvilke)\b.*\bparter(?:ne)?",
            r"who\b.*\b(?:published|publishes|issued|(?:is|are) behind|stands? behind|released|launched|agreed)",
            r"published by",
            r"publishers?|(?:who|which)\b.*\bparties",
        ),
    ),
    (
        "number",
        _any(
            r"hvor (?:mange|meget|få|stort?|store|høj|højt|lang)",
            r"hvilken andel|antallet",
            r"how (?:many|much|large|high|long)",
            r"(?:what|which) (?:share|percentage|proportion|fraction|number)",
        ),
    ),
    ("time", _any(r"hvornår", r"hvilket år", r"hvilken dato", r"when", r"(?:what|which) (?:year|date)")),
    ("list", _any(r"hvilke", r"list|oplist|nævn alle", r"which", r"what are")),
)
# Words that say what kind of answer is wanted, not what it is about; an answer need not repeat them.
ASKING = _any(
    r"hvor (?:mange|meget|få|stort?|store|høj|højt|lang)",
    r"(?:stor )?andel(?:en)?|antal(?:let)?|procentdel|hvilket år(?:stal)?|hvilken dato|hvornår",
    r"udgav|udgivet|udgiver|udgives|står bag|hedder|kaldes|bliver?",
    r"how (?:many|much|large|high|long)",
    r"(?:what|which) (?:share|percentage|proportion|fraction|number|year|date)",
    r"published|publishes|publisher|issued|(?:is|are) behind|called|become",
)
PERIOD = re.compile(r"\b((?:19|20)\d\d)\s*(?:[-–—/]|to|til)\s*((?:19|20)?\d\d)\b")
# Words that name a strategy; only its documents are searched then, so they tell its sentences apart no more.
NAMING = re.compile(PERIOD.pattern + r"|\b(?:\w*strateg\w+|joint|government|fællesoffentlig\w*)\b", re.IGNORECASE)
CURRENT = re.compile(
    r"\b(nuværende|gældende|aktuelle|seneste|nyeste|current|latest|newest|present|in force)\b[^.?!]*\bstrateg", re.IGNORECASE
)
REFERRING = re.compile(
    r"^\s*(og|men|and|but|så|hvad med|what about|how about)\b"
    r"|\b(den|det|de|dem|dens|dets|deres|denne|dette|disse|it|its|they|them|their|this|these|those)\b",
    re.IGNORECASE,
)
FEW_STEMS = 3
LONGEST_MEMORY = 4
SHORTEST_TITLE = 12


def understand(
    question: str,
    *,
    catalogue: Catalogue,
    indexed: Sequence[str],
    on: date,
    history: Sequence[str] = (),
    filters: Filters = Filters(),  # noqa: B008 - frozen
) -> Understanding:
    """Return what the question asks. `indexed` are the ids of the strategies that have a document in the index, `on` is today.

    A strategy that is named becomes a filter where it is indexed and the caller set none. Raises `QuestionError` for a
    question without words.
    """
    text = " ".join(question.split())[:LONGEST_QUESTION]
    if not any(character.isalnum() for character in text):
        raise QuestionError("the question has no words: type a question in Danish or English")
    language = question_language(text)
    turns = _turns(text, history)
    named = next((found for turn in reversed(turns) if (found := named_strategies(turn, catalogue, on=on))), ())
    held = tuple(strategy.id for strategy in named if strategy.id in indexed)
    if held and not filters.strategies:
        filters = replace(filters, strategies=held)
    wanted: Wanted = next((kind for kind, pattern in WANTED if pattern.search(text)), "passage")
    query = Query(text=" ".join(turns), language=language, filters=filters)
    return Understanding(query=query, language=language, wanted=wanted, strategies=named)


def named_strategies(text: str, catalogue: Catalogue, *, on: date) -> tuple[Strategy, ...]:
    """Return the strategies that a text names by period, by title, or as the current joint one; the latest first."""
    periods = periods_in(text)
    folded = text.casefold()
    found = {strategy.id: strategy for strategy in catalogue.strategies if _is_named(strategy, folded, periods)}
    if not found and CURRENT.search(text):
        found = {strategy.id: strategy for strategy in catalogue.in_force(on) if strategy.level == "joint"}
    return tuple(sorted(found.values(), key=lambda strategy: strategy.published, reverse=True))


def content_words(text: str) -> list[str]:
    """Return the words of a text in lower case that are a stop word in neither language."""
    return [word for word in words(text) if not is_stop_word(word, "da") and not is_stop_word(word, "en")]


def periods_in(text: str) -> frozenset[Period]:
    """Return the periods that a text names ("2011-2015", "2011–15", "2011 to 2015"), as first and last year."""
    return frozenset((int(start), _full_year(start, end)) for start, end in PERIOD.findall(text))


def _is_named(strategy: Strategy, folded: str, periods: frozenset[Period]) -> bool:
    if any(len(title) >= SHORTEST_TITLE and title.casefold() in folded for title in strategy.titles):
        return True
    return strategy.period in periods


def _full_year(start: str, end: str) -> int:
    return int(end if len(end) == 4 else start[:2] + end)


def _turns(text: str, history: Sequence[str]) -> list[str]:
    """Return the question after the earlier ones that it leans on, as long as the first begins with "and" or says too little."""
    turns = [text]
    for earlier in reversed(history[-LONGEST_MEMORY:]):
        own = len(stems(turns[0], question_language(turns[0])))
        if own >= FEW_STEMS and not (REFERRING.search(turns[0]) and own <= FEW_STEMS + 2):
            break
        turns.insert(0, " ".join(earlier.split())[:LONGEST_QUESTION])
    return turns
