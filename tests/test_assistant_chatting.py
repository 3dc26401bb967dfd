"""The door to chat models, against a small server that speaks the OpenAI protocol, and one that does not."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from assistant.chatting import open_chat_model
from corpus.errors import LanguageModelError
from corpus.settings import LanguageModelSettings

REPLY = {
    "id": "1",
    "object": "chat.completion",
    "created": 0,
    "model": "small",
    "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": '{"claims": []}'}}],
    "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
}


@contextmanager
def serving(status: int, kind: str, body: str) -> Iterator[tuple[str, list[dict[str, object]]]]:
    """Yield the address of a server that always says the same, and what it was asked."""
    asked: list[dict[str, object]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", asked
    finally:
        server.shutdown()
        server.server_close()


def settings(url: str) -> LanguageModelSettings:
    return LanguageModelSettings(name="small", url=url, timeout_seconds=5)


def test_without_a_name_there_is_no_model() -> None:
    assert open_chat_model(LanguageModelSettings()) is None


def test_a_server_is_asked_and_its_text_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with serving(200, "application/json", json.dumps(REPLY)) as (url, asked):
        model = open_chat_model(settings(url))
        assert model is not None
        assert model.complete(system="Rules.", user="Data.") == '{"claims": []}'
    messages = asked[0]["messages"]
    assert [(turn["role"], turn["content"]) for turn in messages] == [("system", "Rules."), ("user", "Data.")]  # type: ignore[union-attr]
    assert asked[0]["model"] == "small"


@pytest.mark.parametrize(
    ("status", "kind", "body"),
    [
        (200, "text/html", "<html><h1>It works!</h1></html>"),
        (401, "application/json", '{"error": {"message": "no key"}}'),
        (200, "application/json", '{"choices": '),
    ],
)
def test_a_server_that_misbehaves_is_one_line(status: int, kind: str, body: str) -> None:
    with serving(status, kind, body) as (url, _):
        model = open_chat_model(settings(url))
        assert model is not None
        with pytest.raises(LanguageModelError, match="'small' gave no answer") as raised:
            model.complete(system="Rules.", user="Data.")
    assert "\n" not in str(raised.value)


def test_a_server_that_is_not_there_is_one_line() -> None:
    model = open_chat_model(settings("http://127.0.0.1:9/v1"))
    assert model is not None
    with pytest.raises(LanguageModelError, match="gave no answer"):
        model.complete(system="Rules.", user="Data.")


def test_an_unknown_provider_is_one_line() -> None:
    with pytest.raises(LanguageModelError, match="cannot be opened"):
        open_chat_model(LanguageModelSettings(name="x", provider="nonsense"))
