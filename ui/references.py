"""A quote with its full reference, ready to be pasted: after APA (7th edition) and as is usual in Danish publications."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from assistant.values import Citation
from corpus.catalogue import Catalogue, Edition, Strategy
from corpus.values import Document

Style = Literal["apa", "danish"]
STYLES: tuple[Style, ...] = ("apa", "danish")

# APA says nothing of quotation marks in a reader's own language; the page's short word follows the document's.
PAGE = {"da": "s.", "en": "p."}
UNDATED = {"apa": "n.d.", "danish": "u.å."}
DIGEST = {
    "apa": "digest by the Strategy Assistant, not the official document",
    "danish": "resumé fra Strategiassistenten, ikke det officielle dokument",
}
OURS = {"apa": "Strategy Assistant", "danish": "Strategiassistenten"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a reference names: its authors, year and title, a note on what it is, and its address; empty where unknown."""

    authors: tuple[str, ...]
    year: str
    title: str
    note: str
    address: str


def work(document: Document, catalogue: Catalogue, style: Style) -> Work:
    """Return what a reference says of a document; a digest is ours, and a document outside the catalogue has no author."""
    strategy = next((known for known in catalogue.strategies if known.id == document.strategy), None)
    edition = next((known for known in catalogue.editions if known.id == document.edition), None)
    if document.digest:
        return Work(authors=(OURS[style],), year="", title=document.title, note=DIGEST[style], address="")
    if strategy is None or edition is None:
        return Work(authors=(), year="", title=document.title, note="", address="")
    return Work(
        authors=_publishers(strategy, edition),
        year=strategy.published[:4],
        title=document.title,
        note="",
        address=edition.url or "",
    )


def reference(document: Document, catalogue: Catalogue, style: Style, *, page: int | None = None) -> str:
    """Return the line of a reference list; with `page`, the address leads to that page of the file."""
    named = work(document, catalogue, style)
    year, address = named.year or UNDATED[style], at_page(named.address, page)
    note = f" [{named.note}]" if named.note else ""
    if style == "danish":
        authors = f"{_joined(named.authors, ' og ')} ({year}): " if named.authors else ""
        opening = f"{authors}{named.title}{note}" if authors else f"{named.title}{note} ({year})"
        return f"{opening}. {address}".strip()
    authors = f"{_joined(named.authors, ', & ' if len(named.authors) > 2 else ' & ')}. ({year}). " if named.authors else ""
    opening = f"{authors}{named.title}{note}" if authors else f"{named.title}{note}. ({year})"
    return f"{opening}. {address}".strip()


def quotation(citation: Citation, catalogue: Catalogue, style: Style) -> str:
    """Return the quote with the short reference in brackets, and the full one on a line of its own."""
    quote, document = citation.quote, citation.quote.document
    marks = ("»", "«") if style == "danish" else ("“", "”")
    full = reference(document, catalogue, style, page=quote.page if document.paged else None)
    return f"{marks[0]}{quote.text}{marks[1]} ({_short(citation, catalogue, style)})\n{full}"


def at_page(address: str, page: int | None) -> str:
    """Return an address that opens a PDF at a page (RFC 8118, "page"); any other address as it is."""
    is_pdf = urlsplit(address).path.lower().endswith(".pdf")
    return f"{address}#page={page}" if page and is_pdf and "#" not in address else address


def _short(citation: Citation, catalogue: Catalogue, style: Style) -> str:
    document = citation.quote.document
    named = work(document, catalogue, style)
    others = {"apa": " et al.", "danish": " m.fl."}[style]
    who = named.authors[0] + (others if len(named.authors) > 2 else "") if named.authors else named.title
    if len(named.authors) == 2:
        who = _joined(named.authors, " & " if style == "apa" else " og ")
    when = named.year or UNDATED[style]
    short = PAGE["da" if style == "danish" else "en"]
    page = f", {short} {citation.printed_page or citation.quote.page}" if document.paged else ""
    return f"{who}, {when}{page}" if style == "apa" else f"{who} {when}{page}"


def _publishers(strategy: Strategy, edition: Edition) -> tuple[str, ...]:
    return strategy.publishers_da if edition.language == "da" else strategy.publishers_en


def _joined(names: Sequence[str], last: str) -> str:
    return last.join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
