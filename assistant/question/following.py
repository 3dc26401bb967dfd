"""Follow-ups made to stand alone: what a question leaves unsaid is taken from the questions before it.

A follow-up that names a strategy keeps the topic, one that names a topic keeps the strategy, and one that names neither
keeps both. No language model is asked, and what was carried over stands in the question as it was searched.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from assistant.question.asking import PARTS, topic_of
from assistant.question.naming import (
    NEIGHBOURS,
    PERIOD,
    SPEAKS_OF_STRATEGIES,
    THE_ONE_OF,
    Meant,
    short_names,
    strategies_meant,
)
from assistant.question.routing import OF_THE_WHOLE, Router, Wanted
from assistant.values import AnswerKind, AnswerLanguage
from corpus.catalogue import Catalogue, Strategy
from corpus.language import question_language

LONGEST_MEMORY = 4
OF_STRATEGIES: frozenset[AnswerKind] = frozenset({"strategies", "in force", "overview", "summary"})
JOINING = re.compile(r"^\s*(?:og|men|så|and|but|so|then)\b[\s,]*", re.IGNORECASE)
SUBSTITUTING = re.compile(
    r"^\s*(?:(?:hvad|hvordan)\s+(?:så\s+)?(?:med|om|i)\b(?!\s+(?:er|var|har|siger))"
    r"|(?:what|how)\s+about\b|samme for\b|the same for\b)",
    re.IGNORECASE,
)
ENGLISH_PRONOUN = r"it|its|they|them|their|that|this|these|those"
# "den" and its kin are articles before an adjective, which ends in e, and before a name or a number.
DANISH_PRONOUN = r"(?:den|det|de|dem)(?!\s+\w+e\b)(?!\s+(?-i:[A-ZÆØÅ0-9]))|dens|dets|deres|denne|dette|disse"
REFERRING = re.compile(rf"\b(?:{ENGLISH_PRONOUN}|{DANISH_PRONOUN})\b", re.IGNORECASE)
# "Er det muligt at ..." and "is it possible to ..." refer to nothing.
IMPERSONAL = re.compile(r"\b(?:er|var|vil|skal|kan) det (?!\s*[?.!]?$)|\bis it (?=\w+ (?:that|to)\b)", re.IGNORECASE)
# "What is NemKonto, and when did it start": what is referred to stands in the question itself.
WITHIN = re.compile(rf"(?<=\s)(?-i:[A-ZÆØÅ])[\w.-]+\b.*\b(?:and|og)\b.*?\b(?:{ENGLISH_PRONOUN}|den|det|de)\b", re.IGNORECASE)
THE_STRATEGY = re.compile(r"\b(?:strategien|den strategi|the strategy|that strategy|planen|the plan)s?\b", re.IGNORECASE)
NAME = re.compile(r"(?<!^)(?<![.?!]\s)\b[A-ZÆØÅ][\w-]+")
# Who published it, and when: asked of a strategy, whatever else was spoken of.
PUBLISHING = re.compile(
    r"\b(?:offentliggjort|udgivet|udgav|vedtaget|lanceret|aftalt|står bag|published|issued|launched|adopted|agreed|behind)\b",
    re.IGNORECASE,
)
ASKS = re.compile(
    r"(?:hv|wh|how\b|er|var|har|havde|vil|ville|skal|kan|blev|bliver|is|are|was|were|does|do|did|has|have|will|can|should"
    r"|list|oplist|nævn|vis|sammenlign|compare|show|name|forklar|explain)",
    re.IGNORECASE,
)
PREPOSITION = re.compile(r"(for|til|hos|blandt|among|to|with|in|on)\s+\w", re.IGNORECASE)
FEW_WORDS = 1
ENDING = " ?.!,;:"
THE_PERIOD: Mapping[AnswerLanguage, str] = {"da": "strategien {}-{}", "en": "the strategy {}-{}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One question as it stands alone: its text, what it is about, what it wants, and the strategies it means."""

    text: str
    language: AnswerLanguage
    kind: AnswerKind
    wanted: Wanted
    topic: tuple[str, ...]
    meant: Meant | None
    carried: bool = False
    strategy_carried: bool = False


def converse(questions: Iterable[str], *, catalogue: Catalogue, router: Router, on: date, held: Collection[str] = ()) -> Turn:
    """Return the last of the questions of a conversation, which are in order and at least one, as it stands alone.

    `held` are the ids of the strategies with a document in the index.
    """
    *earlier, last = questions
    before: Turn | None = None
    for text in earlier[-LONGEST_MEMORY:]:
        before = _turn(text, before, catalogue, router, on, held) if any(map(str.isalnum, text)) else before
    return _turn(last, before, catalogue, router, on, held)


def _turn(text: str, before: Turn | None, catalogue: Catalogue, router: Router, on: date, held: Collection[str]) -> Turn:
    focus = before.meant.strategies if before and before.meant else ()
    meant = strategies_meant(text, catalogue, on=on, focus=focus, held=held)
    routed = router.route(text)
    own = Turn(
        text=text,
        language=question_language(text, otherwise=before.language if before else None),
        kind=routed.kind,
        wanted=routed.wanted,
        topic=topic_of(text, catalogue),
        meant=meant,
    )
    if before is None:
        return own
    bare = JOINING.sub("", text)
    if SUBSTITUTING.match(bare) or (not ASKS.match(bare) and (bare != text or not own.topic)):
        return _substituted(own, SUBSTITUTING.sub("", bare).strip(ENDING), before, catalogue)
    return _leaning(own, bare, before)


