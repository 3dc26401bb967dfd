"""Our own lines about a comparison, a timeline and a list, in Danish and English; what is quoted stays as it stands."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from assistant.messages.wording import DIGEST
from assistant.question.asking import Numbered
from assistant.tables.comparing import Comparison, Row, Verdict
from assistant.tables.dating import Moment
from assistant.tables.listing import Item, Listing, Section
from assistant.tables.tracing import Beginning, Event, Timeline
from assistant.values import AnswerLanguage, Citation, Passage
from corpus.catalogue import Status, Strategy
from corpus.months import MONTH_NAMES

STATUS: dict[AnswerLanguage, dict[Status, str]] = {
    "da": {"announced": "bebudet", "in force": "gældende", "superseded": "afløst", "ended": "udløbet"},
    "en": {"announced": "announced", "in force": "in force", "superseded": "superseded", "ended": "ended"},
}
VERDICT: dict[AnswerLanguage, dict[Verdict, str]] = {
    "da": {"mentioned": "omtalt", "not mentioned": "ikke omtalt", "not held": "intet dokument her"},
    "en": {"mentioned": "mentioned", "not mentioned": "not mentioned", "not held": "no document held"},
}
COMPARED = {
    "da": "{topic} på tværs af strategierne: omtalt i {yes} af de {held}, der har dokumenter her. {pages} er gennemgået.",
    "en": "{topic} across the strategies: mentioned in {yes} of the {held} that have documents here. {pages} were gone through.",
}
# A comparison without a topic is of the strategies themselves.
ROW_OF_STRATEGIES = {
    "da": "{held} i den rækkefølge, de kom, hver med den sætning, der siger, hvornår. {pages} er gennemgået.",
    "en": "{held} in the order in which they came, each with the sentence that says when. {pages} were gone through.",
}
COMPARED_TITLE = {"da": "{topic} på tværs af strategierne", "en": "{topic} across the strategies"}
ROW_TITLE = {"da": "Strategierne i den rækkefølge, de kom", "en": "The strategies in the order in which they came"}
READ = {"da": "{topic}: {pages} er gennemgået.", "en": "{topic}: {pages} were gone through."}
NONE = {"da": "ingen", "en": "none"}
NONE_HELD = {
    "da": "Ingen af strategierne har et dokument her, så intet kunne gennemgås.",
    "en": "None of the strategies has a document here, so nothing could be gone through.",
}
NOT_MENTIONED = {
    "da": "ikke omtalt{where} ({read} af {pages} gennemgået{nearest})",
    "en": "not mentioned{where} ({read} of {pages} searched{nearest})",
}
MOST_SILENT = 5
SILENT = {
    "da": "Ikke omtalt{where} ({read} af {pages} gennemgået): {names}.",
    "en": "Not mentioned{where} ({read} of {pages} searched): {names}.",
}
IN_OUR_DIGESTS = {"da": " i vores resuméer", "en": " in our digests"}
IN_OUR_DIGEST = {"da": " i vores resumé", "en": " in our digest"}
NEAREST = {"da": "; nærmest: {place}", "en": "; nearest: {place}"}
UNDER_THE_NAME = {"da": " (under navnet {name})", "en": " (under the name {name})"}
NOT_HELD = {"da": "Intet dokument her af: {names}.", "en": "No document held here of: {names}."}
TRACED = {
    "da": "{topic} gennem tiden, som dokumenterne daterer det. {searched} er gennemgået.",
    "en": "{topic} through time, as the documents date it. {searched} were gone through.",
}
UNDATED = {
    "da": "Intet dokument daterer noget om {topic}. {searched} er gennemgået.",
    "en": "No document dates anything about {topic}. {searched} were gone through.",
}
BEGINNINGS = {
    "da": "Strategier, der omtaler det, i den rækkefølge de kom:",
    "en": "Strategies that speak of it, in the order in which they came:",
}
LISTED = {
    "da": "Alt om {topic}: {found} i {places}. {searched} er gennemgået.",
    "en": "Everything about {topic}: {found} in {places}. {searched} were gone through.",
}
UNLISTED = {
    "da": "Intet om {topic}. {searched} er gennemgået.",
    "en": "Nothing about {topic}. {searched} were gone through.",
}
FOUND = {"da": ("ét sted", "{count} steder"), "en": ("one place", "{count} places")}
STRATEGIES = {"da": ("én strategi", "{count} strategier"), "en": ("one strategy", "{count} strategies")}
OTHER_DOCUMENTS = {"da": "Dokumenter om flere strategier", "en": "Documents about several strategies"}
ELSEWHERE = {"da": "Andre steder", "en": "Elsewhere"}
WITHOUT = {
    "da": "Ikke omtalt i det, der er gennemgået af: {names}.",
    "en": "Not mentioned in what was gone through of: {names}.",
}
KINDS: dict[AnswerLanguage, dict[Numbered, str]] = {
    "da": {
        "initiative": "Initiativ",
        "focus area": "Fokusområde",
        "track": "Spor",
        "goal": "Mål",
        "signpost": "Pejlemærke",
        "effort": "Indsats",
    },
    "en": {
        "initiative": "Initiative",
        "focus area": "Focus area",
        "track": "Track",
        "goal": "Goal",
        "signpost": "Signpost",
        "effort": "Effort",
    },
}
COUNTED = {
    "da": (("dokument", "dokumenter"), ("side", "sider")),
    "en": (("document", "documents"), ("page", "pages")),
}
AND = {"da": " og ", "en": " and "}
DAY = {"da": "{day}. {month} {year}", "en": "{day} {month} {year}"}


def word_comparison(compared: Comparison) -> str:
    """Return a comparison as lines: how many mention the topic, one for each strategy held, and which are not held."""
    held = [row for row in compared.rows if row.verdict != "not held"]
    language = compared.language
    lead = _lead(compared, held)
    silent = compared.of("not mentioned")
    shown = held if len(silent) <= MOST_SILENT else [row for row in held if row not in silent]
    lines = [lead if held else NONE_HELD[language], *(word_row(row, language) for row in shown)]
    lines += [_word_silent(silent, language)] if len(silent) > MOST_SILENT else []
    missing = [row.strategy.name(language) for row in compared.of("not held")]
    return "\n".join([*lines, NOT_HELD[language].format(names="; ".join(missing))] if missing else lines)


def _lead(compared: Comparison, held: Sequence[Row]) -> str:
    language = compared.language
    pages = pages_words(sum(row.pages for row in held), language)
    if not compared.topic:
        return ROW_OF_STRATEGIES[language].format(held=_one_or_many(STRATEGIES[language], len(held)), pages=pages)
    return (COMPARED if len(held) > 1 else READ)[language].format(
        topic=in_quotes(compared.topic, language),
        yes=len(compared.of("mentioned")) or NONE[language],
        held=len(held),
        pages=pages,
    )


def comparison_title(compared: Comparison) -> str:
    """Return what a comparison is called: its topic across the strategies, or the strategies themselves."""
    language = compared.language
    if not compared.topic:
        return ROW_TITLE[language]
    return COMPARED_TITLE[language].format(topic=in_quotes(compared.topic, language))


def _word_silent(rows: Sequence[Row], language: AnswerLanguage) -> str:
    """Return many strategies that say nothing of the topic as one line."""
    read, unread = sum(row.pages for row in rows), sum(row.unread for row in rows)
    where = IN_OUR_DIGESTS[language] if all(row.digests_only for row in rows) else ""
    names = "; ".join(row.strategy.name(language) for row in rows)
    return SILENT[language].format(where=where, read=read, pages=pages_words(read + unread, language), names=names)


def word_row(row: Row, language: AnswerLanguage) -> str:
    """Return a row as one line: the strategy, how it stands, and what it says or that it says nothing."""
    return f"{named(row, language)}: {word_verdict(row, language)}"


def named(row: Row, language: AnswerLanguage) -> str:
    """Return a row's strategy with how it stands."""
    status = f" ({STATUS[language][row.status]})" if row.status else ""
    return f"{row.strategy.name(language)}{status}"


