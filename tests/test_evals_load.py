"""Many people at once: they are played against a real chat, and whatever goes wrong is told."""

import math
from pathlib import Path

import httpx
import pytest

from corpus.errors import AssistantError, LockedError
from evals.load import measure_load, questions
from evals.reporting import load_table
from evals.serving import running_chat
from tests.conftest import PROJECT, indexed
from tests.served import served


@pytest.fixture(autouse=True)
def _hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evals.load.THINKING", (0.05, 0.1))


def test_people_ask_in_the_chat_and_from_programs(tmp_path: Path) -> None:
    with served(tmp_path, requests_per_minute=0) as address:
        chat, rest = measure_load(address, users=4, seconds=3)
    assert (chat.way, rest.way) == ("chat", "REST")
    for load in (chat, rest):
        assert load.errors == ()
        assert load.asked > 2
        assert 0 < load.p50 <= load.p95 <= load.slowest
        assert load.per_second == pytest.approx(load.asked / 3)


def test_what_is_refused_is_counted_with_its_reason(tmp_path: Path) -> None:
    with served(tmp_path, requests_per_minute=2) as address:
        loads = measure_load(address, users=2, seconds=2)
    assert sum(load.asked - len(load.errors) for load in loads) == 2
    assert all("429" in error for load in loads for error in load.errors)
    assert any(load.errors for load in loads)
    assert len(load_table(loads, users=2, seconds=2).rows) == 2


def test_a_failure_that_the_chat_shows_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise LockedError("locked")

    monkeypatch.setattr("assistant.answering.Assistant.answer", fail)
    with served(tmp_path, requests_per_minute=0) as address:
        chat, rest = measure_load(address, users=2, seconds=1)
    assert len(chat.errors) == chat.asked > 0
    assert "failure" in chat.errors[0]
    assert len(rest.errors) == rest.asked > 0
    assert "503" in rest.errors[0]


@pytest.mark.parametrize(("users", "seconds"), [(1, 5), (2, 0)])
def test_a_load_of_nobody_or_of_no_time_is_refused(users: int, seconds: float) -> None:
    with pytest.raises(AssistantError, match="users"):
        measure_load("http://127.0.0.1:1", users=users, seconds=seconds)


def test_questions_are_of_the_development_split_in_both_languages() -> None:
    pool = questions()
    assert len(pool) > 200
    assert any(question.startswith("Hv") for question in pool)
    assert any(question.startswith("Wh") for question in pool)


def test_a_chat_that_does_not_start_says_why(tmp_path: Path) -> None:
    with pytest.raises(AssistantError, match="python -m ingest"), running_chat(tmp_path / "none"):
        pass


@pytest.mark.slow
def test_a_chat_of_its_own_is_started_watched_and_stopped(tmp_path: Path) -> None:
    index = indexed(tmp_path / "index", [PROJECT / "corpus" / "digests" / "digest-joint-2026-2029-da.pdf"])
    with running_chat(index) as chat:
        codes = [httpx.post(f"{chat.address}/api/ask", json={"question": "Hvad?"}, timeout=60).status_code for _ in range(2)]
        measure_load(chat.address, users=2, seconds=1)
    assert codes == [200, 200]
    assert 50 < chat.peak < 4000
    assert not math.isnan(chat.peak)
    with pytest.raises(httpx.ConnectError):
        httpx.get(chat.address)
