"""The assistant for other programs: a typed REST endpoint, described at `openapi.json`. The door to FastAPI, with its neighbour.

FastAPI's page of documentation would fetch scripts from another host, so the description stands alone.
"""

import logging
from collections.abc import Callable, Iterator
from typing import Annotated, Any

from fastapi import Body, Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent

from assistant.answering import Assistant
from assistant.records import AnswerRecord, CitedComparison, CitedTable, CitedTimeline, FoundRecord
from assistant.values import Answer
from corpus.errors import AssistantError
from ui import programs, shapes
from ui.problems import JSON, misshapen, problem, told

log = logging.getLogger(__name__)

PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": shapes.Problem, "content": {JSON: {}}} for status in (401, 404, 413, 422, 429, 503)
}


def rest(assistant: Assistant) -> FastAPI:
    """Return the application that answers under `/api`."""
    app = FastAPI(
        title="Strategy Assistant", version="1", docs_url=None, redoc_url=None, responses=PROBLEMS, servers=[{"url": "/api"}]
    )
    _add_asking(app, assistant)
    _add_topics(app, assistant)
    _add_documents(app, assistant)
    _tell_problems(app)
    return app


def _add_asking(app: FastAPI, assistant: Assistant) -> None:
    def answered(asked: shapes.Asked) -> Answer:
        return programs.ask(assistant, asked.question, asked.history, asked.filters.value())

    @app.post("/ask", response_model=AnswerRecord, response_model_exclude_unset=True)
    def ask(answer: Annotated[Answer, Depends(answered)]) -> AnswerRecord:
        """Answer a question in verified quotes, or abstain."""
        return programs.record_of(answer)

    # Answered before the stream begins, so that what goes wrong has a status of its own.
    @app.post("/ask/stream", response_class=EventSourceResponse)
    def stream(answer: Annotated[Answer, Depends(answered)]) -> Iterator[ServerSentEvent]:
        """Answer a question as events: one `claim` after the other, then the whole `answer`."""
        record = programs.record_of(answer).data()
        for claim in record["claims"]:
            yield ServerSentEvent(event="claim", data=claim)
        yield ServerSentEvent(event="answer", data=record)

    @app.post("/search", response_model=FoundRecord)
    def search(asked: shapes.Asked) -> FoundRecord:
        """Find the passages nearest to a question."""
        return programs.search(assistant, asked.question, asked.history, asked.filters.value())


def _add_topics(app: FastAPI, assistant: Assistant) -> None:
    @app.post("/compare", response_model=CitedComparison)
    def compare(wanted: Annotated[shapes.Topic, Body()]) -> CitedTable:
        """Compare what the strategies say of a topic."""
        return programs.compare(assistant, wanted.topic, wanted.strategies, wanted.language)

    @app.post("/timeline", response_model=CitedTimeline)
    def timeline(wanted: Annotated[shapes.Topic, Body()]) -> CitedTable:
        """List the dated events of a topic."""
        return programs.timeline(assistant, wanted.topic, wanted.strategies, wanted.language)


def _add_documents(app: FastAPI, assistant: Assistant) -> None:
    @app.get("/documents", response_model=list[shapes.Document])
    def documents() -> list[dict[str, Any]]:
        """List the documents of the index."""
        return programs.documents(assistant)

    @app.get("/pages/{document}/{page}", response_model=shapes.Page)
    def page(document: str, page: int) -> dict[str, Any]:
        """Return the text of a page of a document, named by its id or its file's name."""
        return programs.page(assistant, document, page)


def _tell_problems(app: FastAPI) -> None:
    def answering(tell: Callable[[Any], tuple[int, str]]) -> Callable[[Request, Any], JSONResponse]:
        def handler(_: Request, error: Any) -> JSONResponse:
            status, detail = tell(error)
            return JSONResponse(problem(status, detail), status_code=status, media_type=JSON)

        return handler

    def unexpected(error: Exception) -> tuple[int, str]:
        log.error("a request was not answered", exc_info=error)
        return 500, "Something went wrong on our side; the log of the program says what."

    app.add_exception_handler(AssistantError, answering(told))
    app.add_exception_handler(programs.NoPageError, answering(lambda error: (404, str(error))))
    app.add_exception_handler(RequestValidationError, answering(lambda error: (422, misshapen(error.errors()))))
    app.add_exception_handler(404, answering(lambda _: (404, "There is nothing at this address; see /api/openapi.json.")))
    app.add_exception_handler(405, answering(lambda _: (405, "This address is asked in another way; see /api/openapi.json.")))
    app.add_exception_handler(Exception, answering(unexpected))
