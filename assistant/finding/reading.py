"""Reading: how surely each sentence of the passages answers the question, on one scale from 0 to 1.

The reader gives a probability for each sentence. What the question hints at (the strategies that it probably means, the names
that it uses) moves that probability, and never leaves a sentence out. Only a strategy that the question names outright does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from assistant.finding.index import Index
from assistant.finding.signs import Signs, confidence, read_signs
from assistant.question.naming import named_strategies, periods_in
from assistant.question.understanding import Question
from assistant.values import Passage
from corpus.catalogue import Catalogue
from corpus.values import Sentence
from reader import Text

PASSAGES = 24
READ = 20  # passages that the reader reads, the first by retrieval
BREADCRUMB = " › "
ANSWERS, NEARLY = 0.3, 0.1
"""The confidence from which a sentence is an answer, and from which it may be what is looked for."""


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
    in_turn = chain.from_iterable(zip_longest(bounded, everywhere))
    return list({passage.chunk.id: passage for passage in in_turn if passage}.values())


def read(
    question: Question, passages: Sequence[Passage], index: Index, catalogue: Catalogue, *, part: str = "", most: int = READ
) -> list[ScoredSentence]:
    """Return every sentence that may answer a question, or one `part` of it, with its confidence, the surest first.

    `passages` are in the order of retrieval; the reader reads the first of them, `most` at most.
    """
    # What a digest of ours says in the reader's language is not read again in the other.
    twins = index.other_twins(question.filters, question.language)
    own = (passage for passage in passages if passage.document.id not in twins)
    admitted = [passage for passage in own if _admitted(passage, question)][:most]
    if not admitted:
        return []
    texts = [text_of(passage) for passage in admitted]
    readings = index.reader.read(part or question.text, texts)
    scored: list[ScoredSentence] = []
    for passage, of_passage in zip(admitted, read_signs(question, admitted, readings, index), strict=True):
        for place, signs in enumerate(of_passage):
            if _says_something(passage, place) and _about(passage, place, question, catalogue):
                scored.append(ScoredSentence(passage=passage, place=place, signs=signs, confidence=confidence(signs)))
    return sorted(scored, key=lambda sentence: -sentence.confidence)


def _says_something(passage: Passage, place: int) -> bool:
    """Whether a sentence has two words at least: one alone, left over from a table or a figure, answers nothing."""
    return len(passage.chunk.sentences[place].text.split()) > 1


def text_of(passage: Passage) -> Text:
    """Return a passage as the reader reads it, under its document's title and its headings."""
    sentences = tuple(sentence.text for sentence in passage.chunk.sentences)
    return Text(heading=BREADCRUMB.join((passage.document.title, *passage.chunk.heading_path)), sentences=sentences)


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
