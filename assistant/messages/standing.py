"""How the strategy of a cited document stands today, in words beside the citation."""

from collections.abc import Mapping
from datetime import date

from assistant.values import AnswerLanguage, Standing, State
from corpus.catalogue import Catalogue, Edition, Strategy
from corpus.values import Document

STANDING: Mapping[AnswerLanguage, Mapping[State, str]] = {
    "da": {
        "announced": "gælder fra {start} til {end}",
        "in force": "gældende {start}-{end}",
        "superseded": "afløst af {next}",
        "ended": "udløbet {end}",
    },
    "en": {
        "announced": "in force from {start} to {end}",
        "in force": "in force {start}-{end}",
        "superseded": "superseded by {next}",
        "ended": "ended {end}",
    },
}
THE_STRATEGY = {"da": "strategien {start}-{end}", "en": "the strategy {start}-{end}"}
EDITION: Mapping[AnswerLanguage, Mapping[str, str]] = {
    "da": {"da": "dansk udgave", "en": "engelsk udgave"},
    "en": {"da": "Danish edition", "en": "English edition"},
}


def standing_of(document: Document, catalogue: Catalogue, *, on: date) -> Standing | None:
    """Return how a document's strategy stands on a day; None for one of no strategy known, or of one without a period."""
    strategy = next((one for one in catalogue.strategies if one.id == document.strategy), None)
    state = catalogue.status(strategy, on=on) if strategy else None
    if strategy is None or state is None:
        return None
    edition = next((one for one in catalogue.editions if one.id == document.edition), None)
    return Standing(
        state=state,
        words_da=_words(strategy, state, edition, catalogue, "da"),
        words_en=_words(strategy, state, edition, catalogue, "en"),
    )


def _words(strategy: Strategy, state: State, edition: Edition | None, catalogue: Catalogue, language: AnswerLanguage) -> str:
    start, end = strategy.period or (0, 0)
    later = catalogue.strategy(strategy.superseded_by) if strategy.superseded_by else None
    words = STANDING[language][state].format(
        start=start, end=strategy.prolonged_to or end, next=_the_strategy(later, language) if later else ""
    )
    return f"{words}, {EDITION[language][edition.language]}" if edition else words


def _the_strategy(strategy: Strategy, language: AnswerLanguage) -> str:
    if strategy.period is None:
        return strategy.name(language)
    return THE_STRATEGY[language].format(start=strategy.period[0], end=strategy.period[1])
