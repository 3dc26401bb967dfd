"""From the paths that a person gives to the files that are read, in a stable order and without going round in circles."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.manifest import MANIFEST
from ingest.reading import SUPPORTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Files to read, files left aside because no reader knows their suffix, and folders that could not be opened."""

    files: tuple[Path, ...]
    ignored: tuple[Path, ...]
    unreadable: tuple[tuple[Path, str], ...]


def find_files(paths: Sequence[Path]) -> Found:
    """Walk the paths: a file is taken as it is, a folder is searched.

    Hidden files, a list of downloads and links back to a folder are passed by.
    """
    files: dict[Path, None] = {}
    ignored: dict[Path, None] = {}
    unreadable: list[tuple[Path, str]] = []
    for path in paths:
        if path.is_dir():
            for file in _walk(path, unreadable):
                (files if file.suffix.lower() in SUPPORTED else ignored)[file.resolve()] = None
        elif path.exists() or path.is_symlink():
            files[path.resolve()] = None
        else:
            unreadable.append((path, "there is no such file or folder"))
    return Found(files=tuple(files), ignored=tuple(ignored), unreadable=tuple(unreadable))


def _walk(folder: Path, unreadable: list[tuple[Path, str]]) -> Iterator[Path]:
    visited: set[tuple[int, int]] = set()

    def note(error: OSError) -> None:
        unreadable.append((Path(error.filename), error.strerror or "cannot be opened"))

    for root, folders, names in os.walk(folder, followlinks=True, onerror=note):
        status = os.stat(root)
        if (status.st_dev, status.st_ino) in visited:
            folders.clear()
            continue
        visited.add((status.st_dev, status.st_ino))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(root, name) for name in sorted(names) if not name.startswith((".", "~$")) and name != MANIFEST)
