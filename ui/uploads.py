"""Uploaded files: taken within limits, kept in a folder of their own, and deleted where they cannot be read.

A file lies in a folder that its checksum names: two of one name stand beside each other, and nothing is ever overwritten.
"""

import hashlib
import os
import re
import unicodedata
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ingest.pipeline import Outcome
from ingest.reading import SUPPORTED, Limits

Refusal = Literal["name", "format", "size", "count", "empty", "disk"]

MOST_FILES = 500
LONGEST_NAME = 120
FOLDER = "documents"
UNFINISHED = ".part"


class RefusedError(Exception):
    """An upload that is not taken; `why` says for which reason."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Uploads:
    """The folder of uploaded files, and how large one may be and how many there may be."""

    folder: Path
    most_bytes: int = Limits().file_bytes
    most_files: int = MOST_FILES

    def begin(self, name: str, size: int | None) -> "Upload":
        """Return a file to write to; raise `RefusedError` for a name, format or size that is not taken."""
        safe = safe_name(name)
        if size is not None and size > self.most_bytes:
            raise RefusedError("size")
        if len(self.files()) >= self.most_files:
            raise RefusedError("count")
        return Upload(uploads=self, name=safe)

    def files(self) -> list[Path]:
        """Return the files that lie in the folder."""
        return [path for path in self.folder.glob("*/*") if path.is_file()]

    def holds(self, path: Path) -> bool:
        """Return whether a path lies in the folder."""
        return path.resolve().is_relative_to(self.folder.resolve())

    def discard(self, paths: Iterable[Path]) -> None:
        """Delete those of the files that lie in the folder."""
        for path in paths:
            if self.holds(path):
                path.unlink(missing_ok=True)
                if path.parent != self.folder and path.parent.is_dir() and not any(path.parent.iterdir()):
                    path.parent.rmdir()


class Upload:
    """One file as it comes in; nothing of it stays unless it is finished."""

    def __init__(self, *, uploads: Uploads, name: str) -> None:
        self._uploads = uploads
        self._name = name
        self._size = 0
        self._checksum = hashlib.sha256()
        try:
            uploads.folder.mkdir(parents=True, exist_ok=True)
            self._unfinished = uploads.folder / f"{uuid.uuid4().hex}{UNFINISHED}"
            self._file = self._unfinished.open("xb")
        except OSError:
            raise RefusedError("disk") from None

    def write(self, piece: bytes) -> None:
        """Add some bytes; raise `RefusedError` once there are too many."""
        self._size += len(piece)
        if self._size > self._uploads.most_bytes:
            raise RefusedError("size")
        self._checksum.update(piece)
        try:
            self._file.write(piece)
        except OSError:
            raise RefusedError("disk") from None

    def finish(self) -> Path:
        """Put the file in its place and return the place; raise `RefusedError` where nothing came."""
        if not self._size:
            raise RefusedError("empty")
        place = self._uploads.folder / self._checksum.hexdigest()[:16] / self._name
        try:
            self._file.close()
            place.parent.mkdir(exist_ok=True)
            os.replace(self._unfinished, place)
        except OSError:
            raise RefusedError("disk") from None
        return place

    def close(self) -> None:
        """Let go of the file, and delete it unless it was finished."""
        self._file.close()
        self._unfinished.unlink(missing_ok=True)


def safe_name(name: str) -> str:
    """Return the last part of a file's name without what a file system or a terminal could take amiss.

    Raise `RefusedError` where nothing is left or no reader knows the suffix.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(character for character in last if character.isprintable() and character not in '<>:"|?*').strip(" .")
    stem, suffix = os.path.splitext(kept)
    if not stem:
        raise RefusedError("name")
    if suffix.lower() not in SUPPORTED:
        raise RefusedError("format")
    return f"{stem[:LONGEST_NAME]}{suffix}"


def unreadable(outcomes: Iterable[Outcome]) -> list[Path]:
    """Return the files of an ingest that are of no use: those that failed and those whose bytes are held already."""
    return [outcome.path for outcome in outcomes if outcome.status in ("failed", "duplicate")]
