"""What a question is about: its topic, names, parts and numbered things; what asks for a form of answer is taken away."""

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from assistant.question.naming import AS_OF, NEIGHBOURS, PERIOD, THE_ONE_OF, YEARS, short_names
from corpus.catalogue import Catalogue
from corpus.stemming import is_stop_word, words

Numbered = Literal["initiative", "focus area", "track", "goal", "signpost", "effort"]
"""A kind of thing that strategies number."""


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.IGNORECASE)


_THINGS = r"(?:initiativer|initiativerne|indsatser|projekter|tiltag|love|initiatives?|efforts?|projects?|measures?|laws?)"
_STRATEGIES = r"(?:\w+ )?(?:\w*strategi(?:erne|er)|strategies)"
# Words that ask for a form of answer, and are no part of the topic.
FRAMES: tuple[re.Pattern[str], ...] = (
    _any(
        r"hvad (?:er der|der er|blev der|skete der|er) (?:sket|hændt|blevet|af)(?: med| af)?",
        r"hvad skete der(?: med)?|hvad er (?:historien|udviklingen)",
        r"(?:histori(?:en|e)|forløbet) (?:om|bag|af)|tidslinje\w*(?: for| over)?|kronologi\w*",
        r"what (?:has )?happened (?:to|with)|what became of|what has become of",
        r"(?:the )?history of|the story of|timeline(?: of| for)?|chronology(?: of)?",
    ),
    _any(
        r"sammenlign\w*|sammenhold\w*|på tværs af " + _STRATEGIES,
        r"hvordan har(?=\b.*\b(?:udviklet|ændret|forandret) sig\b)",
        r"hvordan (?:er|blev)(?=\b.*\b(?:ændret|forandret)\b.*" + _STRATEGIES + ")",
        r"forskel(?:len|le|lene)?(?: er der)? (?:på|mellem)|hvad er forskellen|adskiller sig|til forskel fra",
        r"(?:har|nævner|omtaler) (?:alle|samtlige|begge|hver af|hvilke af) " + _STRATEGIES + r"(?: nævnt| omtalt)?",
        r"i (?:alle|samtlige|hver af|begge) " + _STRATEGIES,
        r"compare\w*|comparison|across (?:the |all )?" + _STRATEGIES,
        r"how (?:has|have|did)(?=\b.*\b(?:changed?|evolved?|developed?)\b)",
        r"differences? (?:between|in)|differs?|differ from",
        r"(?:do|did|have) (?:all|both|each of) (?:of )?(?:the )?"
        + _STRATEGIES
        + r"(?: mention(?:ed)?| address(?:ed)?| cover(?:ed)?)?",
        r"in (?:all|every|each|both) (?:of )?(?:the )?" + _STRATEGIES + r"|every strategy",
    ),
    _any(
        r"(?:list|oplist|opremse?|nævn|vis|giv) (?:mig )?(?:alle|samtlige|en (?:fuld |komplet )?liste over)(?: de)?"
        rf"(?: {_THINGS})?(?: om)?",
        rf"alle (?:de )?{_THINGS}(?: om| der)?|samtlige",
        r"(?:komplet|fuldstændig|samlet|fuld) (?:liste|oversigt)(?: over)?",
        r"(?:list|name|show|give)(?: me)? (?:all|every|each)(?: the| of the)?(?: "
        + _THINGS
        + r")?(?: on| about)?|a (?:complete|full) (?:list|overview)(?: of)?",
        rf"(?:all|every) (?:the )?{_THINGS}(?: on| about| that)?",
    ),
)
# Words that say what kind of answer is wanted, not what it is about; an answer need not repeat them.
ASKING = _any(
    r"hvor (?:mange|meget|få|stort?|store|høj|højt|lang)",
    r"(?:stor )?andel(?:en)?|antal(?:let)?|procentdel|hvilket år(?:stal)?|hvilken (?:dato|dag|måned)|hvornår",
    r"(?:mange |af )?penge|afsat|bevilget|set aside|allocated",
    r"koster|kostede|koste|prisen|budget(?:tet)?|money|funding|costs?|price|budget",
    r"udgav|udgivet|udgiver|udgives|offentliggjort|st(?:år|od) bag|vedtog|indgik|hedder|kaldes|bliver?",
    r"udkom|come out|came out",
    r"how (?:many|much|large|high|long)",
    r"(?:what|which) (?:share|percentage|proportion|fraction|number|year|date|day|month)",
    r"published|publishes|publisher|issued|released|adopted|agreed|(?:is|are|was|were) behind|called|become",
)
# Words that name a strategy; only its documents are searched then, so they tell its sentences apart no more.
NAMING = re.compile(PERIOD.pattern + r"|\b(?:\w*strateg\w+|joint|(?<!digital )government|fællesoffentlig\w*)\b", re.IGNORECASE)
# Words of questions that are about nothing by themselves.
_SAYING = _any(
    r"siger|sige|sagde|betyder|means?|handlede|gjaldt|står|stod|skriv|skriver|skrev|nævner|nævnt|omtaler|omtalt",
    r"handler|gælder|findes|fandtes|fortæl|forklar|(?:udviklet|ændret|forandret) sig",
    r"går ud på|gik ud på|ønsker|ønskede|indeholder|indeholdt|(?:kom|er kommet) (?:der )?ud af|i kraft",
    r"changed?|evolved?|developed?|in force|says?|said|states?|mentions?|mentioned|tell|explain|describe|does|did|do|about",
    r"write|writes|wrote",
    r"wants?|wanted|aims? (?:for|at|to)|aimed|contains?|contained|came out|came of|(?:that|the|this) one",
)
# The parts that any strategy has. A question about one of these is about the strategy.
PARTS = _any(
    r"(?:del)?mål(?:et|ene)?|formål(?:et|ene)?|vision(?:en|er|erne)?|fokusområder?(?:ne)?|indsatsområder?(?:ne)?|spor(?:ene)?",
    r"initiativer?(?:ne)?|indsatser?(?:ne)?|indhold(?:et)?|resultat(?:et|er|erne)?",
    r"princip(?:pet|per|perne)?|pejlemærker?(?:ne)?|tema(?:et|er|erne)?|programmer(?:ne)?|principles?|signposts?|themes?|programmes?",
    r"goals?|aims?|objectives?|purpose|visions?|(?:focus|action|areas?)|tracks?|initiatives?|efforts?|contents?|results?|outcomes?",
)


