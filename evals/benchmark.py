"""The benchmark: how fast documents are read and questions answered, how soon the first answer comes, and at what memory.

Each rate stands beside a plain peer's on the same files in the same run, because machines differ and are shared.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypedDict

import numpy as np
import psutil
from pypdf import PdfReader

from assistant.answering import Assistant
from assistant.wiring import open_assistant
from corpus.catalogue import load_catalogue
from corpus.embedding import load_embedder
from corpus.errors import AssistantError
from corpus.lexicon import load_lexicon
from corpus.settings import Settings
from ingest import reading
from ingest.pipeline import Report, Tools, ingest

DIGESTS = Path(__file__).resolve().parent.parent / "corpus" / "digests"
ROUNDS = 5
# Of every kind: looked up, counted, dated, compared, traced, listed, and not answered.
QUESTIONS = (
    "Hvor mange initiativer har den fællesoffentlige digitaliseringsstrategi 2026-2029?",
    "How many focus areas does the strategy for 2016-2020 have?",
    "Hvornår blev Digital Post obligatorisk for borgere?",
    "What is the digital identity wallet?",
    "Hvem står bag strategien 2022-2025?",
    "Which share of citizens trusted public digital solutions in 2024?",
    "Hvad siger strategierne om kunstig intelligens?",
    "What followed the strategy of 2007-2010?",
    "Hvad er hovedstaden i Australien?",
    "What does MitID cost citizens?",
    "Sammenlign hvad strategierne siger om kunstig intelligens",
    "Compare Digital Post across the strategies",
    "Hvad er der sket med NemID?",
    "Timeline of Digital Post",
    "List all initiatives on artificial intelligence after 2018",
    "Oplist alle initiativer om cybersikkerhed",
    "When was NemID introduced?",
)


class Figure(TypedDict):
    """One measured figure; `peer` is None where nothing comparable was measured."""

    name: str
    unit: str
    ours: float
    peer: float | None
    peer_name: str


def run_benchmark(paths: Sequence[Path]) -> list[Figure]:
    """Measure everything over the PDF files at the paths (default: the shipped corpus)."""
    files = _pdf_files(paths or [DIGESTS])
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(index=Path(folder) / "index")
        figures = [_reading_rate(files), _ingest_rate(files, settings)]
        figures += [_cold_start(settings), *_answering(settings)]
    return figures


def index_shipped(folder: Path) -> Path:
    """Ingest the shipped corpus into a folder and return it."""
    _ingest(_pdf_files([DIGESTS]), Settings(index=folder))
    return folder


def _pdf_files(paths: Sequence[Path]) -> list[Path]:
    files = [file for path in paths for file in (sorted(path.glob("**/*.pdf")) if path.is_dir() else [path])]
    if not files:
        raise AssistantError("there is no PDF file to measure with")
    return files


def _reading_rate(files: Sequence[Path]) -> Figure:
    """Pages a second from file to cleaned pages with blocks, against bare extraction of the same files; best of five each."""

    def bare() -> int:
        return sum(len([page.extract_text() for page in PdfReader(file).pages]) for file in files)

    def ours() -> int:
        found = [reading.read(file, ocr=None) for file in files]
        return sum(len(read.pages) + len(read.skipped) for read in found)

    rates = {"bare": 0.0, "ours": 0.0}
    for _ in range(ROUNDS):
        # In turn, so that a neighbour's load falls on both.
        rates = {"bare": max(rates["bare"], _rate(bare)), "ours": max(rates["ours"], _rate(ours))}
    return _figure("reading PDF", "pages/s", rates["ours"], rates["bare"], "bare pypdf")


def _ingest_rate(files: Sequence[Path], settings: Settings) -> Figure:
    report = _ingest(files, settings)
    pages = sum(outcome.pages for outcome in report.of("added"))
    return _figure("whole ingest", "pages/s", pages / report.seconds)


def _ingest(files: Sequence[Path], settings: Settings) -> Report:
    tools = Tools(
        settings=settings,
        embedder=load_embedder(settings.embedding_model),
        lexicon=load_lexicon(),
        catalogue=load_catalogue(),
    )
    return ingest(files, tools=tools)


def _cold_start(settings: Settings) -> Figure:
    command = [sys.executable, "-m", "assistant", "--index", str(settings.index), QUESTIONS[0]]
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return _figure("first answer of a cold start", "s", time.perf_counter() - started)


def _answering(settings: Settings) -> list[Figure]:
    process = psutil.Process()
    assistant = open_assistant(settings)
    try:
        _ask_all(assistant)
        clock, processor = np.array([_ask_all(assistant) for _ in range(ROUNDS)]).reshape(-1, 2).T
    finally:
        assistant.close()
    return [
        _figure("answering", "questions/s", 1000 / float(clock.mean())),
        _figure("answering, p95", "ms", float(np.percentile(clock, 95))),
        _figure("answering, p95 of processor time", "ms", float(np.percentile(processor, 95))),
        _figure("memory of this process, benchmark included", "MiB", process.memory_info().rss / 2**20),
    ]


def _ask_all(assistant: Assistant) -> list[tuple[float, float]]:
    """For each question the milliseconds of the clock and of the processor: what neighbours take counts in the first alone."""
    found = []
    for question in QUESTIONS:
        before = time.process_time()
        milliseconds = assistant.answer(question).milliseconds
        found.append((milliseconds, (time.process_time() - before) * 1000))
    return found


def _rate(work: Callable[[], int]) -> float:
    started = time.perf_counter()
    done = work()
    return done / (time.perf_counter() - started)


def _figure(name: str, unit: str, ours: float, peer: float | None = None, peer_name: str = "") -> Figure:
    return Figure(name=name, unit=unit, ours=ours, peer=peer, peer_name=peer_name)
