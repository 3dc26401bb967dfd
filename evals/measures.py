"""The door to ir_measures, and the comparison of two runs: values per query, their mean, interval and difference.

nDCG@10: Järvelin & Kekäläinen 2002. R@k: the share of relevant records among the first k. RR@10: the inverse rank of the
first relevant record, 0 beyond rank 10.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ir_measures
import numpy as np
from numpy.typing import NDArray
from scipy import stats

MEASURES = ("nDCG@10", "RR@10", "R@5", "R@10", "R@20")
Judgements = Mapping[str, Mapping[str, int]]
Run = Mapping[str, Mapping[str, float]]
RESAMPLES = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A mean over `count` queries with the 95 % interval of a bootstrap."""

    mean: float
    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How much the second of two runs is better, with the 95 % interval and the p of a paired permutation test."""

    mean: float
    low: float
    high: float
    p: float
    count: int


def measure(judgements: Judgements, run: Run, measures: Sequence[str] = MEASURES) -> dict[str, dict[str, float]]:
    """The value of each measure for each judged query; a query that the run lacks has 0."""
    parsed = [ir_measures.parse_measure(name) for name in measures]
    answered = {query: dict(run.get(query, {})) for query in judgements}
    relevant = {query: dict(records) for query, records in judgements.items()}
    values: dict[str, dict[str, float]] = {name: dict.fromkeys(judgements, 0.0) for name in measures}
    for found in ir_measures.iter_calc(parsed, relevant, answered):
        values[str(found.measure)][found.query_id] = float(found.value)
    return values


def estimate(values: Sequence[float], seed: int = 1) -> Estimate | None:
    """The mean of values with its interval, the percentiles of a bootstrap; None for no values."""
    if not values:
        return None
    means = _resampled(np.asarray(values, np.float64), seed)
    low, high = np.percentile(means, [2.5, 97.5])
    return Estimate(mean=float(np.mean(values)), low=float(low), high=float(high), count=len(values))


def compare(first: Mapping[str, float], second: Mapping[str, float], seed: int = 1) -> Difference | None:
    """How two runs differ over the queries that both hold; None where they share none."""
    shared = sorted(first.keys() & second.keys())
    if not shared:
        return None
    gains = np.array([second[query] - first[query] for query in shared])
    low, high = np.percentile(_resampled(gains, seed), [2.5, 97.5])
    p = _p_value(gains, seed) if np.any(gains) else 1.0
    return Difference(mean=float(gains.mean()), low=float(low), high=float(high), p=p, count=len(shared))


def _p_value(gains: NDArray[np.float64], seed: int) -> float:
    """The chance of a mean gain this far from 0 if the sign of every query's gain were drawn by lot."""
    test = stats.permutation_test((gains,), np.mean, permutation_type="samples", n_resamples=RESAMPLES, vectorized=True, rng=seed)
    return float(test.pvalue)


def _resampled(values: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    random = np.random.default_rng(seed)
    return np.array([values[random.integers(0, len(values), len(values))].mean() for _ in range(RESAMPLES)])
