"""Reranking: the passages that retrieval found first, judged by their sentences.

A question is as a rule answered by one sentence or two, and the vector and the word count of a whole passage hide them. So
each of the first passages is given four more signs: the cosine of its best sentence, the share of the question's concepts
that its best two neighbouring sentences hold, how close together it says what the question says side by side, and how
near it is to the passages that came out best.
"""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from assistant.values import Query
from corpus.embedding import Embedder
from corpus.lexical import Concept, LexicalIndex, sentence_terms, side_of
from corpus.lexicon import Lexicon
from corpus.values import Chunk, Language

Scores = NDArray[np.float32]
AROUND = 0.5  # the trust in a concept that stands in a heading above the sentences
SURE = 0.25  # how surely a stem must express a concept for its place to count
BESIDE, CLOSE = 2, 5  # words apart: as close as the question, and half so
LEADERS, SHARPNESS = 3, 20.0  # how many passages the others are compared with, and how much more the better ones count


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each sign of a passage counts."""

    cosine: float
    words: float
    sentence_cosine: float
    coverage: float
    closeness: float
    company: float


# Fitted by softmax regression on development sets that have nothing to do with this corpus (docs/adr/0012-reranking.md): for
# passages in the query's language, and for those in another, where meaning tells more than translated words do.
WITHIN = Weights(cosine=0.21, words=0.20, sentence_cosine=0.26, coverage=0.22, closeness=0.11, company=0.12)
ACROSS = Weights(cosine=0.20, words=0.12, sentence_cosine=0.38, coverage=0.23, closeness=0.10, company=0.085)


def rerank(
    query: Query,
    vector: Scores,
    chunks: Sequence[Chunk],
    *,
    vectors: Scores,
    words: Scores,
    embedder: Embedder,
    lexical: LexicalIndex,
) -> Scores:
    """The score of each chunk, shape (chunks,), from the query's vector, the chunks' vectors and their shares of words."""
    asked = {side: Asked.of(concepts) for side, concepts in lexical.weighed(query.text, query.language).items()}
    said = [asked[side_of(chunk.language)].said_in(chunk, lexical.lexicon) for chunk in chunks]
    near = best_sentences(vector, chunks, embedder)
    signs = np.column_stack([vectors @ vector, words, near, np.array(said, np.float32).reshape(len(chunks), 2)])
    weights = np.array([astuple(_weights(query.language, chunk.language)) for chunk in chunks], np.float32).reshape(-1, 6)
    scores = np.asarray((signs * weights[:, :-1]).sum(axis=1), np.float32)
    return scores + weights[:, -1] * _company(scores, vectors)


def _weights(asked: Language, found: Language) -> Weights:
    return WITHIN if asked == "other" or side_of(asked) == side_of(found) else ACROSS


def best_sentences(vector: Scores, chunks: Sequence[Chunk], embedder: Embedder) -> Scores:
    """The cosine of each chunk's sentence that is nearest to a vector, shape (chunks,)."""
    if not chunks:
        return np.zeros(0, np.float32)
    sentences = embedder.encode_passages([sentence.text for chunk in chunks for sentence in chunk.sentences])
    starts = np.cumsum([0, *(len(chunk.sentences) for chunk in chunks[:-1])])
    return np.maximum.reduceat(sentences @ vector, starts)


def _company(scores: Scores, vectors: Scores) -> Scores:
    """How near each chunk is to the mean of those that lead by their scores so far, the better ones counting more."""
    leaders = np.argsort(-scores, kind="stable")[:LEADERS]
    trust = np.exp(SHARPNESS * (scores[leaders] - scores[leaders].max(initial=-1)))
    return np.asarray(vectors @ (trust @ vectors[leaders] / max(float(trust.sum()), 1e-9)), np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a query asks of texts of one side: each concept's share of it, and which stem expresses which, how surely."""

    shares: Scores
    stems: Mapping[str, Sequence[tuple[int, float]]]

    @classmethod
    def of(cls, concepts: Sequence[tuple[Concept, float]]) -> "Asked":
        """What some weighed concepts ask."""
        weights = np.array([weight for _, weight in concepts], np.float32)
        stems: dict[str, list[tuple[int, float]]] = {}
        for place, (concept, _) in enumerate(concepts):
            for name, sureness in concept.stems.items():
                stems.setdefault(name, []).append((place, sureness))
        return cls(shares=weights / max(float(weights.sum()), 1e-9), stems=stems)

    def covered(self, names: Sequence[str], *, around: Sequence[str]) -> float:
        """The share of the query, from 0 to 1, that some stems hold, trusting less those of the headings around them."""
        return float(np.maximum(self.held(names), AROUND * self.held(around)) @ self.shares)

    def said_in(self, chunk: Chunk, lexicon: Lexicon) -> tuple[float, float]:
        """The share of the query that two neighbouring sentences of a chunk hold, and how closely the chunk says it."""
        side = side_of(chunk.language)
        around = AROUND * self.held(sentence_terms(" ".join(chunk.heading_path), side, lexicon))
        said = [sentence_terms(sentence.text, side, lexicon) for sentence in chunk.sentences]
        held = [np.maximum(self.held(names), around) for names in said]
        pairs = [np.maximum(*pair) for pair in pairwise(held)] or held
        return max((float(pair @ self.shares) for pair in pairs), default=0.0), self._closeness(said)

    def held(self, names: Sequence[str]) -> Scores:
        """How surely some stems express each concept, shape (concepts,)."""
        found = np.zeros(len(self.shares), np.float32)
        for name in self.stems.keys() & set(names):
            for place, sureness in self.stems[name]:
                found[place] = max(found[place], sureness)
        return found

    def _closeness(self, said: Sequence[Sequence[str]]) -> float:
        """The share of the concepts that stand side by side in the query which stand close together here."""
        places: dict[int, list[int]] = {}
        for position, name in enumerate(name for names in said for name in names):
            for concept, sureness in self.stems.get(name, ()):
                if sureness > SURE:
                    places.setdefault(concept, []).append(position)
        weights = np.minimum(self.shares[:-1], self.shares[1:])
        total = float(weights.sum())
        found = sum(
            weights[concept] * _nearness(places[concept], places[concept + 1]) for concept in places if concept + 1 in places
        )
        return float(found) / total if total else 0.0


def _nearness(first: Sequence[int], second: Sequence[int]) -> float:
    apart = min(abs(one - other) for one in first for other in second)
    return 1.0 if apart <= BESIDE else 0.5 if apart <= CLOSE else 0.0
