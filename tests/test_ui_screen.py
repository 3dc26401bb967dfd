"""The screen as a value: how a question, an answer, a failure and an opened citation change it."""

from collections.abc import Sequence

import pytest

from assistant.values import Restriction
from corpus.errors import AssistantError, CatalogueError, EmptyIndexError, LockedError, QuestionError, StoreError
from corpus.values import Filters, Page
from tests.fakes_ui import FakeAssistant, an_answer
from ui.screen import Screen, ask, coverage, failure_of, opened_page, widened


def run(assistant: FakeAssistant, *questions: str) -> Screen:
    screen = Screen()
    for question in questions:
        screen = list(ask(assistant, question, screen))[-1]
    return screen


def test_an_answer_comes_in_one_claim_at_a_time_after_the_search_is_shown() -> None:
    steps = list(ask(FakeAssistant(), "Hvad?", Screen()))
    assert [(step.turns[0].answer is not None, step.turns[0].shown) for step in steps] == [
        (False, 0),
        (True, 0),
        (True, 1),
        (True, 2),
    ]
    assert [step.turns[0].complete for step in steps] == [False, False, False, True]


def test_the_first_citation_stands_open_once_the_answer_is_there() -> None:
    screen = run(FakeAssistant(), "Hvad?")
    assert screen.opened == (0, 1)
    citation = screen.opened_citation()
    assert citation is not None
    assert citation.quote.text == "Tilliden var 83 pct. i 2024."


def test_the_earlier_questions_are_the_history_oldest_first() -> None:
    assistant = FakeAssistant()
    run(assistant, "Først?", "  Så?  ", "Til sidst?")
    assert assistant.histories == [[], ["Først?"], ["Først?", "Så?"]]


@pytest.mark.parametrize("question", ["", "   ", "\n\t"])
def test_an_empty_question_changes_nothing(question: str) -> None:
    screen = run(FakeAssistant(), "Hvad?")
    assert list(ask(FakeAssistant(), question, screen)) == [screen]


def test_a_question_that_is_far_too_long_is_refused_without_asking() -> None:
    assistant = FakeAssistant()
    screen = run(assistant, "hvad " * 10_000)
    assert screen.turns[0].failure == "question"
    assert len(screen.turns[0].question) < 2_010
    assert assistant.histories == []


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (EmptyIndexError("x"), "empty_index"),
        (LockedError("x"), "busy"),
        (StoreError("x"), "store"),
        (QuestionError("x"), "question"),
        (CatalogueError("x"), "unexpected"),
    ],
)
def test_each_error_has_its_own_words(error: AssistantError, failure: str) -> None:
    assert failure_of(error) == failure


def test_a_failure_ends_the_turn_and_keeps_the_conversation() -> None:
    assistant = FakeAssistant()
    screen = run(assistant, "Først?")
    assistant.error = StoreError("the index is gone")
    screen = list(ask(assistant, "Så?", screen))[-1]
    assert [turn.failure for turn in screen.turns] == [None, "store"]
    assert screen.opened is None
    assistant.error = None
    assert [turn.question for turn in list(ask(assistant, "Igen?", screen))[-1].turns] == ["Først?", "Så?", "Igen?"]


def test_a_fault_of_ours_is_one_line_on_the_page_and_a_traceback_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    assistant = FakeAssistant()
    assistant.error = ZeroDivisionError("a fault")
    screen = run(assistant, "Hvad?")
    assert screen.turns[0].failure == "unexpected"
    assert caplog.records[0].exc_info is not None


def test_a_question_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    assistant = FakeAssistant()
    assistant.error = QuestionError("'et hemmeligt spørgsmål' cannot be answered")
    run(assistant, "et hemmeligt spørgsmål")
    assert caplog.records
    assert "hemmeligt" not in caplog.text


@pytest.mark.parametrize(("turn", "n"), [(0, 9), (1, 1), (-1, 1), (7, 1)])
def test_a_citation_that_is_not_there_cannot_be_opened(turn: int, n: int) -> None:
    screen = run(FakeAssistant(), "Hvad?")
    assert screen.open(turn, n) is screen
    assert screen.open(0, 2).opened == (0, 2)


def test_a_cited_page_that_has_gone_is_none() -> None:
    class Emptied(FakeAssistant):
        def page(self, document_id: str, number: int) -> Page:
            raise StoreError(f"no page {number} of {document_id!r}")

    screen = run(FakeAssistant(), "Hvad?")
    assert opened_page(Emptied(), screen) is None
    assert opened_page(FakeAssistant(), Screen()) is None


def test_a_coverage_that_cannot_be_read_is_none() -> None:
    assistant = FakeAssistant()
    assistant.error = StoreError("the index is gone")
    assert coverage(assistant) is None


def test_an_answer_without_claims_is_complete_at_once() -> None:
    assistant = FakeAssistant(an_answer(quotes=(), abstained="nothing near", lead="Det svarer dokumenterne ikke på."))
    steps: Sequence[Screen] = list(ask(assistant, "Hvad?", Screen()))
    assert len(steps) == 2
    assert steps[-1].turns[0].complete
    assert steps[-1].opened is None


def test_a_search_that_is_stopped_ends_its_turn_and_an_answer_that_comes_in_is_shown_whole() -> None:
    searching, arriving = list(ask(FakeAssistant(), "Hvad?", Screen()))[:2]
    assert searching.stop().turns[0].failure == "stopped"
    assert arriving.stop().turns[0].complete
    done = run(FakeAssistant(), "Hvad?")
    assert done.stop() is done


def test_the_last_question_can_be_asked_again() -> None:
    screen = run(FakeAssistant(), "Først?", "Så?").without_last()
    assert [turn.question for turn in screen.turns] == ["Først?"]
    assert screen.opened is None
    assert Screen().without_last().turns == ()


@pytest.mark.parametrize(("number", "turned"), [(1, 1), (14, 14), (13, None), (0, None), (15, None)])
def test_only_pages_that_the_file_has_are_turned_to(number: int, turned: int | None) -> None:
    screen = run(FakeAssistant(), "Hvad?").turn_to(number)
    assert screen.turned == turned
    assert screen.open(0, 2).turned is None


def test_no_page_is_turned_to_where_nothing_is_open() -> None:
    screen = Screen()
    assert screen.turn_to(2) is screen


def test_asking_again_without_one_bound_keeps_the_others_and_reads_none_anew() -> None:
    bounds = (
        Restriction(on="strategies", values=("a", "b"), label="A og B", reason="named"),
        Restriction(on="languages", values=("da",), label="dansk", reason="chosen"),
    )
    assert widened(bounds, 0) == Filters(languages=("da",), everything=True)
    assert widened(bounds, 1) == Filters(strategies=("a", "b"), everything=True)
    assistant = FakeAssistant()
    list(ask(assistant, "Hvad?", Screen(), widened(bounds, 0)))
    assert assistant.filters == [Filters(languages=("da",), everything=True)]
