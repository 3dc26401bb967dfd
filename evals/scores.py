"""Scores as they lie in a run's folder: `scores.jsonl` has a line for each answer, `estimates.jsonl` one for each figure.

Whoever reads them needs nothing of what made them.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import TypeAdapter, ValidationError

from corpus.errors import AssistantError
from evals.casebook import explain
from evals.intervals import Estimate

SCORES, ESTIMATES = "scores.jsonl", "estimates.jsonl"
ALL = "all"

Grade = Literal["perfect", "acceptable", "missing", "incorrect"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One answer scored: the value of each measure, None where it is undefined for this case, and the grade of the whole.

    An error has the grade `missing`, confidence 0 and the value `failed` 1; what it might have said is not guessed.
    """

    case: str
    repeat: int
    grade: Grade
    confidence: float
    measures: Mapping[str, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure of a report: a measure over a group of cases (`by` "language", `group` "da"); None where it is undefined."""

    by: str
    group: str
    measure: str
    value: Estimate | None


T = TypeVar("T")
SCORE, ROW = TypeAdapter(Score), TypeAdapter(Row)


def by_case(scores: Sequence[Score], measure: str) -> dict[str, float]:
    """The mean of a measure over the repeats of each case, for the cases of which it is defined."""
    values: dict[str, list[float]] = defaultdict(list)
    for score in scores:
        value = score.measures.get(measure)
        if value is not None:
            values[score.case].append(value)
    return {case: sum(found) / len(found) for case, found in values.items()}


def write_scores(path: Path, scores: Iterable[Score]) -> None:
    """Write the scores to a file, or beside the answers in a run's folder, one line each."""
    _write(path / SCORES if path.is_dir() else path, map(asdict, scores))


def read_scores(path: Path) -> list[Score]:
    """Return the scores of a file or of a run's folder; `AssistantError` in one line where there are none."""
    return _read(path / SCORES if path.is_dir() else path, SCORE)


def write_estimates(folder: Path, rows: Iterable[Row]) -> None:
    """Write the figures of a run into its folder, one line each."""
    _write(folder / ESTIMATES, map(asdict, rows))


def read_estimates(folder: Path) -> list[Row]:
    """Return the figures of a run; `AssistantError` in one line where there are none."""
    return _read(folder / ESTIMATES, ROW)


def _write(file: Path, records: Iterable[Mapping[str, Any]]) -> None:
    file.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")


def _read(file: Path, shape: TypeAdapter[T]) -> list[T]:
    try:
        found = [shape.validate_json(line) for line in file.read_bytes().splitlines()]
    except OSError as error:
        raise AssistantError(f"{file}: no scores: {error.strerror or error}; run `python -m evals score` first") from error
    except ValidationError as error:
        raise AssistantError(f"{file}: the scores are damaged: {explain(error)}") from error
    if not found:
        raise AssistantError(f"{file}: holds no score")
    return found