ASKED: Mapping[Numbered, re.Pattern[str]] = {
    "initiative": re.compile(r"\binitiativ(er|erne|es|e)?\b", re.IGNORECASE),
    "focus area": re.compile(r"\b(fokusområde(r|rne)?|focus areas?)\b", re.IGNORECASE),
    "track": re.compile(r"\b(spor(ene)?|tracks?)\b", re.IGNORECASE),
    "goal": re.compile(r"\b(mål(ene)?|goals?)\b", re.IGNORECASE),
    "signpost": re.compile(r"\b(pejlemærker(ne)?|signposts?|guiding marks?)\b", re.IGNORECASE),
    "effort": re.compile(r"\b(indsatser(ne)?|efforts?)\b", re.IGNORECASE),
}
LISTING = re.compile(
    r"\b(list|oplist|nævn|name|numbered|nummererede|indeholder|contains?|includes?|findes|digital)\b", re.IGNORECASE
)
# What is called by its name: a capital within the question, a capital inside a word, or a figure.
NAME = re.compile(r"(?<=\s)[A-ZÆØÅ][\w'’-]*|\b\w*[a-zæøå0-9][A-ZÆØÅ]\w*|\b\w*\d\w*\b")
TITLED = re.compile(r"\b(?:hed|hedder|kaldes|titel|titler(?:ne)?|titlen|called|titles?)\b", re.IGNORECASE)
# "How much is it, and where does the figure come from?" asks two things.
NEXT_PART = re.compile(
    r"\s*(?:[,;?]\s*(?:og|and)?|\b(?:og|and))\s+(?=(?:hv\w+|who|what|when|where|why|how|which)\b)", re.IGNORECASE
)
SHORTEST_PART = 3  # words


def names_in(text: str) -> tuple[str, ...]:
    """Return what a question calls by name, periods aside: "MitID", "Aarhus", "2024"."""
    return tuple(dict.fromkeys(NAME.findall(PERIOD.sub(" ", text))))


def parts_of(text: str) -> tuple[str, ...]:
    """Return what a question asks one by one, each part as written; the whole question if it asks one thing.

    Example: `parts_of("Hvad koster det, og hvem betaler regningen?") == ("Hvad koster det", "hvem betaler regningen?")`.
    """
    found = [part.strip() for part in NEXT_PART.split(text) if part.strip()]
    return tuple(found) if len(found) > 1 and all(len(part.split()) >= SHORTEST_PART for part in found) else (text,)


def numbered_named(text: str) -> list[Numbered]:
    """Return the kinds of numbered things that a question mentions."""
    return [kind for kind, pattern in ASKED.items() if pattern.search(text)]


def asks_for_all_numbered(text: str, catalogue: Catalogue | None = None) -> bool:
    """Return whether a question asks for all things of the kinds it mentions.

    "Which initiatives are about children" does not: a list of every initiative is no answer to it.
    """
    aside = (*NEIGHBOURS.values(), short_names(catalogue), ASKING, NAMING, LISTING, *ASKED.values())
    rest = text
    for pattern in aside:
        rest = pattern.sub(" ", rest)
    return bool(numbered_named(text)) and not content_words(rest)


def asks_for_title(text: str) -> bool:
    """Return whether a question asks what something is called."""
    return bool(TITLED.search(text))


def content_words(text: str) -> list[str]:
    """Return the words of a text in lower case that are a stop word in neither language."""
    return [word for word in words(text) if not is_stop_word(word, "da") and not is_stop_word(word, "en")]


def topic_of(text: str, catalogue: Catalogue | None = None) -> tuple[str, ...]:
    """Return the words, as written, that say what a question is about: neither what it wants nor which strategy it names.

    The short names of strategies are those of a catalogue, the shipped one by default.
    """
    bare = text
    for pattern in (*_BEFORE_NAMES, short_names(catalogue), *_AFTER_NAMES):
        bare = pattern.sub(" ", bare)
    about = set(content_words(bare))
    # What is joined by a hyphen is a word of its own: "once-only" is about something though neither part is.
    return tuple(dict.fromkeys(found for found in _SURFACES.findall(bare) if "-" in found or about & set(words(found))))


_SURFACES = re.compile(r"\w+(?:[-.]\w+)*")
# What is set aside before the short names leans on them: "the first cyber strategy".
_BEFORE_NAMES: Sequence[re.Pattern[str]] = (PERIOD, *FRAMES, *NEIGHBOURS.values())
_AFTER_NAMES: Sequence[re.Pattern[str]] = (THE_ONE_OF, AS_OF, *YEARS.values(), ASKING, _SAYING, NAMING)
