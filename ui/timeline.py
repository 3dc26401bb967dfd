"""The strategies through time as HTML: a chart whose bars are buttons, the same as a table, and the account of one strategy.

A bar lies where its years lie, in parts of the chart's width, so that it is a button of the page and words keep their size.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from urllib.parse import urlsplit

from markupsafe import Markup

from assistant.tables.comparing import in_time
from corpus.catalogue import Catalogue, Level, Milestone, Strategy
from ui.evidence import language_attribute
from ui.table_texts import TABLE_TEXTS, TableTexts
from ui.tables import framed, period
from ui.texts import TEXTS, InterfaceLanguage, written_day
from ui.topic import LEVELS

TICK = 4  # years


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A strategy on the chart: where it begins and ends in parts of the width, and whether the next row superseded it."""

    strategy: Strategy
    start: float
    end: float
    leads: bool


def place_of(day: str, years: tuple[int, int]) -> float:
    """Return where a day (YYYY, YYYY-MM or YYYY-MM-DD) is on a chart of some years, in parts of its width.

    The chart ends with the last year; outside [0, 1] the day is not on it.

    Example: `place_of("2015", (2010, 2019)) == 0.5`.
    """
    first, last = years
    year, month, of_month = (*map(int, day.split("-")), 1, 1)[:3]
    return (year - first + (month - 1) / 12 + (of_month - 1) / 365) / (last + 1 - first)


def rows(catalogue: Catalogue, level: Level) -> Iterator[Row]:
    """Yield the rows of a level: in order of time, but what superseded a strategy directly below it."""
    ordered: list[Strategy] = []
    for strategy in sorted((known for known in catalogue.strategies if known.level == level), key=in_time):
        following: Strategy | None = strategy
        while following and following.level == level and following not in ordered:
            ordered.append(following)
            following = catalogue.strategy(following.superseded_by) if following.superseded_by else None
    for strategy, after in zip_longest(ordered, ordered[1:]):
        start, end = _span(strategy, catalogue.years)
        yield Row(strategy=strategy, start=start, end=end, leads=after is not None and strategy.superseded_by == after.id)


def _span(strategy: Strategy, years: tuple[int, int]) -> tuple[float, float]:
    if strategy.period is None:
        return (place_of(strategy.published, years),) * 2
    return place_of(str(strategy.period[0]), years), place_of(str(strategy.period[1] + 1), years)


def chart(catalogue: Catalogue, language: InterfaceLanguage, *, on: date, chosen: str = "") -> Markup:
    """Return the chart as it stands on a day, with one strategy chosen, and the same as a table."""
    words = TABLE_TEXTS[language]
    levels = [(level, list(rows(catalogue, level))) for level in LEVELS]
    box = Markup('<label><input type="checkbox" value="{}" checked> <span>{}</span></label>')
    group = Markup('<li data-level="{}"><h3>{}</h3><ol>{}</ol></li>')
    year_mark = Markup('<span style="left:{:.3f}%">{}</span>')
    first, last = catalogue.years
    marks = [year_mark.format(100 * place_of(str(year), (first, last)), year) for year in range(first, last + 1, TICK)]
    return Markup(
        '<section class="course"><h2>{title}</h2><p class="about">{about}</p>'
        '<fieldset class="levels"><legend>{show}</legend>{boxes}</fieldset>'
        '<div class="chart" role="group" aria-label="{label}"><div class="years" aria-hidden="true">{years}'
        '</div><span class="now" style="left:{now:.3f}%"></span><ol class="lanes">{lanes}</ol></div>'
        '<details class="tabled"><summary>{as_table}</summary>{table}</details></section>'
    ).format(
        title=words.timeline_title,
        about=words.timeline_about,
        show=words.levels,
        boxes=Markup("").join(box.format(level, words.level[level]) for level, held in levels if held),
        label=words.chart,
        years=Markup("").join(marks),
        now=100 * place_of(on.isoformat(), (first, last)),
        lanes=Markup("").join(
            group.format(level, words.level[level], Markup("").join(_row(row, catalogue, language, on, chosen) for row in held))
            for level, held in levels
            if held
        ),
        as_table=words.as_table,
        table=_table([row.strategy for _, held in levels for row in held], catalogue, language, on),
    )


