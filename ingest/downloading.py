"""The official documents of the catalogue, fetched into a folder: what is there is never overwritten, only added to.

A file is named after its edition, so the two languages of a strategy lie side by side; a changed document gets a name with
the day and its checksum beside the old one.
"""

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from corpus.catalogue import Catalogue, Edition
from corpus.errors import DownloadError
from corpus.text import printable
from ingest.fetching import Bounds, Fetched, Version, discard, fetch
from ingest.linking import fitting, links_to_pdf
from ingest.manifest import Record, read_manifest, write_manifest

LICENCE_NOTE = (
    "Official documents belong to their publishers, and their pictures to others. The copies are for you to read and to check "
    "quotes in: name title, page and address where you cite, quote no more than you need, and ask before you pass them on."
)

Status = Literal["downloaded", "changed", "unchanged", "by hand", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one edition: its file where there is one, and why or what to do where it was not simply fetched."""

    edition: Edition
    status: Status
    file: Path | None = None
    bytes: int = 0
    reason: str = ""


class _ByHandError(Exception):
    """Only a person can fetch this one; the message says what to do."""


Progress = Callable[[int, int, str, int], None]
"""Called with how many editions are done, how many there are, the edition's id, and the bytes of it that there are."""


def choose(ids: Sequence[str], catalogue: Catalogue) -> tuple[Edition, ...]:
    """Return the editions with these ids, or of the strategies with them; without ids all that have an address."""
    known = {edition.id for edition in catalogue.editions} | {strategy.id for strategy in catalogue.strategies}
    for id in ids:
        if id not in known:
            near = get_close_matches(id, sorted(known), n=3)
            hint = f"near it: {', '.join(near)}" if near else "corpus/catalogue.toml lists them"
            raise DownloadError(f"the catalogue has no edition or strategy {id!r}; {hint}")
    chosen = tuple(
        edition for edition in catalogue.editions if (edition.id in ids or edition.strategy in ids if ids else edition.url)
    )
    if not chosen:
        raise DownloadError(f"the catalogue knows no edition of {', '.join(ids)}")
    return chosen


def download(
    editions: Sequence[Edition],
    *,
    folder: Path,
    bounds: Bounds = Bounds(),  # noqa: B008
    progress: Progress = lambda *_: None,
) -> tuple[Outcome, ...]:
    """Fetch editions into a folder, one after the other, and return what became of each; one that fails stops no other."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / ".download.lock", timeout=0):
            read_manifest(folder)
            outcomes = []
            for done, edition in enumerate(editions):
                told = partial(progress, done, len(editions), edition.id)
                told(0)
                outcomes.append(_download(edition, folder, bounds, told))
            return tuple(outcomes)
    except Timeout:
        raise DownloadError(f"another download is at work in {folder}; wait for it to end") from None
    except OSError as error:
        raise DownloadError(f"{folder}: documents cannot be kept there: {error.strerror or error}") from error


def _download(edition: Edition, folder: Path, bounds: Bounds, progress: Callable[[int], None]) -> Outcome:
    records = read_manifest(folder)
    held = _held(edition, folder, records)
    stays = f"; {held.file} of {held.downloaded[:10]} stays" if held else ""
    try:
        fetched, part, page = _fetch(edition, folder, held, bounds, progress)
        if fetched:
            return _keep(edition, fetched, part, folder=folder, page=page, held=held, records=records)
        assert held  # only a version that is held can be told to be unchanged
        return Outcome(edition=edition, status="unchanged", file=folder / held.file, bytes=held.bytes)
    except _ByHandError as error:
        return Outcome(edition=edition, status="by hand", reason=printable(str(error)))
    except DownloadError as error:
        return Outcome(edition=edition, status="failed", reason=printable(f"{edition.url}: {error}{stays}"))
    except OSError as error:
        return Outcome(edition=edition, status="failed", reason=f"{folder}: cannot be written: {error.strerror or error}{stays}")


def _held(edition: Edition, folder: Path, records: Sequence[Record]) -> Record | None:
    """Return the latest record of an edition, if its file still is what was downloaded."""
    latest = next((record for record in reversed(records) if record.edition == edition.id), None)
    return latest if latest and _checksum(folder / latest.file) == latest.sha256 else None


def _fetch(
    edition: Edition, folder: Path, held: Record | None, bounds: Bounds, progress: Callable[[int], None]
) -> tuple[Fetched | None, Path, str]:
    """Fetch an edition's PDF, directly or by the one link on its page that fits: the answer, its part, that page's address."""
    if edition.url is None:
        raise _ByHandError("no official address of it is known")
    if edition.kind == "web page":
        raise _ByHandError(f"it was published as a web page: open {edition.url} and save it")
    part, linked_part = folder / f".{edition.id}.part", folder / f".{edition.id}.linked.part"
    fetched = _from(edition.url, part, held, bounds, progress)
    if fetched is None or fetched.kind == "pdf":
        return fetched, part, ""
    links = fitting(links_to_pdf(part.read_bytes(), url=fetched.url), title=edition.title)
    discard(part)
    if len(links) != 1:
        found = f"{len(links)} files on it fit the title" if links else "no file on it has its title"
        raise _ByHandError(f"its address is a web page and {found}: open {edition.url}")
    linked = _from(links[0].url, linked_part, held, bounds, progress)
    if linked and linked.kind == "page":
        discard(linked_part)
        raise _ByHandError(f"the link on its web page leads to no PDF: open {edition.url}")
    return linked, linked_part, fetched.url


def _from(url: str, part: Path, held: Record | None, bounds: Bounds, progress: Callable[[int], None]) -> Fetched | None:
    version = Version(url=url, etag=held.etag, last_modified=held.last_modified) if held and held.url == url else None
    return fetch(url, part, held=version, bounds=bounds, progress=progress)


def _keep(
    edition: Edition, fetched: Fetched, part: Path, *, folder: Path, page: str, held: Record | None, records: Sequence[Record]
) -> Outcome:
    """Give a whole part its name and put it on the list, or only renew the list's entry where the same bytes are there."""
    with part.open("r+b") as file:
        os.fsync(file.fileno())
        checksum = hashlib.file_digest(file, "sha256").hexdigest()
    now, size = datetime.now(UTC), part.stat().st_size
    path = _place(folder, edition.id, checksum, day=now.strftime("%Y-%m-%d"))
    record = Record(
        file=path.name,
        edition=edition.id,
        sha256=checksum,
        bytes=size,
        url=fetched.version.url,
        sent_by=fetched.url,
        page=page,
        etag=fetched.version.etag,
        last_modified=fetched.version.last_modified,
        downloaded=now.isoformat(timespec="seconds"),
    )
    if held and held.sha256 == checksum:
        path, record = folder / held.file, replace(record, file=held.file, downloaded=held.downloaded)
    if not path.exists():
        part.rename(path)
    discard(part)
    write_manifest(folder, [*(known for known in records if known.file != path.name), record])
    if held is None:
        return Outcome(edition=edition, status="downloaded", file=path, bytes=size)
    if held.sha256 == checksum:
        return Outcome(edition=edition, status="unchanged", file=path, bytes=size)
    reason = (
        f"the publisher's file has changed; the older one stays as {held.file}. Move it elsewhere to have it out of the index"
    )
    return Outcome(edition=edition, status="changed", file=path, bytes=size, reason=reason)


def _place(folder: Path, id: str, checksum: str, *, day: str) -> Path:
    """Return the first name for a document that is free or has these very bytes already."""
    names = (f"{id}.pdf", f"{id}-{day}-{checksum[:8]}.pdf", f"{id}-{day}-{checksum}.pdf")
    for path in (folder / name for name in names):
        if not os.path.lexists(path) or _checksum(path) == checksum:
            return path
    raise DownloadError(f"{folder}: every name for it is taken by another file")


def _checksum(path: Path) -> str | None:
    """Return the SHA-256 of a file, or None if there is none that can be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
