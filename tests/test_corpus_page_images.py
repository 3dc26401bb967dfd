"""The door to PDFium: pictures of pages, and one clear line where there is none."""

import io

import pytest
from PIL import Image

from corpus import page_images
from corpus.errors import DamagedError
from tests.conftest import PROJECT

REPORT = (PROJECT / "tests" / "files" / "report.pdf").read_bytes()


def test_a_page_is_drawn_as_wide_as_asked() -> None:
    with Image.open(io.BytesIO(page_images.png(REPORT, 2, width=600))) as drawn:
        assert drawn.format == "PNG"
        assert abs(drawn.width - 600) <= 1
        wide, high = page_images.size(REPORT, 2)
        assert drawn.height / drawn.width == pytest.approx(high / wide, abs=0.01)


@pytest.mark.parametrize("number", [0, -1, 99])
def test_a_page_that_is_not_there_is_one_line(number: int) -> None:
    with pytest.raises(DamagedError, match=f"page {number} cannot be drawn: the file has 4"):
        page_images.png(REPORT, number, width=600)


def test_what_is_no_pdf_is_one_line() -> None:
    with pytest.raises(DamagedError, match="page 1 cannot be drawn"):
        page_images.characters(b"hello", 1)


def test_the_boxes_of_a_page_lie_on_it() -> None:
    characters = page_images.characters(REPORT, 3)
    found = page_images.boxes(REPORT, 3, [(0, len(characters))])
    assert len(found) > 20
    assert all(0 <= box.left < box.right <= 1 and 0 <= box.top < box.bottom <= 1 for box in found)
