"""Tests of PDF reading: order, headings, hyphens, labels, pages that are damaged, blank or pictures, and hostile files."""

import io
import re
import time
import zlib
from pathlib import Path

import pypdf
import pytest

from corpus.errors import DamagedError, EncryptedError, TooLargeError
from corpus.page_images import Picture
from corpus.values import Page, Reading
from ingest.reading import Limits, read
from ingest.reading.ocr import OcrError, Tesseract
from tests.files.make import assembled

FILES = Path(__file__).parent / "files"
SHARED = Path(__file__).parents[1] / ".." / "shared" / "data" / "pdf"


@pytest.fixture(scope="module")
def report() -> Reading:
    return read(FILES / "report.pdf", ocr=None)


def blocks(page: Page, kind: str) -> list[str]:
    return [page.text[b.start : b.end] for b in page.blocks if b.kind == kind]


class FakeEngine:
    """Recognises one paragraph on every page, or fails."""

    def __init__(self, *, missing: str | None = None, failure: str | None = None) -> None:
        self._missing, self._failure = missing, failure
        self.seen: list[Picture] = []

    def missing(self) -> str | None:
        return self._missing

    def name(self) -> str:
        return "fake 1"

    def recognise(self, page: Picture, *, seconds: float) -> tuple[tuple[str, ...], ...]:
        self.seen.append(page)
        if self._failure:
            raise OcrError(f"{self._failure} after {seconds:.0f} seconds")
        return (("Havnens digitaliserings-", "plan."),)


def test_columns_are_read_one_after_the_other_and_words_are_whole(report: Reading) -> None:
    text = report.pages[2].text
    assert "Den fællesnordiske havneadministration, bådpladsfordelingen og vandstandsmålingerne har hidtil" in text
    assert "Den fiffige affaldsøkonomi skal afprøves" in text
    opening, middle, end = (text.index(w) for w in ("Havnen skal være åben", "Betalingen sker", "Erfaringerne fra"))
    assert opening < middle < end


def test_hyphens_that_belong_to_words_and_numbers_stay(report: Reading) -> None:
    text = report.pages[2].text
    for words in ("2031-2034", "børne- og ungdomssejlerne", "En e-mail", "it-systemet", "11,5 minutter til 5 minutter"):
        assert words in text


def test_headings_have_the_levels_of_their_sizes(report: Reading) -> None:
    levels = {p.text[b.start : b.end]: b.level for p in report.pages for b in p.blocks if b.kind == "heading"}
    assert levels["En havn for alle"] == levels["Tal og tabeller"] == 1
    assert levels["Tre mål for perioden"] == levels["Betaling"] == 2
    assert levels["Sådan gjorde Lillehavn"] == 3


def test_contents_list_items_and_table_rows_are_told_from_paragraphs(report: Reading) -> None:
    assert len(blocks(report.pages[0], "contents")) == 5
    assert len(blocks(report.pages[2], "list")) == 3
    assert blocks(report.pages[3], "table") == [
        "År | Både | Ventetid",
        "2031 | 1.204 | 11,5 minutter",
        "2032 | 1.377 | 8 minutter",
        "Indsats | Hvad der skal ske | Hvem",
        "Broer | Der bygges nye broer ved den ydre havn, og de gamle bliver sat i stand. | Havnefogeden",
        "Vejr | Vejret vises ved alle broer. | Kommunen",
    ]


def test_a_large_initial_and_spaced_out_capitals_are_words(report: Reading) -> None:
    assert "ANSVAR" in blocks(report.pages[3], "heading")
    assert "Arbejdet begynder straks, og havnen holdes åben" in report.pages[3].text


def test_running_heads_and_page_numbers_are_dropped_and_become_labels(report: Reading) -> None:
    assert [page.label for page in report.pages] == ["i", "1", "2", "3"]
    assert not any("Havnens digitale plan 2031-2034" in page.text for page in report.pages)
    assert report.pages[1].text == "En havn for alle"


