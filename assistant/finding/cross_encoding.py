"""The door to cross-encoders: a query and passages in, one score each out. Off unless the settings name a model.

A cross-encoder reads a query and a passage together, which no vector can, and costs a model's run for each passage.
"""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import EmbedderError

Scores = NDArray[np.float32]
LONGEST = 20_000  # characters of a text that are looked at; the model cuts further, at its own length


class PairScorer(Protocol):
    """Anything that tells how well passages answer a query; only the order of its scores counts."""

    def score(self, query: str, passages: Sequence[str]) -> Scores:
        """One score for each passage, shape (passages,): the higher, the better it answers."""
        ...


class CrossEncoderScorer:
    """A cross-encoder of sentence_transformers, from a folder or by its hub name."""

    def __init__(self, model: str) -> None:
        """Load the model; raises `EmbedderError` where it cannot be had or gives more than one score a pair."""
        # Imported here: it takes seconds, which nobody without a cross-encoder should wait for.
        from sentence_transformers import CrossEncoder

        try:
            self._model: Any = CrossEncoder(model, device="cpu", num_labels=1)
        except Exception as error:  # transformers, safetensors and the hub each raise errors of their own
            reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
            raise EmbedderError(f"The reranking model {model!r} cannot be loaded: {reason}") from error

    def score(self, query: str, passages: Sequence[str]) -> Scores:
        """One score for each passage, shape (passages,); a score that is no number counts as the lowest."""
        if not passages:
            return np.zeros(0, np.float32)
        pairs = [(query[:LONGEST], passage[:LONGEST]) for passage in passages]
        found = np.asarray(self._model.predict(pairs, show_progress_bar=False), np.float32).reshape(len(pairs))
        return np.nan_to_num(found, nan=-np.inf)


class EntailmentModel:
    """A cross-encoder for natural language inference: how likely a premise entails a hypothesis."""

    def __init__(self, model: str) -> None:
        """Load the model; raises `EmbedderError` where it cannot be had or has no label "entailment"."""
        from sentence_transformers import CrossEncoder

        self.name = model
        try:
            self._model: Any = CrossEncoder(model, device="cpu")
        except Exception as error:  # as above
            reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
            raise EmbedderError(f"The entailment model {model!r} cannot be loaded: {reason}") from error
        labels = {str(name).lower(): int(number) for number, name in self._model.config.id2label.items()}
        if "entailment" not in labels:
            raise EmbedderError(f"The entailment model {model!r} has no label 'entailment', but {', '.join(labels)}")
        self._label = labels["entailment"]

    def entails(self, premise: str, hypothesis: str) -> float | None:
        """Return the probability from 0 to 1; None where the two are longer than the model reads, so it never judges a part."""
        longest = self._model.max_seq_length
        if longest and len(self._model.tokenizer(premise, hypothesis, verbose=False)["input_ids"]) > longest:
            return None
        found = self._model.predict([(premise, hypothesis)], apply_softmax=True, show_progress_bar=False)
        return float(found[0][self._label])


def open_pair_scorer(model: str) -> PairScorer | None:
    """The cross-encoder that the settings name, or None where they name none."""
    return CrossEncoderScorer(model) if model else None


def reordered(scores: Scores, by: Scores) -> Scores:
    """The same scores dealt out anew, the highest to what `by` puts first, so that they stay comparable with other queries'."""
    dealt = np.empty_like(scores)
    dealt[np.argsort(-by, kind="stable")] = np.sort(scores)[::-1]
    return dealt
