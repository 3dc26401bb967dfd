"""The list of what was downloaded, beside the files: for each file its edition, where it came from, and its checksum."""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.errors import DownloadError

MANIFEST = "downloads.json"
FORMAT = 1
MOST_BYTES = 5_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One downloaded file. `url` was asked for, `sent_by` answered, `page` links to it (empty: the catalogue does)."""

    file: str
    edition: str
    sha256: str
    bytes: int
    url: str
    sent_by: str
    page: str
    etag: str
    last_modified: str
    downloaded: str


def read_manifest(folder: Path) -> tuple[Record, ...]:
    """Return the records of a folder, oldest first; none where nothing was downloaded, DownloadError for a damaged list."""
    path = folder / MANIFEST
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ValueError("it is too large")
        table = json.loads(path.read_text(encoding="utf-8"))
        if table["format"] != FORMAT:
            raise ValueError(f"its format is {table['format']!r}, not {FORMAT}")
        records = tuple(Record(**entry) for entry in table["files"])
        if any(type(getattr(record, name)) is not kind for record in records for name, kind in Record.__annotations__.items()):
            raise ValueError("an entry is of the wrong type")
        return records
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError, LookupError, RecursionError) as error:
        raise DownloadError(
            f"{path}: cannot be read ({error}); move it away and download again: no file is overwritten"
        ) from error


def write_manifest(folder: Path, records: Sequence[Record]) -> None:
    """Put the records in the place of the old ones, whole or not at all."""
    table = {"format": FORMAT, "files": [asdict(record) for record in records]}
    unfinished = folder / f".{MANIFEST}.part"
    with unfinished.open("w", encoding="utf-8") as file:
        json.dump(table, file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(folder / MANIFEST)


def edition_of(path: Path, checksum: str) -> str | None:
    """Return the id of the edition as which the bytes of a file were downloaded, by the list beside it; None if they were not."""
    try:
        records = read_manifest(path.parent)
    except DownloadError:
        return None
    return next((record.edition for record in records if record.sha256 == checksum), None)
