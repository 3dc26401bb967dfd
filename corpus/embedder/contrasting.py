"""Contrastive training of piece vectors, in NumPy and SciPy: no gradient framework, no GPU.

A text is the normalised sum of the vectors of its pieces; the weight of a piece is the length of its vector, which
starts at the piece's smooth inverse frequency and is learned from there. Two losses over in-batch negatives (InfoNCE,
van den Oord et al. 2018, in both directions): a sentence against its translation, and a sentence with some pieces
dropped, in either language, against a window of sentences around or after it, in either language: what a question and a
passage are to one another.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from corpus.embedder.tokenizing import Pieces

Floats = NDArray[np.float32]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How the vectors are trained; `block` sentences of a batch come from one debate, so negatives are near misses."""

    dimensions: int = 256
    steps: int = 2_000
    batch: int = 2_048
    block: int = 16
    stride: int = 12
    scale: float = 20.0
    rate: float = 0.03
    passage_weight: float = 0.7
    longest_window: int = 6
    most_dropped: float = 0.6
    seed: int = 1


def train_vectors(danish: Pieces, english: Pieces, weights: Floats, plan: Plan, first: Floats | None = None) -> Floats:
    """Piece vectors, shape (pieces, dimensions), with each piece's weight in its vector's length.

    Training starts from `first`, which has their shape and rows of length 1, or from chance.
    """
    random = np.random.default_rng(plan.seed)
    if first is None:
        first = random.normal(0, plan.dimensions**-0.5, (len(weights), plan.dimensions)).astype(np.float32)
    vectors = first * weights[:, None]
    squares = np.full(len(weights), 1e-8, np.float32)
    for step in range(plan.steps):
        bags = _draw(random, (danish, english), plan)
        used, columns = np.unique(bags.indices, return_inverse=True)
        matrix = sparse.csr_matrix((bags.data, columns, bags.indptr), shape=(bags.shape[0], len(used)))
        gradient, loss = _gradient(matrix, vectors[used], plan)
        squares[used] += np.square(gradient).mean(axis=1) / np.square(weights[used])
        rate = plan.rate * (1 - step / plan.steps)
        vectors[used] -= rate * gradient / np.sqrt(squares[used])[:, None]
        if step % 100 == 0:
            log.info("step %d of %d, loss %.3f", step, plan.steps, loss)
    return vectors


def _draw(random: np.random.Generator, sides: tuple[Pieces, Pieces], plan: Plan) -> sparse.csr_matrix:
    """Bags of pieces, four batches one above the other: Danish sentences, English ones, questions, passages."""
    total, reach = len(sides[0]), plan.longest_window
    size = min(plan.batch, max(total // 2, 2))
    anchors = random.integers(0, total, -(-size // plan.block))
    spread = plan.stride * np.arange(plan.block)
    at = np.unique((anchors[:, None] + spread).ravel()[:size] % max(total - 2 * reach, 1)) + min(reach, total // 2)
    at = np.minimum(at, total - 1)
    length = random.integers(2, reach + 1, len(at))
    following = random.random(len(at)) < 0.5
    first = np.clip(np.where(following, at + 1, at - random.integers(0, length)), 0, total - 1)
    last = np.minimum(first + length, total)
    return sparse.vstack(
        [
            _bags(sides[0], at, at + 1),
            _bags(sides[1], at, at + 1),
            _dropped(random, _either(random, sides, at, at + 1), plan.most_dropped),
            _either(random, sides, first, last),
        ],
        format="csr",
    )


def _bags(side: Pieces, first: NDArray[np.int64], last: NDArray[np.int64]) -> sparse.csr_matrix:
    """One row for each run [first, last) of texts, a 1 for each of its pieces."""
    begin, end = side.starts[first], side.starts[last]
    indptr = np.concatenate([[0], np.cumsum(end - begin)])
    places = np.arange(indptr[-1]) + np.repeat(begin - indptr[:-1], end - begin)
    indices = side.ids[places].astype(np.int32)
    return sparse.csr_matrix((np.ones(len(indices), np.float32), indices, indptr), shape=(len(first), 1 << 16))


def _either(
    random: np.random.Generator, sides: Sequence[Pieces], first: NDArray[np.int64], last: NDArray[np.int64]
) -> sparse.csr_matrix:
    """Bags of the same runs, each from one side, drawn by lot."""
    english = random.random(len(first)) < 0.5
    order = np.argsort(english, kind="stable")
    parts = [_bags(side, first[pick], last[pick]) for side, pick in zip(sides, (~english, english), strict=True)]
    return sparse.vstack(parts, format="csr")[np.argsort(order)]


def _dropped(random: np.random.Generator, bags: sparse.csr_matrix, most: float) -> sparse.csr_matrix:
    """The bags without a share of their pieces, a share of 0 to `most` drawn for each bag."""
    share = np.repeat(random.uniform(0, most, bags.shape[0]), np.diff(bags.indptr))
    bags.data = (random.random(len(bags.data)) >= share).astype(np.float32)
    return bags


def _gradient(bags: sparse.csr_matrix, vectors: Floats, plan: Plan) -> tuple[Floats, float]:
    """The gradient of both losses with respect to `vectors`, and their sum."""
    sums = bags @ vectors
    lengths = np.linalg.norm(sums, axis=1, keepdims=True) + 1e-9
    units = sums / lengths
    danish, english, questions, passages = np.split(units, 4)
    translation, left, right = _contrast(danish, english, plan.scale)
    passage, asking, answering = _contrast(questions, passages, plan.scale)
    weight = np.float32(plan.passage_weight)
    pull = np.vstack([left, right, weight * asking, weight * answering])
    pull -= units * np.sum(units * pull, axis=1, keepdims=True)
    return np.asarray(bags.T @ (pull / lengths), np.float32), translation + plan.passage_weight * passage


def _contrast(left: Floats, right: Floats, scale: float) -> tuple[float, Floats, Floats]:
    """InfoNCE of two batches whose rows belong together: the loss and its gradient for each side."""
    logits = scale * (left @ right.T)
    rows = np.exp(logits - logits.max(axis=1, keepdims=True))
    columns = np.exp(logits - logits.max(axis=0, keepdims=True))
    rows /= rows.sum(axis=1, keepdims=True)
    columns /= columns.sum(axis=0, keepdims=True)
    both = rows + columns
    loss = -float(np.log(np.diag(rows) * np.diag(columns) + 1e-30).mean()) / 2
    both[np.diag_indices_from(both)] -= 2
    both *= np.float32(scale / (2 * len(left)))
    return loss, both @ right, both.T @ left
