"""Which strategies a text names or means: by title, by short name, by period or year, or by their place in the order of things.

Tried from the plainest sign to the vaguest; the first that finds strategies decides.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.values import Reason
from corpus.catalogue import Catalogue, Strategy

Period = tuple[int, int]
Relation = Literal["before", "after", "since", "in", "on"]
Neighbour = Literal["previous", "next", "first", "current"]


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(alternatives)})", re.IGNORECASE)


SHORTEST_TITLE = 12
YEAR = r"(?:19|20)\d\d"
PERIOD = re.compile(rf"\b({YEAR})\s*(?:[-–—/]|to|til)\s*((?:19|20)?\d\d)\b(?![-–]\d)")
STRATEGY = r"(?:\w*strategi(?:en|er|erne)?s?|(?:strategy|strategies)|\w*plan(?:en)?|programme|aftale[nr]?)"
# "the cyber strategy": what stands at the head of the ids of strategies that go by one short name.
FAMILIES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (prefix, re.compile(rf"\b(?:{pattern})", re.IGNORECASE))
    for prefix, pattern in (
        ("cyber-", r"cyber(?:sikkerheds)?strateg\w*|cyber(?:[ -]?security)? strateg\w*"),
        ("cyber-", r"strategi(?:en)?\w* for cyber\w*|cyber and information security strateg\w*"),
        ("ai-", r"ai[- ]strateg\w*|strateg\w* for (?:ai\b|kunstig intelligens|artificial intelligence)"),
        (
            "ai-",
            r"artificial intelligence strateg\w*|strategiske? indsats for kunstig",
        ),
        ("ai-", r"strategic approach to a\w*(?: intelligence)?|ai[- ]approach\w*"),
        ("health-", r"(?:digital\w* )?sundhedsstrategi\w*|strategi\w* for digital sundhed|(?:digital )?health strateg\w*"),
        ("municipal-", r"kl['’]?s (?:digital\w* )?\w*(?:strateg|program)\w*|f(?:æ|ae)lleskommunal\w*"),
        ("municipal-", r"kommunernes (?:digital\w* |digitaliserings)?strateg\w*|(?:joint )?municipal (?:digital )?strateg\w*"),
        ("welfare-", r"velf(?:æ|ae)rdsstrategi\w*|strategi\w* for digital velf(?:æ|ae)rd|(?:digital )?welfare strateg\w*"),
        ("growth-", r"v(?:æ|ae)kst(?:plan|strateg)\w*|strategi\w* for danmarks digitale v(?:æ|ae)kst"),
        ("growth-", r"(?:digital )?growth (?:plan|strateg\w*)|strateg\w* for (?:denmark['’]s )?digital growth"),
        ("basic-data-", r"grunddataaftale\w*|basic data agreement"),
        ("diplomacy-", r"tech(?:nology)?[- ]?(?:diplomati\w*|diplomacy) ?strateg\w*|strateg\w* for \w*['’]?s? ?tech diplomacy"),
        ("life-science-", r"life[- ]science[- ]strateg\w*"),
        ("decade-", r"k(?:ø|oe)replan\w* for \w*['’]?s? ?digitale årti|digital decade (?:road ?map|strategy)"),
        ("national-", r"national\w* (?:digital\w*[- ]?)?strateg\w*|danmarks digitaliseringsstrategi"),
        ("joint-", r"f(?:æ|ae)llesoffentlig\w* \w*strateg\w*|joint (?:government )?(?:digital\w* )?strateg\w*"),
    )
)
_FROM = r"(?:(?:fra|af|from|of)\s+(?:\w+\s+)?)"
DATED_FAMILIES: tuple[re.Pattern[str], ...] = tuple(
    re.compile(rf"(?:\b{YEAR}\s+)?{pattern.pattern}(?:\s+{_FROM}?{YEAR}\b(?![-–]))?", re.IGNORECASE) for _, pattern in FAMILIES
)
"""The short names with the year that may stand beside them: "the growth plan of 2014"."""
JOINT = "joint-"
# The adjective may stand apart from what it tells of: "den seneste fællesoffentlige digitaliseringsstrategi", "the current one".
_THING = rf"(?:[\w'’-]+\s+){{0,4}}?(?:{STRATEGY}|one)\b"
_ALONE = r"(?=\s*(?:[?.,;:!]|$|(?:siger?|sagde|says?|said|about|om|for|ville|vil|har|havde)\b))"
NEIGHBOURS: Mapping[Neighbour, re.Pattern[str]] = {
    "previous": _any(
        rf"(?:forrige|foregående|previous|preceding)\s+{_THING}",
        rf"(?:den|the)\s+(?:forrige|foregående|previous){_ALONE}",
        rf"(?:den|strategien|the one|the strategy)\s+(?:før|inden|before)\b(?!\s+{YEAR}(?![-–]))",
        r"forgænger(?:en|e)?\b|predecessor\b",
    ),
    "next": _any(
        rf"(?:næste|efterfølgende|next|following|subsequent)\s+{_THING}",
        rf"(?:den|the)\s+(?:næste|efterfølgende|next){_ALONE}",
        rf"(?:den|strategien|the one|the strategy)\s+(?:efter|after)\b(?!\s+{YEAR}(?![-–]))",
        r"efterfølger(?:en)?\b|successor\b",
    ),
    "first": _any(
        r"(?:første|tidligste|ældste|first|earliest|oldest)\s+(?:[\w'’-]+\s+){0,3}?(?:\w*strategi(?:en)?s?|strategy|one)\b",
        rf"(?:den|the)\s+(?:første|tidligste|ældste|first|earliest|oldest){_ALONE}",
    ),
    "current": _any(
        rf"(?:nuværende|gældende|aktuelle|seneste|nyeste|current|latest|newest|present|most recent)\s+{_THING}",
        rf"(?:den|the)\s+(?:nu )?(?:nuværende|gældende|aktuelle|seneste|nyeste|current|latest|newest){_ALONE}",
        r"strateg\w*\b[^.?!]{0,40}\b(?:in force|gælder)\b(?!\s+(?:in|on|i|pr|fra))|in force\b[^.?!0-9]*\bstrateg",
    ),
}
MONTHS: Mapping[str, int] = {
    name: number
    for names in (
        "januar februar marts april maj juni juli august september oktober november december",
        "january february march april may june july august september october november december",
    )
    for number, name in enumerate(names.split(), start=1)
}
_DATE = rf"(?:(?:the\s+|den\s+)?(\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?({'|'.join(MONTHS)})\s+)?({YEAR})\b"
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
IN_YEAR = re.compile(rf"\b(?:in|during|around|i|under|omkring)\s+(?:året\s+|the year\s+)?({YEAR})\b", re.IGNORECASE)
OF_YEAR = re.compile(
    rf"\bstrategi\w*\s+(?:fra|af)\s+(?:\w+\s+)?({YEAR})\b(?!\s*[-–])|\bstrategy\s+(?:of|from)\s+(?:\w+\s+)?({YEAR})\b(?!\s*[-–])"
    rf"|(?<![-–\d])\b({YEAR})[- ](?:\w+[- ]){{0,3}}?\w*strateg",
    re.IGNORECASE,
)
THE_ONE_OF = re.compile(rf"\b(?:den|the one|that)\s+(?:fra|af|from|of)\s+(?:\w+\s+)?({YEAR})\b(?!\s*[-–])", re.IGNORECASE)
LONE_YEAR = re.compile(rf"\b{YEAR}\b")
THE_STRATEGY = re.compile(r"\b(?:strategien|the strategy)(?:['’]?s)?\b(?! (?:for|fra|af|of|from|that|der|som)\b)", re.IGNORECASE)
SEVERAL = re.compile(r"\b(?:\w*strategier(?:ne)?|strategies)\b", re.IGNORECASE)
SPEAKS_OF_STRATEGIES = re.compile(rf"\b{STRATEGY}\b", re.IGNORECASE)


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
    a document in the index, where that one is not.
    """
    family = family_named(text, catalogue)
    named = _kin(text, focus, catalogue) or named_strategies(text, catalogue)
    neighbour = next((kind for kind, pattern in NEIGHBOURS.items() if pattern.search(text)), None)
    if neighbour and (found := _neighbour(neighbour, named or tuple(focus), family, catalogue, on=on)):
        return Meant(strategies=found, reason="in force" if neighbour == "current" else "neighbour")
    if named:
        return Meant(strategies=named, reason="named")
    if years := _years(text):
        return _of_years(years, text, family, catalogue)
    if family and SEVERAL.search(text):
        return Meant(strategies=_latest_first(family), reason="named")
    if family:
        current = _current(family, catalogue, on=on)
        known = _latest_first([one for one in family if one.id in held])[:1]
        return Meant(strategies=current if any(one.id in held for one in current) else known or current, reason="named")
    if not focus and THE_STRATEGY.search(text):
        # Said of none before, it is the one in force: it is shown, and the bound can be taken away.
        in_force = _neighbour("current", (), (), catalogue, on=on)
        return Meant(strategies=in_force, reason="in force") if any(one.id in held for one in in_force) else None
    return None


