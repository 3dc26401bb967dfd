"""Running a set: every case is put to the assistant once or more, and what it did is appended to the run's folder."""

import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, replace
from datetime import UTC, datetime
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import psutil

from assistant.answering import Assistant
from assistant.batch import read_filters
from assistant.recording import answer_record
from assistant.records import AnswerRecord
from assistant.values import Answer
from assistant.wiring import open_assistant
from corpus.errors import AssistantError
from corpus.generations import open_store
from corpus.settings import Settings
from corpus.text import normalise
from corpus.values import Document
from evals.casebook import Case, case_record
from evals.runs import ANSWERS, About, Answered, Described, append, begin_run, drop_unfinished, read_run

PROJECT = Path(__file__).resolve().parent.parent
VERSIONED = ("chromadb", "bm25s", "numpy", "pypdf", "sentencex", "strategy-assistant")
CODE = ("corpus", "ingest", "assistant")

Ask = Callable[[Case], Answered]
Progress = Callable[[int, int], None]
"""Called with how many answers there are and how many there will be."""


def run_cases(
    cases: Sequence[Case],
    folder: Path,
    settings: Settings,
    *,
    name: str,
    repeat: int = 1,
    jobs: int = 1,
    progress: Progress = lambda *_: None,
) -> None:
    """Ask every approved case `repeat` times and keep the answers in `folder`; a run begun there before is gone on with.

    A folder that holds a run of other cases, documents, settings or code is refused: `AssistantError`.
    """
    approved = [case for case in cases if not case.draft]
    if not approved:
        raise AssistantError(f"{name}: the set holds no case that is approved")
    about = describe(approved, settings, name=name, repeat=repeat, jobs=jobs)
    if folder.exists() and any(folder.iterdir()):
        _refuse_another(folder, about)
    else:
        begin_run(folder, about, approved)
    drop_unfinished(folder / ANSWERS)
    done = {(answered.case, answered.repeat) for answered in read_run(folder).answers}
    todo = [(case, turn) for turn in range(repeat) for case in approved if (case.id, turn) not in done]
    total = len(approved) * repeat
    with (folder / ANSWERS).open("a", encoding="utf-8") as file:
        for count, answered in enumerate(_answers(todo, settings, jobs), start=total - len(todo) + 1):
            append(file, answered)
            progress(count, total)


def ask(assistant: Assistant, case: Case) -> Answered:
    """Put one case to the assistant; whatever goes wrong is a value of the result."""
    started = time.perf_counter()
    record: AnswerRecord | None = None
    quotes: tuple[bool, ...] = ()
    error, crashed = "", False
    try:
        filters = read_filters({name: list(values) for name, values in case.filters.model_dump().items()})
        answer = assistant.answer(case.question, history=case.history, filters=filters)
        quotes = _found_again(answer, assistant)
        record = answer_record(answer, question_id=case.id)
    except AssistantError as reason:
        error = str(reason)
    except Exception as reason:  # noqa: BLE001 - a crash is one of the things that are measured
        error, crashed = f"{type(reason).__name__}: {reason}", True
    return Answered(
        case=case.id,
        answer=record,
        quotes=quotes,
        error=error,
        crashed=crashed,
        milliseconds=round((time.perf_counter() - started) * 1000, 1),
        memory=round(psutil.Process().memory_info().rss / 2**20, 1),
    )


def describe(cases: Sequence[Case], settings: Settings, *, name: str, repeat: int, jobs: int) -> About:
    """Return how a run of the cases under the settings is made, from the index as it is now."""
    store = open_store(settings.index, embedder=None, server=settings.chroma_server)
    try:
        documents, embedder = store.documents(), store.embedder
    finally:
        store.close()
    # The index's place says nothing about the answers; what lies in it is told by the corpus.
    plain = {key: value for key, value in asdict(settings).items() if key not in ("index", "chat")}
    corpus, code = corpus_fingerprint(documents), code_fingerprint()
    records = [case_record(case) for case in cases]
    return About(
        name=name,
        started=datetime.now(UTC).isoformat(timespec="seconds"),
        made_by=_digest([records, corpus, [document.fingerprint for document in documents], plain, code, repeat]),
        corpus=corpus,
        documents={held.name: Described(language=held.language, strategy=held.strategy) for held in documents},
        embedder=embedder,
        code=f"{code} {_revision()}".strip(),
        settings=plain,
        versions={"python": sys.version.split()[0], **{package: version(package) for package in VERSIONED}},
        repeat=repeat,
        jobs=jobs,
    )


def corpus_fingerprint(documents: Sequence[Document]) -> str:
    """Return a mark of the documents' names and bytes, whoever read them and however."""
    return _digest(sorted((document.name, document.checksum) for document in documents))


def code_fingerprint() -> str:
    """Return a mark of the code that ingests and answers; it differs where a line of it does, committed or not."""
    files = [path for package in CODE for path in sorted((PROJECT / package).rglob("*.py"))]
    return _digest([[str(path.relative_to(PROJECT)), path.read_text(encoding="utf-8")] for path in files])


def _refuse_another(folder: Path, about: About) -> None:
    held = read_run(folder).about
    if held.made_by != about.made_by:
        raise AssistantError(f"{folder} holds a run of other cases, documents, settings or code; give another --out")


def _answers(todo: Sequence[tuple[Case, int]], settings: Settings, jobs: int) -> Iterator[Answered]:
    if jobs == 1:
        assistant = open_assistant(settings)
        try:
            yield from (replace(ask(assistant, case), repeat=turn) for case, turn in todo)
        finally:
            assistant.close()
        return
    # Spawned, since a forked process would share the parent's open database. Each only reads the index.
    with ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_open_here, initargs=(settings,)) as pool:
        waiting = {pool.submit(_ask_here, case): turn for case, turn in todo}
        for future in as_completed(waiting):
            yield replace(future.result(), repeat=waiting[future])


_here: list[Assistant] = []


def _open_here(settings: Settings) -> None:
    _here.append(open_assistant(settings))


def _ask_here(case: Case) -> Answered:
    return ask(_here[0], case)


def _found_again(answer: Answer, assistant: Assistant) -> tuple[bool, ...]:
    """Whether each quote stands on its page, looked up apart from the code that cited it."""
    return tuple(
        normalise(citation.quote.text) in normalise(assistant.page(citation.quote.document.id, citation.quote.page).text)
        for citation in answer.citations
    )


def _revision() -> str:
    """The git revision of the project, or nothing where there is none to be had."""
    try:
        found = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=PROJECT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return found.stdout.strip()


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()[:16]
