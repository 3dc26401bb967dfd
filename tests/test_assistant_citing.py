"""Citing: only words that stand on the page become citations; everything else is dropped and counted."""

import pytest

from assistant.quoting.citing import Draft, cite, page_words, place
from assistant.values import Quote
from corpus.values import Page
from tests.fakes import a_document, a_page

PAGES = {
    1: a_page("Forord\nDigital Post er for alle borgere. MitID er sikkert. Digital Post er for alle borgere.", label="i"),
    2: a_page("Regeringen\u00a0har afsat 1,5 mia. kr. til »trygge« løsninger.", number=2),
}


def page_of(document_id: str, number: int) -> Page:
    assert document_id == "d1"
    return PAGES[number]


def quote(text: str, *, page: int = 1, start: int = 0, end: int = 0) -> Quote:
    return Quote(text=text, document=a_document(), page=page, heading_path=("Forord",), start=start, end=end)


def test_a_quote_that_stands_on_the_page_is_verified_with_its_true_span() -> None:
    found = cite([Draft(text="MitID er sikkert.", quotes=(quote("MitID er sikkert."),))], page_of)
    (citation,) = found.citations
    assert citation.verified
    assert PAGES[1].text[citation.quote.start : citation.quote.end] == "MitID er sikkert."
    assert [claim.citations for claim in found.claims] == [(1,)]
    assert found.dropped_quotes == 0


@pytest.mark.parametrize(
    "invented",
    [
        "MitID er usikkert.",
        "mitid er sikkert.",
        "MitID er sikkert og godt.",
        "5 mia. kr.",
        "Digital Post er for alle borgere. Digital",
        "",
    ],
)
def test_a_quote_that_does_not_stand_there_is_dropped_and_counted(invented: str) -> None:
    page = 2 if "mia" in invented else 1
    found = cite([Draft(text="En påstand.", quotes=(quote(invented, page=page),))], page_of)
    assert (found.claims, found.citations, found.dropped_quotes) == ((), (), 1)


def test_a_claim_keeps_the_quotes_that_hold() -> None:
    drafts = [
        Draft(text="A", quotes=(quote("Findes ikke her."), quote("MitID er sikkert."))),
        Draft(text="B", quotes=(quote("Findes heller ikke."),)),
        Draft(text="C", quotes=(quote("MitID er sikkert."), quote("har afsat 1,5 mia. kr.", page=2))),
    ]
    found = cite(drafts, page_of)
    assert [(claim.text, claim.citations) for claim in found.claims] == [("A", (1,)), ("C", (1, 2))]
    assert [citation.n for citation in found.citations] == [1, 2]
    assert found.dropped_quotes == 2


def test_white_space_and_quotation_marks_do_not_matter_but_words_do() -> None:
    text = 'Regeringen har afsat 1,5 mia. kr. til "trygge" løsninger.'
    found = cite([Draft(text=text, quotes=(quote(text, page=2),))], page_of)
    assert found.dropped_quotes == 0


def test_the_second_of_two_equal_sentences_keeps_its_own_place() -> None:
    text = PAGES[1].text
    second = text.rindex("Digital Post")
    same = "Digital Post er for alle borgere."
    found = cite([Draft(text=same, quotes=(quote(same, start=second, end=second + len(same)),))], page_of)
    assert found.citations[0].quote.start == second


def test_the_page_is_said_as_printed_and_as_filed() -> None:
    found = cite([Draft(text="x", quotes=(quote("MitID er sikkert."),))], page_of)
    (citation,) = found.citations
    assert page_words(citation, "da") == "s. i (PDF-side 1)"
    assert place(citation, "en") == "En strategi, p. i (PDF page 1) · Forord"
