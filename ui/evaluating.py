"""The evaluation's runs as they lie in their folder, for the page to show: read anew each time, and never changed."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import AssistantError
from evals.casebook import Case
from evals.comparing import Comparison, Incomparable, IncomparableError, compare_runs
from evals.intervals import Estimate
from evals.runs import About, Answered, Run, list_runs, read_run
from evals.scores import ALL, Row, Score, read_estimates, read_scores

CRAG = "CRAG"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What somebody looks at: a run by the name of its folder, a case of it, and the run it is compared with; empty for none."""

    run: str = ""
    case: str = ""
    against: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A run that stands open. It has scores and estimates where it was scored."""

    name: str
    run: Run
    scores: tuple[Score, ...] = ()
    estimates: tuple[Row, ...] = ()

    @property
    def grades(self) -> dict[str, Score]:
        """The score of each case as it was asked first."""
        return {score.case: score for score in self.scores if score.repeat == 0}

    def case(self, id: str) -> Case | None:
        """Return a case of the run; None where there is none of that id."""
        return next((case for case in self.run.cases if case.id == id), None)

    def answered(self, id: str) -> Answered | None:
        """Return what came when a case was asked first; None where it was not."""
        return next((answered for answered in self.run.answers if answered.case == id and answered.repeat == 0), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What there is to see: every run with its CRAG score where it has one, and what stands open.

    `failure` is one line on why the run looked at cannot be read; `comparison` may be the reason why there is none.
    """

    runs: Mapping[str, About]
    results: Mapping[str, Estimate] = field(default_factory=dict)
    opened: Opened | None = None
    other: Opened | None = None
    comparison: Comparison | Incomparable | None = None
    failure: str = ""


def look_at(folder: Path, look: Look) -> Evaluation:
    """Return what somebody sees of the runs in a folder; a name that is none of theirs opens nothing."""
    runs = list_runs(folder)
    results = {name: found for name in runs if (found := _result(folder / name))}
    try:
        opened = _open(folder, look.run) if look.run in runs else None
        other = _open(folder, look.against) if opened and look.against in runs and look.against != look.run else None
    except AssistantError as error:
        return Evaluation(runs=runs, results=results, failure=str(error))
    comparison = _compared(other, opened) if opened and other else None
    return Evaluation(runs=runs, results=results, opened=opened, other=other, comparison=comparison)


def _open(folder: Path, name: str) -> Opened:
    run = read_run(folder / name)
    try:
        scores, estimates = tuple(read_scores(run.folder)), tuple(read_estimates(run.folder))
    except AssistantError:
        return Opened(name=name, run=run)
    return Opened(name=name, run=run, scores=scores, estimates=estimates)


def _compared(before: Opened, after: Opened) -> Comparison | Incomparable | None:
    """Return how the run differs from the other; None where one of them was not scored."""
    if not (before.scores and after.scores):
        return None
    try:
        return compare_runs((before.run, before.scores), (after.run, after.scores))
    except IncomparableError as error:
        return error.why


def _result(folder: Path) -> Estimate | None:
    with suppress(AssistantError):
        return next((row.value for row in read_estimates(folder) if row.by == ALL and row.measure == CRAG), None)
    return None
