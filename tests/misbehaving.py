"""A web server on this machine that does what it is told, well or badly: the far end of the tests of downloading."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 400 + b"\n%%EOF\n"
Behaviour = Callable[["Request"], None]


class Request(BaseHTTPRequestHandler):
    """One request; each path is answered by the behaviours given for it, in turn, the last of them for ever."""

    protocol_version = "HTTP/1.1"
    server: "Server"

    def do_GET(self) -> None:
        self.close_connection = True
        self.server.seen.append((self.path, dict(self.headers.items())))
        behaviours = self.server.behaviours.get(self.path.split("?")[0], [])
        turn = min(sum(path == self.path for path, _ in self.server.seen), len(behaviours)) - 1
        (behaviours[turn] if behaviours else answer(404))(self)

    def log_message(self, format: str, *values: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """The server, what it has been asked, and how it answers."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Request)
        self.behaviours: dict[str, list[Behaviour]] = {}
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.url = f"http://127.0.0.1:{self.server_address[1]}"

    def on(self, path: str, *behaviours: Behaviour) -> str:
        """Answer a path so, and return its address."""
        self.behaviours[path] = list(behaviours)
        return self.url + path

    def handle_error(self, *_: object) -> None:
        """A client that goes away is no news."""


@contextmanager
def misbehaving() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def answer(status: int, body: bytes = b"", *, length: int | None = None, **headers: str) -> Behaviour:
    """Send a status and a body, with the headers (underscores stand for hyphens) and the true length or another one."""

    def behave(request: Request) -> None:
        request.send_response(status)
        request.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(body)

    return behave


def raw(data: bytes) -> Behaviour:
    """Send bytes as they are, in place of an answer."""
    return lambda request: void(request.wfile.write(data))


def redirect(location: str) -> Behaviour:
    return answer(302, Location=location)


def drip(*, header: bool, stop: threading.Event) -> Behaviour:
    """Send a byte now and then, of the header or of the body, until told to stop."""

    def behave(request: Request) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\n" + (b"X-Slow: " if header else b"Content-Length: 100000\r\n\r\n%PDF-1.7\n"))
        while not stop.wait(0.02):
            request.wfile.write(b"x")

    return behave


def cut(body: bytes, *, after: int, **headers: str) -> Behaviour:
    """Send the beginning of a body and reset the connection."""

    def behave(request: Request) -> None:
        answer(200, body[:after], length=len(body), **headers)(request)
        request.wfile.flush()
        stop = threading.Event()
        stop.wait(0.05)  # what was sent would be lost in the reset
        request.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        request.connection.close()

    return behave


def in_parts(body: bytes, *, etag: str) -> Behaviour:
    """Send the part that is asked for if it is still the same version, else the whole; 304 if that is what the client has."""

    def behave(request: Request) -> None:
        wanted = request.headers.get("Range", "")
        if request.headers.get("If-None-Match") == etag:
            answer(304)(request)
        elif wanted and request.headers.get("If-Range") == etag:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
            place = f"bytes {start}-{len(body) - 1}/{len(body)}"
            answer(206, body[start:], Content_Range=place, ETag=etag)(request)
        else:
            answer(200, body, ETag=etag)(request)

    return behave


def void(_: object) -> None:
    """Return nothing, whatever it is given."""
