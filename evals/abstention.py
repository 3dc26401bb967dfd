"""Measures of knowing when not to answer: error rates, how well confidence tells, and what trusting less would gain."""

import math

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from assistant.records import AnswerRecord
from evals.casebook import Case
from evals.intervals import Rows


def hallucinated(case: Case, record: AnswerRecord) -> float | None:
    """1 where a case that cannot be answered was answered; None for others (hallucination rate, NoMIRACL, Thakur et al. 2023)."""
    return None if case.answerable else float(not record.abstained)


def missed(case: Case, record: AnswerRecord) -> float | None:
    """1 where a case that can be answered was not; None for others (error rate, NoMIRACL, Thakur et al. 2023)."""
    return float(bool(record.abstained)) if case.answerable else None


def confidence(record: AnswerRecord) -> float:
    """How sure the assistant is of its answer, by its own word; 0 in a record from before it said so."""
    return record.confidence


def auroc(rows: Rows) -> float | None:
    """The chance that a case that can be answered has the higher confidence; rows are (answerable, confidence).

    None where all cases can be answered, or none can. Area under the ROC curve, Fawcett 2006.
    """
    answerable = rows[:, 0]
    if answerable.min() == answerable.max():
        return None
    return float(roc_auc_score(answerable, rows[:, 1]))


def risk_coverage(rows: Rows) -> list[tuple[float, float]]:
    """The points (coverage, risk) when only the most confident answers are given; rows are (right, confidence), of answers.

    Coverage is the share of the answers given, risk the share of those that are not right (El-Yaniv & Wiener 2010). Answers
    of equal confidence are given together.
    """
    ordered = sorted(((-sure, right) for right, sure in rows), key=lambda row: row[0])
    points: list[tuple[float, float]] = []
    wrong = 0.0
    for count, (sure, right) in enumerate(ordered, start=1):
        wrong += 1 - right
        if count == len(ordered) or ordered[count][0] != sure:
            points.append((count / len(ordered), wrong / count))
    return points


def area_under_risk(rows: Rows) -> float | None:
    """The mean risk over all coverages (AURC, Geifman & El-Yaniv 2017); lower is better, None without answers."""
    points = risk_coverage(rows)
    if not points:
        return None
    widths = [coverage - before for (coverage, _), (before, _) in zip(points, [(0.0, 0.0), *points], strict=False)]
    return math.fsum(width * risk for width, (_, risk) in zip(widths, points, strict=True))


def tell_apart(signs: Rows, answerable: NDArray[np.bool_], weights: Rows) -> tuple[Rows, float]:
    """Return the weight of each sign and the bias that best tell which questions can be answered (logistic regression).

    `signs` has shape (questions, signs); `weights`, shape (questions,), says how much each question counts.
    """
    fitted = LogisticRegression(C=np.inf, max_iter=1000).fit(signs, answerable, sample_weight=weights)
    return fitted.coef_[0], float(fitted.intercept_[0])
