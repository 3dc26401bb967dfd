"""Sets of others, feedback and spreadsheets become cases."""

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from corpus.catalogue import load_catalogue
from corpus.errors import AssistantError
from corpus.settings import ChatSettings, Settings
from evals.__main__ import main
from evals.casebook import Case, Evidence, Fact, read_cases
from evals.importing import import_set
from evals.spreadsheet import COLUMNS, read_sheet, write_template
from tests.fakes_records import a_record
from tests.fakes_ui import QUOTES, FakeAssistant, an_answer
from ui.judging import FILE
from ui.screen import Screen, ask
from ui.views import Views


def json_lines(path: Path, *records: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def test_a_beir_folder_with_unanswerable_questions(tmp_path: Path) -> None:
    folder = tmp_path / "tiny"
    json_lines(
        folder / "corpus.jsonl", {"_id": "r1", "title": "", "text": "The giraffe eats leaves."}, {"_id": "r2", "text": "Other."}
    )
    json_lines(folder / "queries.jsonl", {"_id": "q1", "text": "What does the giraffe eat?", "metadata": {"answers": ["leaves"]}})
    json_lines(folder / "unanswerable.jsonl", {"_id": "u1", "text": "What does the giraffe drink?"})
    (folder / "qrels").mkdir()
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\tr1\t1\nq1\tr2\t0\n", encoding="utf-8")
    out = tmp_path / "set.jsonl"
    assert main(["import", "beir", str(folder), "--out", str(out), "--documents", str(tmp_path / "texts")]) == 0
    answered, unanswerable = read_cases(out)
    (evidence,) = answered.evidence
    assert (tmp_path / "texts" / evidence.document).read_text(encoding="utf-8") == "The giraffe eats leaves.\n"
    assert answered.facts == (Fact(any_of=("leaves",)),)
    assert (unanswerable.id, unanswerable.language, unanswerable.kind) == ("u1", "en", "near")


def test_squad_with_impossible_questions(tmp_path: Path) -> None:
    asked = {
        "id": "1",
        "question": "What does it eat?",
        "answers": [{"text": "leaves"}, {"text": "leaves"}],
        "is_impossible": False,
    }
    impossible = {"id": "2", "question": "What does it drink?", "answers": [], "is_impossible": True}
    article = {"title": "Giraffe", "paragraphs": [{"context": "It eats leaves.", "qas": [asked, impossible]}]}
    path = tmp_path / "squad.json"
    path.write_text(json.dumps({"version": "v2.0", "data": [article]}), encoding="utf-8")
    imported = import_set("squad", path)
    assert [case.answerable for case in imported.cases] == [True, False]
    assert imported.cases[0].facts == (Fact(any_of=("leaves",)),)
    assert list(imported.documents.values()) == ["It eats leaves.\n"]


def test_mtrag_keeps_the_persons_turns_as_history(tmp_path: Path) -> None:
    turns = [("user", "What is a giraffe?"), ("agent", "An animal."), ("user", "And what does it eat?")]
    task = {"task_id": "t1", "input": [{"speaker": who, "text": text} for who, text in turns], "Answerability": ["ANSWERABLE"]}
    context = {"document_id": "d1", "text": "Giraffes eat leaves.", "title": ""}
    path = json_lines(
        tmp_path / "tasks.jsonl",
        task | {"contexts": [context]},
        task | {"task_id": "t2", "Answerability": ["UNANSWERABLE"], "contexts": []},
        task | {"task_id": "t3", "Answerability": ["CONVERSATIONAL"], "contexts": []},
    )
    first, second = import_set("mtrag", path).cases
    assert (first.question, first.history, first.kind) == ("And what does it eat?", ("What is a giraffe?",), "follow-up")
    assert (second.answerable, second.history) == (False, ("What is a giraffe?",))


def judged(folder: Path, assistant: FakeAssistant, *judgements: tuple[int, str, list[str]]) -> Path:
    """The file that the chat writes of verdicts on the turns of one conversation."""
    settings = Settings(index=folder / "index", chat=ChatSettings(feedback=True))
    view = Views(assistant=assistant, catalogue=load_catalogue(), settings=settings)
    screen = Screen()
    for question in ("Hvad gælder?", "Og for kommunerne?"):
        screen = list(ask(assistant, question, screen))[-1]
    for turn, verdict, reasons in judgements:
        view.judge(screen, turn, verdict, reasons)
    return settings.data / FILE


def test_what_the_chat_writes_becomes_cases_and_drafts(tmp_path: Path) -> None:
    path = judged(tmp_path, FakeAssistant(), (0, "good", []), (0, "good", []), (1, "bad", ["should not have answered"]))
    out = tmp_path / "set.jsonl"
    assert main(["import", "feedback", str(path), "--out", str(out)]) == 0
    praised, blamed = read_cases(out)
    assert [(held.quote, held.part) for held in praised.evidence] == [(quote, n) for n, quote in enumerate(QUOTES, start=1)]
    assert (praised.draft, praised.kind, praised.language) == (False, "lookup", "da")
    assert (blamed.draft, blamed.answerable, blamed.evidence, blamed.history) == (True, False, (), ("Hvad gælder?",))
    assert blamed.note.startswith("should not have answered; said 20")


def test_praise_of_an_abstention_expects_one(tmp_path: Path) -> None:
    silent = replace(an_answer(), abstained="nothing near", claims=(), citations=())
    (case,) = import_set("feedback", judged(tmp_path, FakeAssistant(silent), (0, "good", []))).cases
    assert (case.answerable, case.kind, case.draft) == (False, "near", False)


RECORD = a_record(("Den har 12.", "a.pdf", 3)).data()
FEEDBACK = {
    "question": "Hvor mange?",
    "history": [],
    "language": "da",
    "answer": RECORD,
    "verdict": "good",
    "reasons": [],
    "time": "2026-11-24T12:00:00+00:00",
    "corpus": "1",
}


@pytest.mark.parametrize(
    ("kind", "text"),
    [("feedback", json.dumps(FEEDBACK | {"verdict": "meh"})), ("squad", "{}"), ("mtrag", "[1]"), ("feedback", "")],
)
def test_what_is_no_set_is_one_line(tmp_path: Path, kind: str, text: str) -> None:
    path = tmp_path / "set"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AssistantError, match="set") as error:
        import_set(kind, path)
    assert "\n" not in str(error.value)


