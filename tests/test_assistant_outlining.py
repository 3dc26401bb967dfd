"""Outlining: numbered headings are counted only where the row is whole, and quoted as they stand."""

from assistant.quoting.citing import cite
from assistant.tables.outlining import numbered, outline_drafts
from tests.fakes import a_document, a_page

PAGES = [
    a_page("INITIATIV 1\nDigital inklusion\nTekst om det.", number=1, headings=("INITIATIV 1", "Digital inklusion")),
    a_page("Initiativ 2 Fuldmagt\nTekst.\nInitiativ 3\nBrødtekst.", number=2, headings=("Initiativ 2 Fuldmagt", "Initiativ 3")),
]


def test_numbered_headings_are_read_with_the_title_that_follows() -> None:
    items = numbered(PAGES, "initiative")
    assert [(item.number, item.page, " ".join(item.text.split())) for item in items] == [
        (1, 1, "INITIATIV 1 Digital inklusion"),
        (2, 2, "Initiativ 2 Fuldmagt"),
        (3, 2, "Initiativ 3"),
    ]


def test_a_row_with_a_gap_is_no_row() -> None:
    assert numbered([PAGES[1]], "initiative") == []
    assert numbered(PAGES, "focus area") == []


def test_a_count_is_carried_by_the_first_and_the_last_heading() -> None:
    (draft,) = outline_drafts(a_document(), numbered(PAGES, "initiative"), "initiative", count=True, language="da")
    found = cite([draft], lambda _, number: PAGES[number - 1])
    assert found.claims[0].text == "Strategien har 3 nummererede initiativer, fra nr. 1 til nr. 3."
    assert [citation.quote.text for citation in found.citations] == ["INITIATIV 1 Digital inklusion", "Initiativ 3"]


def test_a_list_quotes_every_heading_in_order() -> None:
    drafts = outline_drafts(a_document(), numbered(PAGES, "initiative"), "initiative", count=False, language="en")
    found = cite(drafts, lambda _, number: PAGES[number - 1])
    assert len(found.claims) == 3
    assert found.dropped_quotes == 0
