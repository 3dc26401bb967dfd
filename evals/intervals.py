"""Estimates and their uncertainty: bootstrap intervals (percentiles, Efron 1979), permutation tests, the correction of Holm."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 2_000
POWER_FACTOR = 2.8  # 1.96 + 0.84: the difference that a two-sided test at 5 % sees in four of five sets of this size

Rows = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A mean (or another statistic) over `count` cases with the 95 % interval of a bootstrap."""

    mean: float
    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How much the second of two runs is better, with the 95 % interval and the p of a paired permutation test.

    `visible` is the smallest difference that a set of this size and spread shows in four of five trials (Cohen 1988).
    """

    mean: float
    low: float
    high: float
    p: float
    count: int
    wins: int
    ties: int
    losses: int
    visible: float


def estimate(values: Sequence[float], seed: int = 1) -> Estimate | None:
    """The mean of values with its interval, the percentiles of a bootstrap; None for no values."""
    if not values:
        return None
    means = _resampled(np.asarray(values, np.float64), seed)
    low, high = np.percentile(means, [2.5, 97.5])
    return Estimate(mean=float(np.mean(values)), low=float(low), high=float(high), count=len(values))


def estimate_of(statistic: Callable[[Rows], float | None], rows: Sequence[Sequence[float]], seed: int = 1) -> Estimate | None:
    """A statistic of rows (n, columns) with its interval; None where the statistic of all rows is undefined.

    Resamples of which the statistic is undefined (no positive drawn, say) are left out.
    """
    table = np.asarray(rows, np.float64)
    whole = statistic(table) if len(table) else None
    if whole is None:
        return None
    random = np.random.default_rng(seed)
    drawn = (statistic(table[random.integers(0, len(table), len(table))]) for _ in range(RESAMPLES // 4))
    low, high = np.percentile([value for value in drawn if value is not None], [2.5, 97.5])
    return Estimate(mean=float(whole), low=float(low), high=float(high), count=len(table))


def compare(first: Mapping[str, float], second: Mapping[str, float], seed: int = 1) -> Difference | None:
    """How two runs differ over the cases that both hold; None where they share none."""
    shared = sorted(first.keys() & second.keys())
    if not shared:
        return None
    gains = np.array([second[name] - first[name] for name in shared])
    low, high = np.percentile(_resampled(gains, seed), [2.5, 97.5])
    return Difference(
        mean=float(gains.mean()),
        low=float(low),
        high=float(high),
        # One case alone shows nothing: its gain is as large with the other sign.
        p=_p_value(gains, seed) if np.any(gains) and len(gains) > 1 else 1.0,
        count=len(shared),
        wins=int((gains > 0).sum()),
        ties=int((gains == 0).sum()),
        losses=int((gains < 0).sum()),
        visible=float(POWER_FACTOR * gains.std(ddof=1) / np.sqrt(len(gains))) if len(gains) > 1 else float("inf"),
    )


def holm(values: Mapping[str, float]) -> dict[str, float]:
    """The p values of a family of tests, corrected so that any false alarm among them has at most its level (Holm 1979)."""
    corrected: dict[str, float] = {}
    highest = 0.0
    for place, (name, p) in enumerate(sorted(values.items(), key=lambda item: item[1])):
        highest = max(highest, min(1.0, (len(values) - place) * p))
        corrected[name] = highest
    return corrected


def _p_value(gains: Rows, seed: int) -> float:
    """The chance of a mean gain this far from 0 if the sign of every case's gain were drawn by lot."""
    # Here, not above: it takes a second to import, which whoever only reads estimates should not wait.
    from scipy import stats

    test = stats.permutation_test((gains,), np.mean, permutation_type="samples", n_resamples=RESAMPLES, vectorized=True, rng=seed)
    return float(test.pvalue)


def _resampled(values: Rows, seed: int) -> Rows:
    random = np.random.default_rng(seed)
    return np.array([values[random.integers(0, len(values), len(values))].mean() for _ in range(RESAMPLES)])
