"""What kind of question a text is and what kind of thing it wants, by a linear model fitted to examples."""

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self, cast, get_args

import numpy as np
from numpy.typing import NDArray

from assistant.values import AnswerKind
from corpus.embedding import Embedder

Wanted = Literal[
    "yes or no",
    "number",
    "money",
    "time",
    "who",
    "predecessor",
    "successor",
    "list",
    "definition",
    "reason",
    "other",
]
OF_THE_WHOLE: frozenset[Wanted] = frozenset({"other", "list", "definition", "reason"})
"""What may be asked of a strategy as a whole."""
KINDS: tuple[AnswerKind, ...] = get_args(AnswerKind)
WANTED: tuple[Wanted, ...] = get_args(Wanted)
WEIGHTS = Path(__file__).parent / "kinds.npz"
BUCKETS = 4096
LONGEST = 2_000  # characters of a question that count
FIRST_WORDS = 3
PIECE = 4  # letters; a typo spoils few of a word's pieces
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed:
    """What a question asks for, each with a calibrated confidence from 0 to 1."""

    kind: AnswerKind
    kind_confidence: float
    wanted: Wanted
    wanted_confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """A softmax model: weights of shape (classes, features), biases, and the temperature that calibrates it."""

    weights: Floats
    biases: Floats
    temperature: float

    def probabilities(self, features: Floats) -> Floats:
        """Return how likely each class is, shape (texts, classes)."""
        scores = (features @ self.weights.T + self.biases) / self.temperature
        raised = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float32)


class Router:
    """Tells the kind of a question; what it is not sure of is a lookup."""

    def __init__(self, *, embedder: Embedder, kinds: Linear, wanted: Linear, thresholds: Floats) -> None:
        self._embedder = embedder
        self._kinds = kinds
        self._wanted = wanted
        self._thresholds = thresholds

    @classmethod
    def load(cls, embedder: Embedder, path: Path = WEIGHTS) -> Self:
        """Read the shipped weights, fitted to the vectors of the shipped embedder.

        Example: `Router.load(load_embedder()).route("Hej").kind` is "greeting".
        """
        with np.load(path) as kept:
            kinds, wanted = (_linear(kept, name) for name in ("kind", "wanted"))
            thresholds = kept["thresholds"]
        expected = embedder.dimensions + BUCKETS + 1
        if kinds.weights.shape[1] != expected:
            raise ValueError(f"{path.name} is fitted to {kinds.weights.shape[1]} features, not to {expected}")
        return cls(embedder=embedder, kinds=kinds, wanted=wanted, thresholds=thresholds)

    def route(self, question: str) -> Routed:
        """Return what a question asks for.

        Example: `route("Hvornår udkom strategien?")` is a "lookup" that wants a "time".
        """
        features = features_of([question], self._embedder)
        kinds, wanted = self._kinds.probabilities(features)[0], self._wanted.probabilities(features)[0]
        kind = decide(kinds, self._thresholds)
        most = int(wanted.argmax())
        return Routed(
            kind=KINDS[kind],
            kind_confidence=float(kinds[kind]),
            wanted=WANTED[most],
            wanted_confidence=float(wanted[most]),
        )


def decide(probabilities: Floats, thresholds: Floats) -> int:
    """Return the place of the likeliest kind, or that of "lookup" where it stays below its threshold."""
    most = int(probabilities.argmax())
    return most if probabilities[most] >= thresholds[most] else KINDS.index("lookup")


def features_of(questions: Sequence[str], embedder: Embedder) -> Floats:
    """Return the features of questions, shape (questions, dimensions + BUCKETS + 1): vector, hashed words, length."""
    cut = [question[:LONGEST] for question in questions]
    vectors = embedder.encode_queries(cut)
    hashed = np.zeros((len(cut), BUCKETS), np.float32)
    lengths = np.zeros((len(cut), 1), np.float32)
    for row, text in enumerate(cut):
        words = re.findall(r"\w+", text.lower())
        lengths[row] = min(len(words), 20) / 10
        for sign, weight in _signs(words):
            hashed[row, zlib.crc32(sign.encode()) % BUCKETS] += weight
    norms = np.linalg.norm(hashed, axis=1, keepdims=True)
    hashed *= 2 / np.where(norms > 0, norms, 1)
    return np.concatenate([vectors, hashed, lengths], axis=1)


def _signs(words: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Yield a question's words, pairs of words, first words and pieces of words, each with its weight."""
    shown = ["0" if word.isdigit() else word for word in words]
    for word in shown:
        yield word, 1
        for start in range(len(word) - PIECE + 1):
            yield f"~{word[start : start + PIECE]}", 0.3
    for pair in zip(["<", *shown], [*shown, ">"], strict=True):
        yield " ".join(pair), 1
    for count in range(1, FIRST_WORDS + 1):
        yield f"^{' '.join(shown[:count])}", 1


def _linear(kept: "np.lib.npyio.NpzFile", name: str) -> Linear:
    weights = cast("Floats", kept[f"{name}_weights"].astype(np.float32))
    biases = cast("Floats", kept[f"{name}_biases"])
    return Linear(weights=weights, biases=biases, temperature=float(kept[f"{name}_temperature"]))
