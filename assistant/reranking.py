"""Reranking: the passages that retrieval found first, judged by their sentences.

A question is as a rule answered by one sentence or two, and the vector and the word count of a whole passage hide them. So
each of the first passages is given three more signs: the cosine of its best sentence, and the share of the question's
concepts that its best sentence holds, and its best two neighbouring ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from corpus.embedding import Embedder
from corpus.lexical import Concept, LexicalIndex, side_of, terms
from corpus.lexicon import Lexicon, Side
from corpus.values import Chunk, Query

Scores = NDArray[np.float32]
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
    asked = {side: Asked.of(concepts) for side, concepts in lexical.weighed(query.text, query.language).items()}
    covered = [coverage(chunk, asked[side_of(chunk.language)], lexical.lexicon) for chunk in chunks]
    signs = np.column_stack([cosines, words, near, np.array(covered, np.float32).reshape(len(chunks), 2)])
    return np.asarray(signs @ np.array(astuple(weights)), np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a query asks of texts of one side: each concept's share of it, and which stem expresses which, how surely."""

    shares: Scores
    stems: Mapping[str, Sequence[tuple[int, float]]]

    @classmethod
    def of(cls, concepts: Sequence[tuple[Concept, float]]) -> "Asked":
        weights = np.array([weight for _, weight in concepts], np.float32)
        stems: dict[str, list[tuple[int, float]]] = {}
        for place, (concept, _) in enumerate(concepts):
            for name, sureness in concept.stems.items():
                stems.setdefault(name, []).append((place, sureness))
        return cls(shares=weights / max(weights.sum(), 1e-9), stems=stems)

    def held(self, text: str, side: Side, lexicon: Lexicon) -> Scores:
        """How surely a text expresses each concept, shape (concepts,)."""
        found = np.zeros(len(self.shares), np.float32)
        for name in self.stems.keys() & set(terms(text, side, lexicon)):
            for place, sureness in self.stems[name]:
                found[place] = max(found[place], sureness)
        return found


def coverage(chunk: Chunk, asked: Asked, lexicon: Lexicon) -> tuple[float, float]:
    """The share of a query that the best sentence of a chunk holds, and its best two neighbouring sentences."""
    side = side_of(chunk.language)
    around = AROUND * asked.held(" ".join(chunk.heading_path), side, lexicon)
    held = [np.maximum(asked.held(sentence.text, side, lexicon), around) for sentence in chunk.sentences]
    pairs = [np.maximum(*pair) for pair in pairwise(held)] or held
    return max(float(one @ asked.shares) for one in held), max(float(two @ asked.shares) for two in pairs)


def _starts(chunks: Sequence[Chunk]) -> NDArray[np.int64]:
    """The place of each chunk's first sentence among all sentences."""
    return np.cumsum([0, *(len(chunk.sentences) for chunk in chunks[:-1])])
