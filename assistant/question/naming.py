"""Which strategies a text names or means: by title, short name, period or year, or by their place in time.

Tried from the plainest sign to the vaguest; the first that finds strategies decides. The short names are those of
the families in the catalogue.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal

from assistant.values import Reason
from corpus.catalogue import Catalogue, Family, Strategy, load_catalogue
from corpus.months import MONTH_PATTERN, MONTHS

Period = tuple[int, int]
Line = tuple[Strategy, ...]
"""The strategies that follow one another under one short name, the earliest first."""
Relation = Literal["before", "after", "since", "in", "on"]
Neighbour = Literal["previous", "next", "first", "current"]


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(alternatives)})", re.IGNORECASE)


SHORTEST_TITLE = 12
SHORTEST_INFLECTED = 4
YEAR = r"(?:19|20)\d\d"
PERIOD = re.compile(rf"\b({YEAR})\s*(?:[-–—/]|to|til)\s*((?:19|20)?\d\d)\b(?![-–]\d)")
STRATEGY = r"(?:\w*strategi(?:en|er|erne)?s?|(?:strategy|strategies)|\w*plan(?:en)?|programme|aftale[nr]?)"
# How a short name may be written: "strategiens", "strategies", "programmet"; "faelles"; "digitalization".
INFLECTED = r"(?:m?e(?:n|r|rne|t|ne)?|ne?|r(?:ne)?|t)?(?:['’]?s)?"
SPELLED: Mapping[str, str] = {
    "æ": "(?:æ|ae)",
    "ø": "(?:ø|oe)",
    "å": "(?:å|aa)",
    "'": "['’]?",
    "isation": "i[sz]ation",
}
_FROM = r"(?:fra|af|from|of)\s+(?:\w+\s+)?"
# Other adjectives may come between: "den seneste fællesoffentlige digitaliseringsstrategi".
_APART = r"(?:af|and|at|de|den|det|for|fra|from|i|in|med|of|og|om|on|på|that|the|til|to|with)"
_THING = rf"(?:(?!{_APART}\b)[\w'’-]+\s+){{0,4}}?(?:{STRATEGY}|one)\b"
_ALONE = r"(?=\s*(?:[?.,;:!]|$|(?:siger?|sagde|says?|said|about|om|for|ville|vil|har|havde)\b))"
_THE = r"(?:(?:den|det|de|the)\s+)?"
_THE_ONE = r"(?:den|the one|that)"
NEIGHBOURS: Mapping[Neighbour, re.Pattern[str]] = {
    "previous": _any(
        rf"{_THE}(?:forrige|foregående|previous|preceding)\s+{_THING}",
        rf"(?:den|the)\s+(?:forrige|foregående|previous){_ALONE}",
        rf"(?:den|strategien|the one|the strategy)\s+(?:før|inden|before)\b(?!\s+{YEAR}(?![-–]))",
        rf"(?:før|inden|forud for|before|prior to|preceded)\s+(?={_THE_ONE}\s+{_FROM}{YEAR})",
        r"forgænger(?:en|e)?\b|predecessor\b",
    ),
    "next": _any(
        rf"{_THE}(?:næste|efterfølgende|next|following|subsequent)\s+{_THING}",
        rf"(?:den|the)\s+(?:næste|efterfølgende|next){_ALONE}",
        rf"(?:den|strategien|the one|the strategy)\s+(?:efter|after)\b(?!\s+{YEAR}(?![-–]))",
        rf"(?:efter|afløste|after|followed|replaced)\s+(?={_THE_ONE}\s+{_FROM}{YEAR})",
        r"efterfølger(?:en)?\b|successor\b",
    ),
    "first": _any(
        rf"{_THE}(?:første|tidligste|ældste|first|earliest|oldest)\s+{_THING}",
        rf"(?:den|the)\s+(?:første|tidligste|ældste|first|earliest|oldest){_ALONE}",
    ),
    "current": _any(
        rf"{_THE}(?:nuværende|gældende|aktuelle|seneste|nyeste|nye|dagens"
        rf"|current|latest|newest|new|present|most recent|today['’]s)\s+{_THING}",
        rf"(?:den|the)\s+(?:nu )?(?:nuværende|gældende|aktuelle|seneste|nyeste|current|latest|newest){_ALONE}",
    ),
}
_TIME_FOLLOWS = r"(?:in|on|as|i(?!\s+(?:dag|øjeblikket))|pr|fra|from|for|since|siden|before|after|før|efter)"
IN_FORCE = _any(
    r"strateg\w*\b[^.?!]{0,40}\b(?:in (?:force|effect)|i kraft|gælder|appl(?:y|ies))\b"
    rf"(?!\s+{_TIME_FOLLOWS}\b)"
)
_DATE = rf"(?:(?:(?:the\s+|den\s+)?(\d{{1,2}})(?:st|nd|rd|th|\.)?\s+)?(?:of\s+)?({MONTH_PATTERN})\s+)?({YEAR})\b"
AS_OF = re.compile(
    r"\b(?:as of|as at|in force (?:in|on|as of)|applied in|valid in|pr\.|per|gældende (?:i|pr\.?|den)|gjaldt (?:i|den|pr\.?)"
    rf"|i kraft (?:i|den|pr\.?))\s+(?:året\s+)?{_DATE}",
    re.IGNORECASE,
)
YEARS: Mapping[Relation, re.Pattern[str]] = {
    "before": _any(rf"(?:before|prior to|earlier than|until|up to|før|inden|indtil|frem til|op til)\s+(?:året\s+)?({YEAR})\b"),
    "since": _any(rf"(?:since|siden)\s+(?:året\s+)?({YEAR})\b", rf"(?:from|fra)\s+({YEAR})\s+(?:onwards?|on|og frem\w*)\b"),
    "after": _any(rf"(?:after|later than|efter)\s+(?:året\s+)?({YEAR})\b"),
}
IN_YEAR = re.compile(rf"\b(?:in|during|around|for|i|under|omkring)\s+(?:året\s+|the year\s+)?({YEAR})\b", re.IGNORECASE)
OF_YEAR = re.compile(
    rf"\bstrategi\w*\s+(?:fra|af)\s+(?:\w+\s+)?({YEAR})\b(?!\s*[-–])|\bstrategy\s+(?:of|from)\s+(?:\w+\s+)?({YEAR})\b(?!\s*[-–])"
    rf"|(?<![-–\d])\b({YEAR})[- ](?:\w+[- ]){{0,3}}?\w*strateg",
    re.IGNORECASE,
)
THE_ONE_OF = re.compile(rf"\b{_THE_ONE}\s+{_FROM}({YEAR})\b(?!\s*[-–])", re.IGNORECASE)
LONE_YEAR = re.compile(rf"\b{YEAR}\b")
THE_STRATEGY = re.compile(r"\b(?:strategien|the strategy)(?:['’]?s)?\b(?! (?:fra|af|of|from|that|der|som)\b)", re.IGNORECASE)
SEVERAL = re.compile(r"\b(?:\w*strategier(?:ne)?|strategies)\b", re.IGNORECASE)
SPEAKS_OF_STRATEGIES = re.compile(rf"\b{STRATEGY}\b", re.IGNORECASE)
WHICH = re.compile(r"\b(?:hvilken|which)\s+(?:\w+\s+){0,3}?\w*strateg", re.IGNORECASE)
# If this was done before or after a year, strategies of that time are meant.
UNDERTAKEN = re.compile(r"\b(?:\w*strateg|\w*plan|initiati|vedt|adopted|agreed)", re.IGNORECASE)
FEW_WORDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Years:
    """A bound in time that a text sets: a relation to a year, the years of a period ("in"), or one day ("on")."""

    relation: Relation
    first: int
    last: int
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """The strategies that a text names or means, the latest first, and by what sign; none may be of the `years` it sets."""

    strategies: tuple[Strategy, ...]
    reason: Reason
    years: Years | None = None


def strategies_meant(
    text: str, catalogue: Catalogue, *, on: date, focus: Sequence[Strategy] = (), held: Collection[str] = ()
) -> Meant | None:
    """Return what a text says of strategies, or None.

    `focus` are those that the conversation was about, `on` is today. A short name in the plural stands for all
    that go by it, and in the singular for the one in force, or for the latest that is `held`, by the ids of the strategies with
    a document in the index, if that one is not.

    Example: `strategies_meant("Hvad siger cyberstrategien?", load_catalogue(), on=date.today())`.
    """
    lines = lines_named(text, catalogue)
    named = _kin(text, focus, catalogue) or named_strategies(text, catalogue)
    guessed = () if named else _the_one_of(text, catalogue)
    kind = next((kind for kind, pattern in NEIGHBOURS.items() if pattern.search(text)), None)
    if kind is None and not named and IN_FORCE.search(text):
        kind = "current"
    if kind and (found := _neighbours(kind, text, named or guessed or tuple(focus), lines, catalogue, on=on)):
        if kind == "current" and named:
            others = [one for one in found if one not in named]
            return Meant(strategies=_latest_first([*named, *others]), reason="named")
        return Meant(strategies=found, reason="in force" if kind == "current" else "neighbour")
    if named:
        return Meant(strategies=named, reason="named")
    if guessed:
        return Meant(strategies=guessed, reason="years")
    years = _years(text)
    if lines:
        return _of_lines(lines, years or _lone_year(text), text, catalogue, on=on, held=held)
    if years and _bounds(years, text):
        return _of_years(years, text, catalogue.strategies, catalogue)
    if not focus and THE_STRATEGY.search(text):
        # Said of none before, it is the one in force: it is shown, and the bound can be taken away.
        in_force = _current(_joint_line(catalogue), catalogue, on=on)
        return Meant(strategies=in_force, reason="in force") if any(one.id in held for one in in_force) else None
    return None


def named_strategies(text: str, catalogue: Catalogue) -> tuple[Strategy, ...]:
    """Return the strategies that a text names by title, period or year of birth; the latest first.

    A period alone stands for the joint strategy of those years if there is one; with a short name for that of its
    kind.
    """
    folded = text.casefold()
    titled = [strategy for strategy in catalogue.strategies if _names_title(strategy, folded)]
    lines = lines_named(text, catalogue)
    pool = [strategy for line in lines for strategy in line] or list(catalogue.strategies)
    dated = [strategy for strategy in pool if strategy.period in periods_in(text)]
    if not dated and (born := _years_of_birth(text, short_name=bool(lines))):
        dated = [strategy for strategy in pool if born & _birth(strategy)]
    # Of two titles that begin alike, the longer one is named.
    whole = [one for one in titled if not any(_longer(other, one, folded) for other in titled)]
    # A title that several editions of a strategy bear is told apart by the years beside it.
    apart = [one for one in whole if one in dated] or whole
    if len(apart) > 1 and lines and not dated:
        # One title that several bear, without years: then it is no more than their short name.
        return ()
    return _latest_first(apart or (dated if lines else _joint(dated)))


def lines_named(text: str, catalogue: Catalogue) -> list[Line]:
    """Return the strategies that go by each short name in a text ("cyberstrategien"), the earliest first."""
    names = _names(catalogue.families)
    found = (match.lastindex for match in short_names(catalogue).finditer(text))
    ids = dict.fromkeys(names[index - 1][1] for index in found if index)
    return [tuple(sorted(catalogue.family(family_id), key=_age)) for family_id in ids]


def short_names(catalogue: Catalogue | None = None) -> re.Pattern[str]:
    """Return a pattern of a catalogue's short names, each with the year beside it; of the shipped one by default.

    Example: `short_names().search("What did the cyber strategy of 2018 say?")[0] == "cyber strategy of 2018"`.
    """
    return _pattern(catalogue.families if catalogue else _shipped_families())


@lru_cache(maxsize=1)
def _shipped_families() -> tuple[Family, ...]:
    return load_catalogue().families


def _names(families: tuple[Family, ...]) -> list[tuple[str, str]]:
    """The short names with the ids of their families, the longest first, as some are part of others."""
    names = [(name, family.id) for family in families for name in family.names]
    return sorted(names, key=lambda name: -len(name[0]))


@lru_cache(maxsize=8)
def _pattern(families: tuple[Family, ...]) -> re.Pattern[str]:
    """A pattern with one group for each of `_names`."""
    names = "|".join(f"({_written(name)})" for name, _ in _names(families)) or "(?!)"
    return re.compile(rf"(?:\b{YEAR}\s+)?\b(?:{names})\b(?:\s+(?:{_FROM})?{YEAR}\b(?![-–]))?", re.IGNORECASE)


def _written(name: str) -> str:
    """Return a pattern for a name in any inflection, with a hyphen, a space or nothing between its words."""
    return r"[\s-]*".join(_inflected(word) for word in re.split(r"[\s-]+", name))


def _inflected(word: str) -> str:
    stem = re.escape(word.removesuffix("y"))
    for letters, spelled in SPELLED.items():
        stem = stem.replace(letters, spelled)
    if word.endswith("y"):
        return rf"{stem}(?:y|ies)(?:['’]?s)?"
    return stem + INFLECTED if len(word) >= SHORTEST_INFLECTED else stem


def _kin(text: str, focus: Sequence[Strategy], catalogue: Catalogue) -> tuple[Strategy, ...]:
    """The strategies of the family in `focus` that a text means by years alone: "and 2016-2020?"."""
    families = {one.family for one in focus if one.family}
    if len(families) != 1:
        return ()
    born = {int(year) for year in THE_ONE_OF.findall(text)}
    periods = frozenset[Period]() if SPEAKS_OF_STRATEGIES.search(text) else periods_in(text)
    kin = catalogue.family(families.pop())
    return _latest_first([one for one in kin if one.period in periods or born & _birth(one)])


def _the_one_of(text: str, catalogue: Catalogue) -> tuple[Strategy, ...]:
    """What "the one from 2016" may mean if none was named before: the joint strategy if there is one."""
    born = {int(year) for year in THE_ONE_OF.findall(text)}
    joint = [one for one in _joint_line(catalogue) if born & _birth(one)]
    return _latest_first(joint or [one for one in catalogue.strategies if born & _birth(one)])


def periods_in(text: str) -> frozenset[Period]:
    """Return the periods that a text names ("2011-2015", "2011–15", "2011 to 2015"), as first and last year."""
    return frozenset((int(start), _full_year(start, end)) for start, end in PERIOD.findall(text))


def _full_year(start: str, end: str) -> int:
    return int(end if len(end) == 4 else start[:2] + end)


def _names_title(strategy: Strategy, folded: str) -> bool:
    return any(len(title) >= SHORTEST_TITLE and title.casefold() in folded for title in _titles(strategy))


def _titles(strategy: Strategy) -> list[str]:
    """The official titles, whole and without their subtitles."""
    return [part for title in strategy.titles for part in (title, title.partition(" - ")[0])]


def _longer(one: Strategy, other: Strategy, folded: str) -> bool:
    def longest(strategy: Strategy) -> str:
        return max((title.casefold() for title in _titles(strategy) if title.casefold() in folded), key=len, default="")

    return longest(other) != longest(one) and longest(other) in longest(one)


def _neighbours(
    kind: Neighbour, text: str, named: Sequence[Strategy], lines: Sequence[Line], catalogue: Catalogue, *, on: date
) -> tuple[Strategy, ...]:
    """The strategies before or after the named ones, or else the current ones; or the first or current ones.

    Without a short name the joint strategies are meant, and by "the current strategies" all that are in force.
    """
    if kind == "current" and not lines and SEVERAL.search(text):
        return _latest_first([one for one in catalogue.in_force(on) if one.kind != "web page"])
    if not lines and not SPEAKS_OF_STRATEGIES.search(text):
        # "And the first one?" is asked of the family that was spoken of.
        families = {one.family for one in named}
        lines = [catalogue.family(family) for family in families if family and len(families) == 1]
    lines = lines or [_joint_line(catalogue)]
    if kind == "first":
        return _latest_first([min(line, key=_age) for line in lines])
    current = [one for line in lines for one in _current(line, catalogue, on=on)]
    if kind == "current":
        return _latest_first(current)
    ids = [one.predecessor if kind == "previous" else one.successor for one in named or current]
    return _latest_first([catalogue.strategy(id) for id in ids if id])


def _joint_line(catalogue: Catalogue) -> Line:
    """The joint strategies, which are meant if nothing else is said."""
    joint = [one for one in catalogue.strategies if one.level == "joint" and one.kind == "strategy"]
    return tuple(sorted(joint, key=_age))


def _current(line: Line, catalogue: Catalogue, *, on: date) -> tuple[Strategy, ...]:
    """Those of a line that are in force, else the latest of it."""
    in_force = [one for one in line if catalogue.status(one, on=on) == "in force" and one.kind != "web page"]
    return _latest_first(in_force) or _latest_first(line)[:1]


def _years(text: str) -> Years | None:
    """The bound in time that a text sets; a lone "in 2013" is one only beside a word for a strategy."""
    if found := AS_OF.search(text):
        day, month, year = found.groups()
        bound = Years(relation="in", first=int(year), last=int(year))
        exact = _day(int(year), MONTHS[month.lower()], int(day)) if day else None
        return replace(bound, relation="on", on=exact) if exact else bound
    for first, last in sorted(periods_in(text)):
        return Years(relation="in", first=first, last=last)
    for relation, pattern in YEARS.items():
        if found := pattern.search(text):
            year = int(next(filter(None, found.groups())))
            return Years(relation=relation, first=year, last=year)
    found = IN_YEAR.search(text) if SPEAKS_OF_STRATEGIES.search(text) else None
    if found := found or OF_YEAR.search(text):
        year = int(next(filter(None, found.groups())))
        return Years(relation="in", first=year, last=year)
    return None


def _lone_year(text: str) -> Years | None:
    """The first year in a text, which beside a short name is a year of the strategy: "covering 2021"."""
    found = LONE_YEAR.search(text)
    return Years(relation="in", first=int(found[0]), last=int(found[0])) if found else None


def _bounds(years: Years, text: str) -> bool:
    """Whether a text that names no strategy asks for those of some years, not for other events then.

    "What was planned before 2016?" does and "What happened to NemID after 2022?" does not.
    """
    if years.relation in ("in", "on"):
        return True
    if THE_STRATEGY.search(text) and not SEVERAL.search(text):
        return False
    others = YEARS[years.relation].sub("", text).split()
    return bool(UNDERTAKEN.search(text)) or len(others) <= FEW_WORDS


def _of_years(years: Years, text: str, pool: Sequence[Strategy], catalogue: Catalogue) -> Meant | None:
    """The strategies of some years; None if a bound finds none and the text does not speak of strategies."""
    found = _latest_first([strategy for strategy in pool if _within(strategy, years, catalogue)])
    if not found and not SPEAKS_OF_STRATEGIES.search(text):
        return None
    return Meant(strategies=found, reason="years", years=years)


def _of_lines(
    lines: Sequence[Line], years: Years | None, text: str, catalogue: Catalogue, *, on: date, held: Collection[str]
) -> Meant | None:
    """What short names mean: those of some years, all in the plural, else the one in force or latest held."""
    bounded = bool(years and years.relation not in ("in", "on"))
    family = [one for line in lines for one in line]
    if years and (years.on or (bounded and (SEVERAL.search(text) or WHICH.search(text)))):
        return _of_years(years, text, family, catalogue)
    if years and years.relation == "in":
        found = _touching(family, years.first, years.last)
        covering = not found or any(_covers(one, years.first, years.last) for one in found)
        return Meant(strategies=found, reason="years", years=years if covering else None)
    if years:
        # "What happened to the health strategy after 2022?" names it; the year tells which of several.
        first, last = (0, years.last) if years.relation == "before" else (years.first, date.max.year)
        return Meant(strategies=_touching(family, first, last) or _latest_first(family), reason="named")
    if SEVERAL.search(text):
        return Meant(strategies=_latest_first(family), reason="named")
    meant = [one for line in lines for one in _one_of_line(line, catalogue, on=on, held=held)]
    return Meant(strategies=_latest_first(meant), reason="named")


def _one_of_line(line: Line, catalogue: Catalogue, *, on: date, held: Collection[str]) -> tuple[Strategy, ...]:
    current = _current(line, catalogue, on=on)
    known = _latest_first([one for one in line if one.id in held])[:1]
    return current if any(one.id in held for one in current) else known or current


def _touching(family: Sequence[Strategy], first: int, last: int) -> tuple[Strategy, ...]:
    """Those of a family that cover some years, else those that border on them, else the latest before without end."""
    covering = [one for one in family if _covers(one, first, last)]
    if touching := covering or [one for one in family if _covers(one, first - 1, last + 1)]:
        return _latest_first(touching)
    return _latest_first([one for one in family if not one.period and 0 < _began(one) <= last])[:1]


def _covers(strategy: Strategy, first: int, last: int) -> bool:
    """Whether a strategy's period, or else the year of its publication, has one of some years."""
    began = _began(strategy)
    return began <= last and first <= (strategy.last_year or began)