def named_strategies(text: str, catalogue: Catalogue) -> tuple[Strategy, ...]:
    """Return the strategies that a text names by title, period or year of birth; the latest first.

    A period alone stands for the joint strategy of those years where there is one; with a short name for that of its kind.
    """
    folded = text.casefold()
    titled = [strategy for strategy in catalogue.strategies if _names_title(strategy, folded)]
    family = family_named(text, catalogue)
    pool = family or catalogue.strategies
    dated = [strategy for strategy in pool if strategy.period in periods_in(text)]
    if not dated and (born := _years_of_birth(text, short_name=bool(family))):
        dated = [strategy for strategy in pool if born & _birth(strategy)]
    # Of two titles that begin alike, the longer one is named.
    whole = [one for one in titled if not any(_longer(other, one, folded) for other in titled)]
    # A title that several editions of a strategy bear is told apart by the years beside it.
    apart = [one for one in whole if one in dated] or whole
    if len(apart) > 1 and family and not dated:
        # One title that several bear, without years: then it is no more than their short name.
        return ()
    return _latest_first(apart or (dated if family else _joint(dated)))


def _kin(text: str, focus: Sequence[Strategy], catalogue: Catalogue) -> tuple[Strategy, ...]:
    """The strategies of the kind in `focus` that a text means by years alone: "and 2016-2020?", "the one of 2024"."""
    if SPEAKS_OF_STRATEGIES.search(text):
        return ()
    born, periods = {int(year) for year in THE_ONE_OF.findall(text)}, periods_in(text)
    heads = {prefix for prefix, _ in FAMILIES for one in focus if one.id.startswith(prefix)}
    kin = [one for one in catalogue.strategies if len(heads) == 1 and one.id.startswith(tuple(heads))]
    return _latest_first([one for one in kin if one.period in periods or born & _birth(one)])


