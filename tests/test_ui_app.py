"""The page as it is served: a real server on a free port, asked by a real client. Nothing leaves this machine."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import httpx
import pytest
from gradio_client import Client

from assistant.values import Answer
from corpus.catalogue import load_catalogue
from corpus.settings import Settings
from tests.fakes_ui import QUOTES, FakeAssistant, seen
from tests.served import QUESTION, QUOTE, an_assistant, served
from ui.app import build, launch
from ui.ports import first_free
from ui.texts import DANISH
from ui.views import Views


@pytest.fixture(scope="module")
def assistant() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture(scope="module")
def address(assistant: FakeAssistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the page is served while these tests run."""
    settings = Settings(index=tmp_path_factory.mktemp("served") / "index")
    port = first_free("127.0.0.1", 7900)
    assert port is not None
    views = Views(assistant=assistant, catalogue=load_catalogue(), settings=settings)
    page = build(views)
    yield launch(page, views, host="127.0.0.1", port=port)
    page.close(verbose=False)


def test_a_question_is_answered_with_its_evidence_open(address: str) -> None:
    client = Client(address, verbose=False, analytics_enabled=False)
    asked = client.submit("Hvor stor er tilliden?", api_name="/ask")
    question, chat, panel = asked.result(timeout=30)
    assert question == ""
    assert all(quote in seen(chat) for quote in QUOTES)
    assert f"<mark>{QUOTES[0]}</mark>" in panel
    assert DANISH.searching in asked.outputs()[0][1]
    assert len(asked.outputs()) > 2


def test_one_conversation_remembers_and_another_knows_nothing_of_it(address: str, assistant: FakeAssistant) -> None:
    mine, yours = (Client(address, verbose=False, analytics_enabled=False) for _ in range(2))
    mine.predict("Første?", api_name="/ask")
    mine.predict("Anden?", api_name="/ask")
    _, chat, _ = yours.predict("Tredje?", api_name="/ask")
    assert assistant.histories[-3:] == [[], ["Første?"], []]
    assert "Første?" not in chat


def test_an_empty_question_leaves_the_conversation_as_it_is(address: str) -> None:
    client = Client(address, verbose=False, analytics_enabled=False)
    before = client.predict("Hvad?", api_name="/ask")
    assert client.predict("  ", api_name="/ask") == before


def test_the_page_names_no_other_host_and_sends_no_statistics(address: str) -> None:
    config = httpx.get(f"{address}config").json()
    assert config["analytics_enabled"] is False
    assert not config.get("is_space")
    style = httpx.get(f"{address}theme.css").text
    assert style
    assert re.findall(r"@import[^;]*|url\([\"']?http[^)]*\)", style) == []


def test_only_asking_is_offered_to_other_programs(address: str) -> None:
    client = Client(address, verbose=False, analytics_enabled=False)
    assert list(client.view_api(return_format="dict")["named_endpoints"]) == ["/ask"]


@pytest.mark.parametrize("path", ["/etc/hostname", "settings.toml", "pyproject.toml"])
def test_no_file_of_this_machine_can_be_read_through_the_page(address: str, path: str) -> None:
    assert httpx.get(f"{address}gradio_api/file={path}").status_code == 403


def test_nothing_can_be_left_on_this_machine(address: str) -> None:
    sent = httpx.post(f"{address}gradio_api/upload", files={"files": ("a.txt", b"x" * 100)})
    assert sent.status_code == 413


@pytest.mark.parametrize("path", ["pages/d1/13.png", "pages/d2/1.png", "pages/..%2F..%2Fetc/1.png", "pages/d1/-1.png"])
def test_no_page_is_drawn_whose_file_is_not_the_one_in_the_index(address: str, path: str) -> None:
    assert httpx.get(f"{address}{path}").status_code == 404


def upload(address: str, data: bytes, **headers: str) -> int:
    return httpx.post(f"{address}documents", content=data, headers=headers).status_code


def test_a_file_is_taken_from_our_own_page_alone(address: str) -> None:
    assert upload(address, b"ord", **{"x-file-name": "a.md"}) == 200
    assert upload(address, b"ord", **{"x-file-name": "a.md", "origin": address.rstrip("/")}) == 200
    assert upload(address, b"ord", **{"x-file-name": "a.md", "origin": "https://example.org"}) == 403
    assert upload(address, b"ord") == 403


def test_a_file_that_is_not_wanted_is_refused_with_why(address: str) -> None:
    sent = httpx.post(f"{address}documents", content=b"x", headers={"x-file-name": "a.exe"})
    assert (sent.status_code, sent.json()) == (422, {"refused": "format"})
    assert upload(address, b"", **{"x-file-name": "a.md"}) == 422


def test_the_chat_and_other_programs_are_answered_at_once(tmp_path: Path) -> None:
    """Two chats and two programs ask; no answer comes before all four questions are in."""
    assistant, inside = an_assistant(), Barrier(4, timeout=30)
    answer = assistant.answer

    def waited(*asked: Any, **bounds: Any) -> Answer:
        inside.wait()
        return answer(*asked, **bounds)

    assistant.answer = waited  # type: ignore[method-assign]
    with served(tmp_path, assistant=assistant) as address, ThreadPoolExecutor(2) as programs:
        chats = [Client(address, verbose=False, analytics_enabled=False) for _ in range(2)]
        asked = [chat.submit(QUESTION, api_name="/ask") for chat in chats]
        posted = [programs.submit(httpx.post, f"{address}/api/ask", json={"question": QUESTION}, timeout=30) for _ in range(2)]
        assert all(QUOTE in seen(chat.result(timeout=30)[1]) for chat in asked)
        assert all(program.result().json()["citations"][0]["quote"] == QUOTE for program in posted)
