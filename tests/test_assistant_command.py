"""`python -m assistant`: the printed answer, the JSON shape that others build on, batches in order, exit codes."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.__main__ import main
from assistant.showing import show
from assistant.values import Answer
from tests.fakes_ui import QUOTES, an_answer, nearly_an_answer

ANSWER_KEYS = [
    "id", "question", "language", "abstained", "line", "answer", "confidence", "claims", "citations", "nearest", "note",
    "generated_by", "dropped", "passages", "dropped_quotes", "milliseconds", "understood", "searched",
]  # fmt: skip
UNDERSTOOD_KEYS = [
    "text", "query", "kind", "topic", "strategies", "missing", "restrictions", "also_searched_as", "follow_up",
]  # fmt: skip
CITATION_KEYS = ["n", "quote", "document", "page", "printed_page", "heading", "strategy", "edition", "verified", "status"]


def run(capsys: pytest.CaptureFixture[str], index: Path, *arguments: str) -> tuple[int, str, str]:
    code = main([*arguments, "--index", str(index)])
    output = capsys.readouterr()
    return code, output.out, output.err


def test_an_answer_is_printed_with_where_it_stands(capsys: pytest.CaptureFixture[str], shipped_index: Path) -> None:
    code, out, _ = run(capsys, shipped_index, "Hvor mange initiativer har strategien for 2007-2010?")
    assert code == 0
    assert "35" in out
    assert "\n[1] " in out
    assert "digest-joint-2007-2010" in out


def test_the_shape_of_the_json(capsys: pytest.CaptureFixture[str], shipped_index: Path) -> None:
    code, out, _ = run(capsys, shipped_index, "--json", "How many initiatives does the strategy for 2007-2010 have?")
    record = json.loads(out)
    assert code == 0
    assert list(record) == ANSWER_KEYS
    assert record["abstained"] is None
    assert list(record["citations"][0]) == CITATION_KEYS
    assert list(record["claims"][0]) == ["text", "citations"]
    assert list(record["passages"][0]) == ["document", "page", "score", "text"]
    first = record["citations"][0]
    assert (first["strategy"], first["edition"], first["verified"]) == ("joint-2007-2010", None, True)
    assert isinstance(first["page"], int)
    assert first["status"] == "superseded by the strategy 2011-2015"
    assert list(record["understood"]) == UNDERSTOOD_KEYS
    assert record["understood"]["restrictions"] == [
        {
            "on": "strategies",
            "values": ["joint-2007-2010"],
            "label": "The joint government digital strategy 2007-2010",
            "reason": "named",
        }
    ]
    assert list(record["searched"]) == ["documents", "pages"]
    assert min(record["searched"].values()) >= 2


def test_a_question_from_standard_input(
    capsys: pytest.CaptureFixture[str], shipped_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("Hvad er hovedstaden i Australien?\n"))
    code, out, _ = run(capsys, shipped_index, "-")
    assert code == 4
    assert out.startswith("Dokumenterne svarer ikke på det")


def test_what_the_question_names_can_be_overruled(capsys: pytest.CaptureFixture[str], shipped_index: Path) -> None:
    question = "Hvad siger strategien for 2007-2010 om Digital Post?"
    _, out, _ = run(capsys, shipped_index, "--json", "--everywhere", question)
    everywhere = json.loads(out)
    assert everywhere["understood"]["restrictions"] == []
    assert len({passage["document"] for passage in everywhere["passages"]}) > 2
    _, out, _ = run(
        capsys,
        shipped_index,
        "--json",
        "--strategy",
        "joint-2011-2015",
        "--strategy",
        "joint-2016-2020",
        "--language",
        "da",
        question,
    )
    chosen = json.loads(out)
    names = {passage["document"][: len("digest-joint-2011-2015")] for passage in chosen["passages"]}
    assert names == {"digest-joint-2011-2015", "digest-joint-2016-2020"}
    assert [bound["on"] for bound in chosen["understood"]["restrictions"]] == ["strategies", "languages"]


def test_the_terminal_shows_what_was_searched_and_how_a_strategy_stands(
    capsys: pytest.CaptureFixture[str], shipped_index: Path
) -> None:
    _, out, _ = run(capsys, shipped_index, "Hvor mange initiativer har strategien for 2007-2010?")
    assert "Søgt kun i: Den fællesoffentlige digitaliseringsstrategi 2007-2010 (nævnt i spørgsmålet)." in out
    assert "afløst af strategien 2011-2015" in out


def test_a_batch_is_answered_in_order_and_bad_lines_hold_their_place(
    capsys: pytest.CaptureFixture[str], shipped_index: Path, tmp_path: Path
) -> None:
    lines = [
        '{"id": "a", "question": "Hvor mange initiativer har strategien for 2007-2010?"}',
        "not json",
        "",
        '{"id": "b", "question": "Og hvornår blev den offentliggjort?", "history": ["Hvad er målene i strategien 2016-2020?"]}',
        '{"id": "c", "question": "Hvem?", "filters": {"strategies": "x"}}',
        '{"id": "d", "question": "?"}',
        '{"id": "e", "question": "Who agreed the 2007-2010 strategy?", "filters": {"everything": true}}',
        '{"id": "f", "question": "Who?", "filters": {"everything": 1}}',
        '{"id": 7, "question": "Who agreed it?", "filters": {"strategies": ["joint-2016-2020"], "languages": ["en"]}}',
    ]
    batch = tmp_path / "batch.jsonl"
    batch.write_text("\n".join(lines), encoding="utf-8")
    code, out, _ = run(capsys, shipped_index, "--batch", str(batch))
    records = [json.loads(line) for line in out.splitlines()]
    assert code == 3
    assert [record["id"] for record in records] == ["a", "2", "b", "5", "d", "e", "8", "7"]
    assert ["error" in record for record in records] == [False, True, False, True, True, False, True, False]
    assert records[5]["understood"]["restrictions"] == []
    assert "'everything' must be true or false" in records[6]["error"]
    assert {passage["document"] for passage in records[7]["passages"]} == {"digest-joint-2016-2020-en.pdf"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--batch", "/nowhere/at/all.jsonl"], "cannot be read"),
        (["--settings", "/nowhere/settings.toml", "Hvad?"], "no such settings file"),
        (["??"], "no words"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    capsys: pytest.CaptureFixture[str], shipped_index: Path, arguments: list[str], words: str
) -> None:
    code, out, err = run(capsys, shipped_index, *arguments)
    assert (code, out) == (1, "")
    assert words in err
    assert err.count("\n") == 1


def test_nothing_indexed_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = run(capsys, tmp_path, "Hvad er MitID?")
    assert code == 1
    assert "nothing is indexed" in err


def test_no_question_is_a_wrong_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([])
    assert stopped.value.code == 2
    assert "give a question" in capsys.readouterr().err


def test_the_terminal_shows_the_line_the_note_and_the_quotes_that_come_near() -> None:
    worded = show(replace(an_answer(), line="83 pct.", note="Formuleret af en sprogmodel."))
    assert worded.startswith("83 pct.\nFra En strategi:\n")
    assert f"»{QUOTES[1]}« [2]\nFormuleret af en sprogmodel.\n" in worded
    near = show(nearly_an_answer())
    assert f"»{QUOTES[0]}« [1]" in near
    assert "\n[1] En strategi, s. 11 (PDF-side 13) · Tillid (strategy.pdf)" in near


def test_control_characters_of_a_document_do_not_reach_the_terminal() -> None:
    answer = Answer(
        question="?",
        language="da",
        abstained="nothing near",
        lead="\x1b[2Jrødt \x07\u009b31mgrød",
        claims=(),
        citations=(),
        passages=(),
        dropped_quotes=0,
        milliseconds=1.0,
    )
    assert show(answer) == "[2Jrødt 31mgrød"
