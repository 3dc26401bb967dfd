"""The ingest: each file is read, chunked, embedded and put in the store, on its own, so that one bad file harms no other."""

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from corpus.catalogue import Catalogue, Digest, Edition
from corpus.embedding import Embedder, contextual_text
from corpus.errors import DamagedError, LockedError, ReadingError, StoreError
from corpus.generations import adopt, clear_abandoned, has_index, new_generation, open_store
from corpus.language import language_of
from corpus.lexical import LexicalIndex
from corpus.lexicon import Lexicon
from corpus.settings import Settings
from corpus.store import UNFINISHED, Store
from corpus.text import printable
from corpus.values import Chunk, Document, Page, Reading, SkippedPage
from ingest import chunking, reading
from ingest.finding import Found, find_files
from ingest.manifest import edition_of

Status = Literal["added", "replaced", "unchanged", "removed", "duplicate", "kept", "failed"]
OPENING_PAGES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one file; `reason` says why where it was not simply read."""

    path: Path
    status: Status
    pages: int = 0
    chunks: int = 0
    skipped: tuple[SkippedPage, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one run did, file by file, and how long it took."""

    outcomes: tuple[Outcome, ...]
    ignored: tuple[Path, ...]
    seconds: float

    def of(self, *statuses: Status) -> list[Outcome]:
        """Return the outcomes with one of the statuses."""
        return [outcome for outcome in self.outcomes if outcome.status in statuses]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What an ingest works with, built once by the program that runs it."""

    settings: Settings
    embedder: Embedder
    lexicon: Lexicon
    catalogue: Catalogue


Progress = Callable[[int, int, Path], None]
"""Called before each file with how many are done, how many there are, and the file."""


def ingest(paths: Sequence[Path], *, tools: Tools, progress: Progress = lambda *_: None) -> Report:
    """Bring the index in step with the files at the paths: new, changed and vanished ones; the rest is left as it is."""
    with _locked(tools.settings.index):
        store = _writable(tools)
        try:
            store.sweep()
            return _run(find_files(paths), paths, store=store, tools=tools, progress=progress)
        finally:
            store.close()


def rebuild(paths: Sequence[Path], *, tools: Tools, progress: Progress = lambda *_: None) -> Report:
    """Make the index anew from its documents' files and the paths, beside the old one, which serves until the new one is whole.

    A document whose file is gone, or cannot be read any more, keeps its stored pages.
    """
    index, server = tools.settings.index, tools.settings.chroma_server
    with _locked(index):
        clear_abandoned(index, server=server)
        old = open_store(index, embedder=None, server=server) if has_index(index) else None
        fresh = new_generation(index, embedder=tools.embedder.name, server=server)
        try:
            known = old.documents() if old else []
            files = [Path(document.path) for document in known if Path(document.path).is_file()]
            report = _run(find_files([*files, *paths]), paths, store=fresh, tools=tools, progress=progress)
            made = {document.path for document in fresh.documents()}
            lost = [document for document in known if document.path not in made]
            kept = tuple(_keep(document, old=old, fresh=fresh, tools=tools) for document in lost if old)
            _build_lexical(fresh, tools.lexicon)
            adopt(index, fresh)
        except BaseException:
            fresh.drop()
            raise
        fresh.close()
        if old:
            old.drop()
        return Report(outcomes=(*report.outcomes, *kept), ignored=report.ignored, seconds=report.seconds)


def remove(names: Sequence[str], *, tools: Tools) -> Report:
    """Take documents out of the index by file name or path; a name that no document has is a failed outcome."""
    started = time.perf_counter()
    with _locked(tools.settings.index):
        store = _writable(tools)
        try:
            outcomes: list[Outcome] = []
            for name in names:
                matches = [held for held in store.documents() if name == held.name or str(Path(name).resolve()) == held.path]
                outcomes += [_remove(held, store) for held in matches]
                if not matches:
                    outcomes.append(Outcome(path=Path(name), status="failed", reason="no document in the index has this name"))
            _build_lexical(store, tools.lexicon)
        finally:
            store.close()
    return Report(outcomes=tuple(outcomes), ignored=(), seconds=time.perf_counter() - started)


def _run(found: Found, roots: Sequence[Path], *, store: Store, tools: Tools, progress: Progress) -> Report:
    started = time.perf_counter()
    outcomes = [Outcome(path=path, status="failed", reason=reason) for path, reason in found.unreadable]
    fingerprint = _fingerprint(tools)
    vanished = _vanished(store, roots, found)
    known = {document.path: document for document in store.documents()}
    checksums = {document.checksum: document.path for document in known.values() if document not in vanished}
    for done, path in enumerate(found.files):
        progress(done, len(found.files), path)
        outcome, document = _ingest_file(path, known.get(str(path)), checksums, fingerprint=fingerprint, store=store, tools=tools)
        outcomes.append(outcome)
        if document:
            checksums[document.checksum] = document.path
    # Last, so that a file that was only moved is never out of the index.
    outcomes += [_remove(document, store) for document in vanished]
    _build_lexical(store, tools.lexicon)
    return Report(outcomes=tuple(outcomes), ignored=found.ignored, seconds=time.perf_counter() - started)


def _ingest_file(
    path: Path, known: Document | None, checksums: dict[str, str], *, fingerprint: str, store: Store, tools: Tools
) -> tuple[Outcome, Document | None]:
    try:
        _check_name(path)
        checksum = _checksum(path)
        if known and known.checksum == checksum and known.fingerprint == fingerprint:
            return Outcome(path=path, status="unchanged", pages=known.page_count, skipped=known.skipped), known
        if other := _same_bytes_as(path, checksum, checksums):
            if known:
                store.remove(known.id)
            gone = "; what it held before is out of the index" if known else ""
            return Outcome(path=path, status="duplicate", reason=f"the same bytes as {other}{gone}"), None
        read = reading.read(path, ocr=reading.Tesseract() if tools.settings.ocr else None)
        document = _describe(path, checksum, fingerprint, read, tools.catalogue)
        chunks = _chunk(document, read.pages, tools)
        if not chunks:
            reason = read.skipped[0].reason if read.skipped else "it holds no sentence"
            raise DamagedError(f"{path.name}: no text in any of its {document.page_count} pages: {reason}")
        _put(document, read.pages, chunks, store=store, tools=tools)
    except ReadingError as error:
        kept = "; the version that was indexed before still answers" if known else ""
        return Outcome(path=path, status="failed", reason=f"{error}{kept}"), None
    return Outcome(
        path=path,
        status="replaced" if known else "added",
        pages=document.page_count,
        chunks=len(chunks),
        skipped=read.skipped,
    ), document


def _check_name(path: Path) -> None:
    """Raise ReadingError for a name that cannot be stored, such as one with Danish letters out of an old archive."""
    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError:
        raise ReadingError("its name, or that of a folder above it, is not written in UTF-8; rename it and try again") from None


def _same_bytes_as(path: Path, checksum: str, checksums: dict[str, str]) -> str | None:
    """Return the path of another document of these bytes; None if its file has changed since, and is yet to be read again."""
    other = checksums.get(checksum, str(path))
    if other == str(path):
        return None
    with suppress(ReadingError):
        if _checksum(Path(other)) != checksum:
            return None
    return other


def _chunk(document: Document, pages: Sequence[Page], tools: Tools) -> list[Chunk]:
    longest = tools.settings.chunk_characters
    return chunking.chunk_pages(pages, document_id=document.id, title=document.title, language=document.language, longest=longest)


def _put(document: Document, pages: Sequence[Page], chunks: Sequence[Chunk], *, store: Store, tools: Tools) -> None:
    texts = [contextual_text((document.title, *chunk.heading_path), chunk.text) for chunk in chunks]
    store.replace(document, pages=pages, chunks=chunks, vectors=tools.embedder.encode_passages(texts))


def _keep(document: Document, *, old: Store, fresh: Store, tools: Tools) -> Outcome:
    pages = old.pages(document.id)
    chunks = _chunk(document, pages, tools)
    _put(document, pages, chunks, store=fresh, tools=tools)
    reason = "its file is gone or cannot be read; the pages stored before were kept"
    return Outcome(path=Path(document.path), status="kept", pages=document.page_count, chunks=len(chunks), reason=reason)


def _remove(document: Document, store: Store) -> Outcome:
    store.remove(document.id)
    return Outcome(path=Path(document.path), status="removed", pages=document.page_count)


def _vanished(store: Store, roots: Sequence[Path], found: Found) -> list[Document]:
    folders = [root.resolve() for root in roots if root.is_dir()]
    present = set(found.files)
    return [
        document
        for document in store.documents()
        if Path(document.path) not in present
        and not Path(document.path).exists()
        and any(Path(document.path).is_relative_to(folder) for folder in folders)
    ]


def _describe(path: Path, checksum: str, fingerprint: str, read: Reading, catalogue: Catalogue) -> Document:
    opening = "\n".join(page.text for page in read.pages[:OPENING_PAGES])
    known = _downloaded(path, checksum, catalogue) or catalogue.recognise(
        file_name=path.name, title=read.title or "", opening_text=opening
    )
    sample = " ".join(page.text for page in read.pages)[:4000]
    return Document(
        id=hashlib.sha256(f"{path}\0{checksum}\0{fingerprint}".encode()).hexdigest()[:16],
        path=str(path),
        name=path.name,
        checksum=checksum,
        fingerprint=fingerprint,
        reader=read.reader,
        title=_on_one_line(known.title if known else read.title or "") or _first_heading(read) or _on_one_line(path.stem),
        language=known.language if known else language_of(sample, otherwise="da"),
        paged=read.paged,
        page_count=len(read.pages) + len(read.skipped),
        skipped=read.skipped,
        strategy=known.strategy if known else None,
        edition=known.id if isinstance(known, Edition) else None,
        digest=isinstance(known, Digest),
        ingested=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _downloaded(path: Path, checksum: str, catalogue: Catalogue) -> Edition | None:
    id = edition_of(path, checksum)
    return next((edition for edition in catalogue.editions if edition.id == id), None)


def _on_one_line(text: str) -> str:
    return " ".join(printable(text).split())


def _first_heading(read: Reading) -> str:
    first = read.pages[0] if read.pages else None
    headings = [first.text[block.start : block.end] for block in first.blocks if block.kind == "heading"] if first else []
    return headings[0] if headings else ""


def _fingerprint(tools: Tools) -> str:
    ocr = tools.settings.ocr and not reading.Tesseract().missing()
    settings = {"chunk_characters": tools.settings.chunk_characters, "ocr": ocr}
    parts = [reading.fingerprint(), chunking.VERSION, tools.embedder.name, tools.catalogue.fingerprint, settings]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def _checksum(path: Path) -> str:
    if path.exists() and not path.is_file():
        raise ReadingError(f"{path.name}: is no file that can be read to its end")  # a pipe would be waited for without end
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ReadingError(f"{path.name}: cannot be opened: {error.strerror or error}") from error


def _build_lexical(store: Store, lexicon: Lexicon) -> None:
    folder = store.lexical_folder
    if folder.exists():
        return
    rows = store.rows()
    index = LexicalIndex.build([row.text for row in rows], [row.language for row in rows], lexicon)
    unfinished = folder.with_name(folder.name + UNFINISHED)
    try:
        index.save(unfinished)
        unfinished.rename(folder)
    except OSError as error:
        raise StoreError(f"{folder}: the lexical index cannot be written: {error.strerror or error}") from error


def _writable(tools: Tools) -> Store:
    index, server = tools.settings.index, tools.settings.chroma_server
    clear_abandoned(index, server=server)
    if not has_index(index):
        store = new_generation(index, embedder=tools.embedder.name, server=server)
        adopt(index, store)
        return store
    return open_store(index, embedder=tools.embedder.name, server=server)


@contextmanager
def _locked(index: Path) -> Iterator[None]:
    try:
        index.mkdir(parents=True, exist_ok=True)
        lock = FileLock(index / "ingest.lock", timeout=0)
        lock.acquire()
    except Timeout:
        raise LockedError(f"another ingest is at work in {index}; wait for it to end") from None
    except OSError as error:
        raise StoreError(f"{index}: the index cannot be written there: {error.strerror or error}") from error
    try:
        yield
    finally:
        lock.release()
