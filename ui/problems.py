"""What went wrong, for other programs: a status and one plain sentence that names nothing of this machine."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from corpus.errors import AssistantError, QuestionError
from ui.screen import failure_of
from ui.texts import ENGLISH

JSON = "application/problem+json"


def problem(status: int, detail: str) -> dict[str, Any]:
    """Return a problem as RFC 9457 has it."""
    return {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}


def told(error: AssistantError) -> tuple[int, str]:
    """Return the status and the sentence for an error: of a question what is wrong with it, of the rest the chat's own words."""
    if isinstance(error, QuestionError):
        return 422, sentence(str(error))
    return 503, ENGLISH.failures[failure_of(error)]


def misshapen(errors: list[Mapping[str, Any]]) -> str:
    """Return a sentence for a request of another shape than asked for, from pydantic's list of what is wrong."""
    first = errors[0]
    where = ".".join(str(part) for part in first["loc"] if part != "body")
    message = f"{where}: {first['msg']}" if where else str(first["msg"])
    return sentence(message[:300])


def sentence(text: str) -> str:
    """Return a text with a capital at its start and a full stop at its end."""
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '!', '?')) else '.'}"