def word_verdict(row: Row, language: AnswerLanguage) -> str:
    """Return what a row says: the quote with its number, or that there is none and what comes nearest, or no document."""
    if row.citation:
        return f"{in_quotes(row.citation.quote.text, language)} [{row.citation.n}]{_by_name(row.said, language)}"
    if row.verdict == "not held":
        return VERDICT[language]["not held"]
    total = pages_words(row.pages + row.unread, language)
    nearest = NEAREST[language].format(place=heading_of(row.nearest)) if row.nearest else ""
    where = IN_OUR_DIGEST[language] if row.digests_only else ""
    return NOT_MENTIONED[language].format(where=where, read=row.pages, pages=total, nearest=nearest)


def verdict_name(row: Row, language: AnswerLanguage) -> str:
    """Return a row's verdict in two or three words; where it was read in our digest alone, it says so."""
    where = IN_OUR_DIGEST[language] if row.verdict == "not mentioned" and row.digests_only else ""
    return VERDICT[language][row.verdict] + where


def _by_name(said: Sequence[str], language: AnswerLanguage) -> str:
    return UNDER_THE_NAME[language].format(name=" … ".join(said)) if said else ""


def heading_of(passage: Passage) -> str:
    """Return the heading under which a passage stands, or its document's title."""
    return passage.chunk.heading_path[-1] if passage.chunk.heading_path else passage.document.title


def word_timeline(timeline: Timeline) -> str:
    """Return a timeline as lines: the events in order, then the strategies that speak of the topic."""
    language = timeline.language
    lead = (TRACED if timeline.events else UNDATED)[language]
    lines = [lead.format(topic=in_quotes(timeline.topic, language), searched=_searched(timeline, language))]
    lines += [word_event(event, language) for event in timeline.events]
    if timeline.beginnings:
        lines += [BEGINNINGS[language], *(word_beginning(beginning, language) for beginning in timeline.beginnings)]
    return "\n".join(lines)


