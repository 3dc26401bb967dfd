"""What other programs may ask, as functions to records: REST and MCP are two ways to the same."""

from collections.abc import Sequence
from typing import Any

from assistant.answering import Assistant
from assistant.recording import answer_record, cited_record, passage_record, searched_record, understood_record
from assistant.records import AnswerRecord, CitedTable, FoundRecord
from assistant.tables.comparing import chosen_strategies
from assistant.tables.table_options import topic_language
from assistant.values import Answer, AnswerLanguage
from corpus.errors import QuestionError
from corpus.values import Document, Filters
from ui.screen import LONGEST_QUESTION


class NoPageError(Exception):
    """The index holds no such document or page; the message is a sentence for a person."""


def ask(assistant: Assistant, question: str, history: Sequence[str] = (), filters: Filters | None = None) -> Answer:
    """Return the answer; raises `QuestionError` for a question that is empty or too long."""
    return assistant.answer(askable(question), history=history, filters=filters)


def record_of(answer: Answer) -> AnswerRecord:
    """Return an answer as the command line's record of it."""
    return answer_record(answer, question_id="1")


def search(assistant: Assistant, question: str, history: Sequence[str] = (), filters: Filters | None = None) -> FoundRecord:
    """Return the passages nearest to a question, best first, and how it was understood."""
    found = assistant.search(askable(question), history=history, filters=filters)
    return FoundRecord(
        question=question,
        passages=tuple(passage_record(passage) for passage in found.passages),
        understood=understood_record(found.understood),
        searched=searched_record(found.searched),
    )


def compare(
    assistant: Assistant, topic: str, strategies: Sequence[str] = (), language: AnswerLanguage | None = None
) -> CitedTable:
    """Return what each strategy says of a topic; strategies are named by id, period or title, none of them means all."""
    chosen = chosen_strategies(strategies, assistant.catalogue)
    compared = assistant.compare(askable(topic), language=language or topic_language(topic), strategies=chosen)
    return cited_record(compared)


def timeline(
    assistant: Assistant, topic: str, strategies: Sequence[str] = (), language: AnswerLanguage | None = None
) -> CitedTable:
    """Return the dated events of a topic, in the documents of the strategies named or in all."""
    filters = within(assistant, strategies)
    return cited_record(assistant.trace(askable(topic), language=language or topic_language(topic), filters=filters))


def documents(assistant: Assistant) -> list[dict[str, Any]]:
    """Return what the index holds, which is read anew where it has changed; where files lie is nobody else's business."""
    assistant.follow()
    return [_document(document) for document in assistant.documents()]


def page(assistant: Assistant, document: str, number: int) -> dict[str, Any]:
    """Return the text of a stored page of a document, named by its id or its file's name; raises `NoPageError`."""
    held = _held(assistant, document)
    if not 1 <= number <= held.page_count:
        raise NoPageError(f"{held.name} has pages 1 to {held.page_count}.")
    if any(skipped.number == number for skipped in held.skipped):
        raise NoPageError(f"Page {number} of {held.name} has no text.")
    stored = assistant.page(held.id, number)
    return {
        "document": held.name,
        "id": held.id,
        "title": held.title,
        "page": stored.number,
        "printed_page": stored.label if held.paged else None,
        "method": stored.method,
        "text": stored.text,
    }


def within(assistant: Assistant, strategies: Sequence[str]) -> Filters:
    """Return the filters for strategies named by id, period or title; raises `QuestionError` for a name of none."""
    return Filters(strategies=tuple(strategy.id for strategy in chosen_strategies(strategies, assistant.catalogue)))


def askable(text: str) -> str:
    """Return a question or a topic without the space around it; raises `QuestionError` for one that nobody may ask."""
    text = text.strip()
    if not text:
        raise QuestionError("the question has no words: type a question in Danish or English")
    if len(text) > LONGEST_QUESTION:
        raise QuestionError(f"the question has {len(text)} characters; at most {LONGEST_QUESTION} are read")
    return text


def _held(assistant: Assistant, named: str) -> Document:
    held = assistant.documents()
    found = [document for document in held if document.id == named] or [document for document in held if document.name == named]
    if not found:
        raise NoPageError("The library holds no document of that id or name.")
    if len(found) > 1:
        raise NoPageError("Several documents have that name: ask for one of them by its id.")
    return found[0]


def _document(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "document": document.name,
        "title": document.title,
        "language": document.language,
        "strategy": document.strategy,
        "edition": document.edition,
        "digest": document.digest,
        "paged": document.paged,
        "pages": document.page_count,
        "pages_without_text": [skipped.number for skipped in document.skipped],
        "checksum": document.checksum,
        "ingested": document.ingested or None,
    }
