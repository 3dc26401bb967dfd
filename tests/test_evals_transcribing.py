"""Conversations are read strictly and told turn by turn, each with the questions before it."""

import json
from pathlib import Path

import pytest

from assistant.wiring import open_assistant
from corpus.errors import AssistantError
from corpus.settings import Settings
from evals.transcribing import Conversation, Turn, read_conversations, transcribe


def test_the_shipped_conversations_are_thirty_half_in_each_language() -> None:
    found = read_conversations()
    assert len(found) == 30
    assert len({held.id for held in found}) == 30
    assert sum(held.language == "da" for held in found) >= 14 <= sum(held.language == "en" for held in found)


def test_a_faulty_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps({"id": "a", "language": "da", "turns": []}) + "\n", encoding="utf-8")
    with pytest.raises(AssistantError, match="line 1: turns"):
        read_conversations(path)


@pytest.mark.slow
def test_a_turn_is_told_with_what_was_understood_and_where_its_quotes_stand(shipped_index: Path) -> None:
    turns = (
        Turn(question="Who published the strategy for 2016-2020?", expect="its parties"),
        Turn(question="?!", expect="an error"),
    )
    assistant = open_assistant(Settings(index=shipped_index))
    try:
        (told,) = transcribe([Conversation(id="one", language="en", turns=turns)], assistant)
    finally:
        assistant.close()
    assert told.startswith("## one\n\n### Who published")
    assert "> “The strategy for 2016-2020" in told
    assert "- [1] digest-joint-2016-2020-en.pdf, 1: In brief" in told
    assert "Error: the question has no words" in told
