"""The room of the evaluation's runs: what is listed, opened and compared, and that nothing in a run can become markup."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from evals.casebook import Case, Evidence, Fact
from evals.runs import ANSWERS, Answered, append, begin_run, read_run
from evals.scores import write_estimates, write_scores
from evals.scoring import score_run, summarise
from tests.fakes_records import a_record
from tests.fakes_ui import seen
from tests.test_evals_comparing import ABOUT
from ui.evaluating import Look, look_at
from ui.run_case import case_panel
from ui.run_texts import DANISH, ENGLISH
from ui.runs import runs
from ui.texts import InterfaceLanguage

HOSTILE = '<script>alert(1)</script> "><img src=x onerror=alert(1)>'
CASES = (
    Case(
        id="many",
        language="da",
        question="Hvor mange initiativer?",
        kind="number",
        answerable=True,
        evidence=(Evidence(document="a.pdf", page=3, quote="Der er tolv initiativer"),),
        facts=(Fact(any_of=("tolv", "12")),),
    ),
    Case(id="far", language="en", question="What is the capital of Australia?", kind="outside", answerable=False),
    Case(
        id='h"<b>',
        language="da",
        question=HOSTILE,
        kind="lookup",
        answerable=True,
        facts=(Fact(any_of=(HOSTILE,)),),
        history=(HOSTILE,),
    ),
)


def an_answered(case: str, text: str, *, abstained: bool = False) -> Answered:
    cited = [] if abstained else [(text, "a.pdf", 3)]
    record = a_record(*cited, abstained="nothing near" if abstained else None, answer=text, confidence=0.5)
    return Answered(case=case, answer=record, quotes=(True,) * len(cited), milliseconds=5.0, memory=100.0)


def write_run(folder: Path, *answers: Answered, corpus: str = "c", started: str = ABOUT.started, scored: bool = True) -> None:
    begin_run(
        folder, replace(ABOUT, corpus=corpus, started=started, settings={"chunk_characters": 900, "chat": {"a": ""}}), CASES
    )
    with (folder / ANSWERS).open("a", encoding="utf-8") as file:
        for answered in answers:
            append(file, answered)
    if scored:
        run = read_run(folder)
        scores = score_run(run)
        write_scores(folder, scores)
        write_estimates(folder, summarise(run, scores))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a good run, an earlier and worse one, one over other documents, one without scores, and a damaged one."""
    folder = tmp_path_factory.mktemp("runs")
    away = an_answered("far", "Nothing.", abstained=True)
    broken = Answered(case='h"<b>', error=HOSTILE)
    write_run(folder / "good", an_answered("many", "Der er tolv initiativer."), away, broken)
    write_run(folder / "worse", an_answered("many", HOSTILE), away, broken, started="2026-11-23T12:00:00+00:00")
    shutil.copytree(folder / "good", folder / "elsewhere")
    about = (folder / "elsewhere" / "run.json").read_text(encoding="utf-8").replace('"corpus": "c"', '"corpus": "d"')
    (folder / "elsewhere" / "run.json").write_text(about, encoding="utf-8")
    write_run(folder / "raw", an_answered("many", "Der er tolv."), scored=False)
    (folder / "damaged").mkdir()
    (folder / "damaged" / "run.json").write_text("{", encoding="utf-8")
    (folder / "index").mkdir()
    return folder


def shown(folder: Path, language: InterfaceLanguage = "da", **look: str) -> tuple[str, str]:
    """The list and the panel."""
    wanted = Look(**look)
    found = look_at(folder, wanted)
    return str(runs(found, wanted, language)), str(case_panel(found, wanted, language))


@pytest.mark.parametrize(("language", "words"), [("da", DANISH), ("en", ENGLISH)])
def test_without_runs_the_page_says_how_to_make_one(tmp_path: Path, language: InterfaceLanguage, words: object) -> None:
    for empty in (tmp_path, tmp_path / "none"):
        listed, panel = shown(empty, language, run="../..", case="x", against="y")
        assert "make evals" in listed
        assert "<table" not in listed
    assert (DANISH if language == "da" else ENGLISH).hint in seen(panel)


