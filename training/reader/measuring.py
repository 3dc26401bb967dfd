"""Figures of a finished reader on texts and articles that no training saw."""

import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from reader.calibration import logistic
from reader.reading import OnnxReader
from training.reader.calibrating import top_sentence
from training.reader.foreign import ForeignPassages
from training.reader.judging import Judged, judge_among, judge_own, pairs_of_languages
from training.reader.materials import Item, Language

BINS = 10
FOREIGN = 9  # passages beside a question's own, where confidence is measured
Figure = float | int | None


def auroc(scores: Sequence[float], right: Sequence[bool]) -> float | None:
    """The chance that a right one scores above a wrong one (Mann & Whitney 1947); None without both."""
    ranks = _ranks(np.asarray(scores, np.float64))
    mask = np.asarray(right, bool)
    positive, negative = int(mask.sum()), int((~mask).sum())
    if not positive or not negative:
        return None
    return float((ranks[mask].sum() - positive * (positive + 1) / 2) / (positive * negative))


def calibration_error(chances: Sequence[float], right: Sequence[bool]) -> float | None:
    """Expected calibration error over ten bins of equal width (Guo et al. 2017); None without a case."""
    if not chances:
        return None
    values, truth = np.asarray(chances), np.asarray(right, np.float64)
    bins = np.minimum((values * BINS).astype(int), BINS - 1)
    gaps = [abs(values[bins == number].mean() - truth[bins == number].mean()) * (bins == number).sum() for number in set(bins)]
    return float(sum(gaps) / len(values))


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemReading:
    """An item's own passage as the reader judged it, in one pair of languages."""

    item: Item
    question: Language
    text: Language
    judged: Judged


def read_items(reader: OnnxReader, items: Sequence[Item]) -> list[ItemReading]:
    """Judge each item's own passage in every pair of languages that it has."""
    return [
        ItemReading(item=item, question=question, text=text, judged=judge_own(reader, item, question, text))
        for item in items
        for question, text in pairs_of_languages(item)
    ]


def figures(readings: Sequence[ItemReading], name: Callable[[ItemReading], str]) -> dict[str, dict[str, Figure]]:
    """For each group that `name` sorts readings into: right sentences, and how well answers are told."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for reading in readings:
        groups[name(reading)].append(reading.judged)
    return {group: _figures(judged) for group, judged in sorted(groups.items())}


def confidence_figures(reader: OnnxReader, items: Sequence[Item], foreign: ForeignPassages, seed: int) -> dict[str, Figure]:
    """Each question among its own passage and nine near ones.

    Is the surest sentence right, and does its probability hold?
    """
    random = Random(seed)
    tops, answered = [], []
    for item in items:
        question, text = random.choice(pairs_of_languages(item))
        judged = judge_among(reader, item, question, text, foreign, FOREIGN, random)
        tops.append(top_sentence(judged))
        answered.append(bool(item.answers))
    calibration = reader.calibration
    chances = logistic(calibration.answer_slope * np.array([score for score, _ in tops]) + calibration.answer_offset)
    right = [correct for _, correct in tops]
    shares = [correct for correct, answerable in zip(right, answered, strict=True) if answerable]
    return {
        "questions": len(tops),
        "right sentence of ten passages": statistics.fmean(shares),
        "AUROC right": auroc(chances.tolist(), right),
        "calibration error": calibration_error(chances.tolist(), right),
        **{f"right at {price} of unanswerable answered": share for price, share in _at_prices(chances, right, answered).items()},
    }


def speed(reader: OnnxReader, items: Sequence[Item]) -> dict[str, Figure]:
    """Milliseconds for a question on one passage, and the pieces of both."""
    times, sizes = [], []
    for item in items:
        began = time.perf_counter()
        judge_own(reader, item, *pairs_of_languages(item)[0])
        times.append(1000 * (time.perf_counter() - began))
        sizes.append(sum(len(reader.tokenizer.encode(text).ids) - 2 for text in item.passage.sentences["da"]))
    return {
        "ms a pair, median": statistics.median(times),
        "pieces of a passage, median": statistics.median(sizes),
    }


def size_in_megabytes(folder: Path) -> float:
    """What a reader's files take, in millions of bytes."""
    return sum(path.stat().st_size for path in folder.iterdir()) / 1e6


def as_table(rows: Mapping[str, Mapping[str, Figure]]) -> str:
    """Figures as a Markdown table, a row for each group."""
    columns = list(next(iter(rows.values())))
    lines = ["| | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    for name, row in rows.items():
        lines.append(f"| {name} | " + " | ".join(_shown(row.get(column)) for column in columns) + " |")
    return "\n".join(lines)


def _figures(judged: Sequence[Judged]) -> dict[str, Figure]:
    answerable = [one for one in judged if one.right.any()]
    hits = [bool(one.right[one.above.argmax()]) for one in answerable]
    tops = [float(one.above.max()) for one in judged]
    return {
        "answerable": len(answerable),
        "not": len(judged) - len(answerable),
        "right sentence": statistics.fmean(hits) if hits else None,
        "AUROC answerable": auroc(tops, [bool(one.right.any()) for one in judged]),
        "AUROC by nothing": auroc([one.any for one in judged], [bool(one.right.any()) for one in judged]),
    }


def _at_prices(chances: NDArray[np.float64], right: Sequence[bool], answered: Sequence[bool]) -> dict[float, float]:
    """The share of answerable questions answered rightly, where a share of the others is answered too."""
    known = np.asarray(answered, bool)
    correct = np.asarray(right, bool)
    if known.all() or not known.any():
        return {}
    thresholds = {price: np.quantile(chances[~known], 1 - price) for price in (0.1, 0.2, 0.3)}
    return {price: float((correct & (chances > least))[known].mean()) for price, least in thresholds.items()}


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ranks from 1, the mean rank for equal values."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[inverse])


def _shown(value: Figure) -> str:
    if value is None:
        return "-"
    return str(value) if isinstance(value, int) else f"{value:.3f}"