def _row(row: Row, catalogue: Catalogue, language: InterfaceLanguage, on: date, chosen: str) -> Markup:
    strategy, words = row.strategy, TABLE_TEXTS[language]
    name, years, state = strategy.name(language), period(strategy), catalogue.status(strategy, on=on)
    far = row.start > 1 - row.end
    room = row.start if far else 1 - row.end
    beside = f"{'right' if far else 'left'}:{100 * (1 - room):.3f}%;max-width:{100 * room:.3f}%"
    told = TEXTS[language].standing[state] if state else words.no_period
    next_name, span = _next(strategy, catalogue, language), catalogue.years
    dot = Markup('<i style="left:{:.3f}%" title="{}"></i>')
    dots = [
        dot.format(100 * place_of(event.date, span), f"{written_day(event.date, TEXTS[language])}: {event.name(language)}")
        for event in catalogue.milestones(strategy_id=strategy.id, years=span)
    ]
    return Markup(
        '<li class="lane{leads}{far}" data-event="strategy" data-strategy="{id}" style="--end:{end:.3f}%">'
        '<span class="name" style="{beside}" aria-hidden="true"><b>{years}</b> {short}</span>'
        '<button type="button" class="bar {kind}" id="bar-{id}" style="left:{left:.3f}%;width:{width:.3f}%" '
        'aria-label="{label}"{current}>'
        '<span class="tip" aria-hidden="true"><strong>{name}</strong>{years} · {told}{next}</span></button>'
        '<span class="dots" aria-hidden="true">{dots}</span></li>'
    ).format(
        leads=" leads" if row.leads else "",
        far=" far" if far else "",
        id=strategy.id,
        beside=beside,
        end=100 * row.end,
        name=name,
        short=name.removesuffix(years).rstrip(),
        kind=state.replace(" ", "-") if state else "undated",
        left=100 * row.start,
        width=100 * (row.end - row.start),
        label=words.bar.format(name=name, period=years, state=told),
        current=Markup(' aria-current="true"') if strategy.id == chosen else "",
        years=years,
        told=told,
        next=Markup("<br>{}").format(next_name) if next_name else "",
        dots=Markup("").join(dots),
    )


def _next(strategy: Strategy, catalogue: Catalogue, language: InterfaceLanguage) -> str:
    """What took a strategy's place, or else came after it, in words; empty where nothing did."""
    words, id = TABLE_TEXTS[language], strategy.superseded_by or strategy.successor
    if id is None:
        return ""
    verb = words.superseded_by if strategy.superseded_by else words.followed_by
    return f"{verb}: {catalogue.strategy(id).name(language)}"


def _table(strategies: list[Strategy], catalogue: Catalogue, language: InterfaceLanguage, on: date) -> Markup:
    words, texts = TABLE_TEXTS[language], TEXTS[language]
    row = Markup(
        '<tr role="row" data-level="{}"><th role="rowheader" scope="row">{}</th><td role="cell">{}</td><td role="cell">{}</td>'
        '<td role="cell">{}</td></tr>'
    )

    def milestones(strategy: Strategy) -> Markup:
        item = Markup("<li>{}: {}</li>")
        told = catalogue.milestones(strategy_id=strategy.id, years=catalogue.years)
        items = Markup("").join(item.format(written_day(event.date, texts), event.name(language)) for event in told)
        return Markup("<ul>{}</ul>").format(items) if items else Markup("")

    def state(strategy: Strategy) -> str:
        status = catalogue.status(strategy, on=on)
        return ". ".join(
            part for part in (TEXTS[language].standing[status] if status else "", _next(strategy, catalogue, language)) if part
        )

    made = (
        row.format(strategy.level, strategy.name(language), period(strategy), state(strategy), milestones(strategy))
        for strategy in strategies
    )
    return framed(words.chart, (words.strategy, words.period, words.today, words.milestones), made)


