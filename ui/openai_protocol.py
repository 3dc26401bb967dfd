"""The assistant as a model of the OpenAI chat protocol, for programs that speak no other. Its citations are part of the text.

Earlier questions are taken from the messages of the user. What a system message or an earlier answer says steers nothing:
an answer is made of the documents alone.
"""

import json
import logging
import time
import uuid
from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, Field

from assistant.answering import Assistant
from assistant.showing import show
from corpus.errors import AssistantError, QuestionError
from ui import programs
from ui.problems import misshapen, told
from ui.screen import LONGEST_QUESTION

log = logging.getLogger(__name__)

MODEL = "strategy-assistant"
# Only the last questions before this one can be meant by it.
EARLIER = 20


class Part(BaseModel):
    """One part of a message; any but text is passed over."""

    type: str
    text: str = ""


class Message(BaseModel):
    """One message of a conversation."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[Part] | None = None

    @property
    def text(self) -> str:
        """The message as text."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class Completion(BaseModel):
    """A conversation to go on with. What else the protocol has (temperature and the like) has no meaning here."""

    model: str = MODEL
    messages: Annotated[list[Message], Field(min_length=1, max_length=1000)]
    stream: bool = False


def openai_protocol(assistant: Assistant) -> FastAPI:
    """Return the application that answers under `/v1`."""
    app = FastAPI(title="Strategy Assistant", version="1", openapi_url=None, docs_url=None, redoc_url=None)
    models = [{"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}]

    @app.get("/models")
    def list_models() -> dict[str, Any]:
        return {"object": "list", "data": models}

    @app.get("/models/{model}")
    def model(model: str) -> Response:
        return JSONResponse(models[0]) if model == MODEL else _unknown(model)

    @app.post("/chat/completions")
    def complete(asked: Completion) -> Response:
        if asked.model != MODEL:
            return _unknown(asked.model)
        question, history = _question(asked.messages)
        text = show(programs.ask(assistant, question, history))
        if asked.stream:
            return StreamingResponse(_chunks(text), media_type="text/event-stream")
        message = {"role": "assistant", "content": text}
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
        return JSONResponse({**_head("chat.completion"), "choices": [choice]})

    _tell_errors(app)
    return app


def _question(messages: list[Message]) -> tuple[str, list[str]]:
    """The last message of the user, and those before it that are questions."""
    *earlier, last = messages
    if last.role != "user":
        raise QuestionError("the last message must be the user's")
    asked = [message.text.strip() for message in earlier if message.role == "user"]
    return last.text, [text for text in asked if 0 < len(text) <= LONGEST_QUESTION][-EARLIER:]


def _head(kind: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{uuid.uuid4().hex}", "object": kind, "created": int(time.time()), "model": MODEL}


def _chunks(text: str) -> Iterator[str]:
    head = _head("chat.completion.chunk")
    deltas: list[dict[str, str]] = [{"role": "assistant", "content": ""}, *({"content": line} for line in text.splitlines(True))]
    for delta in deltas:
        yield _event({**head, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]})
    yield _event({**head, "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
    yield "data: [DONE]\n\n"


def _event(chunk: dict[str, Any]) -> str:
    return f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n"


def _unknown(model: str) -> Response:
    return _error(404, f"There is no model {model[:100]!r}; there is {MODEL!r}.", code="model_not_found")


def _error(status: int, message: str, *, code: str | None = None) -> JSONResponse:
    kind = "invalid_request_error" if status < 500 else "server_error"
    return JSONResponse({"error": {"message": message, "type": kind, "param": None, "code": code}}, status_code=status)


def _tell_errors(app: FastAPI) -> None:
    def answering(tell: Callable[[Any], tuple[int, str]]) -> Callable[[Request, Any], JSONResponse]:
        return lambda _, error: _error(*tell(error))

    def unexpected(error: Exception) -> tuple[int, str]:
        log.error("a request was not answered", exc_info=error)
        return 500, "Something went wrong on our side; the log of the program says what."

    def refused(error: AssistantError) -> tuple[int, str]:
        status, message = told(error)
        return 400 if status == 422 else status, message

    app.add_exception_handler(AssistantError, answering(refused))
    app.add_exception_handler(RequestValidationError, answering(lambda error: (400, misshapen(error.errors()))))
    app.add_exception_handler(404, answering(lambda _: (404, "There is nothing at this address.")))
    app.add_exception_handler(Exception, answering(unexpected))
