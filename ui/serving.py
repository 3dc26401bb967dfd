"""The addresses beside Gradio's own: pictures of pages, by the id of a document in the index alone. The door to Starlette."""

from collections.abc import Callable, Iterable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from corpus.values import Document
from ui.picturing import UnseenError, drawn

# A document's id changes with the bytes of its file, so that its pages never do.
FOR_GOOD = {"Cache-Control": "private, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}


def add_addresses(server: Any, *, documents: Callable[[], Iterable[Document]]) -> None:
    """Let `server`, a Starlette application, give out the pictures of the pages of `documents()`, read at each request."""

    def picture(request: Request) -> Response:
        try:
            found = drawn(documents(), request.path_params["document"], request.path_params["number"])
        except UnseenError as error:
            return Response(error.why, status_code=404, media_type="text/plain")
        return Response(found, media_type="image/png", headers=FOR_GOOD)

    server.add_route("/pages/{document}/{number:int}.png", picture, methods=["GET"])
