"""Tests of what `read` makes of any file: which reader takes it, and the one clear line where none can."""

import os
import stat
from pathlib import Path

import pytest

from corpus.errors import DamagedError, EncryptedError, ReadingError, TooLargeError, UnsupportedError
from ingest.reading import SUPPORTED, Limits, fingerprint, read

FILES = Path(__file__).parent / "files"


def copied(name: str, to: Path) -> Path:
    to.write_bytes((FILES / name).read_bytes())
    return to


@pytest.mark.parametrize(
    ("name", "content", "error", "words"),
    [
        ("tom.pdf", b"", DamagedError, "empty"),
        ("blank.txt", b" \r\n\t", DamagedError, "empty"),
        ("tekst.pdf", b"Dette er ren tekst.", DamagedError, "plain text"),
        ("billede.pdf", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", DamagedError, "binary"),
        ("tekst.docx", b"Dette er ren tekst.", DamagedError, "plain text"),
        ("afbrudt.docx", b"PK\x03\x04 og mere kommer aldrig", DamagedError, "cut short"),
        ("gammel.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), UnsupportedError, "older Office"),
        (
            "laast.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            EncryptedError,
            "password",
        ),
        ("data.txt", bytes(range(256)) * 20, UnsupportedError, "binary"),
        ("forside.md", b"---\ntitle: kun en forside\n---\n", DamagedError, "holds no text"),
        ("tabel.xyz", b"Dette er ren tekst.", UnsupportedError, ".docx"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_line_that_names_it(
    tmp_path: Path, name: str, content: bytes, error: type[ReadingError], words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(error) as caught:
        read(path)
    message = str(caught.value)
    assert repr(name) in message
    assert words in message
    assert "\n" not in message


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="does not exist"):
        read(tmp_path / "ingen.pdf")
    with pytest.raises(ReadingError, match="not a file"):
        read(tmp_path)


def test_a_file_without_read_permission_is_refused(tmp_path: Path) -> None:
    path = copied("havn.md", tmp_path / "a.md")
    path.chmod(stat.S_IWUSR)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    with pytest.raises(ReadingError, match="permission"):
        read(path)


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "stor.txt"
    with path.open("wb") as file:
        file.truncate(300 * 1024 * 1024)
    with pytest.raises(TooLargeError, match="300 MiB"):
        read(path)


def test_a_pdf_under_another_name_is_read_by_what_it_is(tmp_path: Path) -> None:
    assert read(copied("report.pdf", tmp_path / "report.docx")).reader.startswith("pdf/")


def test_html_under_the_name_of_text_is_read_as_html(tmp_path: Path) -> None:
    assert read(copied("havn.html", tmp_path / "havn.txt")).reader.startswith("html/")


def test_every_supported_suffix_has_a_reader(tmp_path: Path) -> None:
    sources = {
        ".pdf": "report.pdf",
        ".docx": "plan.docx",
        ".html": "havn.html",
        ".htm": "havn.html",
        ".xhtml": "havn.html",
    }
    for suffix in SUPPORTED:
        path = copied(sources.get(suffix, "havn.md"), tmp_path / f"fil{suffix.upper()}")
        assert read(path, limits=Limits(), ocr=None).pages


def test_the_fingerprint_names_every_reader_with_its_version() -> None:
    for name in ("pdf/pypdf", "docx/python-docx", "html/trafilatura", "markdown/markdown-it-py", "plain/"):
        assert name in fingerprint()
