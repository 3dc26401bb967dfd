"""The library: what is in force, what each document is, and what came of an ingest; all of it escaped."""

import multiprocessing
import os
import signal
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.catalogue import load_catalogue
from corpus.settings import Settings
from corpus.values import Document, SkippedPage
from ingest.pipeline import Outcome, Report
from tests.fakes import a_document
from tests.fakes_ui import seen
from ui.ingesting import Step, Stopped, run
from ui.library import Shelf, library
from ui.shelving import take_in, take_out, uploads_of
from ui.texts import DANISH, ENGLISH, Texts

CATALOGUE = load_catalogue()
TODAY = date(2026, 11, 24)
DOCUMENT = a_document(
    title="<b>Strategi</b>",
    strategy="joint-2016-2020",
    edition="joint-2016-2020-da",
    page_count=1234,
    skipped=(SkippedPage(number=7, reason="a <picture>"),),
    ingested="2026-11-24T08:05:00+00:00",
)


def shown(*documents: Document, shelf: Shelf | None = None, texts: Texts = DANISH, most: int = 50) -> str:
    return str(library(shelf or Shelf(), documents, CATALOGUE, texts, on=TODAY, most_mebibytes=most))


def test_a_document_tells_its_language_period_standing_pages_and_provenance() -> None:
    html = shown(DOCUMENT)
    assert "dansk · 2016–2020 · afløst · 1.234 sider · 1 uden tekst" in html
    for expected in ("strategy.pdf", DOCUMENT.checksum, DOCUMENT.reader, "24.\u00a0november\u00a02026 kl. ", "a <picture>"):
        assert expected in seen(html)
    assert "Danish · 2016–2020 · superseded · 1,234 pages · 1 without text" in shown(DOCUMENT, texts=ENGLISH)


def test_what_a_document_holds_is_shown_as_characters() -> None:
    html = shown(DOCUMENT)
    assert "<b>" not in html
    assert "<picture>" not in html


def test_what_is_in_force_today_is_told_with_whether_it_is_held() -> None:
    held = a_document(strategy="joint-2026-2029", edition="joint-2026-2029-da")
    assert f"2026–2029</span> <em>{DANISH.held_official}" in shown(held)
    digest = replace(held, edition=None, digest=True)
    assert f"2026–2029</span> <em>{DANISH.held_digest}" in shown(digest)
    assert "I kraft i dag, 24.\u00a0november\u00a02026" in shown()


def test_a_document_is_removed_only_after_asking_again() -> None:
    assert 'data-event="remove"' not in shown(DOCUMENT)
    html = shown(DOCUMENT, shelf=Shelf(removing="d1"))
    assert 'data-event="remove" data-document="d1"' in html
    assert DANISH.remove_sure in html


def test_while_an_ingest_is_at_work_it_says_how_far_it_is_and_takes_no_more() -> None:
    html = shown(DOCUMENT, shelf=Shelf(event=Step(done=2, total=5, name="<i>.pdf")))
    assert "Læser fil 3 af 5: <span>&lt;i&gt;.pdf</span>" in html
    assert '<progress max="5" value="2">' in html
    assert html.count("disabled") == 2


def test_each_file_is_told_with_the_command_lines_own_reason() -> None:
    outcomes = (
        Outcome(path=Path("a.md"), status="added"),
        Outcome(path=Path("b.pdf"), status="failed", reason="'b.pdf' is <empty>."),
        Outcome(path=Path("c.md"), status="unchanged"),
    )
    html = shown(shelf=Shelf(event=Report(outcomes=outcomes, ignored=(), seconds=1)))
    assert "a.md er tilføjet." in seen(html)
    assert "b.pdf kunne ikke læses: 'b.pdf' is <empty>." in seen(html)
    assert "c.md" not in html


def test_an_ingest_that_was_stopped_says_that_the_library_is_as_it_was() -> None:
    assert DANISH.ingest_stopped in shown(shelf=Shelf(event=Stopped()))


def test_where_uploads_are_switched_off_there_is_no_place_for_them() -> None:
    assert DANISH.adding not in shown(DOCUMENT, most=0)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(index=tmp_path / "index", ocr=False)


@pytest.mark.slow
def test_files_come_in_and_go_out_again_and_what_cannot_be_read_is_deleted(settings: Settings) -> None:
    folder = uploads_of(settings).folder / "x"
    folder.mkdir(parents=True)
    (folder / "havn.md").write_text("# Havnen\n\nHavnen skal have en digital kalender senest i 2031.", encoding="utf-8")
    (folder / "not.pdf").write_text("no PDF", encoding="utf-8")
    shelves = list(take_in(settings, Shelf()))
    assert [isinstance(shelf.event, Step) for shelf in shelves] == [True, True, False]
    report = shelves[-1].event
    assert isinstance(report, Report)
    assert {outcome.path.name: outcome.status for outcome in report.outcomes} == {"havn.md": "added", "not.pdf": "failed"}
    assert [path.name for path in folder.iterdir()] == ["havn.md"]
    held = a_document(path=str((folder / "havn.md").resolve()))
    report = list(take_out(settings, Shelf(), [held], "d1"))[-1].event
    assert isinstance(report, Report)
    assert [outcome.status for outcome in report.outcomes] == ["removed"]
    assert not folder.exists()


def test_a_document_that_nobody_knows_is_not_removed(settings: Settings) -> None:
    assert list(take_out(settings, Shelf(removing="d9"), [DOCUMENT], "d9")) == [Shelf()]


@pytest.mark.slow
def test_an_ingest_that_is_killed_is_told_and_leaves_what_was_there(settings: Settings, tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number}.md").write_text(
            f"# Nummer {number}\n\nHavn nummer {number} skal have en kalender.", encoding="utf-8"
        )
    events = run("ingest", [tmp_path], settings)
    assert isinstance(next(events), Step)
    (child,) = multiprocessing.active_children()
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    assert list(events)[-1] == Stopped()


@pytest.mark.slow
def test_an_index_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "a.md").write_text("Ord.")
    (event,) = run("ingest", [tmp_path / "a.md"], Settings(index=tmp_path / "file" / "index"))
    assert isinstance(event, Stopped)
    assert len(event.reason.splitlines()) == 1