def test_the_mark_of_a_note_does_not_become_part_of_the_text(report: Reading) -> None:
    assert "Havnefogeden beholder det sidste ord.¹\n" in report.pages[2].text
    assert "¹Havnefogeden er der hver dag." in report.pages[2].text.replace("¹ ", "¹")


def test_nothing_is_lost_but_running_heads_hyphens_and_white_space(report: Reading) -> None:
    for page in report.pages:
        covered = {raw_at + step for _, raw_at, length in page.alignment for step in range(length)}
        lost = "".join(c for at, c in enumerate(page.raw) if at not in covered and not c.isspace())
        for furniture in ("Havnens digitale plan 2031-2034".replace(" ", ""), page.label or ""):
            lost = lost.replace(furniture, "", 1)
        assert set(lost) <= {"-", "\ufb01", "\ufb03", "1"}, page.number


def test_raw_is_what_pypdf_extracts(report: Reading) -> None:
    bare = pypdf.PdfReader(FILES / "report.pdf")
    assert [page.raw for page in report.pages] == [page.extract_text() for page in bare.pages]


def test_a_soft_hyphen_that_is_seen_is_a_hyphen_and_one_that_the_file_marks_is_none() -> None:
    assert read(FILES / "hyphens.pdf").pages[0].text == (
        "Planen for 2031-2034 er delt i fem, skrev havneadministrationen i sin EU-retlige redegørelse om e-mail og "
        "børne- og ungesejlads i den nordiske havn."
    )


def test_a_damaged_page_is_skipped_with_its_reason_and_the_others_are_read() -> None:
    reading = read(FILES / "corrupt-page.pdf")
    assert [page.number for page in reading.pages] == [1, 3]
    assert [page.number for page in reading.skipped] == [2]
    assert "damaged" in reading.skipped[0].reason


def test_a_file_that_asks_for_a_password_is_refused_and_one_with_an_empty_password_opens() -> None:
    with pytest.raises(EncryptedError, match=r"'encrypted.pdf' asks for a password"):
        read(FILES / "encrypted.pdf")
    assert "En havn for alle" in read(FILES / "empty-password.pdf").pages[0].text


def test_a_file_without_its_end_is_cut_short_even_if_pages_could_be_rebuilt(tmp_path: Path) -> None:
    whole = (FILES / "hyphens.pdf").read_bytes()
    path = tmp_path / "halv.pdf"
    path.write_bytes(whole[: whole.rindex(b"xref\n0")])
    with pytest.raises(DamagedError, match="cut short"):
        read(path)


@pytest.mark.parametrize("share", [0.01, 0.1, 0.5, 0.9])
def test_a_truncated_file_is_damaged_and_says_so(tmp_path: Path, share: float) -> None:
    whole = (FILES / "report.pdf").read_bytes()
    path = tmp_path / "halv.pdf"
    path.write_bytes(whole[: int(share * len(whole))])
    with pytest.raises(DamagedError, match=r"^'halv.pdf' [^\n]*$"):
        read(path, ocr=None)


def test_ten_thousand_empty_pages_end_soon_in_blank_pages(tmp_path: Path) -> None:
    path = tmp_path / "tomme.pdf"
    writer = pypdf.PdfWriter()
    for _ in range(10_000):
        writer.add_blank_page(width=400, height=600)
    writer.write(path)
    started = time.perf_counter()
    reading = read(path)
    assert time.perf_counter() - started < 20
    assert reading.pages == ()
    assert len(reading.skipped) == 10_000
    assert {page.reason for page in reading.skipped} == {"blank"}
    with pytest.raises(TooLargeError, match="10000 pages"):
        read(path, limits=Limits(pages=9_999))


def drawn(folder: Path, content: bytes, *, page: bytes = b"", stream: bytes = b"") -> Path:
    """A PDF of one page that holds the content, with more keys for the page and its stream."""
    path = folder / "side.pdf"
    path.write_bytes(
        assembled(
            [
                b"<</Type/Catalog/Pages 2 0 R>>",
                b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 800]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R%s>>" % page,
                b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), stream, content),
                b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
            ]
        )
    )
    return path


