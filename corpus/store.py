"""The index: documents, pages and chunks in SQLite, which is the truth, and their vectors in Chroma, which follows it.

A document is in the index from the moment its SQLite transaction commits, and its vectors are written before that; so a
process killed at any point leaves at most vectors that no document owns. They are never returned, and `sweep` deletes them.
"""

import shutil
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar

from corpus.database import CHUNK, DOCUMENT, PAGE, SCHEMA_VERSION, Connection, as_store_error, connect, swap
from corpus.errors import StoreError
from corpus.values import Chunk, Document, Filters, Language, Page
from corpus.vectors import VectorCollection, Vectors

DATABASE = "documents.sqlite"
UNFINISHED = ".new"
READ_BATCH = 500

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunkRow:
    """What the lexical index is built from: a chunk's id, its document, its language and the text that stands for it."""

    id: str
    document_id: str
    language: Language
    text: str


class Store:
    """One generation of an index, open for reading and, under the ingest lock, for writing; any number of threads may use it."""

    def __init__(self, folder: Path, *, server: str = "") -> None:
        """Open the generation in `folder`; use `corpus.generations` rather than this."""
        self.folder = folder
        self._lock = RLock()
        self._database = connect(folder / DATABASE)
        if self._meta("schema") != SCHEMA_VERSION:
            raise StoreError(f"{folder.parent}: made by another version of this program; delete the folder and ingest again")
        self.embedder = self._meta("embedder")
        self._vectors = VectorCollection(name=self._meta("collection"), folder=folder / "chroma", server=server)

    @property
    def revision(self) -> str:
        """A mark that changes with every change of the documents."""
        return self._meta("revision")

    @property
    def lexical_folder(self) -> Path:
        """Where the lexical index of the present revision is kept, once it has been built."""
        return self.folder / "lexical" / self.revision

    def documents(self) -> list[Document]:
        """Return every document, ordered by name and then path."""
        found = [DOCUMENT.validate_json(record) for (record,) in self._rows("SELECT record FROM documents")]
        return sorted(found, key=lambda document: (document.name, document.path))

    def pages(self, document_id: str) -> list[Page]:
        """Return the stored pages of a document, in order."""
        rows = self._rows("SELECT record FROM pages WHERE document_id = ? ORDER BY number", document_id)
        return [PAGE.validate_json(record) for (record,) in rows]

    def page(self, document_id: str, number: int) -> Page:
        """Return one stored page; raises `StoreError` where there is none."""
        rows = self._rows("SELECT record FROM pages WHERE document_id = ? AND number = ?", document_id, number)
        for (record,) in rows:
            return PAGE.validate_json(record)
        raise StoreError(f"the index holds no page {number} of document {document_id!r}")

    def chunks(self, document_id: str) -> list[Chunk]:
        """Return the chunks of a document, in order."""
        rows = self._rows("SELECT record FROM chunks WHERE document_id = ? ORDER BY position", document_id)
        return [CHUNK.validate_json(record) for (record,) in rows]

    def rows(self) -> list[ChunkRow]:
        """Return every chunk's row in a stable order, the order of the lexical index."""
        rows = self._rows("SELECT id, document_id, language, contextual_text FROM chunks ORDER BY document_id, position")
        return [ChunkRow(id=a, document_id=b, language=c, text=d) for a, b, c, d in rows]

    def passages(self, ids: Sequence[str]) -> list[tuple[Chunk, Document]]:
        """Return the chunks of the ids with their documents, in the order of the ids; an id that has gone is left out."""
        chunks = {key: CHUNK.validate_json(record) for key, record in self._column("chunks", "record", ids)}
        owners = sorted({chunk.document_id for chunk in chunks.values()})
        documents = {key: DOCUMENT.validate_json(record) for key, record in self._column("documents", "record", owners)}
        # Another process may have taken a document away between the two.
        held = {key: chunk for key, chunk in chunks.items() if chunk.document_id in documents}
        return [(held[key], documents[held[key].document_id]) for key in ids if key in held]

    def vectors(self, ids: Sequence[str]) -> Vectors:
        """Return the vectors (n, d) of the chunks, in the order of the ids."""
        return self._vectors.get(ids)

    def matching(self, filters: Filters) -> set[str] | None:
        """Return the ids of the chunks that the filters let through; None stands for all."""
        documents = self._matching_documents(filters)
        if documents is None and not filters.languages:
            return None
        return {
            key
            for key, owner, language in self._rows("SELECT id, document_id, language FROM chunks")
            if (documents is None or owner in documents) and (not filters.languages or language in filters.languages)
        }

    def nearest(self, vector: Vectors, *, count: int, filters: Filters) -> list[tuple[str, float]]:
        """Return up to `count` (chunk id, cosine) that the filters let through, best first."""
        documents = self._matching_documents(filters)
        if documents is not None and not documents:
            return []
        total = self._vectors.count()
        asked = min(count, total)
        while asked:
            found = self._vectors.nearest(vector, count=asked, document_ids=None if documents is None else sorted(documents))
            live = self._live([key for key, _ in found], filters.languages)
            kept = [(key, score) for key, score in found if key in live]
            if len(kept) >= min(count, total) or len(found) < asked or asked == total:
                return kept[:count]
            asked = min(2 * asked, total)
        return []

    def replace(self, document: Document, *, pages: Sequence[Page], chunks: Sequence[Chunk], vectors: Vectors) -> None:
        """Put a document in the place of any at the same path: first the new vectors, then one transaction, then the sweep."""
        if len(chunks) != len(vectors):
            raise ValueError(f"{len(chunks)} chunks but {len(vectors)} vectors")
        self._vectors.put([chunk.id for chunk in chunks], vectors, document_id=document.id)
        old = self._change(lambda database: swap(database, document, pages, chunks))
        self._vectors.remove(sorted(old - {chunk.id for chunk in chunks}))

    def remove(self, document_id: str) -> None:
        """Take a document, its pages and its chunks out of the index."""

        def delete(database: Connection) -> set[str]:
            ids = {key for (key,) in database.execute("SELECT id FROM chunks WHERE document_id = ?", (document_id,))}
            database.execute("DELETE FROM documents WHERE id = ?", (document_id,))
            return ids

        self._vectors.remove(sorted(self._change(delete)))

    def sweep(self) -> int:
        """Delete the vectors that no document owns and the lexical indexes of past revisions; return how many vectors."""
        live = {key for (key,) in self._rows("SELECT id FROM chunks")}
        orphans = sorted(self._vectors.ids() - live)
        self._vectors.remove(orphans)
        for folder in (self.folder / "lexical").glob("*"):
            if folder.name != self.revision:
                shutil.rmtree(folder, ignore_errors=True)
        return len(orphans)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let all that is read of the documents in a `with` block be of one moment, whatever is written meanwhile."""
        with self._lock, as_store_error(self.folder):
            self._database.execute("BEGIN")
            try:
                yield
            finally:
                self._database.rollback()

    def close(self) -> None:
        """Let go of the files."""
        self._vectors.close()
        with self._lock:
            self._database.close()

    def drop(self) -> None:
        """Delete this generation, its collection included."""
        self._vectors.drop()
        self.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _matching_documents(self, filters: Filters) -> set[str] | None:
        if not filters.strategies and not filters.documents:
            return None
        return {document.id for document in self.documents() if filters.admit(document)}

    def _live(self, ids: Sequence[str], languages: Sequence[Language]) -> set[str]:
        return {key for key, language in self._column("chunks", "language", ids) if not languages or language in languages}

    def _column(self, table: str, column: str, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
        # In batches: SQLite bounds the number of values in one statement.
        for start in range(0, len(ids), READ_BATCH):
            part = ids[start : start + READ_BATCH]
            yield from self._rows(f"SELECT id, {column} FROM {table} WHERE id IN ({','.join('?' * len(part))})", *part)

    def _meta(self, key: str) -> str:
        for (value,) in self._rows("SELECT value FROM meta WHERE key = ?", key):
            return str(value)
        raise StoreError(f"{self.folder}: not an index of this program; give another --index or delete it")

    def _rows(self, statement: str, *values: Any) -> list[Any]:
        with self._lock, as_store_error(self.folder):
            return self._database.execute(statement, values).fetchall()

    def _change(self, change: Callable[[Connection], Result]) -> Result:
        with self._lock, as_store_error(self.folder), self._database:
            result = change(self._database)
            self._database.execute("UPDATE meta SET value = ? WHERE key = 'revision'", (uuid.uuid4().hex,))
        return result
