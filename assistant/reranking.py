"""Reranking: the passages that retrieval found first, judged by their sentences.

A question is as a rule answered by one sentence or two, and the vector and the word count of a whole passage hide them. So
each of the first passages is given three more signs: the cosine of its best sentence, and the share of the question's
concepts that its best sentence holds, and its best two neighbouring ones.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.embedding import Embedder
from corpus.lexical import Concept, LexicalIndex, side_of, terms
from corpus.lexicon import Side
from corpus.values import Chunk, Query

Scores = NDArray[np.float32]
Weighed = Sequence[tuple[Concept, float]]
AROUND = 0.5  # the trust in a concept that stands in a heading above the sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each sign of a passage counts; they sum to 1, so that scores stay between 0 and 1 as a rule."""

    cosine: float
    words: float
    sentence_cosine: float
    sentence_coverage: float
    pair_coverage: float


# Fitted by softmax regression on development sets that have nothing to do with this corpus (docs/adr/0012-fusion.md).
WEIGHTS = Weights(cosine=0.19, words=0.20, sentence_cosine=0.25, sentence_coverage=0.17, pair_coverage=0.19)


def rerank(
    query: Query,
    vector: Scores,
    chunks: Sequence[Chunk],
    *,
    cosines: Scores,
    words: Scores,
    embedder: Embedder,
    lexical: LexicalIndex,
    weights: Weights = WEIGHTS,
) -> Scores:
    """The score of each chunk, shape (chunks,), from its cosine and share of words and from its sentences."""
    vectors = embedder.encode_passages([sentence.text for chunk in chunks for sentence in chunk.sentences])
    near = np.maximum.reduceat(vectors @ vector, _starts(chunks)) if len(vectors) else np.zeros(len(chunks))
    concepts = lexical.weighed(query.text, query.language)
    covered = [coverage(chunk, concepts[side_of(chunk.language)], lexical) for chunk in chunks]
    signs = np.column_stack([cosines, words, near, np.array(covered, np.float32).reshape(len(chunks), 2)])
    return np.asarray(signs @ np.array(astuple(weights)), np.float32)


def coverage(chunk: Chunk, concepts: Weighed, lexical: LexicalIndex) -> tuple[float, float]:
    """The share of the concepts' weight that the best sentence of a chunk holds, and its best two neighbours."""
    total = sum(weight for _, weight in concepts)
    if not total:
        return 0.0, 0.0
    side: Side = side_of(chunk.language)
    around = AROUND * _held(" ".join(chunk.heading_path), side, concepts, lexical)
    held = [np.maximum(_held(sentence.text, side, concepts, lexical), around) for sentence in chunk.sentences]
    shares = np.array([weight / total for _, weight in concepts], np.float32)
    pairs = [np.maximum(*pair) for pair in zip(held, held[1:], strict=False)] or held
    return max(float(one @ shares) for one in held), max(float(two @ shares) for two in pairs)


def _held(text: str, side: Side, concepts: Weighed, lexical: LexicalIndex) -> Scores:
    """How surely a text expresses each concept, shape (concepts,)."""
    found = set(terms(text, side, lexical.lexicon))
    return np.array([concept.held(found) for concept, _ in concepts], np.float32)


def _starts(chunks: Sequence[Chunk]) -> NDArray[np.int64]:
    """The place of each chunk's first sentence among all sentences."""
    return np.cumsum([0, *(len(chunk.sentences) for chunk in chunks[:-1])])