def shown(x: float, y: float, text: str, size: float = 10) -> bytes:
    return b"BT /F1 %g Tf %g %g Td (%s) Tj ET\n" % (size, x, y, text.encode("cp1252"))


def text_of(path: Path) -> str:
    return read(path, ocr=None).pages[0].text


def test_a_page_that_unpacks_without_end_is_skipped(tmp_path: Path) -> None:
    bomb = zlib.compress(b"BT ET " * 3_000_000, 9)
    reading = read(drawn(tmp_path, bomb, stream=b"/Filter/FlateDecode"), limits=Limits(stream_bytes=1_000_000))
    assert reading.pages == ()
    assert "damaged" in reading.skipped[0].reason


def test_columns_are_parted_even_where_the_file_draws_them_row_by_row(tmp_path: Path) -> None:
    left = [
        "Havnen får i disse år nye",
        "broer og flere pladser til de",
        "gæster, der kommer sejlende",
        "fra nær og fjern om sommeren.",
    ]
    right = [
        "Vinteren bruges til at gøre",
        "alt klart igen, og bådene er",
        "på land, indtil isen er gået",
        "og foråret endelig er kommet.",
    ]
    rows = zip(left, right, strict=True)
    content = b"".join(shown(40, 700 - 12 * n, a) + shown(220, 700 - 12 * n, b) for n, (a, b) in enumerate(rows))
    assert text_of(drawn(tmp_path, content)) == " ".join(left) + "\n" + " ".join(right)


def test_a_paragraph_that_runs_over_into_the_next_column_is_one(tmp_path: Path) -> None:
    left = ["Havnen får i disse år nye", "broer og flere pladser til de", "mange gæster, der nu kommer"]
    right = ["sejlende fra nær og fjern om", "sommeren, og de bliver ofte", "til september eller senere."]
    content = b"".join(shown(40, 700 - 12 * n, line) for n, line in enumerate(left))
    content += shown(40, 656, "Noten står for sig selv.", 7)
    content += b"".join(shown(220, 700 - 12 * n, line) for n, line in enumerate(right))
    assert text_of(drawn(tmp_path, content)).split("\n") == [" ".join(left + right), "Noten står for sig selv."]


def test_a_page_without_a_printed_number_is_labelled_by_its_neighbours(tmp_path: Path) -> None:
    path = tmp_path / "sider.pdf"
    writer = pypdf.PdfWriter()
    for at, number in enumerate(["7", "8", "", "10", "11", ""]):
        foot = shown(200, 30, f"Side {number}", 8) if number else b""
        content = shown(50, 700, f"Havnens afsnit {'abcdef'[at]} handler om noget nyt.") + foot
        writer.append(drawn(tmp_path, content))
    writer.write(path)
    pages = read(path, ocr=None).pages
    assert [page.label for page in pages] == ["7", "8", "9", "10", "11", None]
    assert all("Side" not in page.text for page in pages)


def test_text_shown_twice_in_one_place_counts_once(tmp_path: Path) -> None:
    assert text_of(drawn(tmp_path, shown(50, 700, "Skygge") + shown(50.3, 699.8, "Skygge"))) == "Skygge"


def test_notes_to_the_printer_beside_the_page_are_not_its_text(tmp_path: Path) -> None:
    assert text_of(drawn(tmp_path, shown(50, 700, "Havnen") + shown(-300, 700, "plan.indd 5"))) == "Havnen"


def test_a_page_that_is_turned_is_read_as_it_is_seen(tmp_path: Path) -> None:
    content = b"BT /F1 10 Tf 0 1 -1 0 112 50 Tm (vi derhen.) Tj 0 1 -1 0 100 50 Tm (I morgen sejler) Tj ET"
    assert text_of(drawn(tmp_path, content, page=b"/Rotate 90")) == "I morgen sejler vi derhen."


