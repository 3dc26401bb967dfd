"""Runs as folders: `run.json` says how it was made, `cases.jsonl` what was asked, `answers.jsonl` what came, one line each.

`scores.jsonl` and the reports are put beside them by scoring and reporting. A reader needs `read_run` and `list_runs` alone.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TextIO

from pydantic import TypeAdapter, ValidationError

from assistant.records import AnswerRecord
from corpus.errors import AssistantError
from corpus.values import Language
from evals.casebook import Case, explain, read_cases, write_cases

RUNS = Path("runs")
"""Where runs are kept unless told otherwise: a folder of the working directory."""

ABOUT, CASES, ANSWERS = "run.json", "cases.jsonl", "answers.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What a run remembers of a document that was in the index."""

    language: Language
    strategy: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """How a run was made. `corpus` is the fingerprint of the documents' names and bytes, `made_by` that of all that may change
    an answer: cases, corpus, settings, embedder and code.
    """

    name: str
    started: str
    made_by: str
    corpus: str
    documents: Mapping[str, Described]
    embedder: str
    code: str
    settings: Mapping[str, Any]
    versions: Mapping[str, str]
    repeat: int = 1
    jobs: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What the assistant did with a case: the record of its answer, or the `error` that stood in its place.

    `quotes` says for each citation, in order, whether its words were found again on the stored page. `crashed` marks an error
    that no code raised on purpose. `memory` is the process's resident memory in MiB after the answer.
    """

    case: str
    repeat: int = 0
    answer: AnswerRecord | None = None
    quotes: tuple[bool, ...] = ()
    error: str = ""
    crashed: bool = False
    milliseconds: float = 0.0
    memory: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run as it lies in its folder; `complete` where every case has as many answers as were asked for."""

    folder: Path
    about: About
    cases: tuple[Case, ...]
    answers: tuple[Answered, ...]

    @property
    def complete(self) -> bool:
        """Whether nothing is left to do."""
        return len(self.answers) == len(self.cases) * self.about.repeat


ABOUT_SHAPE, ANSWERED = TypeAdapter(About), TypeAdapter(Answered)


def read_run(folder: Path) -> Run:
    """Return the run of a folder, finished or not; `AssistantError` in one line where there is none or it is damaged."""
    try:
        about = ABOUT_SHAPE.validate_json((folder / ABOUT).read_bytes())
        answers = tuple(read_answers(folder / ANSWERS))
    except OSError as error:
        raise AssistantError(f"{folder}: holds no run: {error.strerror or error}") from error
    except ValidationError as error:
        raise AssistantError(f"{folder}: the run is damaged: {explain(error)}") from error
    return Run(folder=folder, about=about, cases=tuple(read_cases(folder / CASES)), answers=answers)


def list_runs(folder: Path) -> dict[str, About]:
    """Return how each run below a folder was made, by the name of its own folder, the latest first; damaged ones are left out."""
    found: dict[str, About] = {}
    for path in folder.glob(f"*/{ABOUT}"):
        with suppress(OSError, ValidationError):
            found[path.parent.name] = ABOUT_SHAPE.validate_json(path.read_bytes())
    return dict(sorted(found.items(), key=lambda one: one[1].started, reverse=True))


def begin_run(folder: Path, about: About, cases: Sequence[Case]) -> None:
    """Make the folder of a run that has no answer yet."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_cases(folder / CASES, cases)
        (folder / ANSWERS).touch()
        text = json.dumps(asdict(about), ensure_ascii=False, indent=2)
        (folder / ABOUT).write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise AssistantError(f"{folder}: the run cannot be written there: {error.strerror or error}") from error


def read_answers(path: Path) -> Iterator[Answered]:
    """Yield the answers of a file; a last line that a killed run left unfinished is passed by."""
    for line in path.read_bytes().splitlines(keepends=True):
        if line.endswith(b"\n"):
            yield ANSWERED.validate_json(line)


def drop_unfinished(path: Path) -> None:
    """Cut off a last line without its end, so that what is appended begins a line."""
    content = path.read_bytes()
    whole = content.rfind(b"\n") + 1
    if whole < len(content):
        os.truncate(path, whole)


def append(file: TextIO, answered: Answered) -> None:
    """Write one answer and see it onto the disk, so that a killed run loses nothing that it had."""
    file.write(ANSWERED.dump_json(answered, by_alias=True, exclude_unset=True).decode() + "\n")
    file.flush()
    os.fsync(file.fileno())
