"""Fitting what scores mean.

On texts that no training saw, each question among passages that mostly do not answer.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from reader.calibration import Calibration, logistic
from training.reader.judging import Judged

Floats = NDArray[np.float64]
ROUNDS = 50
RIDGE = 1e-3


def fit_calibration(questions: Sequence[Sequence[Judged]]) -> Calibration:
    """The calibration of sentences, from the surest of each question, and that of passages, from all of them.

    A sentence's probability is used where it is the surest of many; fitted on all, it is too high there.
    """
    tops = [top_sentence(judged) for judged in questions]
    answer = platt(np.array([score for score, _ in tops]), np.array([right for _, right in tops]))
    passages = [judged for question in questions for judged in question]
    nothing = platt(
        np.array([-judged.any for judged in passages]),
        np.array([not judged.right.any() for judged in passages]),
    )
    return Calibration(answer_slope=answer[0], answer_offset=answer[1], nothing_slope=nothing[0], nothing_offset=nothing[1])


def top_sentence(question: Sequence[Judged]) -> tuple[float, bool]:
    """The highest score of all sentences of a question's passages, and whether that sentence answers."""
    best = max(question, key=lambda judged: float(judged.above.max()))
    place = int(best.above.argmax())
    return float(best.above[place]), bool(best.right[place])


def platt(scores: Floats, right: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and offset of the logistic regression of `right` on `scores`, by Newton's method."""
    inputs = np.stack([scores, np.ones_like(scores)], axis=1)
    line = np.array([1.0, 0.0])
    for _ in range(ROUNDS):
        chance = logistic(inputs @ line)
        slope = inputs.T @ (chance - right) + RIDGE * (line - [1.0, 0.0])
        bend = (inputs * (chance * (1 - chance))[:, None]).T @ inputs + RIDGE * np.eye(2)
        line = line - np.linalg.solve(bend, slope)
    return round(float(line[0]), 5), round(float(line[1]), 5)
