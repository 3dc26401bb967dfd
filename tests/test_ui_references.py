"""References: what a reader pastes, for an edition, a digest and a document that nobody knows."""

from dataclasses import replace

import pytest

from assistant.values import Citation
from corpus.catalogue import load_catalogue
from corpus.values import Document
from tests.fakes import a_document
from tests.fakes_ui import an_answer
from ui.references import at_page, quotation, reference

CATALOGUE = load_catalogue()
EDITION = next(edition for edition in CATALOGUE.editions if edition.id == "joint-2016-2020-da")
OFFICIAL = a_document(title=EDITION.title, strategy="joint-2016-2020", edition="joint-2016-2020-da")
DIGEST = a_document(title="Resumé: 2016-2020", strategy="joint-2016-2020", digest=True)


def citation(document: Document) -> Citation:
    cited = an_answer().citations[0]
    return replace(cited, quote=replace(cited.quote, document=document))


def test_an_edition_is_cited_with_publishers_year_page_and_the_address_of_the_page() -> None:
    apa = quotation(citation(OFFICIAL), CATALOGUE, "apa").splitlines()
    assert apa[0] == "“Tilliden var 83 pct. i 2024.” (Regeringen et al., 2016, p. 11)"
    assert apa[1] == f"Regeringen, KL, & Danske Regioner. (2016). {EDITION.title}. {at_page(EDITION.url or '', 13)}"
    danish = quotation(citation(OFFICIAL), CATALOGUE, "danish").splitlines()
    assert danish[0] == "»Tilliden var 83 pct. i 2024.« (Regeringen m.fl. 2016, s. 11)"
    assert danish[1] == f"Regeringen, KL og Danske Regioner (2016): {EDITION.title}. {at_page(EDITION.url or '', 13)}"


def test_a_digest_is_ours_and_says_so() -> None:
    assert reference(DIGEST, CATALOGUE, "danish") == (
        "Strategiassistenten (u.å.): Resumé: 2016-2020 [resumé fra Strategiassistenten, ikke det officielle dokument]."
    )
    assert "not the official document" in reference(DIGEST, CATALOGUE, "apa")


def test_a_document_that_nobody_knows_goes_by_its_title() -> None:
    unknown = a_document(title="Notat")
    assert reference(unknown, CATALOGUE, "apa") == "Notat. (n.d.)."
    assert reference(unknown, CATALOGUE, "danish") == "Notat (u.å.)."
    assert quotation(citation(unknown), CATALOGUE, "danish").startswith("»Tilliden var 83 pct. i 2024.« (Notat u.å., s. 11)")


def test_a_document_without_pages_is_cited_without_one() -> None:
    assert "(Notat, n.d.)" in quotation(citation(a_document(title="Notat", paged=False)), CATALOGUE, "apa")


@pytest.mark.parametrize(
    ("address", "page", "expected"),
    [
        ("https://digst.dk/media/a.pdf", 4, "https://digst.dk/media/a.pdf#page=4"),
        ("https://digst.dk/a.PDF?v=1", 4, "https://digst.dk/a.PDF?v=1#page=4"),
        ("https://digst.dk/strategier/", 4, "https://digst.dk/strategier/"),
        ("https://digst.dk/a.pdf", None, "https://digst.dk/a.pdf"),
        ("", 4, ""),
    ],
)
def test_only_a_pdf_is_opened_at_a_page(address: str, page: int | None, expected: str) -> None:
    assert at_page(address, page) == expected
