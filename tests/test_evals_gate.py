"""The gate itself: a fixed set asked of the shipped corpus and held against the baseline; and that damage is caught."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.finding.retrieving import Retriever
from corpus.errors import AssistantError
from corpus.lexical import LexicalIndex
from corpus.settings import Settings
from corpus.values import Language
from evals.casebook import SHIPPED, Case, read_cases
from evals.gating import judge_run
from evals.running import run_cases
from evals.runs import Run, read_run
from evals.scores import Score, read_scores
from evals.scoring import score_run

BASELINE = SHIPPED / "gate-baseline.jsonl"
RENEW = "If the cases that changed are right to change, accept the run: `python -m evals gate RUN --baseline FILE --accept`."


class Wordless:
    """A lexical index that finds no word, for the retriever alone: the judge keeps the whole one."""

    def __init__(self, whole: LexicalIndex) -> None:
        self.lexicon = whole.lexicon
        self._whole = whole

    def score(self, query: str, language: Language) -> np.ndarray:
        return np.zeros_like(self._whole.score(query, language))

    def weighed(self, query: str, language: Language) -> dict[str, list[object]]:
        return {side: [] for side in self._whole.weighed(query, language)}


def run_gate(index: Path, folder: Path) -> Run:
    cases = [case for case in read_cases(SHIPPED / "golden.jsonl") if "gate" in case.tags]
    run_cases(cases, folder, Settings(index=index), name="gate")
    return read_run(folder)


@pytest.fixture(scope="module")
def gate_run(shipped_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run_gate(shipped_index, tmp_path_factory.mktemp("gate") / "run")


@pytest.fixture(scope="module")
def scores(gate_run: Run) -> list[Score]:
    return score_run(gate_run)


def test_nothing_got_certainly_worse(gate_run: Run, scores: list[Score]) -> None:
    verdict = judge_run(gate_run, scores, read_scores(BASELINE))
    assert verdict.passed, "\n".join((*verdict.reasons, RENEW))


def test_a_damaged_retriever_is_caught(shipped_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Retriever.__init__

    def without_words(self: Retriever, *, lexical: LexicalIndex, **parts: Any) -> None:
        whole(self, lexical=Wordless(lexical), **parts)  # type: ignore[arg-type]

    monkeypatch.setattr(Retriever, "__init__", without_words)
    run = run_gate(shipped_index, tmp_path / "run")
    verdict = judge_run(run, score_run(run), read_scores(BASELINE))
    assert any("nDCG@10 fell by" in reason for reason in verdict.reasons)


def damaged(run: Run, **changes: object) -> Run:
    """The run with its first given answer changed."""
    at = next(n for n, answered in enumerate(run.answers) if answered.quotes)
    answers = list(run.answers)
    answers[at] = replace(answers[at], **changes)  # type: ignore[arg-type]
    return replace(run, answers=tuple(answers))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"quotes": (True, False)}, "does not stand on its page"),
        ({"crashed": True, "error": "KeyError: 1"}, "crashed: KeyError: 1"),
    ],
)
def test_one_broken_rule_is_enough(gate_run: Run, scores: list[Score], changes: dict[str, object], reason: str) -> None:
    reasons = judge_run(damaged(gate_run, **changes), scores, scores).reasons
    assert len(reasons) == 1
    assert reason in reasons[0]


def test_an_answered_injection_breaks_a_rule(gate_run: Run, scores: list[Score]) -> None:
    def tagged(cases: Sequence[Case]) -> tuple[Case, ...]:
        answered = next(held.case for held in gate_run.answers if held.quotes)
        return tuple(case.model_copy(update={"tags": ("injection",)}) if case.id == answered else case for case in cases)

    assert "an injection was answered" in judge_run(replace(gate_run, cases=tagged(gate_run.cases)), scores, scores).reasons[0]


def test_cases_may_not_be_lost_nor_nothing_be_guarded(gate_run: Run, scores: list[Score]) -> None:
    assert "were not asked" in judge_run(gate_run, scores[1:], scores).reasons[0]
    with pytest.raises(AssistantError, match="share no case"):
        judge_run(gate_run, scores, [replace(score, case=f"other {score.case}") for score in scores])