def test_a_sample_is_drawn_from_both_kinds(tmp_path: Path) -> None:
    lines = [
        FEEDBACK | {"question": f"{n}?", "answer": RECORD if n % 2 else a_record(abstained="nothing near").data()}
        for n in range(20)
    ]
    sample = import_set("feedback", json_lines(tmp_path / "feedback.jsonl", *lines), sample=3).cases
    assert [case.answerable for case in sample] == [True] * 3 + [False] * 3


FILLED = {
    "id": "c1",
    "language": "da",
    "question": "Hvor mange initiativer?",
    "kind": "number",
    "document 1": "a.pdf",
    "page 1": 3,
    "quote 1": "har 12 initiativer",
    "must say": "12 | tolv\n2029",
    "may say": "KL",
    "tags": "a, b",
}
EXPECTED = Case(
    id="c1",
    language="da",
    question="Hvor mange initiativer?",
    kind="number",
    answerable=True,
    evidence=(Evidence(document="a.pdf", page=3, quote="har 12 initiativer"),),
    facts=(Fact(any_of=("12", "tolv")), Fact(any_of=("2029",)), Fact(any_of=("KL",), vital=False)),
    tags=("a", "b"),
)


def test_a_filled_template_becomes_cases(tmp_path: Path) -> None:
    path = tmp_path / "cases.xlsx"
    assert main(["template", str(path)]) == 0
    assert main(["template", str(path)]) == 1  # what stands there is left alone
    book = load_workbook(path)
    book["Cases"].append([FILLED.get(name) for name in COLUMNS])
    book["Cases"].append(
        [{"id": "c2", "language": "en", "question": "Capital?", "kind": "outside"}.get(name) for name in COLUMNS]
    )
    book.save(path)
    assert main(["import", "sheet", str(path), "--out", str(tmp_path / "set.jsonl")]) == 0
    first, second = read_cases(tmp_path / "set.jsonl")
    assert first == EXPECTED
    assert not second.answerable


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_csv_file_of_either_kind(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "cases.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, FILLED, delimiter=delimiter)
        writer.writeheader()
        writer.writerow(FILLED)
    assert read_sheet(path) == [EXPECTED]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"page 1": "three"}, "row 2: pages and parts"),
        ({"kind": "riddle"}, "row 2: kind"),
        ({"colour": "red"}, "no column 'colour'"),
    ],
)
def test_a_wrong_cell_is_named(tmp_path: Path, changes: dict[str, str], reason: str) -> None:
    row = FILLED | changes
    path = tmp_path / "cases.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, row)
        writer.writeheader()
        writer.writerow(row)
    with pytest.raises(AssistantError, match=reason):
        read_sheet(path)


def test_files_that_are_no_sheet_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("no zip", encoding="utf-8")
    (tmp_path / "a.csv").write_text("colour\nred\n", encoding="utf-8")
    for name, reason in (("a.xlsx", "cannot be read as XLSX"), ("a.csv", "column 'id' is missing"), ("b.csv", "cannot be read")):
        with pytest.raises(AssistantError, match=reason):
            read_sheet(tmp_path / name)
    write_template(tmp_path / "empty.xlsx")
    assert read_sheet(tmp_path / "empty.xlsx") == []