def account(strategy: Strategy, catalogue: Catalogue, language: InterfaceLanguage, *, on: date) -> Markup:
    """Return what the catalogue knows of one strategy on a day, with questions to ask about it."""
    words = TABLE_TEXTS[language]
    ask = Markup('<li><button type="button" data-event="example" data-tab="chat" data-question="{0}">{0}</button></li>')
    questions = (ask.format(question.format(name=strategy.name(language))) for question in words.questions)
    title = strategy.title(language)
    milestones = catalogue.milestones(strategy_id=strategy.id)
    return Markup(
        '<section class="evidence account" aria-labelledby="account">'
        '<button type="button" class="link back" data-return="bar-{}">{}</button>'
        '<h2 class="evidence-title" id="account" tabindex="-1">{}</h2>{}'
        '<div class="folder"><dl>{}</dl><h3>{}</h3><ul class="asking-list">{}</ul>{}</div></section>'
    ).format(
        strategy.id,
        words.back,
        strategy.name(language),
        Markup('<p class="where"{}>{}</p>').format(_language_of(strategy, title), title)
        if title != strategy.name(language)
        else "",
        _facts(strategy, catalogue, language, on),
        words.ask,
        Markup("").join(questions),
        _milestones(milestones, words, language) if milestones else "",
    )


def _language_of(strategy: Strategy, title: str) -> Markup:
    return language_attribute("da" if title == strategy.title_da else "en")


def _facts(strategy: Strategy, catalogue: Catalogue, language: InterfaceLanguage, on: date) -> Markup:
    words, texts = TABLE_TEXTS[language], TEXTS[language]
    link = Markup('<button type="button" class="link" data-event="strategy" data-strategy="{}">{}</button>')

    def linked(id: str | None) -> Markup | str:
        return link.format(id, catalogue.strategy(id).name(language)) if id else ""

    state = catalogue.status(strategy, on=on)
    prolonged = words.prolonged.format(year=strategy.prolonged_to) if strategy.prolonged_to else ""
    years = "-".join(map(str, strategy.period)) if strategy.period else words.no_period
    followed = "" if strategy.superseded_by else linked(strategy.successor)
    earlier = catalogue.strategy(strategy.predecessor) if strategy.predecessor else None
    superseded = earlier is not None and earlier.superseded_by == strategy.id
    facts = (
        (words.period, ", ".join(part for part in (years, prolonged) if part)),
        (words.today, TEXTS[language].standing[state] if state else ""),
        (texts.publisher, ", ".join(strategy.publishers_da if language == "da" else strategy.publishers_en)),
        (words.supersedes if superseded else words.follows, linked(strategy.predecessor)),
        (words.superseded_by, linked(strategy.superseded_by)),
        (words.followed_by, followed),
    )
    row = Markup("<div><dt>{}</dt><dd>{}</dd></div>")
    return Markup("").join(row.format(name, value) for name, value in facts if value)


def _milestones(milestones: tuple[Milestone, ...], words: TableTexts, language: InterfaceLanguage) -> Markup:
    item = Markup("<li><time>{}</time> <span>{}{}</span></li>")
    items = (
        item.format(written_day(event.date, TEXTS[language]), event.name(language), _sources(event, words, language))
        for event in milestones
    )
    return Markup('<h3>{}</h3><ul class="milestones">{}</ul>').format(words.milestones, Markup("").join(items))


def _sources(event: Milestone, words: TableTexts, language: InterfaceLanguage) -> Markup:
    link = Markup(' <a href="{}" target="_blank" rel="noopener noreferrer">{}<span class="unseen"> ({}, {})</span></a>')
    named = Markup(" <cite>{}</cite>")
    hosts = ((source.at, urlsplit(source.at)) for source in event.sources)
    return Markup("").join(
        link.format(at, (parts.hostname or "").removeprefix("www."), words.source, TEXTS[language].new_window)
        if parts.scheme in ("http", "https") and parts.hostname
        else named.format(at)
        for at, parts in hosts
    )