def test_text_that_runs_up_the_page_comes_after_the_rest(tmp_path: Path) -> None:
    content = b"BT /F1 10 Tf 0 1 -1 0 20 50 Tm (Foto: Havnen) Tj ET " + shown(50, 700, "Havnen er fuld.")
    assert text_of(drawn(tmp_path, content)) == "Havnen er fuld.\nFoto: Havnen"


@pytest.mark.parametrize("number", [b"9" * 400, b"-" + b"9" * 30, b"0", b"1e999", b"nan"])
def test_numbers_out_of_all_bounds_do_not_break_the_run(tmp_path: Path, number: bytes) -> None:
    content = shown(50, 700, "Havnen") + b"BT /F1 " + number + b" Tf " + number + b" Tc 50 600 Td (x) Tj (y) Tj ET"
    reading = read(drawn(tmp_path, content), ocr=None)
    assert reading.pages or reading.skipped


def test_a_page_with_nothing_to_see_is_blank_and_no_picture(tmp_path: Path) -> None:
    reading = read(drawn(tmp_path, b"1 1 1 rg 0 0 400 800 re f"), ocr=None)
    assert [page.reason for page in reading.skipped] == ["blank"]


def test_a_picture_of_a_page_is_recognised_and_cleaned_like_any_text() -> None:
    engine = FakeEngine()
    reading = read(FILES / "scanned.pdf", ocr=engine)
    assert reading.pages[0].text == "Havnens digitaliseringsplan."
    assert reading.pages[0].method == "ocr"
    assert reading.reader.endswith(", fake 1")
    assert engine.seen[0].width * 210 == pytest.approx(engine.seen[0].height * 148, rel=0.02)


@pytest.mark.parametrize(
    ("engine", "words"),
    [
        (FakeEngine(missing="Tesseract is not installed (apt-get install x)"), "page 1 .*apt-get install x"),
        (FakeEngine(failure="gave up"), "gave up after 120 seconds"),
        (None, "page 1 .* switched off"),
    ],
)
def test_a_picture_that_is_not_recognised_is_skipped_with_the_reason(engine: FakeEngine | None, words: str) -> None:
    reading = read(FILES / "scanned.pdf", ocr=engine)
    assert reading.pages == ()
    assert re.search(words, reading.skipped[0].reason)


def test_no_more_pages_are_recognised_than_allowed() -> None:
    reading = read(FILES / "scanned.pdf", limits=Limits(ocr_pages=0), ocr=FakeEngine())
    assert "at most 0 pages" in reading.skipped[0].reason


def test_pages_with_text_are_never_recognised() -> None:
    engine = FakeEngine()
    read(FILES / "report.pdf", ocr=engine)
    assert engine.seen == []


@pytest.mark.skipif(Tesseract().missing() is not None, reason="Tesseract or its Danish data is not installed")
def test_tesseract_reads_danish_letters_from_a_picture() -> None:
    text = read(FILES / "scanned.pdf").pages[0].text
    assert "så ingen sejlere går forgæves i de to år." in text


def test_without_tesseract_the_reason_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    missing = Tesseract().missing()
    assert missing is not None
    assert "apt-get install tesseract-ocr tesseract-ocr-dan" in missing


@pytest.mark.skipif(not SHARED.exists(), reason="the official documents are not beside the project")
def test_an_official_strategy_in_columns_reads_as_it_is_printed() -> None:
    reading = read((SHARED / "fods-2026-2029-da.pdf").resolve(), ocr=None)
    texts = {page.number: page.text for page in reading.pages}
    headings = [p.text[b.start : b.end] for p in reading.pages for b in p.blocks if b.kind == "heading"]
    assert sorted({int(h.split()[1]) for h in headings if h.startswith("Initiativ ")}) == list(range(1, 13))
    assert "82 % af befolkningen havde tillid" in texts[2]
    assert "2026-2029" in texts[5]
    assert "75-89-årige" in texts[11]
    assert [page.label for page in reading.pages[2:19]] == [str(number) for number in range(3, 20)]
    assert not any("\u00ad" in text or "\ufb01" in text for text in texts.values())
    assert io.StringIO(texts[10]).readline().startswith("FOKUSOMRÅDE 1")
