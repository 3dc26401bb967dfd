"""The serialised form of an answer: the README's table, what is written and read back, and what older runs lack."""

import json
from typing import Any

import pytest

from assistant.recording import answer_record, cited_record
from assistant.records import AnswerRecord, CitationRecord, ClaimRecord, NearestRecord, PassageRecord, UnderstoodRecord
from assistant.tables.table_answers import Table, TableAnswer
from tests.conftest import PROJECT
from tests.fakes_records import a_record
from tests.served import QUESTION, an_assistant


def readme_table() -> str:
    """The table of an answer's keys as the README has it."""
    rows = [f"| `{name}` | {field.description} |" for name, field in AnswerRecord.model_fields.items()]
    return "\n".join(["| key | value |", "| --- | --- |", *rows])


def test_the_readme_has_the_table_that_the_record_makes() -> None:
    assert readme_table() in (PROJECT / "README.md").read_text(encoding="utf-8"), readme_table()


@pytest.mark.parametrize(
    ("key", "part"),
    [
        ("claims", ClaimRecord),
        ("citations", CitationRecord),
        ("nearest", NearestRecord),
        ("passages", PassageRecord),
        ("understood", UnderstoodRecord),
    ],
)
def test_the_description_of_a_key_names_the_keys_in_it(key: str, part: Any) -> None:
    described = AnswerRecord.model_fields[key].description or ""
    assert [name for name in part.model_fields if f"`{name}`" not in described] == []


@pytest.mark.parametrize("question", [QUESTION, "Compare digital post across the strategies"])
def test_what_is_written_is_read_back_the_same(question: str) -> None:
    answer = an_assistant().answer(question)
    record = answer_record(answer, question_id="1")
    assert AnswerRecord.model_validate_json(json.dumps(record.data())) == record
    assert AnswerRecord.model_validate(record.data()).data() == record.data()
    assert ("table" in record.data()) is isinstance(answer, TableAnswer)


def test_the_keys_of_the_tables() -> None:
    assistant = an_assistant()
    tables: list[Table] = [
        assistant.compare("digital postkasse", language="da"),
        assistant.trace("digital postkasse", language="da"),
        assistant.list_all("digital postkasse", language="da"),
    ]
    compared, traced, listed = (cited_record(table).data() for table in tables)
    assert list(compared) == ["topic", "language", "date", "rows", "citations", "dropped_quotes"]
    assert list(traced) == ["topic", "language", "events", "strategies", "searched", "citations", "dropped_quotes"]
    assert list(listed) == ["topic", "language", "sections", "without", "searched", "citations", "dropped_quotes"]
    assert list(compared["rows"][0])[:5] == ["strategy", "name", "period", "status", "verdict"]
    assert list(traced["events"][0]) == ["from", "to", "citations", "under_the_name"]
    assert list(listed["sections"][0]) == ["strategy", "name", "period", "items"]


def test_a_record_without_the_newer_keys_is_read_and_stays_without_them() -> None:
    older = a_record(("Der er tolv.", "da.pdf", 1)).data()
    assert not {"line", "confidence", "nearest", "note", "generated_by", "dropped"} & set(older)
    assert (AnswerRecord.model_validate(older).line, AnswerRecord.model_validate(older).confidence) == ("", 0.0)
    assert AnswerRecord.model_validate(older).data() == older
