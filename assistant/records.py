"""Answers and batch questions as JSON; the shape is described in the README and kept stable."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TextIO

from assistant.recording import table_record
from assistant.tables.table_answers import TableAnswer
from assistant.values import Answer, AnswerLanguage, Citation, Passage, Restriction, Understood
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


def answer_record(answer: Answer, *, question_id: str) -> dict[str, Any]:
    """Return an answer as plain data; one made of a table has that too."""
    record = _answer(answer, question_id)
    return {**record, "table": table_record(answer.table)} if isinstance(answer, TableAnswer) else record


def _answer(answer: Answer, question_id: str) -> dict[str, Any]:
    return {
        "id": question_id,
        "question": answer.question,
        "language": answer.language,
        "abstained": answer.abstained,
        "line": answer.line,
        "answer": answer.text,
        "confidence": round(answer.confidence, 4),
        "claims": [{"text": claim.text, "citations": list(claim.citations)} for claim in answer.claims],
        "citations": [citation_record(citation, answer.language) for citation in answer.citations],
        "nearest": [nearest_record(citation) for citation in answer.nearest],
        "note": answer.note,
        "passages": [passage_record(passage) for passage in answer.passages],
        "dropped_quotes": answer.dropped_quotes,
        "milliseconds": round(answer.milliseconds, 1),
        "understood": understood_record(answer.understood),
        "searched": {"documents": answer.searched.documents, "pages": answer.searched.pages},
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


def citation_record(citation: Citation, language: AnswerLanguage) -> dict[str, Any]:
    """Return a citation as plain data, its standing in words of a language."""
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
        "status": citation.standing.words(language) if citation.standing else None,
    }


def nearest_record(citation: Citation) -> dict[str, Any]:
    """Return a quote that comes near an answer as plain data."""
    quote = citation.quote
    return {
        "document": quote.document.name,
        "page": quote.page if quote.document.paged else None,
        "heading": " › ".join(quote.heading_path) or None,
        "quote": quote.text,
        "verified": citation.verified,
    }


def understood_record(understood: Understood) -> dict[str, Any]:
    """Return how a question was understood as plain data."""
    return {
        "text": understood.text,
        "query": understood.query,
        "kind": understood.kind,
        "topic": list(understood.topic),
        "strategies": list(understood.strategies),
        "missing": list(understood.missing),
        "restrictions": [_restriction(restriction) for restriction in understood.restrictions],
        "also_searched_as": list(understood.also_searched_as),
        "follow_up": understood.follow_up,
    }


def _restriction(restriction: Restriction) -> dict[str, Any]:
    return {
        "on": restriction.on,
        "values": list(restriction.values),
        "label": restriction.label,
        "reason": restriction.reason,
    }


def passage_record(passage: Passage) -> dict[str, Any]:
    """Return a passage as plain data."""
    return {
        "document": passage.document.name,
        "page": passage.chunk.page if passage.document.paged else None,
        "score": round(passage.score, 4),
        "text": passage.chunk.text,
    }
