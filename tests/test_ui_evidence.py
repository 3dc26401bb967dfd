"""The evidence panel: the very characters of the quote are marked, and no document can put HTML into the page."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest

from assistant.values import Citation, Quote
from corpus.catalogue import load_catalogue
from corpus.page_images import Box
from corpus.values import Block, Page
from tests.fakes import a_document, a_page
from tests.fakes_ui import TAG, seen
from ui.evidence import Opened, panel, runs, sheet
from ui.origin import Origin, origin
from ui.picturing import Sight
from ui.texts import DANISH, ENGLISH

TODAY = date(2026, 11, 23)


def marked_text(html: str) -> str:
    """What stands in the marks, as a reader sees it."""
    return " ".join(unescape(TAG.sub("", mark)) for mark in re.findall(r"<mark>(.*?)</mark>", html, re.S))


def a_citation(text: str, page: Page, n: int = 1, **changes: object) -> Citation:
    start = page.text.index(text)
    document = a_document(**changes)  # type: ignore[arg-type]
    quote = Quote(
        text=text, document=document, page=page.number, heading_path=("Mål", "Tillid"), start=start, end=start + len(text)
    )
    return Citation(n=n, quote=quote, printed_page=page.label, verified=True)


def opened(page: Page | None, number: int = 1, **changes: object) -> Opened:
    values = {"number": page.number if page else number, "page": page, "sight": Sight(unseen="gone"), "held": page is not None}
    return Opened(**(values | {"references": {}} | changes))  # type: ignore[arg-type]


def shown(citation: Citation, page: Page | None, origin: Origin | None = None, **changes: object) -> str:
    open_page = opened(page, **changes)
    return str(panel(citation, open_page, among=[citation], key="0", turn=0, origin=origin or Origin(), texts=DANISH))


@pytest.mark.parametrize("quote", ["Først.", "I midten.", "Til sidst.", "Først. I midten. Til sidst."])
def test_the_quote_is_marked_wherever_on_the_page_it_stands(quote: str) -> None:
    page = a_page("Først. I midten. Til sidst.")
    start = page.text.index(quote)
    html = sheet(page, (start, start + len(quote)))
    assert marked_text(html) == quote
    assert seen(html) == page.text


def test_the_second_of_two_equal_sentences_is_marked_where_it_stands() -> None:
    page = a_page("Ja. Nej. Ja.")
    assert str(sheet(page, (9, 12))) == '<p class="sheet-paragraph">Ja. Nej. <mark>Ja.</mark></p>'


def test_offsets_count_the_pages_characters_not_those_of_the_html() -> None:
    page = a_page('A & B < C > "D" er 3 < 4 & mere.')
    quote = "er 3 < 4 & mere."
    start = page.text.index(quote)
    html = sheet(page, (start, start + len(quote)))
    assert marked_text(html) == quote
    assert seen(html) == page.text


def test_a_quote_that_runs_over_two_blocks_is_marked_in_both() -> None:
    page = a_page("Det er\nen sætning.")
    assert marked_text(sheet(page, (0, len(page.text)))) == "Det er en sætning."


def test_text_that_no_block_covers_is_shown_all_the_same() -> None:
    blocks = (Block(kind="heading", start=3, end=9, level=1), Block(kind="list", start=5, end=12))
    page = Page(number=1, label=None, text="Før Midt efter slut", blocks=blocks, raw="", alignment=())
    covered = list(runs(page))
    assert "".join(page.text[run.start : run.end] for run in covered) == page.text
    assert [run.kind for run in covered] == ["paragraph", "heading", "list", "paragraph"]


def test_a_document_that_holds_html_is_shown_as_characters() -> None:
    hostile = '<script>alert("x")</script> <img src=x onerror=alert(1)> &amp; **fed** ${1+1} {{value}}'
    page = a_page(hostile)
    html = shown(a_citation(hostile, page, title=hostile, name="<b>.pdf", strategy=None), page)
    assert "<script" not in html
    assert "<img" not in html
    assert "<b>" not in html
    assert marked_text(html) == hostile


def test_it_says_where_the_quote_stands_and_that_it_was_checked() -> None:
    page = a_page("Forord\n83 pct. har tillid.", number=13, label="11", headings=["Forord"])
    html = seen(shown(a_citation("83 pct. har tillid.", page, edition="e"), page))
    for expected in (
        "En strategi",
        "Side 11 (side 13 i filen)",
        "Side 13 af 2 i filen",
        "Mål › Tillid",
        "strategy.pdf",
        "Officielt dokument",
    ):
        assert expected in html
    assert DANISH.verified in html


def test_a_page_without_a_printed_number_of_its_own_is_named_once() -> None:
    page = a_page("Ord.", number=4, label=None)
    assert "Side 4 " in seen(shown(a_citation("Ord.", page), page))
    assert "(side 4 i filen)" not in shown(a_citation("Ord.", page), page)


def test_a_document_without_pages_is_told_by_its_headings_alone() -> None:
    page = a_page("Ord.", number=7)
    html = shown(a_citation("Ord.", page, paged=False), page)
    assert "Side 7" not in html
    assert "Mål › Tillid" in html
    assert DANISH.section_text in html


@pytest.mark.parametrize(("changes", "kind"), [({"digest": True}, "digest"), ({"edition": "x-da"}, "official"), ({}, "other")])
def test_only_a_recognised_edition_is_called_official(changes: dict[str, Any], kind: str) -> None:
    page = a_page("Ord.")
    html = shown(a_citation("Ord.", page, **changes), page)
    assert [name for name, (words, _) in DANISH.kind.items() if words in html] == [kind]


def test_a_page_that_is_gone_is_said_to_be_gone_and_not_called_checked() -> None:
    html = shown(a_citation("Ord.", a_page("Ord.")), None)
    assert DANISH.page_gone in html
    assert DANISH.verified not in html
    assert "<mark>" not in html


def test_a_page_read_from_an_image_says_so() -> None:
    text = Page(number=1, label=None, text="Ord.", blocks=(), raw="Ord.", alignment=((0, 0, 4),), method="ocr")
    assert DANISH.recognised in shown(a_citation("Ord.", text), text)


def test_every_source_of_the_answer_can_be_opened_from_the_panel_and_the_open_one_is_told() -> None:
    page = a_page("Et. To.")
    one, two = a_citation("Et.", page, 1), a_citation("To.", page, 2)
    html = str(panel(two, opened(page), among=[one, two], key="3", turn=3, origin=Origin(), texts=ENGLISH))
    buttons = re.findall(r'data-turn="3" data-n="(\d)" aria-label="Source \d"( aria-current="true")?', html)
    assert buttons == [("1", ""), ("2", ' aria-current="true"')]
    assert 'data-return="cite-3-2"' in html


def test_the_origin_tells_the_strategy_its_standing_and_the_official_address() -> None:
    document = a_document(strategy="joint-2016-2020", edition="joint-2016-2020-da")
    told = origin(document, load_catalogue(), DANISH, on=TODAY)
    assert "2016-2020 (afløst, udgivet 12.\u00a0maj\u00a02016)" in told.strategy
    assert told.edition == "dansk"
    assert told.address.startswith("https://")


def test_a_digest_points_to_the_official_edition_in_its_own_language() -> None:
    digest = a_document(strategy="joint-2016-2020", digest=True, language="en")
    told = origin(digest, load_catalogue(), ENGLISH, on=TODAY)
    assert told.edition == "English"
    page = a_page("Ord.")
    html = shown(a_citation("Ord.", page, digest=True), page, told)
    assert f'href="{told.address}" target="_blank" rel="noopener noreferrer"' in html


def test_a_document_outside_the_catalogue_has_no_origin() -> None:
    assert origin(a_document(strategy=None), load_catalogue(), DANISH, on=TODAY) == Origin()
    assert origin(a_document(strategy="gone"), load_catalogue(), DANISH, on=TODAY) == Origin()


PICTURE = Sight(address="pages/d1/13.png", width=595, height=842, boxes=(Box(left=0.1, top=0.2, right=0.6, bottom=0.25),))


def test_the_page_is_a_picture_with_the_quote_boxed_and_its_text_below() -> None:
    page = a_page("Før. 83 pct. har tillid.", number=13, label="11")
    html = shown(a_citation("83 pct. har tillid.", page, page_count=20), page, sight=PICTURE)
    assert '<img src="pages/d1/13.png" alt="Billede af side 13; citatet er indrammet" width="595" height="842"' in html
    assert 'style="left:10.000%;top:20.000%;width:50.000%;height:5.000%"' in html
    assert "<details" in html
    assert marked_text(html) == "83 pct. har tillid."


def test_a_quote_whose_place_is_not_known_is_said_to_be_on_the_page_and_not_boxed() -> None:
    page = a_page("Ord.")
    html = shown(a_citation("Ord.", page), page, sight=Sight(address="pages/d1/1.png", width=1, height=1))
    assert DANISH.unboxed in html
    assert 'class="box"' not in html


@pytest.mark.parametrize("why", DANISH.unseen)
def test_where_there_is_no_picture_the_text_is_shown_and_why(why: Any) -> None:
    page = a_page("Ord.")
    html = shown(a_citation("Ord.", page), page, sight=Sight(unseen=why))
    assert DANISH.unseen[why] in html
    assert "<img" not in html
    assert "<details" not in html
    assert marked_text(html) == "Ord."


def test_another_page_of_the_document_shows_no_quote_and_leads_back() -> None:
    page = a_page("Ord.", number=2)
    citation = a_citation("Ord.", page, page_count=3)
    html = shown(citation, a_page("Andre ord.", number=3), sight=Sight(address="pages/d1/3.png", width=1, height=1))
    assert marked_text(html) == ""
    assert DANISH.unboxed not in html
    assert f'data-event="leaf" data-page="2">{DANISH.back_to_quote}</button>' in html
    assert f'data-page="4" aria-label="{DANISH.page_after}" disabled' in html


def test_a_page_without_text_is_still_leafed_to() -> None:
    page = a_page("Ord.", number=2)
    html = shown(a_citation("Ord.", page, page_count=3), None, number=1, held=True, sight=Sight(address="p", width=1, height=1))
    assert DANISH.page_without_text in html
    assert "<img" in html


def test_the_words_to_copy_are_escaped_and_travel_with_their_button() -> None:
    page = a_page("Ord.")
    html = shown(a_citation("Ord.", page), page, references={"apa": '"x" <b>'})
    assert f'data-copy="&#34;x&#34; &lt;b&gt;" data-copied="{DANISH.copied}">{DANISH.copy["apa"]}</button>' in html
