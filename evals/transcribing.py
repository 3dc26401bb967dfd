"""Conversations to be read by a person: each turn is put to the assistant with those before it, and written down in Markdown.

A case says what a right answer holds; whether an answer is one that a civil servant can use shows only where it is read. So
a turn has beside its question what the reader should `expect`, in words, and nothing is scored.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.answering import Assistant
from assistant.values import Answer, Citation
from corpus.errors import AssistantError
from evals.casebook import SHIPPED, explain

CONVERSATIONS = SHIPPED / "conversations.jsonl"


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Turn(_Value):
    """A question, and what its reader should expect of the answer."""

    question: str = Field(min_length=1)
    expect: str = Field(min_length=1)


class Conversation(_Value):
    """Questions that one person asks one after the other, in one language."""

    id: str = Field(min_length=1)
    language: Literal["da", "en"]
    turns: tuple[Turn, ...] = Field(min_length=1)


def read_conversations(path: Path = CONVERSATIONS) -> list[Conversation]:
    """Return the conversations of a JSON Lines file; `AssistantError` names the first line that is none, or an empty file."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise AssistantError(f"{path}: the conversations cannot be read: {error}") from error
    found: list[Conversation] = []
    for number, line in enumerate(lines, start=1):
        try:
            found += [Conversation.model_validate_json(line)] if line.strip() else []
        except ValidationError as error:
            raise AssistantError(f"{path}, line {number}: {explain(error)}") from error
    if not found:
        raise AssistantError(f"{path}: the file holds no conversation")
    return found


def transcribe(conversations: Sequence[Conversation], assistant: Assistant) -> Iterator[str]:
    """Put every turn to the assistant, and give each conversation's transcript in Markdown as soon as it is complete."""
    for held in conversations:
        questions = [turn.question for turn in held.turns]
        told = [_told(turn, _answered(turn.question, questions[:n], assistant)) for n, turn in enumerate(held.turns)]
        yield "\n".join([f"## {held.id}\n", *told])


def _answered(question: str, history: Sequence[str], assistant: Assistant) -> Answer | AssistantError:
    try:
        return assistant.answer(question, history=history)
    except AssistantError as error:
        return error


def _told(turn: Turn, answer: Answer | AssistantError) -> str:
    asked = f"### {turn.question}\n\nExpected: {turn.expect}\n"
    if isinstance(answer, AssistantError):
        return f"{asked}\nError: {answer}\n"
    understood = answer.understood.text if answer.understood else ""
    sort = answer.abstained or (answer.understood.kind if answer.understood else "lookup")
    said = "\n".join(f"> {line}" for line in answer.text.splitlines())
    sources = "\n".join(f"- [{citation.n}] {_source(citation)}" for citation in answer.citations)
    return f"{asked}\n*{sort}, {answer.milliseconds:.0f} ms* {understood}\n\n{said}\n\n{sources}\n"


def _source(citation: Citation) -> str:
    quote = citation.quote
    return f"{quote.document.name}, {quote.page}: {' > '.join(quote.heading_path)}"
