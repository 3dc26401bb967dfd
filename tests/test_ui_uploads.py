"""Uploads: what is not wanted is refused, and nothing half, foreign or dangerous ever lies in the folder."""

from pathlib import Path

import pytest

from corpus.settings import Settings
from ingest.pipeline import Outcome
from tests.fakes import a_document
from ui.library import Shelf
from ui.shelving import take_in, take_out
from ui.uploads import RefusedError, Uploads, safe_name, unreadable


@pytest.fixture
def uploads(tmp_path: Path) -> Uploads:
    return Uploads(folder=tmp_path / "documents", most_bytes=10, most_files=2)


def put(uploads: Uploads, name: str, data: bytes) -> Path:
    incoming = uploads.begin(name, None)
    try:
        incoming.write(data)
        return incoming.finish()
    finally:
        incoming.close()


def test_two_files_of_one_name_stand_beside_each_other(uploads: Uploads) -> None:
    one, other = put(uploads, "a.md", b"one"), put(uploads, "a.md", b"two")
    assert one != other
    assert (one.read_bytes(), other.read_bytes()) == (b"one", b"two")


def test_a_file_that_is_too_large_leaves_nothing_behind(uploads: Uploads) -> None:
    with pytest.raises(RefusedError, match="size"):
        uploads.begin("a.md", 11)
    with pytest.raises(RefusedError, match="size"):
        put(uploads, "a.md", b"x" * 11)
    assert list(uploads.folder.iterdir()) == []


def test_an_empty_file_leaves_nothing_behind(uploads: Uploads) -> None:
    with pytest.raises(RefusedError, match="empty"):
        put(uploads, "a.md", b"")
    assert list(uploads.folder.iterdir()) == []


def test_there_is_an_end_to_how_many_there_may_be(uploads: Uploads) -> None:
    put(uploads, "a.md", b"one")
    put(uploads, "b.md", b"two")
    with pytest.raises(RefusedError, match="count"):
        uploads.begin("c.md", 1)


def test_a_folder_that_cannot_be_written_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(RefusedError, match="disk"):
        Uploads(folder=tmp_path / "file" / "documents").begin("a.md", 1)


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("../../etc/cron.d/a.md", "a.md"),
        ("C:\\Users\\x\\Rapport æøå.PDF", "Rapport æøå.PDF"),
        ("a\x1b[31m<b>.txt", "a[31mb.txt"),
        ("x" * 400 + ".md", "x" * 120 + ".md"),
    ],
)
def test_a_name_is_made_safe(given: str, safe: str) -> None:
    assert safe_name(given) == safe


@pytest.mark.parametrize(("name", "why"), [("a.exe", "format"), ("a", "format"), (".md", "format"), ("", "name"), ("/", "name")])
def test_a_name_of_no_use_is_refused(name: str, why: str) -> None:
    with pytest.raises(RefusedError, match=why):
        safe_name(name)


def test_only_what_lies_in_the_folder_is_deleted(uploads: Uploads, tmp_path: Path) -> None:
    inside, outside = put(uploads, "a.md", b"one"), tmp_path / "mine.md"
    outside.write_text("mine")
    uploads.discard([inside, outside, uploads.folder / ".." / "mine.md"])
    assert outside.exists()
    assert not inside.exists()
    assert list(uploads.folder.iterdir()) == []


def test_files_that_failed_or_are_held_already_are_of_no_use() -> None:
    outcomes = [Outcome(path=Path(status), status=status) for status in ("added", "failed", "duplicate", "unchanged")]
    assert unreadable(outcomes) == [Path("failed"), Path("duplicate")]


def test_a_reader_changes_nothing(tmp_path: Path) -> None:
    settings, shelf = Settings(index=tmp_path / "index"), Shelf(curated=False)
    assert list(take_in(settings, shelf)) == [shelf]
    assert list(take_out(settings, shelf, [a_document()], "d1")) == [shelf]
    assert list(tmp_path.iterdir()) == []