def test_runs_are_listed_the_latest_first_and_a_damaged_one_is_not(folder: Path) -> None:
    assert list(look_at(folder, Look()).runs)[-1] == "worse"
    listed, _ = shown(folder)
    assert listed.count('data-event="run"') == 4
    assert "damaged" not in listed
    assert DANISH.not_scored in listed
    assert "24. november 2026" in listed.replace("\u00a0", " ")


def test_an_open_run_shows_how_it_was_made_its_measures_and_its_cases(folder: Path) -> None:
    listed, _ = shown(folder, run="good")
    text = seen(listed)
    assert "chat.a" in text
    assert "0,667" in text  # CRAG over three cases: one perfect, one perfect abstention, one error
    assert DANISH.definitions["CRAG"] in text
    assert f"{DANISH.errors}1" in text
    assert listed.count('data-event="case"') == len(CASES)
    assert 'data-grade="perfect"' in listed
    assert seen(shown(folder, "en", run="good")[0]).count("0.667") > 0


def test_a_case_shows_what_was_expected_and_what_came(folder: Path) -> None:
    text = seen(shown(folder, run="good", case="many")[1])
    assert "Hvor mange initiativer?" in text
    assert "tolv / 12" in text
    assert "Der er tolv initiativer" in text
    assert f"a.pdf, side 3 · {DANISH.found_again}" in text
    assert DANISH.abstain in seen(shown(folder, run="good", case="far")[1])
    assert DANISH.hint in seen(shown(folder, run="good", case="no such case")[1])


def test_two_runs_are_compared_case_by_case_and_measure_by_measure(folder: Path) -> None:
    listed, panel = shown(folder, run="good", against="worse", case="many")
    text = seen(listed)
    assert DANISH.compared.format(other="worse") in text
    assert "1, 2, 0" in text  # CRAG: won, same, lost
    assert DANISH.changed.format(count=1) in text
    assert '<button type="button" class="link" id="changed-many"' in listed
    assert DANISH.got_from.format(run="worse") in seen(panel)
    assert DANISH.verdict["the same"] in text
    assert seen(shown(folder, run="worse", against="good")[0]).count("0, 2, 1") > 0


def test_runs_that_cannot_be_compared_say_why(folder: Path) -> None:
    assert DANISH.incomparable["different documents"] in shown(folder, run="good", against="elsewhere")[0]
    assert "evals score" in shown(folder, run="good", against="raw")[0]
    assert ENGLISH.incomparable["different documents"] in shown(folder, "en", run="good", against="elsewhere")[0]


def test_a_run_without_scores_shows_its_cases(folder: Path) -> None:
    listed, panel = shown(folder, run="raw", case="many")
    assert "evals score" in listed
    assert listed.count('data-event="case"') == len(CASES)
    assert "Der er tolv." in panel


def test_a_run_that_was_damaged_since_is_told_in_one_line(folder: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "runs"))
    (copy / "good" / ANSWERS).write_text("no JSON\n", encoding="utf-8")
    listed, panel = shown(copy, run="good", case="many")
    assert DANISH.unreadable in listed
    assert DANISH.hint in panel


@pytest.mark.parametrize("name", ["../good", "good/../worse", "/etc", "", "damaged", "index", HOSTILE])
def test_a_name_that_is_no_run_opens_nothing(folder: Path, name: str) -> None:
    found = look_at(folder, Look(run=name, case="many", against=name))
    assert (found.opened, found.other, found.failure) == (None, None, "")


def test_nothing_in_a_run_becomes_markup(folder: Path) -> None:
    for html in (*shown(folder, run="worse", case='h"<b>', against="good"), *shown(folder, run="worse", case="many")):
        assert "<script" not in html
        assert "<img" not in html
        assert "<b>" not in html
    assert HOSTILE in seen(shown(folder, run="worse", case="many")[1])
