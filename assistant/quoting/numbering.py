"""Citations of an answer that is built piece by piece: each quote verified, and numbered when it is first cited."""

from dataclasses import replace

from assistant.quoting.citing import Draft, PageOf, StandingOf, cite
from assistant.values import Citation, Quote


class Citations:
    """Verifies quotes by the stored pages and numbers those that hold from 1; the same quote keeps its number."""

    def __init__(self, page_of: PageOf, *, standing_of: StandingOf = lambda _: None) -> None:
        self._page_of = page_of
        self._standing_of = standing_of
        self._held: dict[tuple[str, int, int, int], Citation] = {}
        self.dropped = 0

    def of(self, quote: Quote) -> Citation | None:
        """Return the numbered citation of a quote; None, and one more dropped, where its page does not hold it."""
        verified = cite([Draft(text=quote.text, quotes=(quote,))], self._page_of, standing_of=self._standing_of)
        self.dropped += verified.dropped_quotes
        for citation in verified.citations:
            held = citation.quote
            key = (held.document.id, held.page, held.start, held.end)
            return self._held.setdefault(key, replace(citation, n=len(self._held) + 1))
        return None

    @property
    def all(self) -> tuple[Citation, ...]:
        """The citations in the order of their numbers."""
        return tuple(self._held.values())
