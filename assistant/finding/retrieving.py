"""Retrieval: the passages nearest to a query, by meaning and by words, in either language.

Both legs give each candidate a score: the cosine of its vector with the query's, and the share of the query's words (or
their translations) that it holds. Both scores are comparable between the two languages, so that a passage and its
translation stand near one another. Their weighted sum, and the cosine alone, choose the passages that are reranked by
their sentences: a text that shares no word with a query must be able to win by its meaning.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.finding.cross_encoding import PairScorer, reordered
from assistant.finding.reranking import rerank
from assistant.values import Passage, Query
from corpus.embedding import Embedder, contextual_text
from corpus.lexical import LexicalIndex
from corpus.values import Chunk, Document, Filters

Scores = NDArray[np.float32]
CANDIDATES = 100  # of each leg
RERANKED, RERANKED_BY_MEANING = 24, 8
COSINE_WEIGHT = 0.4  # beside the share of words, where the two decide which candidates are reranked


class Chunks(Protocol):
    """What retrieval asks of the store."""

    def nearest(self, vector: Scores, *, count: int, filters: Filters) -> list[tuple[str, float]]:
        """Chunk ids with their cosines, best first."""
        ...

    def passages(self, ids: Sequence[str]) -> list[tuple[Chunk, Document]]:
        """The chunks of ids with their documents, in the order of the ids."""
        ...

    def vectors(self, ids: Sequence[str]) -> Scores:
        """The vectors of ids, shape (ids, dimensions)."""
        ...

    def matching(self, filters: Filters) -> set[str] | None:
        """The ids that filters let through; None stands for all."""
        ...


class Retriever:
    """The two legs joined; `ids` names the chunks in the order in which `lexical` was built."""

    def __init__(
        self,
        *,
        store: Chunks,
        embedder: Embedder,
        lexical: LexicalIndex,
        ids: Sequence[str],
        scorer: PairScorer | None = None,
    ) -> None:
        """Keep the parts; with a `scorer`, it decides the order of what was reranked."""
        self._store = store
        self._scorer = scorer
        self._embedder = embedder
        self._lexical = lexical
        self._ids = ids
        self._row = {key: row for row, key in enumerate(ids)}

    def retrieve(self, query: Query, *, count: int) -> list[Passage]:
        """The `count` best passages, best first; equal ones in the order of the index."""
        ranked = self.rank(query, count=count)
        scores = dict(ranked)
        found = self._store.passages([key for key, _ in ranked])
        return [Passage(chunk=chunk, document=document, score=scores[chunk.id]) for chunk, document in found]

    def rank(self, query: Query, *, count: int) -> list[tuple[str, float]]:
        """The ids of the `count` best chunks with their scores, best first."""
        if not query.text.strip() or not self._ids:
            return []
        vector = self._embedder.encode_queries([query.text])[0]
        words = self._lexical.score(query.text, query.language)
        near = dict(self._store.nearest(vector, count=max(CANDIDATES, count), filters=query.filters))
        rows = self._candidates(near, words, self._store.matching(query.filters), max(CANDIDATES, count))
        if not len(rows):
            return []
        cosines = self._cosines(rows, near)
        scores = words[rows] + COSINE_WEIGHT * cosines
        order = np.lexsort((rows, -scores))
        nearest = np.lexsort((rows, -cosines))[:RERANKED_BY_MEANING]
        chosen = np.isin(order, np.concatenate([order[:RERANKED], nearest]))
        first, rest = order[chosen], order[~chosen]
        again = self._rerank(query, vector, rows[first], words[rows[first]])
        best = np.lexsort((rows[first], -again))
        # What is not reranked stays below what is, in its own order.
        below = again.min() - (scores[rest].max(initial=0) - scores[rest])
        ranked = [*zip(first[best], again[best], strict=True), *zip(rest, below, strict=True)]
        return [(self._ids[rows[place]], float(score)) for place, score in ranked[:count]]

    def _rerank(self, query: Query, vector: Scores, rows: NDArray[np.int64], words: Scores) -> Scores:
        """The new scores of some rows; a chunk that has left the store since the index was opened has 0."""
        chunks = [chunk for chunk, _ in self._store.passages([self._ids[row] for row in rows])]
        live = np.isin(rows, [self._row[chunk.id] for chunk in chunks])
        scores = np.zeros(len(rows), np.float32)
        scores[live] = rerank(
            query,
            vector,
            chunks,
            vectors=self._store.vectors([chunk.id for chunk in chunks]),
            words=words[live],
            embedder=self._embedder,
            lexical=self._lexical,
        )
        if self._scorer:
            texts = [contextual_text(chunk.heading_path, chunk.text) for chunk in chunks]
            scores[live] = reordered(scores[live], self._scorer.score(query.text, texts))
        return scores

    def _candidates(self, near: dict[str, float], words: Scores, allowed: set[str] | None, count: int) -> NDArray[np.int64]:
        """The rows that one of the legs names, in order."""
        rows = {self._row[key] for key in near if key in self._row}
        holding = np.flatnonzero(words) if allowed is None else self._allowed(words, allowed)
        if len(holding) > count:
            # The `count` best; of equal ones the first, so that the same question always finds the same passages.
            best = np.partition(words[holding], -count)[-count]
            holding = np.concatenate([holding[words[holding] > best], holding[words[holding] == best]])[:count]
        return np.array(sorted(rows.union(holding.tolist())), np.int64)

    def _allowed(self, words: Scores, allowed: set[str]) -> NDArray[np.int64]:
        rows = np.array(sorted(self._row[key] for key in allowed if key in self._row), np.int64)
        return rows[words[rows] > 0] if len(rows) else rows

    def _cosines(self, rows: NDArray[np.int64], near: dict[str, float]) -> Scores:
        """The cosine of each row; of one that the dense leg did not name, the most that it can be: that of the last it did."""
        last = min(near.values(), default=0.0)
        return np.array([near.get(self._ids[row], last) for row in rows], np.float32)
