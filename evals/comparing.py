"""Comparing two runs of the same cases: how each measure differs, for which cases, and whether the set can show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from corpus.errors import AssistantError
from evals.definitions import is_better_higher
from evals.intervals import Difference, compare, holm
from evals.runs import Run
from evals.scores import Grade, Score, by_case

COMPARED = (
    "CRAG",
    "nugget recall",
    "page accuracy",
    "quote overlap",
    "citation recall",
    "hallucination",
    "missed",
    "nDCG@10",
    "R@5",
)

SIGNIFICANT = 0.05

Verdict = Literal["better", "worse", "the same", "too small to tell"]
Incomparable = Literal["different documents", "no shared case"]


class IncomparableError(AssistantError):
    """Two runs that cannot be compared; `why` says for which reason."""

    def __init__(self, why: Incomparable, message: str) -> None:
        super().__init__(message)
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A case whose grade differs between two runs."""

    case: str
    question: str
    before: Grade
    after: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The differences by measure, positive where the second run is better, p corrected after Holm; and the changed cases."""

    differences: Mapping[str, Difference]
    changes: tuple[Change, ...]
    note: str = ""


def compare_runs(first: tuple[Run, Sequence[Score]], second: tuple[Run, Sequence[Score]], *, across: bool = False) -> Comparison:
    """Compare two scored runs over the cases that both asked in the same words.

    Runs that share no case are refused, and those over different documents unless `across` asks for it: `IncomparableError`.
    """
    (one, before), (other, after) = first, second
    note = ""
    if one.about.corpus != other.about.corpus:
        if not across:
            message = "the runs were made over different documents; --across compares them all the same"
            raise IncomparableError("different documents", message)
        note = "The runs were made over different documents."
    asked = {case.id: case for case in one.cases}
    shared = {case.id for case in other.cases if case.id in asked and asked[case.id].question == case.question}
    if not shared:
        raise IncomparableError("no shared case", "the runs share no case")
    kept = ([score for score in before if score.case in shared], [score for score in after if score.case in shared])
    changes = _changes({name: case.question for name, case in asked.items()}, *kept)
    return Comparison(differences=differences(*kept), changes=changes, note=note)


def differences(first: Sequence[Score], second: Sequence[Score], measures: Sequence[str] = COMPARED) -> dict[str, Difference]:
    """The difference of each measure over the cases of which both have it, positive where the second is better."""
    found: dict[str, Difference] = {}
    for name in measures:
        sign = 1.0 if is_better_higher(name) else -1.0
        old, new = ({case: sign * value for case, value in by_case(scores, name).items()} for scores in (first, second))
        if difference := compare(old, new):
            found[name] = difference
    corrected = holm({name: difference.p for name, difference in found.items()})
    return {name: replace(difference, p=corrected[name]) for name, difference in found.items()}


def verdict(found: Difference) -> Verdict:
    """What a difference shows, after its p."""
    if found.p < SIGNIFICANT:
        return "better" if found.mean > 0 else "worse"
    return "too small to tell" if found.wins or found.losses else "the same"


def _changes(questions: Mapping[str, str], before: Sequence[Score], after: Sequence[Score]) -> tuple[Change, ...]:
    old, new = ({score.case: score.grade for score in scores if score.repeat == 0} for scores in (before, after))
    return tuple(
        Change(case=case, question=questions[case], before=old[case], after=grade)
        for case, grade in new.items()
        if case in old and old[case] != grade
    )
