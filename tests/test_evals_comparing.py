"""Two runs compared: the differences by measure, the changed cases, and runs that must not be compared."""

from dataclasses import replace
from pathlib import Path

import pytest

from evals.casebook import Case, Fact
from evals.comparing import IncomparableError, compare_runs, verdict
from evals.reporting import says
from evals.runs import About, Run
from evals.scores import Score

COUNT = 40
CASES = tuple(
    Case(id=f"c{n}", language="da", question=f"Spørgsmål {n}?", kind="lookup", answerable=True, facts=(Fact(any_of=("x",)),))
    for n in range(COUNT)
)
ABOUT = About(
    name="set",
    started="2026-11-24T12:00:00+00:00",
    made_by="m",
    corpus="c",
    documents={},
    embedder="e",
    code="",
    settings={},
    versions={},
)
RUN = Run(folder=Path("run"), about=ABOUT, cases=CASES, answers=())


def scores(*, right: int) -> list[Score]:
    """The first `right` cases perfect, the others missed."""
    return [
        Score(
            case=case.id,
            repeat=0,
            grade="perfect" if n < right else "missing",
            confidence=0.5,
            measures={"CRAG": float(n < right), "missed": float(n >= right), "citation recall": 1.0 if n < right else None},
        )
        for n, case in enumerate(CASES)
    ]


def test_a_better_run_is_better_in_every_measure_and_names_its_cases() -> None:
    found = compare_runs((RUN, scores(right=20)), (RUN, scores(right=32)))
    crag, missed = found.differences["CRAG"], found.differences["missed"]
    assert crag.mean == missed.mean == pytest.approx(12 / 40)  # less missed is a gain
    assert (crag.wins, crag.ties, crag.losses) == (12, 28, 0)
    assert crag.low > 0
    assert verdict(crag) == says(crag) == "better"
    assert found.differences["citation recall"].count == 20  # defined in both runs
    assert [change.case for change in found.changes] == [f"c{n}" for n in range(20, 32)]
    assert (found.changes[0].before, found.changes[0].after) == ("missing", "perfect")


def test_a_set_that_is_too_small_says_what_it_could_show() -> None:
    difference = compare_runs((RUN, scores(right=20)), (RUN, scores(right=21))).differences["CRAG"]
    assert says(difference).startswith("too small to tell, shows 0.0")
    assert says(compare_runs((RUN, scores(right=20)), (RUN, scores(right=20))).differences["CRAG"]) == "the same"


def test_runs_over_different_documents_are_refused_unless_asked() -> None:
    other = replace(RUN, about=replace(ABOUT, corpus="d"))
    with pytest.raises(IncomparableError, match="different documents"):
        compare_runs((RUN, scores(right=1)), (other, scores(right=1)))
    assert "different documents" in compare_runs((RUN, scores(right=1)), (other, scores(right=1)), across=True).note


def test_cases_worded_differently_are_not_compared() -> None:
    reworded = tuple(case.model_copy(update={"question": f"{case.question}?"}) for case in CASES)
    with pytest.raises(IncomparableError, match="share no case"):
        compare_runs((RUN, scores(right=1)), (replace(RUN, cases=reworded), scores(right=1)))
