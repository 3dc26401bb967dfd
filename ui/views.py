"""From the screen and the shelf to the HTML of each part of the page, with what the index and the catalogue say now."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from corpus.catalogue import Catalogue
from corpus.settings import Settings
from corpus.values import Citation
from ui import conversation, evidence
from ui.library import Shelf, library
from ui.origin import origin
from ui.picturing import Sight, sight
from ui.references import STYLES, quotation
from ui.screen import Assistant, Screen, coverage, opened_page
from ui.texts import TEXTS, InterfaceLanguage


@dataclass(frozen=True, slots=True, kw_only=True)
class Views:
    """What every part of the page is made from."""

    assistant: Assistant
    catalogue: Catalogue
    settings: Settings

    def chat(self, screen: Screen) -> Markup:
        """Return the conversation."""
        return conversation.conversation(screen, None if screen.turns else coverage(self.assistant))

    def panel(self, screen: Screen) -> Markup:
        """Return the evidence that stands open, or how to open some."""
        citation, texts = screen.opened_citation(), TEXTS[screen.language]
        if citation is None or screen.opened is None:
            return evidence.hint(texts)
        turn, _ = screen.opened
        return evidence.panel(
            citation,
            self._opened(screen, citation),
            among=screen.citations(turn),
            turn=turn,
            origin=origin(citation.quote.document, self.catalogue, texts, on=date.today()),
            texts=texts,
        )

    def shelf(self, shelf: Shelf, language: InterfaceLanguage) -> Markup:
        """Return the library."""
        return library(
            shelf,
            self.assistant.documents(),
            self.catalogue,
            TEXTS[language],
            on=date.today(),
            most_mebibytes=self.settings.chat.upload_mebibytes,
        )

    def _opened(self, screen: Screen, citation: Citation) -> evidence.Opened:
        quote, page = citation.quote, opened_page(self.assistant, screen)
        # As the index holds it now: a conversation that the browser kept is not asked where a file lies.
        document = next((held for held in self.assistant.documents() if held.id == quote.document.id), None)
        number = screen.turned or quote.page
        span = (quote.start, quote.end) if number == quote.page else None
        return evidence.Opened(
            number=number,
            page=page,
            sight=sight(document, number, page, span) if document else Sight(unseen="gone"),
            held=document is not None and (page is not None or screen.turned is not None),
            references={style: quotation(citation, self.catalogue, style) for style in STYLES},
        )
