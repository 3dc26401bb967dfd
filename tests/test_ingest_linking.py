"""Which PDF on a web page is the edition that the page is about."""

import pytest

from ingest.linking import Link, fitting, links_to_pdf

PAGE = "https://www.fm.dk/udgivelser/2016/plan/"
TITLE = "Et stærkere og mere trygt digitalt samfund - Den fællesoffentlige digitaliseringsstrategi 2016-2020"


def test_only_pdf_files_of_the_same_host_are_links_and_each_is_one() -> None:
    page = """<a href="a.pdf#page=2">En</a> <a href="/media/B.PDF?x=1">To</a> <a href="https://fm.dk/c.pdf">Tre</a>
        <a href="a.pdf">igen</a> <a href="https://other.dk/d.pdf">Fire</a> <a href="//evil.dk/e.pdf">Fem</a> <a>Seks</a>
        <a href="f.html">Syv</a> <a href="javascript:x.pdf">Otte</a> <a href="http://[x/g.pdf">Ni</a> <a href="ftp://fm.dk/h.pdf">Ti"""
    assert links_to_pdf(page.encode(), url=PAGE) == [
        Link(url=PAGE + "a.pdf", text="En igen"),
        Link(url="https://www.fm.dk/media/B.PDF?x=1", text="To"),
        Link(url="https://fm.dk/c.pdf", text="Tre"),
    ]
    assert links_to_pdf(b"\xff\xfe<a href=\xe6.pdf", url=PAGE) == []


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("1.pdf", TITLE, True),
        ("1.pdf", "Læs Et stærkere og mere trygt digitalt samfund (pdf, 3 MB)", True),
        ("1.pdf", "Hent publikationen: ET STÆRKERE OG MERE TRYGT DIGITALT SAMFUND", True),
        ("et-staerkere-og-mere-trygt-digitalt-samfund_web.pdf", "Download", True),
        ("Et%20st%C3%A6rkere%20og%20mere%20trygt%20digitalt%20samfund.pdf", "", True),
        ("1.pdf", "Den fællesoffentlige digitaliseringsstrategi 2016-2020", True),
        ("1.pdf", "Den fællesoffentlige digitaliseringsstrategi 2022-2025", False),
        ("1.pdf", "Faktaark: Et stærkere og mere trygt digitalt samfund", False),
        ("1.pdf", "Et stærkere og mere trygt digitalt samfund, resumé", False),
        ("et-staerkere-og-mere-trygt-digitalt-samfund-bilag.pdf", "Et stærkere og mere trygt digitalt samfund", False),
        ("1.pdf", "Om Et stærkere og mere trygt digitalt samfund", False),
        ("1.pdf", "Et stærkere digitalt samfund", False),
        ("1.pdf", "", False),
    ],
)
def test_a_link_fits_by_its_text_or_its_files_name(name: str, text: str, expected: bool) -> None:
    link = Link(url=f"{PAGE}{name}", text=text)
    assert fitting([link], title=TITLE) == [link] * expected


def test_a_short_part_of_a_title_does_not_stand_for_it() -> None:
    link = Link(url=PAGE + "1.pdf", text="Danmarks digitaliseringsstrategi")
    assert fitting([link], title="Danmarks digitaliseringsstrategi - sammen om den digitale udvikling") == []
    assert fitting([link], title="Danmarks digitaliseringsstrategi") == [link]