def _substituted(own: Turn, named: str, before: Turn, catalogue: Catalogue) -> Turn:
    """The question before with one part of it changed: its strategy where the follow-up names one, otherwise its topic."""
    kept = replace(before, language=own.language, carried=True, strategy_carried=own.meant is None and before.meant is not None)
    if own.meant and not own.topic:
        called, name = named, " ".join(_named(own.meant.strategies, own.language))
        for pattern in (THE_ONE_OF, *NEIGHBOURS.values()) if name else ():
            called = pattern.sub(name, called)
        return replace(kept, text=_renamed(before.text, called, own.meant, catalogue), meant=own.meant)
    topic = own.topic or (named,)
    text, gone = _about(before, topic, named)
    kept_words = tuple(word for word in before.topic if word not in gone and word not in topic)
    return replace(kept, text=text, topic=(*kept_words, *topic), meant=own.meant or before.meant)


def _renamed(text: str, named: str, meant: Meant, catalogue: Catalogue) -> str:
    """A question with the strategy that it names changed; where it names none, the new one is put after it."""
    periods = [one.period for one in meant.strategies if one.period]
    years = f"{periods[0][0]}-{periods[0][1]}" if len(periods) == 1 else ""
    if years and PERIOD.search(text):
        return PERIOD.sub(years, text, count=1)
    for pattern in (*NEIGHBOURS.values(), short_names(catalogue)):
        if pattern.search(text):
            return pattern.sub(lambda _: named, text, count=1)
    return f"{text.rstrip(ENDING)}, {named}?"


def _about(before: Turn, topic: tuple[str, ...], named: str) -> tuple[str, tuple[str, ...]]:
    """A question with its topic changed and the words that went from it.

    What follows the same preposition is changed ("for citizens" into "for businesses"), else a name for a name, else the
    whole topic where its words stand together; otherwise the new topic is put after the question.
    """
    names = tuple(word for word in before.topic if _is_name(word))
    if (found := PREPOSITION.match(named)) and (place := re.search(rf"\b{found[1]}\s+(\w+)", before.text, re.IGNORECASE)):
        return before.text[: place.start()] + named + before.text[place.end() :], (place[1],)
    for words in ((names if _is_name(named) else ()), before.topic):
        run = r"\W+(?:\w+\W+){0,2}?".join(map(re.escape, words))
        if words and (place := re.search(rf"\b{run}\b", before.text)):
            return before.text[: place.start()] + " ".join(topic) + before.text[place.end() :], words
    return f"{before.text.rstrip(ENDING)} {' '.join(topic)}?", before.topic


def _leaning(own: Turn, bare: str, before: Turn) -> Turn:
    """A question with what it leaves unsaid put after it: the topic where it refers back or says little, else the strategy."""
    joined, refers = bare != own.text, bool(REFERRING.search(WITHIN.sub(" ", IMPERSONAL.sub(" ", bare))))
    stands_alone = bool(own.topic) and SPEAKS_OF_STRATEGIES.search(bare) is not None and not refers
    little = len(own.topic) <= FEW_WORDS and not NAME.search(bare) and own.meant is None and own.kind == "lookup"
    little = little and not stands_alone
    without_topic = not own.topic and own.meant is not None and own.wanted in OF_THE_WHOLE
    of_order = own.wanted in ("predecessor", "successor") or own.kind in OF_STRATEGIES
    said_of_it = of_order or PUBLISHING.search(bare) or (THE_STRATEGY.search(bare) and not refers)
    of_strategy = bool((before.meant or own.meant) and said_of_it)
    keeps_topic = (refers or little or without_topic) and not of_strategy
    keeps_strategy = own.meant is None and before.meant is not None and not stands_alone
    keeps_strategy &= keeps_topic or joined or of_strategy
    # "How many initiatives does it have?" asks of the strategy, not of the goals that were asked about before.
    of_parts = bool(own.topic) or own.wanted not in OF_THE_WHOLE
    kept = [word for word in before.topic if not (of_parts and PARTS.fullmatch(word))]
    # "When was MitID introduced?", "Who built it?": what is referred to is the thing that has a name.
    kept = [word for word in kept if _is_name(word)] or kept
    topic = tuple(word for word in kept if word not in own.topic) if keeps_topic else ()
    if not topic and not keeps_strategy:
        return own
    carried = [" ".join(topic)] if topic else []
    carried += _named(before.meant.strategies, own.language) if before.meant and keeps_strategy else []
    return replace(
        own,
        text=f"{bare.rstrip(ENDING)} ({', '.join(carried)})?" if carried else bare,
        topic=(*own.topic, *topic),
        meant=before.meant if keeps_strategy else own.meant,
        carried=True,
        strategy_carried=keeps_strategy,
    )


def _is_name(word: str) -> bool:
    return NAME.search(f"_ {word}") is not None


def _named(strategies: tuple[Strategy, ...], language: AnswerLanguage) -> list[str]:
    """What one strategy that is carried over is called in a rewritten question; nothing for several, which are told elsewhere."""
    if len(strategies) != 1:
        return []
    period = strategies[0].period
    return [THE_PERIOD[language].format(*period) if period else strategies[0].name(language)]
