"""A small assistant for the tests of the page: one document of one page, and whatever answer it is given."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import unescape

from assistant.values import Abstention, Answer, Citation, Claim, Quote
from corpus.catalogue import load_catalogue
from corpus.values import Document, Filters, Page
from tests.fakes import a_document, a_page

TAG = re.compile(r"<[^>]*>")

PAGE = a_page(
    "Tillid\nTilliden var 83 pct. i 2024. Tallet er fra <Danmarks Statistik> & andre.",
    number=13,
    label="11",
    headings=["Tillid"],
)
QUOTES = ("Tilliden var 83 pct. i 2024.", "Tallet er fra <Danmarks Statistik> & andre.")


def seen(html: str) -> str:
    """What a reader sees of some HTML: its text, the tags gone and the escapes undone."""
    return unescape(TAG.sub("", html))


def an_answer(*, quotes: Sequence[str] = QUOTES, abstained: Abstention | None = None, lead: str = "Fra En strategi:") -> Answer:
    """An answer in Danish whose claims are the quotes, under the lead »Fra En strategi:«."""
    citations = tuple(_citation(n, quote) for n, quote in enumerate(quotes, start=1))
    return Answer(
        question="Hvad?",
        language="da",
        abstained=abstained,
        lead=lead,
        claims=tuple(Claim(text=citation.quote.text, citations=(citation.n,)) for citation in citations),
        citations=citations,
        passages=(),
        dropped_quotes=0,
        milliseconds=1.0,
    )


def nearly_an_answer() -> Answer:
    """An abstention under which the quotes stand as what comes near an answer."""
    answer = an_answer(lead="Dokumenterne svarer ikke sikkert på det.")
    return replace(answer, abstained="near but not answering", claims=(), citations=(), nearest=answer.citations)


def _citation(n: int, text: str) -> Citation:
    start = PAGE.text.index(text)
    quote = Quote(
        text=text, document=a_document(page_count=14), page=13, heading_path=("Tillid",), start=start, end=start + len(text)
    )
    return Citation(n=n, quote=quote, printed_page="11", verified=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What the index holds."""

    documents: int = 14
    pages: int = 1362
    titles: tuple[str, ...] = ("En strategi", "<b>En anden</b>")


class FakeAssistant:
    """Gives the same answer to everything, or raises `error`; remembers the histories it was given."""

    def __init__(self, answer: Answer | None = None) -> None:
        self.given = answer or an_answer()
        self.catalogue = load_catalogue()
        self.error: Exception | None = None
        self.histories: list[list[str]] = []
        self.filters: list[Filters | None] = []

    def answer(self, question: str, *, history: Sequence[str] = (), filters: Filters | None = None) -> Answer:
        assert question == question.strip()
        self.filters.append(filters)
        self.histories.append(list(history))
        if self.error:
            raise self.error
        return self.given

    def page(self, document_id: str, number: int) -> Page:
        assert (document_id, number) == ("d1", 13)
        return PAGE

    def follow(self) -> None:
        if self.error:
            raise self.error

    def documents(self) -> tuple[Document, ...]:
        return (a_document(page_count=14),)

    def coverage(self) -> Held:
        if self.error:
            raise self.error
        return Held()
