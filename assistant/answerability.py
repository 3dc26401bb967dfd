"""Whether the best sentences that were found answer the question at all.

Signs are read off the best sentence and its passage, and most are weighed by a logistic regression. Three speak alone: nothing
of what is asked about stands there; most of it stands in no document at all; a number or money is asked for, and the sentence
holds none or is about something else. Data, figures and what lost are in docs/adr/0072-refusing-what-is-near.md.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.asking import Wanted
from assistant.judging import Judgement
from assistant.naming import FAMILIES, PERIOD
from assistant.reranking import Asked
from corpus.lexical import LexicalIndex, side_of, terms
from corpus.lexicon import Side
from corpus.values import Abstention, Query

# What is called by its name: a capital within the question, a capital inside a word, or a figure.
NAME = re.compile(r"(?<=\s)[A-ZÆØÅ][\w'’-]*|\b\w*[a-zæøå0-9][A-ZÆØÅ]\w*|\b\w*\d\w*\b")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
NEAR_THE_BEST = 0.85
COUNTED: frozenset[Wanted] = frozenset({"number", "money"})
PLAIN: frozenset[Wanted] = frozenset({"publisher", "predecessor", "successor", "strategy"})
LEAST_SIGN = 0.3  # how plainly a sentence must hold the number or the money that is asked for
LEAST_COUNTED = 0.4  # of what is asked about that such a sentence must hold: a number alone says nothing
MOST_UNHEARD, LEAST_BESIDE = 0.5, 0.5  # where so much stands in no document, the sentence must hold more than so much
LEAST_HELD = 0.1  # of what is asked about that the passage must hold
HARDLY = 0.05  # the trust below which a concept does not stand there
NEAR = 0.25  # of it that the sentence holds, for it to be called near


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What speaks for and against the best sentence: its passage's score, then shares from 0 to 1.

    `sentence` and `chunk` are how much they hold, with their headings, of the weight of what is asked about; `unheard` is how
    much of it no document holds.
    """

    passage: float
    sentence: float
    chunk: float
    unheard: float
    names_missing: float
    numbers_missing: float
    time_missing: float
    concepts_missing: float


# Fitted on development sets that have nothing to do with this corpus.
WEIGHTS: Mapping[str, float] = {
    "passage": 3.49,
    "names_missing": -0.80,
    "numbers_missing": -1.11,
    "time_missing": -0.36,
    "concepts_missing": -0.49,
    "unheard": -0.61,
}
BIAS, LEAST = -1.77, -1.1


def answering(query: Query, wanted: Wanted, judgements: Sequence[Judgement], lexical: LexicalIndex) -> list[Judgement]:
    """Return the judgements that may answer.

    Where a number, money, a time or what something is is asked for, or something is called by name, and a sentence near the
    best holds it, such alone.
    """
    chosen = list(judgements)
    if wanted in COUNTED or wanted in ("time", "definition"):
        chosen = _preferred(chosen, [judgement.sign >= LEAST_SIGN for judgement in chosen])
    names = _names(query, lexical)
    if names:
        chosen = _preferred(chosen, [_missing(names, judgement, lexical) < HARDLY for judgement in chosen])
    return chosen


def _preferred(judgements: Sequence[Judgement], holds: Sequence[bool]) -> list[Judgement]:
    """Those judgements that hold something, where one of them is near the best; else all."""
    least = NEAR_THE_BEST * max((judgement.score for judgement in judgements), default=0.0)
    held = [judgement for judgement, it_does in zip(judgements, holds, strict=True) if it_does]
    return held if any(judgement.score >= least for judgement in held) else list(judgements)


def refusal(
    query: Query, topic: Sequence[str], wanted: Wanted, judgements: Sequence[Judgement], lexical: LexicalIndex
) -> Abstention | None:
    """Return why the judged sentences are no answer, or None where the best of them may be one.

    `topic` are the words that say what the question is about, none where it is about a strategy alone.
    """
    if not judgements:
        return "nothing near"
    best = max(judgements, key=lambda judgement: judgement.score)
    if wanted in PLAIN and query.filters.strategies and best.sign == 1:
        # In the documents of one strategy the sentence that plainly says who or which needs no word of the question.
        return None
    about = " ".join(topic)
    read = signs(query, about, wanted, best, lexical)
    if not _refused(read, wanted, best.sign):
        return None
    if min(lexical.unheard(about, query.language).values()) >= MOST_UNHEARD:
        return "outside the collection"
    return "near but not answering" if read.sentence >= NEAR else "nothing near"


def _refused(read: Signs, wanted: Wanted, sign: float) -> bool:
    weighed = BIAS + sum(weight * getattr(read, name) for name, weight in WEIGHTS.items())
    strange = read.unheard >= MOST_UNHEARD and read.sentence <= LEAST_BESIDE
    uncounted = wanted in COUNTED and (sign < LEAST_SIGN or read.sentence < LEAST_COUNTED)
    return weighed < LEAST or strange or uncounted or read.chunk < LEAST_HELD


def signs(query: Query, about: str, wanted: Wanted, best: Judgement, lexical: LexicalIndex) -> Signs:
    """Return the signs of a judged sentence and its passage, by the words that say what a question is `about`."""
    chunk, document = best.passage.chunk, best.passage.document
    side = side_of(chunk.language)
    asked = Asked.of(lexical.weighed(about, query.language)[side])
    headings = terms(" ".join((document.title, *chunk.heading_path)), side, lexical.lexicon)
    said = [*headings, *terms(chunk.text, side, lexical.lexicon)]
    held = asked.held(said)
    numbers = set(NUMBER.findall(f"{document.title} {chunk.text}"))
    return Signs(
        passage=best.passage.score,
        sentence=asked.covered([*headings, *terms(best.sentence.text, side, lexical.lexicon)], around=[]) if len(held) else 1.0,
        chunk=float(held @ asked.shares) if len(held) else 1.0,
        unheard=lexical.unheard(about, query.language)[side],
        names_missing=_missing(_names(query, lexical), best, lexical),
        numbers_missing=float(not set(NUMBER.findall(query.text)) <= numbers),
        time_missing=float(wanted == "time" and not best.sign),
        concepts_missing=float((held < HARDLY).mean()) if len(held) else 0.0,
    )


def _names(query: Query, lexical: LexicalIndex) -> dict[str, Mapping[Side, Asked]]:
    """The names in a question with what each asks of texts of either side."""
    found: dict[str, Mapping[Side, Asked]] = {}
    text = PERIOD.sub(" ", query.text)
    if query.filters.strategies:
        # The names of the strategies that alone are searched tell their sentences apart no more.
        for _, pattern in FAMILIES:
            text = pattern.sub(" ", text)
    for name in NAME.findall(text):
        weighed = lexical.weighed(name, query.language)
        found[name] = {side: Asked.of(concepts) for side, concepts in weighed.items()}
    return found


def _missing(names: Mapping[str, Mapping[Side, Asked]], judgement: Judgement, lexical: LexicalIndex) -> float:
    """The share of some names that a sentence and its headings do not say, under none of the names that the glossary knows."""
    if not names:
        return 0.0
    chunk, side = judgement.passage.chunk, side_of(judgement.passage.chunk.language)
    text = " ".join((judgement.passage.document.title, *chunk.heading_path, judgement.sentence.text))
    said = terms(text, side, lexical.lexicon)
    # A name that is also a stop word asks nothing of the index: then it must stand there as it is written.
    held = [
        float(asked[side].held(said) @ asked[side].shares) if len(asked[side].shares) else float(name in text)
        for name, asked in names.items()
    ]
    return 1 - sum(held) / len(held)
