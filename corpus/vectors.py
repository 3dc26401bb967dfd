"""The door to chromadb: one collection of vectors with the ids of their chunks and documents, on disk or on a server."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import StoreError

Vectors = NDArray[np.float32]

# Unit vectors, so the inner product is the cosine; unlike "cosine" it stays defined for the zero vector of an empty text.
CONFIGURATION: dict[str, Any] = {"hnsw": {"space": "ip", "ef_construction": 200, "ef_search": 200, "max_neighbors": 32}}


_CLIENTS = Lock()  # held while a client is opened or closed: Chroma counts them without one
_SPELLINGS: set[str] = set()


class VectorCollection:
    """A named Chroma collection; any number of threads may use it.

    `server` is "host:port"; with an empty one the files lie in `folder`.
    """

    def __init__(self, *, name: str, folder: Path, server: str = "") -> None:
        """Open or create the collection; raises `StoreError` where Chroma cannot."""
        with _as_store_error("opened"), _CLIENTS:
            self._path = _own_spelling(folder)
            self._client = _client(path=self._path, server=server)
            _SPELLINGS.add(self._path)
        self._lock = Lock()
        with self._alone("opened"):
            self._collection = self._client.get_or_create_collection(name, embedding_function=None, configuration=CONFIGURATION)
            self._batch = self._client.get_max_batch_size()
        self._name = name
        self._count: int | None = None

    def put(self, ids: Sequence[str], vectors: Vectors, *, document_id: str) -> None:
        """Write vectors (n, d) under their chunk ids, over any that stand there, in batches that Chroma takes."""
        self._count = None
        with self._alone("written"):
            for start in range(0, len(ids), self._batch):
                part = slice(start, start + self._batch)
                self._collection.upsert(
                    ids=list(ids[part]),
                    embeddings=vectors[part],
                    metadatas=[{"document_id": document_id}] * len(ids[part]),
                )

    def nearest(self, vector: Vectors, *, count: int, document_ids: Sequence[str] | None = None) -> list[tuple[str, float]]:
        """Return up to `count` (chunk id, cosine), best first, among the given documents (None: all)."""
        where: dict[str, Any] | None = None if document_ids is None else {"document_id": {"$in": list(document_ids)}}
        with self._alone("searched"):
            found = self._collection.query(query_embeddings=vector[None, :], n_results=count, where=where, include=["distances"])
        assert found["distances"] is not None
        return [(key, 1.0 - distance) for key, distance in zip(found["ids"][0], found["distances"][0], strict=True)]

    def get(self, ids: Sequence[str]) -> Vectors:
        """Return the vectors (n, d) of the ids, in their order; raises `StoreError` where one is missing."""
        with self._alone("read"):
            found = self._collection.get(ids=list(ids), include=["embeddings"])
        rows = dict(zip(found["ids"], found["embeddings"], strict=True))
        missing = [key for key in ids if key not in rows]
        if missing:
            raise StoreError(f"the index lacks the vectors of {len(missing)} chunks; run `python -m ingest --rebuild`")
        return np.asarray([rows[key] for key in ids], dtype=np.float32)

    def ids(self) -> set[str]:
        """Return every id in the collection."""
        with self._alone("read"):
            return set(self._collection.get(include=[])["ids"])

    def count(self) -> int:
        """Return the number of vectors; Chroma counts them one by one, so the number is kept until a change."""
        if self._count is None:
            with self._alone("read"):
                self._count = int(self._collection.count())
        return self._count

    def remove(self, ids: Sequence[str]) -> None:
        """Delete the ids, in batches; an id that is not there is no error."""
        self._count = None
        with self._alone("written"):
            for start in range(0, len(ids), self._batch):
                self._collection.delete(ids=list(ids[start : start + self._batch]))

    def close(self) -> None:
        """Let go of the client."""
        with self._lock, _CLIENTS:
            self._client.close()
            _SPELLINGS.discard(self._path)

    def drop(self) -> None:
        """Delete the whole collection."""
        with self._alone("written"):
            self._client.delete_collection(self._name)

    @contextmanager
    def _alone(self, done: str) -> Iterator[None]:
        """Let one thread at a time use the client, and turn its errors into `StoreError`."""
        with self._lock, _as_store_error(done):
            yield


def _own_spelling(folder: Path) -> str:
    """A spelling of the folder's path that no open client has.

    Chroma gives all that open one path the same client, which does not see what another process writes after it was opened.
    A path of its own gives each opening a client of its own, so that an older one can stay open beside it.
    """
    return next(path for n in count() if (path := f"{folder}{'/.' * n}") not in _SPELLINGS)


def _client(*, path: str, server: str) -> Any:
    # Imported here because it takes most of a second, which `--help` and bad input should not pay.
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    settings = ChromaSettings(anonymized_telemetry=False)
    if not server:
        return chromadb.PersistentClient(path=path, settings=settings)
    host, _, port = server.rpartition(":")
    if not host or not port.isdigit():
        raise StoreError(f"chroma_server must be host:port, not {server!r}")
    return chromadb.HttpClient(host=host, port=int(port), settings=settings)


@contextmanager
def _as_store_error(done: str) -> Iterator[None]:
    # Chroma lets errors of many libraries through (its own, SQLite's, the HTTP client's, bare ValueError): all end here.
    try:
        yield
    except (StoreError, AssertionError):
        raise
    except Exception as error:
        reason = str(error).strip().splitlines() or [type(error).__name__]
        raise StoreError(f"the vectors could not be {done}: {reason[0]}") from error
