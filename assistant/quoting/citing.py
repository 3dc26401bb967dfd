"""From quotes to citations: each quote is looked up in the stored text of its page, and one that is not there is dropped."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from assistant.values import AnswerLanguage, Citation, Claim, Quote, Standing
from corpus.text import find_verbatim
from corpus.values import Document, Page

PageOf = Callable[[str, int], Page]
"""Gives the stored page for a document's id and a page number."""
StandingOf = Callable[[Document], Standing | None]
"""Tells how a document's strategy stands today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A statement that wants to be a claim, with the quotes that are to carry it, none verified yet."""

    text: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """The claims that are left with their citations, numbered from 1, and how many quotes were dropped."""

    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    dropped_quotes: int


def cite(drafts: Iterable[Draft], page_of: PageOf, *, standing_of: StandingOf = lambda _: None) -> Verified:
    """Verify every quote and number those that hold; a draft without a verified quote does not become a claim."""
    claims: list[Claim] = []
    citations: dict[tuple[str, int, int, int], Citation] = {}
    dropped = 0
    for draft in drafts:
        numbers: list[int] = []
        for quote in draft.quotes:
            found = _verified(quote, page_of)
            if found is None:
                dropped += 1
                continue
            citation, key = found
            numbered = replace(citation, n=len(citations) + 1, standing=standing_of(quote.document))
            held = citations.setdefault(key, numbered)
            if held.n not in numbers:
                numbers.append(held.n)
        if numbers:
            claims.append(Claim(text=draft.text, citations=tuple(numbers)))
    return Verified(claims=tuple(claims), citations=tuple(citations.values()), dropped_quotes=dropped)


def _verified(quote: Quote, page_of: PageOf) -> tuple[Citation, tuple[str, int, int, int]] | None:
    page = page_of(quote.document.id, quote.page)
    # The span given is tried first: the same words may stand twice on a page. It is never cut out of the page, since a
    # word or number cut by its edge would then pass for a whole one.
    span = find_verbatim(quote.text, page.text, within=(quote.start, quote.end)) or find_verbatim(quote.text, page.text)
    if span is None:
        return None
    held = replace(quote, start=span[0], end=span[1])
    printed = page.label if quote.document.paged else None
    return Citation(n=0, quote=held, printed_page=printed, verified=True), (quote.document.id, quote.page, *span)


PAGE_WORDS: dict[AnswerLanguage, tuple[str, str]] = {"da": ("s.", "PDF-side"), "en": ("p.", "PDF page")}


def page_words(citation: Citation, language: AnswerLanguage) -> str:
    """Say on which page a quote stands ("s. 11"; "s. iv (PDF-side 4)"); empty for a document without pages."""
    if not citation.quote.document.paged:
        return ""
    short, file_page = PAGE_WORDS[language]
    number = str(citation.quote.page)
    if citation.printed_page in (None, number):
        return f"{short} {number}"
    return f"{short} {citation.printed_page} ({file_page} {number})"


def place(citation: Citation, language: AnswerLanguage) -> str:
    """Say where a quote stands: document with the standing of its strategy, page where there are pages, and heading."""
    quote = citation.quote
    digest = {"da": "vores resumé, ikke det officielle dokument", "en": "our digest, not the official document"}[language]
    remarks = [digest] if quote.document.digest else []
    remarks += [citation.standing.words(language)] if citation.standing else []
    title = f"{quote.document.title} ({'; '.join(remarks)})" if remarks else quote.document.title
    heading = " › ".join(quote.heading_path)
    located = ", ".join(part for part in (title, page_words(citation, language)) if part)
    return f"{located} · {heading}" if heading else located
