"""Where a document comes from, as the catalogue knows it, in the words of one language."""

from dataclasses import dataclass
from datetime import date

from corpus.catalogue import Catalogue, Edition, Strategy
from corpus.values import Document
from ui.texts import Texts, written_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The strategy with its standing and publisher, the official edition's language and address; empty where unknown."""

    strategy: str = ""
    publisher: str = ""
    edition: str = ""
    address: str = ""


def origin(document: Document, catalogue: Catalogue, texts: Texts, *, on: date) -> Origin:
    """Return where a document comes from and how its strategy stands on a day; `Origin()` outside the catalogue."""
    strategy = next((known for known in catalogue.strategies if known.id == document.strategy), None)
    if strategy is None:
        return Origin()
    edition = _edition(document, catalogue)
    return Origin(
        strategy=_standing(strategy, catalogue, texts, on),
        publisher=", ".join(strategy.publishers_da if texts.language == "da" else strategy.publishers_en),
        edition=texts.edition_in[edition.language] if edition else "",
        address=(edition.url or "") if edition else "",
    )


def _standing(strategy: Strategy, catalogue: Catalogue, texts: Texts, on: date) -> str:
    status = catalogue.status(strategy, on=on)
    told = (
        texts.standing[status] if status else "",
        texts.published.format(day=written_day(strategy.published, texts)) if strategy.published else "",
    )
    name, notes = strategy.name(texts.language), ", ".join(part for part in told if part)
    return f"{name} ({notes})" if notes else name


def _edition(document: Document, catalogue: Catalogue) -> Edition | None:
    """Return the document's own edition; for a digest an official one that it is about, in its language if there is."""
    if not document.digest:
        return next((edition for edition in catalogue.editions if edition.id == document.edition), None)
    about = [edition for edition in catalogue.editions if edition.strategy == document.strategy and edition.url]
    return min(about, key=lambda edition: edition.language != document.language, default=None)
