"""What people do to the library: files come in and documents go out, each a row of shelves that the page shows in turn."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from corpus.settings import Settings
from corpus.values import Document
from ingest.pipeline import Report
from ui.ingesting import run
from ui.library import Shelf
from ui.uploads import FOLDER, Uploads, unreadable

MEBIBYTE = 1024 * 1024


def uploads_of(settings: Settings) -> Uploads:
    """Return the folder of uploaded files and its limits."""
    return Uploads(folder=settings.data / FOLDER, most_bytes=settings.chat.upload_mebibytes * MEBIBYTE)


def take_in(settings: Settings, shelf: Shelf) -> Iterator[Shelf]:
    """Bring the index in step with the uploaded files; those that cannot be read, or are held already, are deleted.

    Where the shelf may not be changed, nothing happens.
    """
    if not shelf.curated:
        yield shelf
        return
    uploads = uploads_of(settings)
    uploads.folder.mkdir(parents=True, exist_ok=True)
    for event in run("ingest", [uploads.folder], settings):
        if isinstance(event, Report):
            uploads.discard(unreadable(event.outcomes))
        yield replace(shelf, event=event, removing="")


def take_out(settings: Settings, shelf: Shelf, documents: Sequence[Document], document_id: str) -> Iterator[Shelf]:
    """Take one of `documents` out of the index, and delete its file if it was uploaded; an unknown id changes nothing.

    Nor does anything change where the shelf may not be changed.
    """
    path = next((Path(document.path) for document in documents if document.id == document_id), None)
    if path is None or not shelf.curated:
        yield replace(shelf, removing="")
        return
    for event in run("remove", [path], settings):
        if isinstance(event, Report):
            uploads_of(settings).discard([path])
        yield replace(shelf, event=event, removing="")
