"""What was understood and searched, in words: which strategies and why, which years, which other names."""

from collections.abc import Mapping, Sequence

from assistant.question.naming import Relation, Years
from assistant.values import AnswerLanguage, Reason, Restriction, quoted
from corpus.catalogue import Strategy
from corpus.months import MONTH_NAMES
from corpus.renamings import OtherName
from corpus.values import Language

LANGUAGES: Mapping[AnswerLanguage, Mapping[Language, str]] = {
    "da": {"da": "dansk", "en": "engelsk", "no": "norsk", "sv": "svensk", "other": "et andet sprog"},
    "en": {"da": "Danish", "en": "English", "no": "Norwegian", "sv": "Swedish", "other": "another language"},
}
STOOD_ALONE = {"da": "Forstået som: {text}", "en": "Understood as: {text}"}
RESPELLED = {"da": "{typed} er læst som {read}.", "en": "{typed} was read as {read}."}
EVERYTHING = {"da": "Søgt i alle dokumenter.", "en": "Searched all documents."}
BOUNDED: Mapping[AnswerLanguage, Mapping[str, str]] = {
    "da": {
        "strategies": "Søgt kun i: {label} ({reason}).",
        "languages": "Søgt kun i tekst på {label} ({reason}).",
        "documents": "Søgt kun i dokumenterne: {label} ({reason}).",
    },
    "en": {
        "strategies": "Searched only: {label} ({reason}).",
        "languages": "Searched only text in {label} ({reason}).",
        "documents": "Searched only the documents {label} ({reason}).",
    },
}
PREFERRED = {"da": "Læst først: {label} ({reason}).", "en": "Read first: {label} ({reason})."}
REASONS: Mapping[AnswerLanguage, Mapping[Reason, str]] = {
    "da": {
        "chosen": "valgt af dig",
        "named": "nævnt i spørgsmålet",
        "in force": "den gældende i dag",
        "neighbour": "fundet ud fra rækkefølgen",
        "years": "fundet ud fra årstallene",
        "earlier question": "ført videre fra samtalen",
    },
    "en": {
        "chosen": "your choice",
        "named": "named in the question",
        "in force": "the one in force today",
        "neighbour": "by the order of the strategies",
        "years": "by the years",
        "earlier question": "carried over from the conversation",
    },
}
YEARS: Mapping[AnswerLanguage, Mapping[Relation, str]] = {
    "da": {
        "before": "strategier, der begynder før {first}",
        "after": "strategier, der begynder efter {first}",
        "since": "strategier, der begynder i {first} eller senere",
        "in": "strategier, der gjaldt i {years}",
        "on": "strategier, der gjaldt den {day}",
    },
    "en": {
        "before": "strategies that begin before {first}",
        "after": "strategies that begin after {first}",
        "since": "strategies that begin in {first} or later",
        "in": "strategies in force in {years}",
        "on": "strategies in force on {day}",
    },
}
DAY = {"da": "{day}. {month} {year}", "en": "{day} {month} {year}"}
MISSING = {"da": "Samlingen har intet dokument om: {names}.", "en": "The collection has no document on: {names}."}
ALSO = {"da": "Også søgt på: {names}.", "en": "Also searched as: {names}."}
SINCE = {"da": "{name} (fra {year})", "en": "{name} (from {year})"}
MOST_NAMES, FIRST_NAMES = 10, 8
OTHERS = {"da": " og {count} andre", "en": " and {count} others"}
AND: Mapping[AnswerLanguage, str] = {"da": " og ", "en": " and "}


def explain(
    standing_alone: str,
    restrictions: Sequence[Restriction],
    *,
    respelled: Sequence[tuple[str, str]],
    preferred: Restriction | None,
    missing: Sequence[Strategy],
    also: Sequence[OtherName],
    language: AnswerLanguage,
) -> str:
    """Return in one paragraph how a follow-up was understood, what was searched and why, and what is `preferred`.

    `standing_alone` is empty for a question that is no follow-up; `respelled` has words as they were typed and as they were read.
    """
    bounds = [
        BOUNDED[language][bound.on].format(label=bound.label, reason=REASONS[language][bound.reason]) for bound in restrictions
    ]
    read = [RESPELLED[language].format(typed=quoted(typed, language), read=quoted(read, language)) for typed, read in respelled]
    said = [
        *read,
        *([STOOD_ALONE[language].format(text=standing_alone)] if standing_alone else []),
        *(bounds or [EVERYTHING[language]]),
        *([PREFERRED[language].format(label=preferred.label, reason=REASONS[language][preferred.reason])] if preferred else []),
        *([MISSING[language].format(names=names_of(missing, language))] if missing else []),
        *([ALSO[language].format(names=", ".join(_since(other, language) for other in also))] if also else []),
    ]
    return " ".join(said)


def _since(other: OtherName, language: AnswerLanguage) -> str:
    return SINCE[language].format(name=other.name, year=other.since) if other.since else other.name


def years_words(years: Years, language: AnswerLanguage) -> str:
    """Return a bound in time as words: "strategies in force on 1 July 2013"."""
    span = str(years.first) if years.first == years.last else f"{years.first}-{years.last}"
    on = years.on
    day = DAY[language].format(day=on.day, month=MONTH_NAMES[language][on.month - 1], year=on.year) if on else ""
    return YEARS[language][years.relation].format(first=years.first, years=span, day=day)


def names_of(strategies: Sequence[Strategy], language: AnswerLanguage) -> str:
    """Return our short names of some strategies, in the order given; of many the first few, and how many others there are."""
    names = [strategy.name(language) for strategy in strategies]
    if len(names) <= MOST_NAMES:
        return ", ".join(names)
    return ", ".join(names[:FIRST_NAMES]) + OTHERS[language].format(count=len(names) - FIRST_NAMES)


def languages_words(languages: Sequence[Language], language: AnswerLanguage) -> str:
    """Return "Danish and English"."""
    return joined([LANGUAGES[language][found] for found in languages], language)


def joined(parts: Sequence[str], language: AnswerLanguage) -> str:
    """Return parts as a list in a sentence: "one, two and three"."""
    return AND[language].join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)
