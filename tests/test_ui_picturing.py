"""Pictures of pages: only files that the index holds, unchanged, are ever drawn."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from corpus.values import Document
from ingest.reading import read
from tests.conftest import PROJECT
from tests.fakes import a_document
from ui.picturing import UnseenError, drawn, sight

REPORT = PROJECT / "tests" / "files" / "report.pdf"


@pytest.fixture
def report(tmp_path: Path) -> Document:
    """A document whose file may be changed."""
    path = tmp_path / "report.pdf"
    path.write_bytes(REPORT.read_bytes())
    checksum = sha256(REPORT.read_bytes()).hexdigest()
    return replace(a_document(name="report.pdf", page_count=4, reader="pdf/pypdf 7"), path=str(path), checksum=checksum)


def test_a_page_is_seen_with_the_quote_boxed(report: Document) -> None:
    page = read(REPORT, ocr=None).pages[1]
    quote = "Betalingen sker digitalt, men kontanter bliver ikke afskaffet."
    page = next(page for page in read(REPORT, ocr=None).pages if quote in page.text)
    start = page.text.index(quote)
    seen = sight(report, page.number, page, (start, start + len(quote)))
    assert seen.address == f"pages/d1/{page.number}.png"
    assert seen.unseen is None
    assert seen.boxes
    assert drawn([report], "d1", page.number).startswith(b"\x89PNG")


def test_a_page_that_was_turned_to_has_no_box(report: Document) -> None:
    assert sight(report, 2, None, None).boxes == ()


def test_a_file_that_has_changed_is_not_drawn(report: Document) -> None:
    Path(report.path).write_bytes(REPORT.read_bytes() + b"%")
    assert sight(report, 1, None, None).unseen == "changed"
    with pytest.raises(UnseenError, match="changed"):
        drawn([report], "d1", 1)


def test_a_file_that_is_gone_is_said_to_be_gone(report: Document) -> None:
    Path(report.path).unlink()
    assert sight(report, 1, None, None).unseen == "gone"


def test_what_has_no_pages_is_not_drawn(report: Document) -> None:
    assert sight(replace(report, paged=False), 1, None, None).unseen == "no pictures"
    assert sight(replace(report, reader="docx/1"), 1, None, None).unseen == "no pictures"


@pytest.mark.parametrize("number", [0, 99])
def test_a_page_that_is_not_there_is_not_drawn(report: Document, number: int) -> None:
    with pytest.raises(UnseenError, match="undrawable"):
        drawn([report], "d1", number)


@pytest.mark.parametrize("document_id", ["d2", "", "../d1", "/etc/passwd"])
def test_a_document_that_is_not_in_the_index_is_never_drawn(report: Document, document_id: str) -> None:
    with pytest.raises(UnseenError, match="gone"):
        drawn([report], document_id, 1)