def word_event(event: Event, language: AnswerLanguage) -> str:
    """Return an event as one line: its date, its quote, and the numbers of all that tell it."""
    marks = "".join(f"[{citation.n}]" for citation in (event.citation, *event.also))
    name = _by_name(event.said, language)
    return f"{word_moment(event.moment, language)}: {in_quotes(event.citation.quote.text, language)} {marks}{name}"


def word_beginning(beginning: Beginning, language: AnswerLanguage) -> str:
    """Return a strategy that speaks of a topic as one line: when it came out or began, its name, and what it says."""
    begun = word_begun(beginning.strategy, language)
    quote = in_quotes(beginning.citation.quote.text, language)
    name = _by_name(beginning.said, language)
    return f"{begun}{beginning.strategy.name(language)}: {quote} [{beginning.citation.n}]{name}"


def word_begun(strategy: Strategy, language: AnswerLanguage) -> str:
    """Return the date on which a strategy was published, else the first year of its period, with a colon; empty where unknown."""
    parts = [int(part) for part in strategy.published.split("-") if part]
    if not parts:
        return f"{strategy.period[0]}: " if strategy.period else ""
    year, *rest = parts
    month = MONTH_NAMES[language][rest[0] - 1] if rest else ""
    words = DAY[language].format(day=rest[1], month=month, year=year) if len(rest) > 1 else f"{month} {year}".strip()
    return f"{words}: "


def word_listing(listing: Listing) -> str:
    """Return a list as lines: how much was found, each strategy with its items, and which strategies have none."""
    language = listing.language
    found, strategies = len(listing.citations), sum(section.strategy is not None for section in listing.sections)
    lead = (LISTED if found else UNLISTED)[language].format(
        topic=in_quotes(listing.topic, language),
        found=_one_or_many(FOUND[language], found),
        places=_one_or_many(STRATEGIES[language], strategies),
        searched=_searched(listing, language),
    )
    lines = [lead]
    for section in listing.sections:
        lines += ["", section_name(section, language), *_item_lines(section.items, language)]
    without = [strategy.name(language) for strategy in listing.without]
    return "\n".join([*lines, "", WITHOUT[language].format(names="; ".join(without))] if without else lines)


def section_name(section: Section, language: AnswerLanguage) -> str:
    """Return the name of a section's strategy, or what stands for those of none."""
    return section.strategy.name(language) if section.strategy else OTHER_DOCUMENTS[language]


def _item_lines(items: Sequence[Item], language: AnswerLanguage) -> list[str]:
    lines: list[str] = []
    for name, group in groupby(items, key=lambda item: item_name(item, language)):
        lines += [f"{name or ELSEWHERE[language]}:"] if name or lines else []
        lines += [_item_line(item, language) for item in group]
    return lines


def _item_line(item: Item, language: AnswerLanguage) -> str:
    return f"- {in_quotes(item.citation.quote.text, language)} [{item.citation.n}]{_by_name(item.said, language)}"


def item_name(item: Item, language: AnswerLanguage) -> str:
    """Return the name of the numbered thing that an item is part of ("Initiativ 3"), empty for one of none."""
    return f"{KINDS[language][item.kind]} {item.number}" if item.kind else ""


def word_moment(moment: Moment, language: AnswerLanguage) -> str:
    """Return a moment in words, no finer than it was spoken of: a day, a month, a run of months, a year or a run of years."""
    first, last = moment.first, moment.last
    if first == last:
        return DAY[language].format(day=first.day, month=MONTH_NAMES[language][first.month - 1], year=first.year)
    if (first.month, last.month) == (1, 12):
        return str(first.year) if first.year == last.year else f"{first.year}-{last.year}"
    months = dict.fromkeys(MONTH_NAMES[language][day.month - 1] for day in (first, last))
    return f"{'-'.join(months)} {first.year}"


def word_day(day: date, language: AnswerLanguage) -> str:
    """Return a day in words."""
    return word_moment(Moment(first=day, last=day), language)


def source_name(citation: Citation, language: AnswerLanguage) -> str:
    """Return the title of a citation's document, saying so where it is our digest."""
    document = citation.quote.document
    return f"{document.title} ({DIGEST[language]})" if document.digest else document.title


def in_quotes(text: str, language: AnswerLanguage) -> str:
    """Return a text in the quotation marks of a language."""
    return f"»{text}«" if language == "da" else f"“{text}”"


def pages_words(count: int, language: AnswerLanguage) -> str:
    """Return a number of pages in words."""
    return f"{count} {COUNTED[language][1][count != 1]}"


def _searched(found: Timeline | Listing, language: AnswerLanguage) -> str:
    documents = f"{found.documents} {COUNTED[language][0][found.documents != 1]}"
    return AND[language].join((documents, pages_words(found.pages, language)))


def _one_or_many(forms: tuple[str, str], count: int) -> str:
    return forms[count != 1].format(count=count)
