"""Answers and batch questions as JSON; the shape is described in the README and kept stable."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TextIO

from corpus.errors import QuestionError
from corpus.values import Answer, Citation, Filters, Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchQuestion:
    """One line of a batch; `error` says why it cannot be asked, where it cannot."""

    id: str
    question: str
    history: tuple[str, ...]
    filters: Filters
    error: str = ""


def answer_record(answer: Answer, *, question_id: str) -> dict[str, Any]:
    """Return an answer as plain data."""
    return {
        "id": question_id,
        "question": answer.question,
        "language": answer.language,
        "abstained": answer.abstained,
        "answer": answer.text,
        "claims": [{"text": claim.text, "citations": list(claim.citations)} for claim in answer.claims],
        "citations": [_citation(citation) for citation in answer.citations],
        "passages": [_passage(passage) for passage in answer.passages],
        "dropped_quotes": answer.dropped_quotes,
        "milliseconds": round(answer.milliseconds, 1),
    }


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
    """Return filters from data: `strategies`, `languages` and `documents`, each a list of texts."""
    known = ("strategies", "languages", "documents")
    if not isinstance(record, dict) or not set(record) <= set(known):
        raise QuestionError(f'"filters" must be an object with some of {", ".join(known)}')
    for name, values in record.items():
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise QuestionError(f'"filters": {name!r} must be a list of texts')
    return Filters(**{name: tuple(values) for name, values in record.items()})


def _citation(citation: Citation) -> dict[str, Any]:
    quote = citation.quote
    return {
        "n": citation.n,
        "quote": quote.text,
        "document": quote.document.name,
        "page": quote.page if quote.document.paged else None,
        "printed_page": citation.printed_page,
        "heading": " › ".join(quote.heading_path) or None,
        "strategy": quote.document.strategy,
        "edition": quote.document.edition,
        "verified": citation.verified,
    }


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "document": passage.document.name,
        "page": passage.chunk.page if passage.document.paged else None,
        "score": round(passage.score, 4),
        "text": passage.chunk.text,
    }
