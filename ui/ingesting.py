"""An ingest on behalf of the page, in a process of its own: it may fail or be killed, and the chat goes on answering."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal

from corpus.errors import AssistantError
from corpus.settings import Settings
from ingest.pipeline import Report

Task = Literal["ingest", "remove"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How far an ingest has come: files done, files in all, and the name of the one at hand."""

    done: int
    total: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """An ingest that ended before it was through; `reason` is one line, empty where its process was killed."""

    reason: str = ""


Event = Step | Report | Stopped


def run(task: Task, paths: Sequence[Path], settings: Settings) -> Iterator[Event]:
    """Yield each step and, last, the report or why there is none. A reader that goes away leaves the ingest at work."""
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(task, list(paths), settings, sender), daemon=True)
    process.start()
    sender.close()
    try:
        while True:
            event: Event = receiver.recv()
            yield event
            if not isinstance(event, Step):
                process.join()
                return
    except EOFError:
        yield Stopped()


def _work(task: Task, paths: Sequence[Path], settings: Settings, sender: Connection) -> None:
    # Imported here: the page's own process needs none of it, and a spawned process imports this module first.
    from corpus.catalogue import load_catalogue
    from corpus.embedding import load_embedder
    from corpus.lexicon import load_lexicon
    from ingest.pipeline import Tools, ingest, remove

    def progress(done: int, total: int, path: Path) -> None:
        sender.send(Step(done=done, total=total, name=path.name))

    try:
        tools = Tools(
            settings=settings,
            embedder=load_embedder(settings.embedding_model),
            lexicon=load_lexicon(),
            catalogue=load_catalogue(),
        )
        report = ingest(paths, tools=tools, progress=progress) if task == "ingest" else remove(list(map(str, paths)), tools=tools)
        sender.send(report)
    except AssistantError as error:
        sender.send(Stopped(reason=str(error)))
