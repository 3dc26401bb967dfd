"""Documents come in while people ask: the ingest has a process of its own, and neither waits for the other."""

from pathlib import Path
from threading import Event, Thread

import pytest

from assistant.wiring import open_assistant
from corpus.settings import Settings
from ingest.pipeline import Report
from tests.conftest import PROJECT, indexed
from ui.ingesting import Step
from ui.library import Shelf
from ui.screen import Screen, ask
from ui.shelving import take_in, uploads_of

DIGESTS = PROJECT / "corpus" / "digests"
HELD, COMING = DIGESTS / "digest-joint-2026-2029-da.pdf", DIGESTS / "digest-joint-2022-2025-da.pdf"
QUESTION = "Hvad skal Digital Fuldmagt blive til?"


@pytest.mark.slow
def test_questions_are_answered_while_a_pdf_comes_in_and_then_from_it(tmp_path: Path) -> None:
    settings = Settings(index=indexed(tmp_path / "index", [HELD]), ocr=False)
    uploads = uploads_of(settings)
    incoming = uploads.begin(COMING.name, COMING.stat().st_size)
    incoming.write(COMING.read_bytes())
    incoming.finish()
    incoming.close()
    shelves: list[Shelf] = []
    done = Event()

    def bring_in() -> None:
        shelves.extend(take_in(settings, Shelf()))
        done.set()

    assistant = open_assistant(settings)
    try:
        bringing = Thread(target=bring_in)
        bringing.start()
        answered = 0
        while not done.is_set():
            *_, screen = ask(assistant, QUESTION, Screen())
            assert screen.turns[-1].failure is None
            assert screen.citations(0)[0].quote.document.name == HELD.name
            answered += 1
        bringing.join()
        assert answered > 1
        assert isinstance(shelves[0].event, Step)
        report = shelves[-1].event
        assert isinstance(report, Report)
        assert [outcome.path.name for outcome in report.of("added")] == [COMING.name]
        assistant.follow()
        assert {document.name for document in assistant.documents()} == {HELD.name, COMING.name}
        *_, screen = ask(assistant, "Hvad siger strategien for 2022-2025 om grøn omstilling?", Screen())
        assert COMING.name in {citation.quote.document.name for citation in screen.citations(0)}
    finally:
        assistant.close()
