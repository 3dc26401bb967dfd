"""Reading: how surely each sentence of the passages answers the question, on one scale from 0 to 1.

The reader gives a probability for each sentence. What the question hints at (the strategies that it probably means, the names
that it uses) moves that probability, and never leaves a sentence out. Only a strategy that the question names outright does.
`python -m training.confidence` fits the weights; data, figures and what lost are in docs/adr/0095-one-scale.md.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from assistant.finding.index import Index
from assistant.finding.reranking import Asked
from assistant.question.naming import named_strategies, periods_in
from assistant.question.understanding import Question
from assistant.values import Passage
from corpus.catalogue import Catalogue, Strategy
from corpus.lexical import LexicalIndex, side_of, terms
from corpus.lexicon import Side
from corpus.values import Sentence
from reader import Text

PASSAGES = 24
READ = 20  # passages that the reader reads, the first by retrieval
BREADCRUMB = " › "
LEAST, MOST = 1e-4, 1 - 1e-4  # of a probability whose odds are taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each sign counts in the log-odds that a sentence answers."""

    reader: float
    retrieval: float
    names_missing: float
    preferred: float
    expected: float
    across: float
    bias: float


WEIGHTS = Weights(reader=1.0, retrieval=1.0, names_missing=-1.5, preferred=0.8, expected=1.0, across=-0.2, bias=-0.3)
ANSWERS, NEARLY = 0.5, 0.15
"""The confidence from which a sentence is an answer, and from which it may be what is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What speaks for and against a sentence: the log-odds that the reader gives it, and signs from 0 to 1.

    `retrieval` is its passage's score beside the best one's, `names_missing` the share of the names in the question that neither
    it nor its headings say. `preferred`: it is of a strategy that the question probably means. `expected`: it names a strategy
    that the catalogue knows to be the answer. `across`: it is in another language than the question.
    """

    reader: float
    retrieval: float
    names_missing: float
    preferred: float
    expected: float
    across: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredSentence:
    """The sentence in a `place` of a passage, and the probability from 0 to 1 that it answers the question."""

    passage: Passage
    place: int
    signs: Signs
    confidence: float

    @property
    def sentence(self) -> Sentence:
        """The sentence itself."""
        return self.passage.chunk.sentences[self.place]


def find(question: Question, index: Index) -> list[Passage]:
    """Return the passages nearest to a question, best first, each once.

    They are looked for everywhere that the person allows, and again within the strategies that the question names or means; the
    two take turns, so that neither hides the other.
    """
    everywhere = index.retriever.retrieve(question.query(), count=PASSAGES)
    within = question.bound or question.preferred
    bounded = index.retriever.retrieve(question.query(within=within), count=PASSAGES) if within else []
    other_twins = index.other_twins(question.filters, question.language)
    in_turn = chain.from_iterable(zip_longest(bounded, everywhere))
    found = {passage.chunk.id: passage for passage in in_turn if passage and passage.document.id not in other_twins}
    return list(found.values())


def read(
    question: Question, passages: Sequence[Passage], index: Index, catalogue: Catalogue, *, part: str = "", most: int = READ
) -> list[ScoredSentence]:
    """Return every sentence that may answer a question, or one `part` of it, with its confidence, the surest first.

    `passages` are in the order of retrieval; the reader reads the first of them, `most` at most.
    """
    admitted = [passage for passage in passages if _admitted(passage, question)][:most]
    if not admitted:
        return []
    texts = [Text(heading=_heading(passage), sentences=tuple(s.text for s in passage.chunk.sentences)) for passage in admitted]
    readings = index.reader.read(part or question.text, texts)
    names = _names(question, index.lexical)
    best = max(passage.score for passage in admitted)
    scored: list[ScoredSentence] = []
    for passage, reading in zip(admitted, readings, strict=True):
        for place, probability in enumerate(reading.answers):
            if not _about(passage, place, question, catalogue):
                continue
            signs = _signs(passage, place, probability, question, names=names, best=best, lexical=index.lexical)
            scored.append(ScoredSentence(passage=passage, place=place, signs=signs, confidence=confidence(signs)))
    return sorted(scored, key=lambda held: -held.confidence)


def confidence(signs: Signs, weights: Weights = WEIGHTS) -> float:
    """Return the probability that a sentence with these signs answers."""
    total = weights.bias + sum(getattr(weights, name) * getattr(signs, name) for name in Signs.__slots__)
    return 1 / (1 + math.exp(-max(min(total, 30.0), -30.0)))


def _signs(
    passage: Passage,
    place: int,
    probability: float,
    question: Question,
    *,
    names: Mapping[str, Mapping[Side, Asked]],
    best: float,
    lexical: LexicalIndex,
) -> Signs:
    bounded = min(max(probability, LEAST), MOST)
    return Signs(
        reader=math.log(bounded / (1 - bounded)),
        retrieval=passage.score / best if best > 0 else 0.0,
        names_missing=_missing(names, passage, place, lexical),
        preferred=float(passage.document.strategy in question.preferred),
        expected=float(_names_one_of(passage.chunk.sentences[place].text, question.expected)),
        across=float(side_of(passage.chunk.language) != question.language),
    )


def _heading(passage: Passage) -> str:
    return BREADCRUMB.join((passage.document.title, *passage.chunk.heading_path))


def _admitted(passage: Passage, question: Question) -> bool:
    """Whether a passage may answer: of a question that names strategies those of no other, save where others name them."""
    strategy = passage.document.strategy
    if not question.bound or strategy is None or strategy in question.bound:
        return True
    return any(_names_period(sentence.text, question) for sentence in passage.chunk.sentences)


def _about(passage: Passage, place: int, question: Question, catalogue: Catalogue) -> bool:
    """Whether a sentence may speak of the strategies that the question names: their documents do, others if they name them."""
    strategy, text = passage.document.strategy, passage.chunk.sentences[place].text
    if question.bound:
        return strategy is None or strategy in question.bound or _names_period(text, question)
    if question.reason == "named" and question.missing and strategy is not None:
        return any(one in question.missing for one in named_strategies(text, catalogue))
    return True


def _names_period(text: str, question: Question) -> bool:
    periods = {strategy.period for strategy in question.strategies}
    return not periods_in(text).isdisjoint(periods)


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


def _missing(names: Mapping[str, Mapping[Side, Asked]], passage: Passage, place: int, lexical: LexicalIndex) -> float:
    """The share of the names that neither a sentence nor its headings say, under none of the names that the glossary knows."""
    if not names:
        return 0.0
    side = side_of(passage.chunk.language)
    text = " ".join((passage.document.title, *passage.chunk.heading_path, passage.chunk.sentences[place].text))
    said = terms(text, side, lexical.lexicon)
    # A name that is also a stop word asks nothing of the index: then it must stand there as it is written.
    held = [
        float(asked[side].held(said) @ asked[side].shares) if len(asked[side].shares) else float(name in text)
        for name, asked in names.items()
    ]
    return 1 - sum(held) / len(held)
