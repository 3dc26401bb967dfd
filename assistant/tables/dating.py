"""The dates that a text speaks of, in Danish or English: days, months, quarters, halves and seasons, years, and runs of years."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from corpus.months import MONTH_PATTERN, MONTHS

SEASONS = {
    "forår": (3, 5), "foråret": (3, 5), "spring": (3, 5), "sommer": (6, 8), "sommeren": (6, 8), "summer": (6, 8),
    "efterår": (9, 11), "efteråret": (9, 11), "autumn": (9, 11), "fall": (9, 11),
}  # fmt: skip
ORDINALS = {"første": 1, "first": 1, "anden": 2, "second": 2, "tredje": 3, "third": 3, "fjerde": 4, "fourth": 4}

_MONTH = rf"(?P<month>{MONTH_PATTERN})\.?"
_YEAR = r"(?P<year>(?:19[5-9]|20[0-4])\d)(?![\d/]|[.,]\d|\s?(?:kr|mio|mia|pct|%)|['’]?(?:erne|s\b))"
_FIRST = r"(?P<year>(?:19[5-9]|20[0-4])\d)"
_BEFORE = r"(?<![\w/])(?<!\d[.,-])(?<!nr\. )(?<!no\. )"
_ORDINAL = rf"(?P<ordinal>[1-4])\.|(?P<word>{'|'.join(ORDINALS)})"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Moment:
    """A time spoken of: its first and its last day."""

    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A moment and where in the text it is spoken of, [start, end)."""

    moment: Moment
    start: int
    end: int


def dates_in(text: str) -> list[Spoken]:
    """Return the moments that a text speaks of, in the order of the text; one that is no day of the calendar is left out."""
    return [spoken for match in PATTERN.finditer(text) if (spoken := _spoken(match))]


def _spoken(match: re.Match[str]) -> Spoken | None:
    kind = next(name for name in READERS if match[name] is not None)
    inner = _compiled(kind).match(match.string, match.start())
    try:
        moment = READERS[kind][1](inner) if inner else None
    except ValueError:
        return None
    return Spoken(moment=moment, start=match.start(), end=match.end()) if moment and moment.first <= moment.last else None


def _run(found: re.Match[str]) -> Moment:
    last = found["last"] if len(found["last"]) == 4 else found["year"][:2] + found["last"]
    return Moment(first=date(int(found["year"]), 1, 1), last=date(int(last), 12, 31))


def _numeric(found: re.Match[str]) -> Moment:
    day = date(int(found["year"]), int(found["number"]), int(found["day"]))
    return Moment(first=day, last=day)


def _day(found: re.Match[str]) -> Moment:
    day = date(int(found["year"]), MONTHS[found["month"].lower()], int(found["day"]))
    return Moment(first=day, last=day)


def _month(found: re.Match[str]) -> Moment:
    month = MONTHS[found["month"].lower()]
    return _months(int(found["year"]), month, month)


def _season(found: re.Match[str]) -> Moment:
    return _months(int(found["year"]), *SEASONS[found["season"].lower()])


def _part(found: re.Match[str]) -> Moment:
    number = int(found["ordinal"]) if found["ordinal"] else ORDINALS[found["word"].lower()]
    length = 6 if found["part"].lower().startswith("hal") else 3
    return _months(int(found["year"]), (number - 1) * length + 1, number * length)


def _quarter(found: re.Match[str]) -> Moment:
    return _months(int(found["year"]), int(found["ordinal"]) * 3 - 2, int(found["ordinal"]) * 3)


def _year(found: re.Match[str]) -> Moment:
    return _months(int(found["year"]), 1, 12)


def _months(year: int, first: int, last: int) -> Moment:
    return Moment(first=date(year, first, 1), last=date(year, last, monthrange(year, last)[1]))


# Tried in this order at each place of a text: the fullest first.
READERS: dict[str, tuple[str, Callable[[re.Match[str]], Moment]]] = {
    "iso": (rf"{_BEFORE}(?P<year>(?:19|20)\d\d)-(?P<number>[01]\d)-(?P<day>[0-3]\d)(?!\d)", _numeric),
    "dotted": (rf"{_BEFORE}(?P<day>[0-3]?\d)[./-](?P<number>[01]?\d)[./-](?P<year>(?:19|20)\d\d)(?!\d)", _numeric),
    "run": (
        rf"{_BEFORE}{_FIRST}\s?(?:[-–—/]|til og med|til|to)\s?(?P<last>(?:19|20)\d\d|\d\d)(?![\d/]|[.,]\d)",
        _run,
    ),
    "between": (
        rf"\b(?:mellem|between)\s+{_FIRST}\s+(?:og|and)\s+(?P<last>(?:19|20)\d\d)(?!\d)",
        _run,
    ),
    "day": (rf"{_BEFORE}(?P<day>[0-3]?\d)(?:\.|st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}", _day),
    "american": (rf"\b{_MONTH}\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?,?\s+{_YEAR}", _day),
    "month": (rf"\b{_MONTH},?\s+(?:i\s+|of\s+|in\s+)?{_YEAR}", _month),
    "season": (rf"\b(?P<season>{'|'.join(SEASONS)})\s+(?:i\s+|of\s+|in\s+)?{_YEAR}", _season),
    "part": (
        rf"\b(?:{_ORDINAL})\s+(?P<part>halvår|kvartal|quarter|half)\s+(?:af\s+|i\s+|of\s+|in\s+)?{_YEAR}",
        _part,
    ),
    "quarter": (rf"\bQ(?P<ordinal>[1-4])[\s-]{_YEAR}", _quarter),
    "year": (rf"{_BEFORE}{_YEAR}", _year),
}


@lru_cache(maxsize=len(READERS))
def _compiled(kind: str) -> re.Pattern[str]:
    return re.compile(READERS[kind][0], re.IGNORECASE)


def _alternatives() -> Iterator[str]:
    for kind, (pattern, _) in READERS.items():
        yield rf"(?P<{kind}>{re.sub(r'[?]P<[a-z]+>', '?:', pattern)})"


PATTERN = re.compile("|".join(_alternatives()), re.IGNORECASE)