def family_named(text: str, catalogue: Catalogue) -> tuple[Strategy, ...]:
    """Return all strategies that go by a short name in a text ("cyberstrategien"), the earliest first."""
    prefix = next((prefix for prefix, pattern in FAMILIES if pattern.search(text)), None)
    found = (strategy for strategy in catalogue.strategies if prefix and strategy.id.startswith(prefix))
    return tuple(sorted((one for one in found if one.kind != "report"), key=_age))


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


def _neighbour(
    kind: Neighbour, named: Sequence[Strategy], family: Sequence[Strategy], catalogue: Catalogue, *, on: date
) -> tuple[Strategy, ...]:
    """The strategies that stand so to the named ones, or else to the current one of the family, the joint one by default."""
    line = family or tuple(one for one in catalogue.strategies if one.id.startswith(JOINT) and one.kind == "strategy")
    if kind == "first":
        return tuple(sorted(line, key=_age))[:1]
    if kind == "current":
        return _current(line, catalogue, on=on)
    ids = [one.predecessor if kind == "previous" else one.successor for one in named or _current(line, catalogue, on=on)]
    return _latest_first([catalogue.strategy(id) for id in ids if id])


def _current(line: Sequence[Strategy], catalogue: Catalogue, *, on: date) -> tuple[Strategy, ...]:
    """Those of a line that are in force, else the latest of it."""
    in_force = [one for one in line if catalogue.status(one, on=on) == "in force" and one.kind != "web page"]
    return _latest_first(in_force) or _latest_first(line)[:1]


def _years(text: str) -> Years | None:
    """The bound in time that a text sets; a lone "in 2013" is one only beside a word for a strategy."""
    if found := AS_OF.search(text):
        day, month, year = found.groups()
        if day and (exact := _day(int(year), MONTHS[month.lower()], int(day))):
            return Years(relation="on", first=int(year), last=int(year), on=exact)
        return Years(relation="in", first=int(year), last=int(year))
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


def _of_years(years: Years, text: str, family: Sequence[Strategy], catalogue: Catalogue) -> Meant | None:
    """The strategies of some years; None where a bound finds none and the text does not speak of strategies."""
    pool = family or catalogue.strategies
    found = _latest_first([strategy for strategy in pool if _within(strategy, years, catalogue)])
    if not found and not SPEAKS_OF_STRATEGIES.search(text):
        return None
    return Meant(strategies=found, reason="years", years=years)


def _within(strategy: Strategy, years: Years, catalogue: Catalogue) -> bool:
    """Whether a strategy began before, after or since a year, or was in force on a day or some day of the years."""
    if years.on:
        return catalogue.status(strategy, on=years.on) == "in force"
    if years.relation == "in":
        days = (date(year, month, 15) for year in range(years.first, years.last + 1) for month in (1, 6, 11))
        return any(catalogue.status(strategy, on=day) == "in force" for day in days)
    began = strategy.period[0] if strategy.period else int(strategy.published[:4] or 0)
    if not began:
        return False
    return {"before": began < years.first, "after": began > years.first, "since": began >= years.first}[years.relation]


def _years_of_birth(text: str, *, short_name: bool) -> set[int]:
    """The years that tell of which year a strategy is; beside a short name any year does ("the AI strategy of March 2019")."""
    bare = PERIOD.sub(" ", text)
    alone = {int(year) for year in LONE_YEAR.findall(bare)} if short_name else set()
    return alone | {int(next(filter(None, found))) for found in OF_YEAR.findall(bare)}


def _birth(strategy: Strategy) -> set[int]:
    return {*(strategy.period or ())[:1], *([int(strategy.published[:4])] if strategy.published else [])}


def _joint(found: Sequence[Strategy]) -> list[Strategy]:
    joint = {one.period for one in found if one.level == "joint"}
    return [one for one in found if one.level == "joint" or one.period not in joint]


def _latest_first(found: Sequence[Strategy]) -> tuple[Strategy, ...]:
    return tuple(sorted(found, key=_age, reverse=True))


def _age(strategy: Strategy) -> tuple[int, str]:
    return (strategy.period[0] if strategy.period else int(strategy.published[:4] or 0), strategy.published)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
