"""A small server that speaks the OpenAI protocol, or fails at it in the ways that real ones do."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

Respond = Callable[["Request"], None]


@dataclass
class Request:
    """What was asked, and the ways to answer it."""

    body: dict[str, Any]
    headers: dict[str, str]
    handler: BaseHTTPRequestHandler
    number: int

    def begin(self, status: int = 200, kind: str = "application/json", **headers: str) -> None:
        self.handler.send_response(status)
        for name, value in {"Content-Type": kind, **{name.replace("_", "-"): value for name, value in headers.items()}}.items():
            self.handler.send_header(name, value)
        self.handler.end_headers()

    def write(self, content: str) -> None:
        self.handler.wfile.write(content.encode())
        self.handler.wfile.flush()

    def say(self, content: str, status: int = 200, kind: str = "application/json", **headers: str) -> None:
        self.begin(status, kind, **headers)
        self.write(content)

    def reply(self, text: str, **changes: object) -> None:
        self.say(completion(text, **changes))

    def fail(self, status: int, message: str, **headers: str) -> None:
        self.say(json.dumps({"error": {"message": message, "type": "error"}}), status, **headers)


def completion(text: object, **changes: object) -> str:
    message = {"role": "assistant", "content": text}
    whole: dict[str, object] = {
        "id": "1",
        "object": "chat.completion",
        "created": 0,
        "model": "small",
        "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }
    return json.dumps(whole | changes)


@dataclass
class Served:
    """Where the server is reached, and what it was asked so far."""

    url: str
    asked: list[Request] = field(default_factory=list)


@contextmanager
def serving(respond: Respond, *, models: str = "") -> Iterator[Served]:
    """Serve on 127.0.0.1 until the block ends; `models` is what is said when the models are asked for."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            request = Request(
                body=body,
                headers={name.lower(): value for name, value in self.headers.items()},
                handler=self,
                number=len(served.asked),
            )
            served.asked.append(request)
            # A client that has had enough hangs up.
            with suppress(ConnectionError):
                respond(request)

        def do_GET(self) -> None:
            self.send_response(200 if models else 404)
            self.send_header("Content-Length", str(len(models)))
            self.end_headers()
            self.wfile.write(models.encode())

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

    server = Server(("127.0.0.1", 0), Handler)
    served = Served(url=f"http://127.0.0.1:{server.server_port}/v1")
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
