"""The tools of the Model Context Protocol, called by the SDK's own client: in memory, over HTTP, and over stdio."""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from tests.conftest import PROJECT, indexed
from tests.fakes_ui import QUOTES, FakeAssistant, an_answer, nearly_an_answer
from tests.served import QUESTION, QUOTE, an_assistant, served
from ui.tools import tools


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("tools")) as address:
        yield address


def call(server: Any, name: str, **arguments: object) -> tuple[bool, str, Any]:
    """Whether a tool failed, what it says as text, and the data it gives."""

    async def called():
        async with Client(server) as client:
            return await client.call_tool(name, arguments)

    result = anyio.run(called)
    return result.is_error, result.content[0].text, result.structured_content


@pytest.fixture(scope="module")
def server():
    return tools(an_assistant())


def test_four_tools_are_offered_and_none_changes_anything(server) -> None:
    async def listed():
        async with Client(server) as client:
            return (await client.list_tools()).tools

    offered = anyio.run(listed)
    assert {tool.name for tool in offered} == {"search", "ask", "compare", "open_page"}
    assert all(tool.annotations.read_only_hint and tool.description for tool in offered)


def test_an_answer_leads_to_its_page(server) -> None:
    failed, text, answer = call(server, "ask", question=QUESTION)
    assert not failed
    citation = answer["citations"][0]
    assert json.loads(text)["citations"] == answer["citations"]
    _, _, page = call(server, "open_page", document=citation["document"], page=citation["page"])
    assert citation["quote"] == QUOTE
    assert QUOTE in page["text"]


def test_the_line_the_note_and_the_quotes_that_come_near_are_given() -> None:
    worded = replace(an_answer(), line="83 pct.", note="Formuleret af en sprogmodel.")
    _, _, answer = call(tools(FakeAssistant(worded)), "ask", question="Hvad?")  # type: ignore[arg-type]
    assert (answer["line"], answer["note"]) == ("83 pct.", "Formuleret af en sprogmodel.")
    _, _, near = call(tools(FakeAssistant(nearly_an_answer())), "ask", question="Hvad?")  # type: ignore[arg-type]
    assert [held["quote"] for held in near["nearest"]] == list(QUOTES)


def test_strategies_narrow_a_search_by_period(server) -> None:
    _, _, found = call(server, "search", question="digital post", strategies=["2011-2015"])
    assert {passage["document"] for passage in found["passages"]} == {"digital-post.txt"}


def test_a_topic_is_compared(server) -> None:
    _, _, compared = call(server, "compare", topic="cyber security centre", language="en")
    assert {row["strategy"] for row in compared["rows"] if row["verdict"] == "mentioned"} == {"cyber-2018-2021"}


@pytest.mark.parametrize(
    ("name", "arguments", "sentence"),
    [
        ("ask", {"question": " "}, "The question has no words"),
        ("ask", {"question": "a" * 50_000}, "at most 2000 are read."),
        ("search", {"question": "post", "strategies": ["no-such-one"]}, "The catalogue has no strategy 'no-such-one'"),
        ("open_page", {"document": "/etc/passwd", "page": 1}, "The library holds no document of that id or name."),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(server, name: str, arguments: dict[str, object], sentence: str) -> None:
    failed, text, _ = call(server, name, **arguments)
    assert failed
    assert sentence in text


def test_the_tools_are_served_over_http_beside_the_chat(address: str) -> None:
    _, _, answer = call(f"{address}/mcp", "ask", question=QUESTION)
    assert answer["citations"][0]["quote"] == QUOTE


@pytest.mark.slow
def test_the_tools_are_served_over_stdio(tmp_path: Path) -> None:
    index = indexed(tmp_path / "index", [PROJECT / "corpus" / "digests" / "digest-joint-2026-2029-da.pdf"])
    started = StdioServerParameters(command=sys.executable, args=["-m", "ui", "--mcp", "--index", str(index)], cwd=str(PROJECT))
    _, _, answer = call(stdio_client(started), "ask", question="Hvad skal Digital Fuldmagt blive til?")
    assert answer["citations"]
    assert all(citation["verified"] for citation in answer["citations"])
