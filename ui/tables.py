"""A comparison, a timeline or a list as a table in which each quote has the button that opens its evidence."""

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from assistant.tables.comparing import Comparison, Row
from assistant.tables.listing import Listing
from assistant.tables.phrasing import (
    BEGINNINGS,
    STATUS,
    UNDER_THE_NAME,
    WITHOUT,
    comparison_title,
    item_name,
    section_name,
    word_begun,
    word_moment,
    word_verdict,
)
from assistant.tables.table_answers import TableAnswer
from assistant.tables.tracing import Timeline
from assistant.values import AnswerLanguage, Citation
from corpus.catalogue import Strategy
from ui.evidence import language_attribute
from ui.marks import Frame, button, place_line
from ui.table_texts import TABLE_TEXTS

Cited = Mapping[int, Citation]
# Styled as cards on a narrow screen, a table keeps its meaning for a screen reader by roles that are told.
ROW = Markup('<tr role="row"><th role="rowheader" scope="row">{}</th><td role="cell">{}</td></tr>')


def table(answer: TableAnswer, frame: Frame) -> Markup:
    """Return the table of an answer; its quotes are the answer's citations, which may have been looked up anew since."""
    cited, shown = {citation.n: citation for citation in answer.citations}, answer.table
    if isinstance(shown, Comparison):
        return _comparison(shown, cited, frame)
    return _timeline(shown, cited, frame) if isinstance(shown, Timeline) else _listing(shown, cited, frame)


def period(strategy: Strategy) -> str:
    """Return the period of a strategy ("2016-2020"), else the year in which it was published."""
    return "-".join(map(str, strategy.period)) if strategy.period else strategy.published[:4]


def framed(caption: str, headers: tuple[str, ...], rows: Iterable[Markup], *, seen: bool = True) -> Markup:
    """Return a table with its headers around rows that are made; its caption is `seen` unless the words above say the same."""
    header = Markup('<th role="columnheader" scope="col">{}</th>')
    return Markup(
        '<table role="table"><caption{}>{}</caption><thead role="rowgroup"><tr role="row">{}</tr></thead>'
        '<tbody role="rowgroup">{}</tbody></table>'
    ).format(
        "" if seen else Markup(' class="unseen"'), caption, Markup("").join(map(header.format, headers)), Markup("").join(rows)
    )


def _comparison(compared: Comparison, cited: Cited, frame: Frame) -> Markup:
    language, words = compared.language, TABLE_TEXTS[compared.language]
    rows = (
        ROW.format(
            _strategy(row.strategy, STATUS[language][row.status] if row.status else "", language),
            _says(row, cited, frame, language),
        )
        for row in compared.rows
    )
    return framed(comparison_title(compared), (words.strategy, words.says), rows, seen=False)


def _says(row: Row, cited: Cited, frame: Frame, language: AnswerLanguage) -> Markup:
    if row.citation:
        return _quoted((row.citation,), row.said, cited, frame, language)
    words = word_verdict(row, language)
    return Markup('<p class="silent">{}</p>').format(words[:1].upper() + words[1:])


def _strategy(strategy: Strategy, status: str, language: AnswerLanguage) -> Markup:
    """A strategy's name, with its period where the name does not say it, and how it stands."""
    name, years = strategy.name(language), period(strategy)
    about = " · ".join(part for part in (years if years not in name else "", status) if part)
    return Markup("{}{}").format(name, Markup(" <small>{}</small>").format(about) if about else "")


def _timeline(timeline: Timeline, cited: Cited, frame: Frame) -> Markup:
    language, words = timeline.language, TABLE_TEXTS[timeline.language]
    events = [
        ROW.format(
            word_moment(event.moment, language), _quoted((event.citation, *event.also), event.said, cited, frame, language)
        )
        for event in timeline.events
    ]
    beginnings = [
        ROW.format(
            _strategy(begun.strategy, word_begun(begun.strategy, language).removesuffix(": "), language),
            _quoted((begun.citation,), begun.said, cited, frame, language),
        )
        for begun in timeline.beginnings
    ]
    tables = (
        framed(words.traced.format(topic=timeline.topic), (words.when, words.told), events, seen=False) if events else "",
        framed(BEGINNINGS[language].removesuffix(":"), (words.strategy, words.says), beginnings) if beginnings else "",
    )
    return Markup("{}{}").format(*tables)


def _listing(listing: Listing, cited: Cited, frame: Frame) -> Markup:
    language, words = listing.language, TABLE_TEXTS[listing.language]
    tables = (
        framed(
            section_name(section, language),
            (words.part, words.told),
            (
                ROW.format(
                    item_name(item, language) or words.elsewhere, _quoted((item.citation,), item.said, cited, frame, language)
                )
                for item in section.items
            ),
        )
        for section in listing.sections
    )
    without = "; ".join(strategy.name(language) for strategy in listing.without)
    note = Markup('<p class="silent">{}</p>').format(WITHOUT[language].format(names=without)) if without else Markup("")
    return Markup("").join(tables) + note


def _quoted(told: tuple[Citation, ...], said: tuple[str, ...], cited: Cited, frame: Frame, language: AnswerLanguage) -> Markup:
    """The words of the first of some citations with a button for each, and where the first is from."""
    held = [cited[citation.n] for citation in told if citation.n in cited]
    if not held:
        return Markup("")
    quote = held[0].quote
    name = UNDER_THE_NAME[language].format(name=" … ".join(said)) if said else ""
    return Markup('<p class="quoted"{}><q>{}</q>{}</p>{}{}').format(
        language_attribute(quote.document.language),
        quote.text,
        Markup("").join(button(citation, frame) for citation in held),
        Markup('<p class="alias">{}</p>').format(name.strip(" ()")) if name else "",
        place_line(held[0], frame, numbered=False),
    )
