"""Runs: resumable, refused where something changed, with every error a counted value; and their scores."""

import json
from pathlib import Path

import pytest

from corpus.errors import AssistantError, QuestionError
from corpus.settings import Settings
from evals.casebook import Case, Evidence, Fact
from evals.running import ask, run_cases
from evals.runs import ANSWERS, list_runs, read_run
from evals.scores import by_case, read_estimates, read_scores, write_estimates, write_scores
from evals.scoring import score_run, summarise
from tests.conftest import indexed

TEXT = "# Strategien\n\nStrategien har tolv initiativer i fire fokusområder. Digital fuldmagt kommer i 2026.\n"
QUOTE = "Strategien har tolv initiativer"
CASES = [
    Case(
        id="many",
        language="da",
        question="Hvor mange initiativer har strategien?",
        kind="number",
        answerable=True,
        evidence=(Evidence(document="strategy.md", quote=QUOTE),),
        facts=(Fact(any_of=("tolv",)),),
    ),
    Case(id="far", language="en", question="What is the capital of Australia?", kind="outside", answerable=False),
    Case(id="draft", language="da", question="?", kind="lookup", answerable=True, draft=True),
]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of an index of one small document, made with the shipped embedder."""
    folder = tmp_path_factory.mktemp("running")
    (folder / "strategy.md").write_text(TEXT, encoding="utf-8")
    return Settings(index=indexed(folder / "index", [folder / "strategy.md"]))


def test_a_run_is_kept_and_scored(settings: Settings, tmp_path: Path) -> None:
    run_cases(CASES, tmp_path / "run", settings, name="tiny", repeat=2)
    run = read_run(tmp_path / "run")
    assert run.complete
    assert [(answered.case, answered.repeat) for answered in run.answers] == [("many", 0), ("far", 0), ("many", 1), ("far", 1)]
    assert run.about.documents["strategy.md"].language == "da"
    assert run.about.settings["chunk_characters"] == 900
    assert "index" not in run.about.settings
    assert list_runs(tmp_path) == {"run": run.about}
    scores = score_run(run)
    assert by_case(scores, "nugget recall") == {"many": 1.0}
    assert by_case(scores, "verbatim quotes") == {"many": 1.0}
    assert by_case(scores, "page accuracy") == {"many": 1.0}
    assert by_case(scores, "hallucination") == {"far": 0.0}
    write_scores(run.folder, scores)
    assert read_scores(tmp_path / "run") == scores
    write_estimates(run.folder, summarise(run, scores))
    rows = {(row.by, row.group, row.measure): row.value for row in read_estimates(run.folder)}
    assert rows["language", "da", "CRAG"].count == 1
    assert rows["all", "all", "pair consistency"] is None
    assert rows["all", "all", "AUROC"].mean == 1.0


def test_a_killed_run_goes_on_where_it_was(settings: Settings, tmp_path: Path) -> None:
    run_cases(CASES, tmp_path / "run", settings, name="tiny")
    answers = tmp_path / "run" / ANSWERS
    first, second = answers.read_text(encoding="utf-8").splitlines()
    marked = json.dumps(json.loads(first) | {"milliseconds": 4711.0})
    answers.write_text(f"{marked}\n{second[:40]}", encoding="utf-8")
    assert not read_run(tmp_path / "run").complete
    with pytest.raises(AssistantError, match="not finished"):
        score_run(read_run(tmp_path / "run"))
    seen: list[tuple[int, int]] = []
    run_cases(CASES, tmp_path / "run", settings, name="tiny", progress=lambda done, total: seen.append((done, total)))
    run = read_run(tmp_path / "run")
    assert run.complete
    assert [answered.case for answered in run.answers] == ["many", "far"]
    assert run.answers[0].milliseconds == 4711.0  # not asked again
    assert seen == [(2, 2)]


def test_a_run_of_something_else_is_refused(settings: Settings, tmp_path: Path) -> None:
    run_cases(CASES, tmp_path / "run", settings, name="tiny")
    with pytest.raises(AssistantError, match="another --out"):
        run_cases(CASES[1:], tmp_path / "run", settings, name="tiny")
    with pytest.raises(AssistantError, match="no case that is approved"):
        run_cases(CASES[2:], tmp_path / "other", settings, name="tiny")
    with pytest.raises(AssistantError, match="holds no run"):
        read_run(tmp_path / "nowhere")


def test_errors_and_crashes_are_values(settings: Settings, tmp_path: Path) -> None:
    class Broken:
        def __init__(self, error: Exception) -> None:
            self.error = error

        def answer(self, *_: object, **__: object) -> None:
            raise self.error

    refused, crashed = ask(Broken(QuestionError("no words")), CASES[0]), ask(Broken(KeyError("x")), CASES[0])  # type: ignore[arg-type]
    assert (refused.error, refused.crashed) == ("no words", False)
    assert (crashed.error, crashed.crashed) == ("KeyError: 'x'", True)


@pytest.mark.slow
def test_several_processes_give_the_same_answers(settings: Settings, tmp_path: Path) -> None:
    run_cases(CASES, tmp_path / "one", settings, name="tiny")
    run_cases(CASES, tmp_path / "two", settings, name="tiny", jobs=2)

    def answers(name: str) -> dict[str, str]:
        return {answered.case: answered.answer.answer for answered in read_run(tmp_path / name).answers if answered.answer}

    assert answers("one") == answers("two")
