"""From the model's scores to probabilities.

Platt scaling (Platt 1999), with numbers fitted on texts that no training saw.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Two straight lines, from how far a score is above that of "nothing" to log-odds."""

    answer_slope: float = 1.0
    answer_offset: float = 0.0
    nothing_slope: float = 1.0
    nothing_offset: float = 0.0

    def answers(self, above: Floats) -> Floats:
        """Return the probability that each sentence answers, from its score less that of "nothing"."""
        return logistic(self.answer_slope * above + self.answer_offset)

    def nothing(self, above: float) -> float:
        """Return the probability that nothing answers, from the score of "nothing" less that of the rest."""
        return float(logistic(np.asarray(self.nothing_slope * above + self.nothing_offset)))


def logistic(odds: Floats) -> Floats:
    """Return 1 / (1 + exp(-x)) without overflow."""
    return np.asarray(0.5 * (1 + np.tanh(0.5 * odds)))


def joined(scores: Floats) -> float:
    """Return log(sum(exp(scores))), the score of "one of these"; minus infinity for none."""
    if not len(scores):
        return -np.inf
    highest = float(scores.max())
    return highest + float(np.log(np.exp(scores - highest).sum()))
