"""The door to sqlite3: the tables of an index, and how values become rows and rows become values."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection

from pydantic import TypeAdapter

from corpus.embedding import contextual_text
from corpus.errors import StoreError
from corpus.values import Chunk, Document, Page

__all__ = ["CHUNK", "DOCUMENT", "PAGE", "SCHEMA_VERSION", "Connection", "as_store_error", "connect", "create", "swap"]

SCHEMA_VERSION = "1"
SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE documents (id TEXT PRIMARY KEY, path TEXT NOT NULL UNIQUE, record TEXT NOT NULL);
CREATE TABLE pages (
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    number INTEGER NOT NULL, record TEXT NOT NULL, PRIMARY KEY (document_id, number)
);
CREATE TABLE chunks (
    id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    position INTEGER NOT NULL, language TEXT NOT NULL, contextual_text TEXT NOT NULL, record TEXT NOT NULL
);
CREATE INDEX chunks_by_document ON chunks (document_id, position);
"""

DOCUMENT = TypeAdapter(Document)
PAGE = TypeAdapter(Page)
CHUNK = TypeAdapter(Chunk)


def create(path: Path, *, embedder: str, collection: str) -> None:
    """Make an empty database file for an embedder and the collection that holds its vectors."""
    database = connect(path)
    with as_store_error(path.parent), database:
        database.executescript(SCHEMA)
        meta = {"schema": SCHEMA_VERSION, "embedder": embedder, "revision": "0", "collection": collection}
        database.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
    database.close()


def connect(path: Path) -> Connection:
    """Open a database file, for several threads and beside other processes."""
    with as_store_error(path.parent):
        # The store lets one thread at a time use it, not always the one that opened it.
        database = sqlite3.connect(path, timeout=30, check_same_thread=False)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA foreign_keys = ON")
        return database


def swap(database: Connection, document: Document, pages: Sequence[Page], chunks: Sequence[Chunk]) -> set[str]:
    """Put a document in the place of any at its path, inside the caller's transaction; return the ids of the old chunks."""
    old = {
        key
        for (key,) in database.execute(
            "SELECT chunks.id FROM chunks JOIN documents ON documents.id = document_id WHERE path = ?", (document.path,)
        )
    }
    database.execute("DELETE FROM documents WHERE path = ?", (document.path,))
    database.execute(
        "INSERT INTO documents VALUES (?, ?, ?)", (document.id, document.path, DOCUMENT.dump_json(document).decode())
    )
    database.executemany(
        "INSERT INTO pages VALUES (?, ?, ?)",
        ((document.id, page.number, PAGE.dump_json(page).decode()) for page in pages),
    )
    database.executemany(
        "INSERT INTO chunks VALUES (?, ?, ?, ?, ?, ?)",
        (
            (
                chunk.id,
                document.id,
                chunk.position,
                chunk.language,
                contextual_text((document.title, *chunk.heading_path), chunk.text),
                CHUNK.dump_json(chunk).decode(),
            )
            for chunk in chunks
        ),
    )
    return old


@contextmanager
def as_store_error(folder: Path) -> Iterator[None]:
    """Turn every error of SQLite into one line that names the folder."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(f"{folder}: the index cannot be used: {error}") from error
