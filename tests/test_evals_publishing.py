"""The report: everything escaped, nothing fetched from elsewhere, the worst case first."""

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path

import pytest

from evals.casebook import Case, Fact
from evals.publishing import worst, write_report
from evals.runs import Answered, Run
from evals.scores import Score
from evals.scoring import score_run, summarise
from tests.fakes_records import a_record
from tests.test_evals_comparing import ABOUT

HOSTILE = "<script>alert(1)</script> | ![x](http://evil.example/a.png)"


def an_answer(case: str, text: str, *, abstained: str | None = None, score: float = 0.5) -> Answered:
    quotes = [] if abstained else [(text, "a.pdf", 1)]
    record = a_record(*quotes, abstained=abstained, answer=text, confidence=score)
    return Answered(case=case, answer=record, quotes=() if abstained else (True,), milliseconds=5.0, memory=100.0)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def a_case(name: str, question: str) -> Case:
        return Case(id=name, language="da", question=question, kind="lookup", answerable=True, facts=(Fact(any_of=("tolv",)),))

    cases = [a_case("right", "Hvor mange?"), a_case("wrong", HOSTILE), a_case("silent", "Hvem?"), a_case("broken", "Hvad?")]
    answers = [
        an_answer("right", "der er tolv"),
        an_answer("wrong", HOSTILE),
        an_answer("silent", "intet", abstained="nothing near"),
        Answered(case="broken", error="the index is gone"),
    ]
    return Run(folder=tmp_path, about=replace(ABOUT, name=HOSTILE), cases=tuple(cases), answers=tuple(answers))


def test_the_worst_comes_first_and_perfect_cases_do_not_come(run: Run) -> None:
    assert [shown.case.id for shown in worst(run, score_run(run))] == ["wrong", "silent", "broken"]


def test_a_report_shows_everything_and_runs_nothing(run: Run) -> None:
    scores = score_run(run)
    markdown, html = (path.read_text(encoding="utf-8") for path in write_report(run, scores, summarise(run, scores)))
    for text in (markdown, html):
        assert "<script" not in text
        assert "&lt;script&gt;" in text
        assert "the index is gone" in text
    assert "![x]" not in markdown
    assert not re.search(r"""(?:src|href)\s*=\s*["'](?!#)""", html.replace("xlink:href", "href"))
    assert html.count("<svg") >= 4
    for plot in re.findall(r"<svg.*?</svg>", html, re.DOTALL):
        ElementTree.fromstring(plot)


def test_an_undefined_measure_is_a_dash(run: Run) -> None:
    scores: list[Score] = score_run(run)
    markdown = write_report(run, scores, summarise(run, scores))[0].read_text(encoding="utf-8")
    assert "| pair consistency | - |  | 0 |" in markdown
    assert "nan" not in markdown.casefold()
