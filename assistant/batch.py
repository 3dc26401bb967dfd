"""The questions of a batch, one JSON object a line, and the filters that a question may have."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TextIO

from corpus.errors import QuestionError
from corpus.values import Filters

LISTS = ("strategies", "languages", "documents")


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchQuestion:
    """One line of a batch; `error` says why it cannot be asked, where it cannot."""

    id: str
    question: str
    history: tuple[str, ...]
    filters: Filters
    error: str = ""


def error_record(item: BatchQuestion, reason: str) -> dict[str, Any]:
    """Return what stands in the place of an answer where a line of a batch could not be answered."""
    return {"id": item.id, "question": item.question, "error": reason}


def read_batch(lines: TextIO) -> Iterator[BatchQuestion]:
    """Yield the question of each line in order, one with an `error` for a line that holds none; blank lines are passed by."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield _batch_question(json.loads(line), number)
            except (json.JSONDecodeError, QuestionError) as error:
                reason = f"line {number}: {error}"
                yield BatchQuestion(id=str(number), question="", history=(), filters=Filters(), error=reason)


def _batch_question(record: Any, number: int) -> BatchQuestion:
    if not isinstance(record, dict) or not isinstance(record.get("question"), str):
        raise QuestionError('each line must be an object with "question", a text')
    history = record.get("history") or []
    if not isinstance(history, list) or not all(isinstance(turn, str) for turn in history):
        raise QuestionError('"history" must be a list of earlier questions')
    return BatchQuestion(
        id=str(record.get("id", number)),
        question=record["question"],
        history=tuple(history),
        filters=read_filters(record.get("filters") or {}),
    )


def read_filters(record: Any) -> Filters:
    """Return filters from data: `strategies`, `languages` and `documents`, each a list of texts, and `everything`, a bool."""
    if not isinstance(record, dict) or not set(record) <= {*LISTS, "everything"}:
        raise QuestionError(f'"filters" must be an object with some of {", ".join(LISTS)}, everything')
    everything = record.get("everything", False)
    if not isinstance(everything, bool):
        raise QuestionError("\"filters\": 'everything' must be true or false")
    lists = {name: values for name, values in record.items() if name in LISTS}
    for name, values in lists.items():
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise QuestionError(f'"filters": {name!r} must be a list of texts')
    return Filters(everything=everything, **{name: tuple(values) for name, values in lists.items()})
