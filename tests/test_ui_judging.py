"""Verdicts: each is one line that an evaluation can take as a case."""

import json
from dataclasses import replace
from pathlib import Path

from corpus.catalogue import load_catalogue
from corpus.settings import ChatSettings, Settings
from tests.fakes_ui import QUOTES, FakeAssistant
from ui.judging import FILE, note
from ui.screen import Screen, ask
from ui.texts import DANISH
from ui.views import Views


def views(folder: Path, *, feedback: bool = True) -> Views:
    settings = Settings(index=folder / "index", chat=ChatSettings(feedback=feedback))
    return Views(assistant=FakeAssistant(), catalogue=load_catalogue(), settings=settings)


def answered() -> Screen:
    screen = list(ask(FakeAssistant(), "Først?", Screen()))[-1]
    return list(ask(FakeAssistant(), "Hvad?", screen))[-1]


def test_a_verdict_holds_the_question_its_history_the_answer_and_the_reasons(tmp_path: Path) -> None:
    view = views(tmp_path)
    screen = view.judge(answered(), 1, "bad", ["incomplete", "wrong page", "<made up>"])
    (line,) = (view.settings.data / FILE).read_text(encoding="utf-8").splitlines()
    record = json.loads(line)
    assert record["question"] == "Hvad?"
    assert record["history"] == ["Først?"]
    assert (record["language"], record["verdict"], record["reasons"]) == ("da", "bad", ["wrong page", "incomplete"])
    assert [citation["quote"] for citation in record["answer"]["citations"]] == list(QUOTES)
    assert DANISH.judged in view.chat(screen)


def test_a_verdict_is_left_once(tmp_path: Path) -> None:
    view = views(tmp_path)
    screen = view.judge(answered(), 0, "good", [])
    assert view.judge(screen, 0, "bad", []) is screen
    assert len((view.settings.data / FILE).read_text(encoding="utf-8").splitlines()) == 1


def test_where_verdicts_are_switched_off_none_is_asked_for_or_kept(tmp_path: Path) -> None:
    view = views(tmp_path, feedback=False)
    screen = answered()
    assert DANISH.judge_good not in view.chat(screen)
    assert view.judge(screen, 0, "good", []) is screen
    assert not view.settings.data.exists()


def test_a_turn_that_is_not_there_cannot_be_judged(tmp_path: Path) -> None:
    screen = answered()
    assert views(tmp_path).judge(screen, 7, "good", []) is screen


def test_each_verdict_is_a_line_of_its_own(tmp_path: Path) -> None:
    answer = answered().turns[0].answer
    assert answer is not None
    for text in ("en\nlinje", "to"):
        note(tmp_path, replace(answer, question=text), history=[], verdict="good", reasons=[], corpus="c")
    assert [json.loads(line)["question"] for line in (tmp_path / FILE).read_text(encoding="utf-8").splitlines()] == [
        "en\nlinje",
        "to",
    ]
