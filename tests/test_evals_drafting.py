"""Drafts: proposed from headings, figures and definitions, with evidence that holds, and approved one by one."""

from pathlib import Path

import pytest

from evals.__main__ import main
from evals.casebook import Case, read_cases
from evals.commands.draft import approve
from evals.drafting import draft_cases
from tests.fakes import a_chunk, a_document

CHUNK = a_chunk(
    "Digital Post er en postkasse for alle borgere.",
    "Strategien har 12 initiativer.",
    "I 2024 havde 82 pct. tillid.",
    page=2,
    headings=("Mål og tillid",),
)


def test_headings_figures_and_definitions_become_questions() -> None:
    drafts = draft_cases(a_document(), [CHUNK])
    assert [(case.question, case.kind, [fact.any_of for fact in case.facts]) for case in drafts] == [
        ("Hvad siger En strategi om Mål og tillid?", "lookup", []),
        ("Hvad er Digital Post?", "lookup", []),
        ("Hvor mange initiativer nævner En strategi?", "number", [("12",)]),
        ("Hvor stor en andel nævnes i En strategi under »Mål og tillid«?", "number", [("82",)]),
    ]
    assert all(case.draft for case in drafts)
    assert {(held.document, held.page) for case in drafts for held in case.evidence} == {("strategy.pdf", 2)}


def test_no_more_than_wanted_and_from_the_whole_document() -> None:
    chunks = [a_chunk("Kort.", headings=(f"Overskrift {n}",), position=n) for n in range(30)]
    drafts = draft_cases(a_document(), chunks, count=3)
    assert [case.question[-3:-1] for case in drafts] == [" 0", "10", "20"]


def test_a_year_and_a_page_are_not_counts() -> None:
    assert draft_cases(a_document(), [a_chunk("I 2016-2020 skete meget.")]) == []


def test_approving_follows_the_answers() -> None:
    drafts = draft_cases(a_document(), [CHUNK])
    answers = iter(["y", "n", "e", "Hvor mange initiativer er der?", "?"])
    kept = approve(drafts, ask=lambda _: next(answers))
    assert [(case.question, case.draft) for case in kept] == [
        (drafts[0].question, False),
        ("Hvor mange initiativer er der?", False),
        (drafts[3].question, True),
    ]
    assert approve(drafts, ask=lambda _: "s") == drafts


def test_drafts_of_an_indexed_document_hold(shipped_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "drafts.jsonl"
    command = ["draft", "digest-joint-2016-2020-da.pdf", "--index", str(shipped_index), "--out", str(out)]
    assert main(command) == 0
    assert main(command) == 1  # what stands there is left alone
    drafts: list[Case] = read_cases(out)
    assert len(drafts) > 10
    out.write_text(out.read_text(encoding="utf-8").replace(', "draft": true', ""), encoding="utf-8")
    assert main(["check", str(out), "--index", str(shipped_index)]) == 0
    assert "0 faults" in capsys.readouterr().out
