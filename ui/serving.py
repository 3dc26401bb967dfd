"""The addresses beside Gradio's own: pictures of pages, uploads, and what other programs ask. The door to Starlette."""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import unquote, urlsplit

from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount

from assistant.answering import Assistant
from corpus.values import Document
from ui.gate import Gate
from ui.openai_protocol import openai_protocol
from ui.picturing import UnseenError, drawn
from ui.rest import rest
from ui.tools import tools
from ui.uploads import RefusedError, Uploads
from ui.users import UsersNow

# A document's id changes with the bytes of its file, so that its pages never do.
FOR_GOOD = {"Cache-Control": "private, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
FILE_NAME = "x-file-name"
"""The header with a file's name, percent-encoded. A page of another site cannot send it without asking first."""


def application(programs: Assistant | None, users: UsersNow, *, host: str, per_minute: int) -> dict[str, Any]:
    """Return what a FastAPI application is made with: the gate before it and, with `programs`, the addresses for them."""
    gate = {"middleware": [Middleware(Gate, users=users, host=host, per_minute=per_minute)]}
    return {**gate, **_for_programs(programs, host)} if programs else gate


def _for_programs(assistant: Assistant, host: str) -> dict[str, Any]:
    """REST, the OpenAI protocol and MCP."""
    server = tools(assistant)
    # Without sessions: a tool call is a question and its answer, and there is nothing to remember in between.
    over_http = server.streamable_http_app(stateless_http=True, json_response=True, host=host)

    @asynccontextmanager
    async def lifespan(_: Any) -> AsyncIterator[None]:
        async with server.session_manager.run():
            yield

    mounts = [Mount("/api", rest(assistant)), Mount("/v1", openai_protocol(assistant))]
    return {"routes": [*mounts, *over_http.routes], "lifespan": lifespan}


def logged_in(request: Request) -> str:
    """Return the name of who makes a request, empty where there is no login; the gate has let them through."""
    user = getattr(request.state, "user", None)
    return user.name if user else ""


def add_addresses(server: Any, *, documents: Callable[[], Iterable[Document]], uploads: Uploads) -> None:
    """Let `server`, a Starlette application, draw the pages of `documents()`, read at each request, and take uploads."""

    def picture(request: Request) -> Response:
        try:
            found = drawn(documents(), request.path_params["document"], request.path_params["number"])
        except UnseenError as error:
            return Response(error.why, status_code=404, media_type="text/plain")
        return Response(found, media_type="image/png", headers=FOR_GOOD)

    async def upload(request: Request) -> Response:
        if not _of_our_own_page(request):
            return Response(status_code=403)
        try:
            await _take(request, uploads)
        except RefusedError as error:
            return JSONResponse({"refused": error.why}, status_code=422)
        except ClientDisconnect:
            return Response(status_code=400)
        return JSONResponse({})

    server.add_route("/pages/{document}/{number:int}.png", picture, methods=["GET"])
    server.add_route("/documents", upload, methods=["POST"])


async def _take(request: Request, uploads: Uploads) -> None:
    size = request.headers.get("content-length", "")
    incoming = uploads.begin(unquote(request.headers[FILE_NAME]), int(size) if size.isdecimal() else None)
    try:
        async for piece in request.stream():
            incoming.write(piece)
        incoming.finish()
    finally:
        incoming.close()


def _of_our_own_page(request: Request) -> bool:
    origin = request.headers.get("origin")
    return FILE_NAME in request.headers and (origin is None or urlsplit(origin).netloc == request.headers.get("host"))
