"""Tests of the formats without pages: Word, HTML, Markdown and plain text become one page per section."""

import time
import zipfile
from pathlib import Path

import pytest

from corpus.errors import DamagedError, TooLargeError
from corpus.values import Reading
from ingest.reading import Limits, read

FILES = Path(__file__).parent / "files"


def outline(reading: Reading) -> list[tuple[str, int, str]]:
    return [(b.kind, b.level, p.text[b.start : b.end]) for p in reading.pages for b in p.blocks]


def test_word_headings_lists_tables_text_boxes_and_notes_come_out_with_their_roles() -> None:
    reading = read(FILES / "plan.docx")
    assert not reading.paged
    assert reading.title == "Havnens plan"
    assert outline(reading) == [
        ("heading", 1, "Havnens plan"),
        ("heading", 1, "En havn for alle"),
        ("paragraph", 0, "Havnen får nye broer i 2031."),
        ("paragraph", 0, "Ventetiden er fem minutter."),
        ("heading", 2, "Mål"),
        ("list", 0, "Kortere ventetid"),
        ("table", 0, "År | Både"),
        ("table", 0, "2031 | 1.204"),
        ("paragraph", 0, "Før boksen."),
        ("paragraph", 0, "Tekst i boks."),
        ("paragraph", 0, "Noten til boksen."),
    ]


def test_each_section_is_a_page_that_opens_with_its_heading() -> None:
    pages = read(FILES / "plan.docx").pages
    assert [page.number for page in pages] == [1, 2, 3]
    assert all(page.blocks[0].kind == "heading" and page.label is None for page in pages)


def test_html_is_its_main_text_in_the_encoding_it_declares() -> None:
    reading = read(FILES / "havn.html")
    assert outline(reading) == [
        ("heading", 1, "Havnens plan"),
        ("paragraph", 0, "Havnen får i perioden 2031-2034 nye broer, og bestilling sker digitalt."),
        ("heading", 2, "Mål – kort fortalt"),
        ("list", 0, "Kortere ventetid"),
        ("list", 0, "Flere pladser til gæster"),
        ("heading", 3, "Tal"),
        ("table", 0, "År | Både"),
        ("table", 0, "2031 | 1.204"),
        ("paragraph", 0, "Havnefogeden svarer på øvrige spørgsmål."),
    ]


def test_a_short_page_keeps_its_structure_and_loses_its_menu(tmp_path: Path) -> None:
    path = tmp_path / "kort.html"
    path.write_text("<html><body><nav>Menu</nav><main><h1>Havnen</h1><p>Den er åben.</p></main></body></html>", "utf-8")
    assert outline(read(path)) == [("heading", 1, "Havnen"), ("paragraph", 0, "Den er åben.")]


def test_markdown_drops_front_matter_marks_and_scripts() -> None:
    assert outline(read(FILES / "havn.md")) == [
        ("heading", 1, "Havnens plan"),
        ("paragraph", 0, "Havnen får nye broer, og bestilling sker digitalt."),
        ("heading", 2, "Mål"),
        ("list", 0, "Kortere ventetid"),
        ("list", 0, "især for gæster"),
        ("list", 0, "Flere pladser"),
        ("table", 0, "År | Både"),
        ("table", 0, "2031 | 1.204"),
        ("paragraph", 0, "Slut."),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "cp850"])
def test_danish_letters_come_right_from_a_short_file_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "fil.txt"
    path.write_bytes("Ærø får en færge, og Åse går på øen.".encode(encoding))
    assert read(path).pages[0].text == "Ærø får en færge, og Åse går på øen."


def test_text_marked_as_utf16_that_breaks_off_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "fil.txt"
    path.write_bytes("Ærø".encode("utf-16")[:-1])
    with pytest.raises(DamagedError, match="utf-16"):
        read(path)


def test_plain_text_without_headings_is_cut_between_paragraphs(tmp_path: Path) -> None:
    paragraph = "Havnen får nye broer, og sejlerne får kortere ventetid. " * 20
    path = tmp_path / "lang.txt"
    path.write_text("\n\n".join([paragraph] * 10), encoding="utf-8")
    pages = read(path).pages
    assert len(pages) == 5
    assert all(len(page.text) <= 3000 for page in pages)
    assert all(page.text[block.start : block.end] == paragraph.strip() for page in pages for block in page.blocks)


def test_list_items_of_plain_text_are_told_from_the_sentence_above_them(tmp_path: Path) -> None:
    path = tmp_path / "liste.txt"
    path.write_text("Der er to mål:\n- kortere\n  ventetid\n- flere pladser\n\nSlut.", encoding="utf-8")
    assert [(kind, text) for kind, _, text in outline(read(path))] == [
        ("paragraph", "Der er to mål:"),
        ("list", "- kortere ventetid"),
        ("list", "- flere pladser"),
        ("paragraph", "Slut."),
    ]


def test_one_endless_paragraph_is_read_in_time_that_grows_with_its_length(tmp_path: Path) -> None:
    path = tmp_path / "log.txt"
    path.write_text("en linje uden afsnit\n" * 40_000, encoding="utf-8")
    started = time.perf_counter()
    assert len(read(path).pages) == 1
    assert time.perf_counter() - started < 20
    with pytest.raises(TooLargeError, match="of text"):
        read(path, limits=Limits(text_bytes=100_000))


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = zipped(tmp_path / "bombe.docx", {"word/document.xml": bytes(60 * 1024 * 1024)})
    with pytest.raises(TooLargeError, match="would unpack to 60 MiB"):
        read(path)
    with pytest.raises(TooLargeError):
        read(FILES / "plan.docx", limits=Limits(unpacked_bytes=1000))
    with pytest.raises(TooLargeError):
        read(FILES / "plan.docx", limits=Limits(unpacked_xml_bytes=1000))


def test_a_word_file_without_its_parts_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(DamagedError, match="not a whole Word document"):
        read(zipped(tmp_path / "hul.docx", {"word/document.xml": b"<w:document"}))


def test_a_truncated_word_file_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "halv.docx"
    path.write_bytes((FILES / "plan.docx").read_bytes()[:20_000])
    with pytest.raises(DamagedError, match=r"'halv.docx'"):
        read(path)
