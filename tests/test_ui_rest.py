"""The REST endpoint as a program meets it: a real server on a free port, a real client."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from assistant.values import Answer
from tests.fakes_ui import QUOTES, FakeAssistant, an_answer, nearly_an_answer
from tests.served import QUESTION, QUOTE, served
from ui.problems import JSON
from ui.rest import rest


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with served(tmp_path_factory.mktemp("rest")) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


def refusal(response: httpx.Response) -> str:
    """The sentence of a problem, whose form is checked on the way."""
    assert response.headers["content-type"] == JSON
    record = response.json()
    assert set(record) == {"type", "title", "status", "detail"}
    assert record["status"] == response.status_code
    assert "\n" not in record["detail"]
    assert record["detail"].endswith(".")
    return str(record["detail"])


def test_a_question_is_answered_with_the_record_of_the_command_line(client: httpx.Client) -> None:
    answer = client.post("/api/ask", json={"question": QUESTION}).json()
    assert [(held["quote"], held["document"], held["page"], held["verified"]) for held in answer["citations"]] == [
        (QUOTE, "digital-post.txt", 1, True)
    ]
    assert answer["claims"] == [{"text": QUOTE, "citations": [1]}]
    assert "table" not in answer


def test_the_line_the_note_and_the_quotes_that_come_near_are_given() -> None:
    def asked(answer: Answer) -> dict[str, Any]:
        with TestClient(rest(FakeAssistant(answer))) as program:  # type: ignore[arg-type]
            return program.post("/ask", json={"question": "Hvad?"}).json()

    worded = asked(replace(an_answer(), line="83 pct.", note="Formuleret af en sprogmodel.", confidence=0.81239))
    assert (worded["line"], worded["note"], worded["confidence"]) == ("83 pct.", "Formuleret af en sprogmodel.", 0.8124)
    assert worded["answer"].startswith("83 pct.\n")
    near = asked(nearly_an_answer())
    assert (near["abstained"], near["citations"]) == ("near but not answering", [])
    assert near["nearest"][0] == {
        "document": "strategy.pdf", "page": 13, "heading": "Tillid", "quote": QUOTES[0], "verified": True,
    }  # fmt: skip


def test_filters_and_history_reach_the_assistant(client: httpx.Client) -> None:
    asked = {"question": QUESTION, "filters": {"strategies": ["cyber-2018-2021"]}}
    answer = client.post("/api/ask", json=asked).json()
    assert answer["citations"] == []
    assert answer["understood"]["restrictions"][0]["reason"] == "chosen"
    followed = client.post(
        "/api/ask", json={"question": "og i 2018-2021?", "history": ["Hvad siger de om cyber security?"]}
    ).json()
    assert followed["understood"]["follow_up"] is True


def test_a_question_for_a_table_has_the_table(client: httpx.Client) -> None:
    answer = client.post("/api/ask", json={"question": "Compare digital post across the strategies"}).json()
    assert answer["table"]["rows"]


def test_an_answer_streams_claim_by_claim_and_ends_whole(client: httpx.Client) -> None:
    with client.stream("POST", "/api/ask/stream", json={"question": QUESTION}) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        events = [block.split("\n") for block in response.read().decode().strip().split("\n\n")]
    names = [event[0].removeprefix("event: ") for event in events]
    assert names == ["claim", "answer"]
    whole = json.loads(events[-1][1].removeprefix("data: "))
    assert whole["claims"] == [json.loads(events[0][1].removeprefix("data: "))]


def test_a_stream_that_cannot_begin_has_a_status(client: httpx.Client) -> None:
    assert refusal(client.post("/api/ask/stream", json={"question": " "})).startswith("The question has no words")


def test_passages_are_found_without_an_answer(client: httpx.Client) -> None:
    found = client.post("/api/search", json={"question": "cyber security centre"}).json()
    assert found["passages"][0]["document"] == "cyber.txt"
    assert found["searched"] == {"documents": 2, "pages": 3}


def test_a_topic_is_compared_and_traced(client: httpx.Client) -> None:
    asked = {"topic": "digital postkasse", "strategies": ["2011-2015", "cyber-2018-2021"], "language": "en"}
    compared = client.post("/api/compare", json=asked).json()
    assert {row["strategy"]: row["verdict"] for row in compared["rows"]} == {
        "joint-2011-2015": "mentioned",
        "cyber-2018-2021": "not mentioned",
    }
    traced = client.post("/api/timeline", json={"topic": "digital postkasse"}).json()
    assert traced["events"][0]["to"].startswith("2014")
    assert traced["citations"][0]["quote"] == QUOTE


def test_documents_are_listed_and_their_pages_read_without_a_path(client: httpx.Client) -> None:
    held = client.get("/api/documents").json()
    assert {document["document"] for document in held} == {"digital-post.txt", "cyber.txt"}
    assert "/documents/" not in json.dumps(held)
    by_id, by_name = (client.get(f"/api/pages/{held[0][key]}/1").json() for key in ("id", "document"))
    assert by_id == by_name
    assert QUOTE in by_id["text"]


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/api/pages/settings.toml/1", "The library holds no document of that id or name."),
        ("/api/pages/..%2F..%2Fetc%2Fpasswd/1", "There is nothing at this address; see /api/openapi.json."),
        ("/api/pages/cyber.txt/2", "cyber.txt has pages 1 to 1."),
        ("/api/pages/cyber.txt/-1", "cyber.txt has pages 1 to 1."),
        ("/api/nothing", "There is nothing at this address; see /api/openapi.json."),
    ],
)
def test_what_is_not_in_the_index_cannot_be_read(client: httpx.Client, path: str, sentence: str) -> None:
    response = client.get(path)
    assert (response.status_code, refusal(response)) == (404, sentence)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"question": ""}, "The question has no words: type a question in Danish or English."),
        ({"question": "a" * 50_000}, "The question has 50000 characters; at most 2000 are read."),
        ({"question": "Hvad?", "filtre": {}}, "filtre: Extra inputs are not permitted."),
        ({}, "question: Field required."),
        ({"question": 7}, "question: Input should be a valid string."),
    ],
)
def test_a_question_that_cannot_be_asked_is_one_sentence(client: httpx.Client, asked: object, sentence: str) -> None:
    response = client.post("/api/ask", json=asked)
    assert response.status_code == 422
    assert refusal(response).lower() == sentence.lower()


def test_an_unknown_strategy_is_one_sentence(client: httpx.Client) -> None:
    asked = {"topic": "digital post", "strategies": ["no-such-one"]}
    assert refusal(client.post("/api/compare", json=asked)).startswith("The catalogue has no strategy 'no-such-one'")


def test_script_in_a_question_comes_back_as_data_alone(client: httpx.Client) -> None:
    response = client.post("/api/ask", json={"question": "<script>alert(1)</script> er hvad?"})
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"


def test_json_is_taken_as_json_alone(client: httpx.Client) -> None:
    """What a page of another site can send without asking first is refused."""
    sent = client.post("/api/ask", content=json.dumps({"question": QUESTION}), headers={"content-type": "text/plain"})
    assert sent.status_code == 422
    refusal(sent)


def test_the_description_is_there_and_no_page_that_fetches_scripts(client: httpx.Client) -> None:
    described = client.get("/api/openapi.json").json()
    assert set(described["paths"]) == {
        "/ask",
        "/ask/stream",
        "/search",
        "/compare",
        "/timeline",
        "/documents",
        "/pages/{document}/{page}",
    }
    assert client.get("/api/docs").status_code == 404
