"""The index folder: `current` names the generation in use, which holds a database, Chroma's files and lexical indexes.

A rebuild fills a new generation beside the old one and then moves the name, so that a failed one changes nothing.
"""

import os
import shutil
import uuid
from pathlib import Path

from corpus.database import create
from corpus.errors import EmptyIndexError, MixedEmbeddersError, StoreError
from corpus.store import DATABASE, UNFINISHED, Store

CURRENT = "current"
NAME = "[0-9a-f]" * 12


def open_store(index: Path, *, embedder: str | None, server: str = "") -> Store:
    """Open the index that stands in a folder; with `embedder` None, whichever made it.

    Raises `EmptyIndexError` where nothing has been ingested and `MixedEmbeddersError` where another embedder made it.
    """
    folder = _current(index)
    if folder is None:
        raise _empty(index)
    store = Store(folder, server=server)
    if embedder is not None and store.embedder != embedder:
        store.close()
        raise MixedEmbeddersError(
            f"the index in {index} was made with {store.embedder!r}, the settings say {embedder!r}: "
            "run `python -m ingest --rebuild` or set embedding_model back"
        )
    return store


def has_index(index: Path) -> bool:
    """Return whether the folder holds an index."""
    return _current(index) is not None


def index_mark(index: Path) -> str:
    """Return a mark that differs once an ingest has finished a change; it reads one or two names and opens nothing.

    It is the generation and the newest lexical index in it, which an ingest builds last. Raises `EmptyIndexError` where
    nothing has been ingested.
    """
    folder = _current(index)
    if folder is None:
        raise _empty(index)
    finished = sorted(path.name for path in (folder / "lexical").glob("*") if path.suffix != UNFINISHED)
    return "/".join((folder.name, *finished))


def new_generation(index: Path, *, embedder: str, server: str = "") -> Store:
    """Make an empty generation beside the one in use; `adopt` puts it in use."""
    name = uuid.uuid4().hex[:12]
    folder = index / name
    try:
        folder.mkdir(parents=True)
        create(folder / DATABASE, embedder=embedder, collection=f"chunks-{name}")
    except OSError as error:
        raise StoreError(f"{index}: the index cannot be written there: {error.strerror or error}") from error
    return Store(folder, server=server)


def adopt(index: Path, store: Store) -> None:
    """Make a generation the one in use, in one atomic step."""
    pointer = index / f"{CURRENT}{UNFINISHED}"
    try:
        pointer.write_text(store.folder.name, encoding="utf-8")
        os.replace(pointer, index / CURRENT)
    except OSError as error:
        raise StoreError(f"{index}: the index cannot be written there: {error.strerror or error}") from error


def clear_abandoned(index: Path, *, server: str = "") -> None:
    """Delete the generations that are not in use: what a killed rebuild left behind."""
    current = _current(index)
    for database in index.glob(f"{NAME}/{DATABASE}"):
        if database.parent == current:
            continue
        try:
            Store(database.parent, server=server).drop()
        except StoreError:
            shutil.rmtree(database.parent, ignore_errors=True)


def _empty(index: Path) -> EmptyIndexError:
    return EmptyIndexError(f"nothing is indexed in {index}; run `python -m ingest PATH...` or `make chat` first")


def _current(index: Path) -> Path | None:
    try:
        folder = index / (index / CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{index}: the index cannot be read: {error}") from error
    if not (folder / DATABASE).is_file():
        raise StoreError(f"{index}: the index is damaged ({folder.name} is missing); delete the folder and ingest again")
    return folder
