"""Kept conversations: what comes back from a browser or a link is checked anew, and what has changed is said."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.values import Standing
from corpus.catalogue import load_catalogue
from corpus.errors import StoreError
from corpus.values import Document, Page
from tests.fakes import a_document, a_page, a_passage
from tests.fakes_ui import PAGE, QUOTES, FakeAssistant, an_answer
from ui.conversation import conversation
from ui.keeping import kept, load_answer, restored, save_answer
from ui.screen import Screen, Turn
from ui.texts import DANISH

CATALOGUE = load_catalogue()
TURN = Turn(question="Hvad?", answer=replace(an_answer(), passages=(a_passage("Andet."),)), shown=2)


class Holding(FakeAssistant):
    """An assistant over one document whose pages are given."""

    def __init__(self, document: Document, pages: Sequence[Page]) -> None:
        super().__init__()
        self.document = document
        self.stored = {page.number: page for page in pages}

    def documents(self) -> tuple[Document, ...]:
        return (self.document,)

    def page(self, document_id: str, number: int) -> Page:
        assert document_id == self.document.id
        if number not in self.stored:
            raise StoreError("no such page")
        return self.stored[number]


def test_a_conversation_comes_back_as_it_was_without_what_was_only_retrieved() -> None:
    (turn,) = restored(kept((TURN,)), FakeAssistant(), CATALOGUE)
    assert turn.answer is not None
    assert turn == replace(TURN, answer=an_answer())
    assert turn.changes == ()


def test_a_turn_that_is_still_coming_in_is_not_kept() -> None:
    assert restored(kept((Turn(question="Hvad?"),)), FakeAssistant(), CATALOGUE) == ()


@pytest.mark.parametrize("text", ["", "{}", "[1]", "null", "<script>", '[{"question": 3}]', "[" * 9_000])
def test_what_is_no_conversation_is_nothing(text: str) -> None:
    assert restored(text, FakeAssistant(), CATALOGUE) == ()


def test_a_document_read_anew_with_the_same_words_is_said_to_be_so() -> None:
    anew = a_document(id="d2", page_count=14)
    (turn,) = restored(kept((TURN,)), Holding(anew, [PAGE]), CATALOGUE)
    assert turn.changes == ((1, "same words"), (2, "same words"))
    assert turn.answer is not None
    assert {citation.quote.document.id for citation in turn.answer.citations} == {"d2"}


def test_words_that_moved_are_shown_where_they_stand_now() -> None:
    moved = a_page(f"Ny indledning.\n{QUOTES[0]}", number=3, label="1")
    (turn,) = restored(kept((TURN,)), Holding(a_document(id="d2", page_count=14), [moved]), CATALOGUE)
    assert turn.changes == ((1, "moved"), (2, "gone"))
    assert turn.answer is not None
    first, second = turn.answer.citations
    assert (first.quote.page, first.printed_page, first.verified) == (3, "1", True)
    assert moved.text[first.quote.start : first.quote.end] == QUOTES[0]
    assert not second.verified
    html = str(conversation(Screen(turns=(turn,)), None))
    assert DANISH.changed["moved"].format(n=1) in html
    assert DANISH.changed["gone"].format(n=2) in html


def test_a_quote_that_a_browser_made_up_is_not_called_verified() -> None:
    forged = kept((TURN,)).replace("Tilliden var 83 pct.", "Tilliden var 99 pct.")
    (turn,) = restored(forged, Holding(a_document(page_count=14), [PAGE]), CATALOGUE)
    assert turn.answer is not None
    assert [citation.verified for citation in turn.answer.citations] == [False, True]


def test_an_edition_is_found_again_under_another_file_name() -> None:
    edition = a_document(edition="x-da", page_count=14)
    citations = tuple(replace(cited, quote=replace(cited.quote, document=edition)) for cited in an_answer().citations)
    turn = replace(TURN, answer=replace(an_answer(), citations=citations))
    renamed = replace(edition, id="d2", name="andet-navn.pdf")
    assert [change for _, change in restored(kept((turn,)), Holding(renamed, [PAGE]), CATALOGUE)[0].changes] == ["same words"] * 2


def test_a_link_leads_to_the_answer_and_the_same_answer_has_the_same_link(tmp_path: Path) -> None:
    id = save_answer(tmp_path / "answers", TURN)
    assert save_answer(tmp_path / "answers", TURN) == id
    assert load_answer(tmp_path / "answers", id, FakeAssistant(), CATALOGUE) == restored(
        kept((TURN,)), FakeAssistant(), CATALOGUE
    )


@pytest.mark.parametrize("id", ["", "0" * 32, "../../etc/passwd", "..%2f", "A" * 32])
def test_a_link_that_nobody_made_leads_nowhere(id: str, tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    assert load_answer(tmp_path, id, FakeAssistant(), CATALOGUE) == ()


def test_the_standing_of_a_strategy_is_that_of_today() -> None:
    old = Standing(state="in force", words_da="gældende", words_en="in force")
    document = a_document(strategy="joint-2016-2020", edition="joint-2016-2020-da", page_count=14)
    cited = an_answer().citations[0]
    citation = replace(cited, standing=old, quote=replace(cited.quote, document=document))
    turn = replace(TURN, answer=replace(an_answer(), citations=(citation,)))
    (back,) = restored(kept((turn,)), Holding(document, [PAGE]), CATALOGUE)
    assert back.answer is not None
    standing = back.answer.citations[0].standing
    assert standing is not None
    assert standing.state == "superseded"
