"""Boxes around quotes: where pypdf, which reads positions by itself, says that the words stand; and never anywhere else."""

from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from pypdf import PdfReader

from corpus import page_images
from corpus.boxing import raw_spans, span_boxes
from corpus.text import normalise
from corpus.values import Page, Sentence
from ingest.chunking import chunk_pages
from ingest.reading import read
from ingest.reading.extracting import Extraction
from ingest.reading.lines import Fragment
from tests.conftest import PROJECT
from tests.fakes import a_page

FILES = PROJECT / "tests" / "files"
DIGESTS = PROJECT / "corpus" / "digests"
REAL = ["fods-2026-2029-da.pdf"]


def sentences(pages: tuple[Page, ...]) -> list[Sentence]:
    chunks = chunk_pages(pages, document_id="d", title="", language="da", longest=900)
    return [sentence for chunk in chunks for sentence in chunk.sentences]


def letters(text: str) -> str:
    return "".join(character for character in normalise(text) if character.isalnum())


def off_the_mark(path: Path) -> tuple[int, int, list[str]]:
    """Return how many sentences a PDF holds, how many got a box, and those whose boxes lie where pypdf sees other words."""
    data, pages = path.read_bytes(), read(path, ocr=None).pages
    numbered = {page.number: page for page in pages}
    reader = PdfReader(path)
    shown: dict[int, list[Fragment]] = {}
    seen: dict[int, str] = {}
    boxed, wrong, whole = 0, [], sentences(pages)
    for sentence in whole:
        page = numbered[sentence.page]
        if page.number not in shown:
            extraction = Extraction(reader.pages[page.number - 1], reader, {})
            assert extraction.run() == page.raw
            shown[page.number], seen[page.number] = extraction.fragments, page_images.characters(data, page.number)
        spans = span_boxes(page, (sentence.start, sentence.end), seen[page.number])
        if spans is None:
            continue
        boxed += 1
        pieces = raw_spans(page, (sentence.start, sentence.end))
        assert pieces is not None
        assert letters("".join(seen[page.number][start:end] for start, end in spans)) == letters(sentence.text)
        wide, high = page_images.size(data, page.number)
        boxes = page_images.boxes(data, page.number, spans)
        for fragment in shown[page.number]:
            inside = any(piece[0] <= fragment.start and fragment.end <= piece[1] for piece in pieces)
            slack = fragment.size / 4  # PDFium's boxes enclose the ink, pypdf tells where the pen stood
            if (
                inside
                and fragment.text[0].isalnum()
                and not any(
                    box.left * wide - slack <= fragment.x0 <= box.right * wide
                    and box.top * high <= high - fragment.y <= box.bottom * high + slack
                    for box in boxes
                )
            ):
                wrong.append(f"page {page.number}: {sentence.text[:60]}")
                break
    return len(whole), boxed, wrong


@pytest.mark.parametrize("name", ["digest-joint-2016-2020-en.pdf", "digest-joint-2026-2029-da.pdf"])
def test_every_sentence_of_a_digest_has_its_box_where_it_stands(name: str) -> None:
    held, boxed, wrong = off_the_mark(DIGESTS / name)
    assert held > 40
    assert boxed == held
    assert wrong == []


# Two sentences of the report hold the mark of a footnote: a raised 1, which the stored text tells as ¹ and PDFium as 1.
@pytest.mark.parametrize(("name", "without"), [("report.pdf", 2), ("hyphens.pdf", 0)])
def test_hyphens_ligatures_and_columns_have_their_boxes(name: str, without: int) -> None:
    held, boxed, wrong = off_the_mark(FILES / name)
    assert held - boxed == without
    assert boxed
    assert wrong == []


@pytest.mark.slow
@pytest.mark.parametrize("name", REAL)
def test_two_columns_and_soft_hyphens_of_real_documents_have_their_boxes(name: str, shared_data: Path) -> None:
    held, boxed, wrong = off_the_mark(shared_data / "pdf" / name)
    assert boxed >= 0.99 * held
    assert len(wrong) <= 0.01 * held, wrong


def test_a_sentence_over_two_columns_has_boxes_in_both() -> None:
    data, pages = (FILES / "report.pdf").read_bytes(), read(FILES / "report.pdf", ocr=None).pages
    sides = set()
    for sentence in sentences(pages):
        page = next(page for page in pages if page.number == sentence.page)
        spans = span_boxes(page, (sentence.start, sentence.end), page_images.characters(data, page.number)) or ()
        boxes = page_images.boxes(data, page.number, spans)
        sides.add((any(box.right < 0.5 for box in boxes), any(box.left > 0.5 for box in boxes)))
    assert (True, True) in sides


def test_of_equal_words_the_ones_meant_are_found() -> None:
    page = a_page("Ja tak. Nej. Ja tak.")
    assert span_boxes(page, (13, 20), "Ja tak.\r\nNej.\r\nJa tak.") == ((15, 22),)


@pytest.mark.parametrize(
    "characters",
    [
        "Målet er 11,6 minutter.",  # another number
        "Målet er 11,5 minut-ter.",  # a hyphen that the text does not have, in the middle of a line
        "Målet er 11,5 minutter. Målet er 11,5 minutter.",  # which of the two is not known
        "",
    ],
)
def test_what_is_not_exactly_there_gets_no_box(characters: str) -> None:
    page = a_page("Målet er 11,5 minutter.")
    assert span_boxes(page, (0, len(page.text)), characters) is None


@pytest.mark.parametrize(
    "characters", ["e-\r\nmail og\r\nbørne-\r\nog ungeråd", "e\x02mail og\r\nbørne\x02og ungeråd", "e-mail og børne- og ungeråd"]
)
def test_a_hyphen_at_the_end_of_a_line_may_stand_in_the_text_or_not(characters: str) -> None:
    page = a_page("e-mail og børne- og ungeråd")
    assert span_boxes(page, (0, len(page.text)), characters) == ((0, len(characters)),)


def test_text_that_nothing_in_the_file_accounts_for_gets_no_box() -> None:
    page = replace(a_page("Hele sætningen."), alignment=((0, 0, 4),))
    assert raw_spans(page, (0, 4)) == ((0, 4),)
    assert raw_spans(replace(page, raw="Hele"), (0, 15)) is None
    assert raw_spans(replace(page, alignment=()), (0, 15)) is None


def test_a_page_seen_turned_has_its_boxes_where_they_are_seen(tmp_path: Path) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=DIGESTS / "digest-glossary-da.pdf")
    writer.pages[0].rotate(90)
    turned = tmp_path / "turned.pdf"
    writer.write(turned)
    data = turned.read_bytes()
    wide, high = page_images.size(data, 1)
    assert wide > high
    page = read(DIGESTS / "digest-glossary-da.pdf", ocr=None).pages[0]
    for sentence in islice(sentences((page,)), 3):
        upright = span_boxes(page, (sentence.start, sentence.end), page_images.characters(data, 1))
        assert upright is not None
        for box in page_images.boxes(data, 1, upright):
            # What was a line across is now a line down.
            assert (box.bottom - box.top) * high > (box.right - box.left) * wide
