import re
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from corpus.catalogue import Digest, load_catalogue
from corpus.digests.typeset import FOLDER, MARK, main, read_source, typeset
from corpus.errors import CatalogueError

DIGESTS = load_catalogue().digests
SOURCES = sorted(FOLDER.glob("digest-*.md"))


def flat(text: str) -> str:
    return " ".join(text.split())


def pages_of(pdf: Path) -> list[str]:
    return [page.extract_text() for page in PdfReader(pdf).pages]


def test_catalogue_sources_and_pdfs_name_the_same_digests() -> None:
    assert {digest.file for digest in DIGESTS} == {path.with_suffix(".pdf").name for path in SOURCES}
    assert {digest.file for digest in DIGESTS} == {path.name for path in FOLDER.glob("*.pdf")}


@pytest.mark.parametrize("digest", DIGESTS, ids=lambda digest: digest.id)
def test_a_pdf_says_what_it_is_and_numbers_its_pages(digest: Digest) -> None:
    pages = pages_of(FOLDER / digest.file)
    source = read_source(FOLDER / f"{digest.id}.md")
    assert (source.strategy, source.language, source.title) == (digest.strategy, digest.language, digest.title)
    assert flat(pages[0]).startswith(f"{digest.title} {MARK[digest.language]}")
    assert source.official is None or source.official in re.sub(r"\s", "", pages[0])
    assert 1 <= len(pages) <= (4 if digest.strategy else 10)  # history and glossary are looked up, not read
    for number, page in enumerate(pages, 1):
        assert page.rstrip().endswith(f"{number}/{len(pages)}")
    reader = PdfReader(FOLDER / digest.file)
    assert reader.metadata is not None
    assert reader.metadata.title == digest.title
    assert reader.trailer["/Root"]["/Lang"] == digest.language  # type: ignore[index]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_sentence_of_a_source_stands_whole_on_one_page(path: Path) -> None:
    pages = [re.sub(r"\s", "", page) for page in pages_of(path.with_suffix(".pdf"))]
    for line in filter(None, read_source(path).body.splitlines()):
        words = re.sub(r"\s", "", re.sub(r"^(- |## )", "", line).replace("*", ""))
        assert any(words in page for page in pages), line


def test_the_sections_of_a_digest_are_the_same_in_both_languages() -> None:
    def shape(path: Path) -> list[int]:
        sections = re.split(r"^## .*$", read_source(path).body, flags=re.MULTILINE)
        return [len(re.findall(r"^- ", section, flags=re.MULTILINE)) for section in sections[:-1]]

    for path in SOURCES:
        if path.stem.endswith("-da"):
            assert shape(path) == shape(path.with_name(path.name.replace("-da.md", "-en.md"))), path.name


def test_amounts_and_page_references_are_the_same_in_both_languages() -> None:
    def amounts(path: Path) -> set[tuple[str, str]]:
        text = re.sub(r"https?://\S+", "", read_source(path).body)  # an address may hold "C3%"
        if path.stem.endswith("-da"):
            text = text.replace("pct.", "%").replace("mia.", "billion").replace("mio.", "million")
            text = re.sub(r"(?<=\d),(?=\d)", ".", re.sub(r"\bs\. (?=\d)", "p. ", text))
        found = re.findall(r"([\d.]+) ?(%|billion|million)", text.replace("pp. ", "p. "))
        return set(found) | {("p.", page) for page in re.findall(r"\bp\. ([\d-]+)", text.replace("pp. ", "p. "))}

    for path in SOURCES:
        if path.stem.endswith("-da"):
            assert amounts(path) == amounts(path.with_name(path.name.replace("-da.md", "-en.md"))), path.name


def test_typesetting_again_gives_the_same_bytes_and_the_committed_text(tmp_path: Path) -> None:
    pytest.importorskip("typst", reason="typst typesets the digests; only whoever changes one needs it")
    path = FOLDER / "digest-joint-2026-2029-da.md"
    pdf = typeset(read_source(path))
    assert typeset(read_source(path)) == pdf
    (tmp_path / "again.pdf").write_bytes(pdf)
    assert pages_of(tmp_path / "again.pdf") == pages_of(path.with_suffix(".pdf"))


def test_text_is_never_read_as_markup(tmp_path: Path) -> None:
    pytest.importorskip("typst", reason="typst typesets the digests; only whoever changes one needs it")
    hostile = 'A #panic("x") $x^2$ <tag> @ref \\ [b] // c "q" = heading 100 % ~ `raw` & _under_'
    body = f"{hostile}\n\n- {hostile}"
    source = replace(read_source(SOURCES[0]), language="en", title=hostile, official=None, body=body)
    pdf = tmp_path / "hostile.pdf"
    pdf.write_bytes(typeset(source))
    text = flat(" ".join(pages_of(pdf)))
    assert text.count(hostile) == 3


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("# no front matter\n", "front matter"),
        ('+++\ntitle = "A"\nlanguage = "da"\ndate = 2026-01-01\ncolour = 1\n+++\nx', "unknown key 'colour'"),
        ('+++\ntitle = "A"\nlanguage = "no"\ndate = 2026-01-01\n+++\nx', "needs a title, a date and the language"),
        ("+++\ntitle = \n+++\nx", "is not TOML"),
    ],
)
def test_a_faulty_source_is_named(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "digest-x-da.md"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match=rf"digest-x-da\.md.*{complaint}"):
        read_source(path)


def test_the_command_reports_a_fault_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("typst", reason="typst typesets the digests; only whoever changes one needs it")
    assert main([str(tmp_path / "digest-none-da.md")]) == 1
    assert "digest-none-da.md" in capsys.readouterr().err