def _within(strategy: Strategy, years: Years, catalogue: Catalogue) -> bool:
    """Whether a strategy began before, after or since a year, or was in force on a day or some day of the years."""
    if years.on:
        return catalogue.status(strategy, on=years.on) == "in force"
    if years.relation == "in":
        days = (date(year, month, 15) for year in range(years.first, years.last + 1) for month in (1, 6, 11))
        return any(catalogue.status(strategy, on=day) == "in force" for day in days)
    began = _began(strategy)
    if not began:
        return False
    return {"before": began < years.first, "after": began > years.first, "since": began >= years.first}[years.relation]


def _years_of_birth(text: str, *, short_name: bool) -> set[int]:
    """The years that tell of which year a strategy is; beside a short name any year does ("the AI strategy of March 2019")."""
    bare = PERIOD.sub(" ", text)
    for pattern in YEARS.values():
        bare = pattern.sub(" ", bare)
    alone = {int(year) for year in LONE_YEAR.findall(bare)} if short_name else set()
    return alone | {int(next(filter(None, found))) for found in OF_YEAR.findall(bare)}


def _birth(strategy: Strategy) -> set[int]:
    return {*(strategy.period or ())[:1], *([int(strategy.published[:4])] if strategy.published else [])}


def _joint(found: Sequence[Strategy]) -> list[Strategy]:
    joint = {one.period for one in found if one.level == "joint"}
    return [one for one in found if one.level == "joint" or one.period not in joint]


def _latest_first(found: Sequence[Strategy]) -> tuple[Strategy, ...]:
    return tuple(sorted(found, key=_age, reverse=True))


def _began(strategy: Strategy) -> int:
    """The first year of a strategy's period, else the year of its publication; 0 if neither is known."""
    return strategy.period[0] if strategy.period else int(strategy.published[:4] or 0)


def _age(strategy: Strategy) -> tuple[int, str]:
    return _began(strategy), strategy.published


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
