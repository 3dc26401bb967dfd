"""Tables on the command line, over the shipped corpus: what is printed, written and refused."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.__main__ import main
from assistant.answering import Assistant
from assistant.recording import answer_record
from assistant.tables.comparing import Comparison
from assistant.tables.table_answers import TableAnswer
from assistant.tables.table_options import add_table_options, make_table
from assistant.wiring import open_assistant
from corpus.errors import AssistantError, QuestionError
from corpus.settings import Settings


@pytest.fixture(scope="module")
def assistant(shipped_index: Path) -> Iterator[Assistant]:
    opened = open_assistant(Settings(index=shipped_index))
    yield opened
    opened.close()


def made(assistant: Assistant, *arguments: str, as_json: bool = True) -> tuple[str, bool]:
    parser = argparse.ArgumentParser()
    add_table_options(parser)
    return make_table(assistant, parser.parse_args(arguments, argparse.Namespace(json=as_json)))


def verdicts(assistant: Assistant, topic: str) -> dict[str, str]:
    return {row["strategy"]: row["verdict"] for row in json.loads(made(assistant, "--compare", topic)[0])["rows"]}


@pytest.mark.parametrize(
    ("danish", "english", "some"),
    [
        ("kvantecomputere", "quantum computers", False),
        ("droner", "drones", False),
        ("kunstig intelligens", "artificial intelligence", True),
        ("grøn omstilling", "the green transition", True),
        ("digital selvbetjening", "digital self-service", True),
    ],
)
def test_both_languages_say_the_same_of_a_topic(assistant: Assistant, danish: str, english: str, some: bool) -> None:
    found = verdicts(assistant, danish)
    assert found == verdicts(assistant, english)
    assert ("mentioned" in found.values()) is some
    assert found["joint-2001-2004"] == "not mentioned"


def test_a_comparison_is_printed_and_written(assistant: Assistant, tmp_path: Path) -> None:
    csv, docx = tmp_path / "table.csv", tmp_path / "note.docx"
    arguments = ("--compare", "Digital Post", "--strategies", "2001-2004,2011-2015", "--csv", str(csv), "--docx", str(docx))
    shown, found = made(assistant, *arguments, as_json=False)
    assert found
    assert "ikke omtalt i vores resumé (" in shown
    assert "\n[1] Resumé: " in shown
    assert csv.read_bytes().startswith(b"\xef\xbb\xbfStrategi;")
    assert docx.read_bytes().startswith(b"PK")


def test_a_timeline_is_in_order(assistant: Assistant) -> None:
    record = json.loads(made(assistant, "--timeline", "Digital Post")[0])
    starts = [event["from"] for event in record["events"]]
    assert starts == sorted(starts)
    assert "2014-11-01" in starts
    assert all(citation["verified"] for citation in record["citations"])


def test_a_list_says_what_was_searched(assistant: Assistant) -> None:
    record = json.loads(made(assistant, "--list", "AI", "--after", "2021")[0])
    assert record["searched"]["documents"] >= 4
    assert "joint-2022-2025" in record["without"]
    assert "joint-2026-2029" in [section["strategy"] for section in record["sections"]]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--compare", "og det"), "no words"),
        (("--compare", "NemID", "--strategies", "nowhere"), "no strategy 'nowhere'"),
        (("--list", "NemID", "--after", "2099"), "began in those years"),
    ],
)
def test_what_cannot_be_asked(assistant: Assistant, arguments: tuple[str, ...], words: str) -> None:
    with pytest.raises(QuestionError, match=words):
        made(assistant, *arguments)


def test_a_file_that_cannot_be_written(assistant: Assistant) -> None:
    with pytest.raises(AssistantError, match="cannot be written"):
        made(assistant, "--compare", "NemID", "--csv", "/nowhere/at/all.csv")


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("Compare Digital Post across the strategies", "rows"),
        ("Hvad er der sket med NemID?", "events"),
        ("List all initiatives on artificial intelligence after 2018", "sections"),
    ],
)
def test_a_question_that_asks_for_a_table_is_answered_by_one(assistant: Assistant, question: str, key: str) -> None:
    record = answer_record(assistant.answer(question), question_id="1").data()
    assert record["abstained"] is None
    assert key in record["table"]
    cited = {number for claim in record["claims"] for number in claim["citations"]}
    assert cited == {citation["n"] for citation in record["citations"]}
    assert all(citation["verified"] for citation in record["citations"])
    assert record["answer"].count("\n") >= len(record["claims"])


def test_a_comparison_keeps_to_the_strategies_named(assistant: Assistant) -> None:
    answer = assistant.answer("Compare Digital Post in 2011-2015 and 2016-2020")
    assert isinstance(answer, TableAnswer)
    assert isinstance(answer.table, Comparison)
    assert [row.strategy.id for row in answer.table.rows] == ["joint-2011-2015", "joint-2016-2020"]


def test_a_comparison_abstains_where_no_strategy_speaks_of_the_topic(assistant: Assistant) -> None:
    answer = assistant.answer("Compare artificial intelligence in 2007-2010 and 2016-2020")
    assert answer.abstained == "nothing near"
    assert "mentioned in none of the 2" in answer.text


def test_what_nobody_speaks_of_has_its_own_exit_code(capsys: pytest.CaptureFixture[str], shipped_index: Path) -> None:
    assert main(["--timeline", "quantum computers", "--index", str(shipped_index)]) == 4
    assert capsys.readouterr().out.startswith("No document dates anything about “quantum computers”.")


@pytest.mark.parametrize("arguments", [["--csv", "x", "Hvad?"], ["--after", "2018", "Hvad?"], ["--list", "x", "--timeline", "y"]])
def test_options_that_do_not_go_together(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
