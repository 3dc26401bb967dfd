"""The signs of how surely a sentence answers a question, and the one confidence that they make.

`python -m training.confidence` fits the weights; data, figures and what lost are in docs/adr/0096-one-scale.md.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.finding.index import Index
from assistant.finding.reranking import Asked
from assistant.question.naming import periods_in
from assistant.question.understanding import Question
from assistant.values import Passage
from corpus.catalogue import Strategy
from corpus.lexical import LexicalIndex, sentence_terms, side_of
from corpus.lexicon import Side
from reader import Reading

LEAST, MOST = 1e-4, 1 - 1e-4  # of a probability whose odds are taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What speaks for and against a sentence: the log-odds that the reader gives it, and signs from 0 to 1.

    `retrieval` is its passage's score, `nothing` how probable it is to the reader that nothing in the passage answers.
    `likeness` is how near its meaning is to the question's, `coverage` how much of the question it says, `names_missing` the
    share of the names in the question that neither it nor its headings say, and `unheard` how much of what is asked about stands
    in no document at all. `preferred`: it is of a strategy that the question names or probably means. `expected`: it names a
    strategy that the catalogue knows to be the answer. `across`: it is in another language than the question.
    """

    reader: float
    nothing: float
    retrieval: float
    likeness: float
    coverage: float
    names_missing: float
    unheard: float
    preferred: float
    expected: float
    across: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each sign counts in the log-odds that a sentence answers."""

    reader: float
    nothing: float
    retrieval: float
    likeness: float
    coverage: float
    names_missing: float
    unheard: float
    preferred: float
    expected: float
    across: float
    bias: float


WEIGHTS = Weights(
    reader=0.65,
    nothing=0.09,
    retrieval=3.53,
    likeness=0.14,
    coverage=0.83,
    names_missing=-0.55,
    unheard=-1.27,
    preferred=0.94,
    expected=-0.04,
    across=-0.1,
    bias=-1.78,
)


def confidence(signs: Signs, weights: Weights = WEIGHTS) -> float:
    """Return the probability that a sentence with these signs answers."""
    total = weights.bias + sum(getattr(weights, name) * getattr(signs, name) for name in Signs.__slots__)
    return 1 / (1 + math.exp(-max(min(total, 30.0), -30.0)))


def read_signs(question: Question, passages: Sequence[Passage], readings: Sequence[Reading], index: Index) -> list[list[Signs]]:
    """Return the signs of every sentence of some passages, given what the reader says of each passage."""
    sentences = [sentence.text for passage in passages for sentence in passage.chunk.sentences]
    likeness = iter((index.embedder.encode_passages(sentences) @ index.embedder.encode_queries([question.text])[0]).tolist())
    asked = {side: Asked.of(weighed) for side, weighed in index.lexical.weighed(question.text, question.language).items()}
    names, meant = _names(question, index.lexical), {*question.bound, *question.preferred}
    unheard = index.lexical.unheard(" ".join(question.topic), question.language)
    found: list[list[Signs]] = []
    for passage, reading in zip(passages, readings, strict=True):
        side = side_of(passage.chunk.language)
        headings = " ".join((passage.document.title, *passage.chunk.heading_path))
        around = sentence_terms(headings, side, index.lexical.lexicon)
        of_passage: list[Signs] = []
        for sentence, probability in zip(passage.chunk.sentences, reading.answers, strict=True):
            said = sentence_terms(sentence.text, side, index.lexical.lexicon)
            bounded = min(max(probability, LEAST), MOST)
            of_passage.append(
                Signs(
                    reader=math.log(bounded / (1 - bounded)),
                    nothing=reading.nothing,
                    retrieval=passage.score,
                    likeness=max(next(likeness), 0.0),
                    coverage=asked[side].covered(said, around=around),
                    names_missing=_missing(names, (*said, *around), side, f"{headings} {sentence.text}"),
                    unheard=unheard[side],
                    preferred=float(passage.document.strategy in meant),
                    expected=float(_names_one_of(sentence.text, question.expected)),
                    across=float(side != question.language),
                )
            )
        found.append(of_passage)
    return found


def _names_one_of(text: str, strategies: Sequence[Strategy]) -> bool:
    """Whether a text names one of some strategies by its period or its title."""
    periods = {strategy.period for strategy in strategies}
    folded = text.casefold()
    return not periods_in(text).isdisjoint(periods) or any(
        title.casefold() in folded for strategy in strategies for title in strategy.titles
    )


def _names(question: Question, lexical: LexicalIndex) -> dict[str, Mapping[Side, Asked]]:
    """The names in a question, each with what it asks of texts of either side."""
    found: dict[str, Mapping[Side, Asked]] = {}
    for name in question.names:
        weighed = lexical.weighed(name, question.language)
        found[name] = {side: Asked.of(concepts) for side, concepts in weighed.items()}
    return found


def _missing(names: Mapping[str, Mapping[Side, Asked]], said: Sequence[str], side: Side, text: str) -> float:
    """The share of the names that the stems `said` do not express, under none of the names that the glossary knows."""
    if not names:
        return 0.0
    # A name that is also a stop word asks nothing of the index: then it must stand in the text as it is written.
    held = [
        float(asked[side].held(said) @ asked[side].shares) if len(asked[side].shares) else float(name in text)
        for name, asked in names.items()
    ]
    return 1 - sum(held) / len(held)
