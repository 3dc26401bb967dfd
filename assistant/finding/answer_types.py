"""The type of answer that a question expects: a number, money, a time, a publisher, a name in a row, or what something is.

A text is given a sign of how plainly it holds one. The classes are those of question answering (Li and Roth, Learning Question
Classifiers, 2002), cut down to what is asked of strategies.
"""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from assistant.question.asking import Wanted
from assistant.question.naming import IN_YEAR, Period, periods_in
from assistant.tables.outlining import numbered_as
from corpus.catalogue import Strategy
from corpus.lexicon import Side
from corpus.stemming import stem, words

NUMBER_WORDS = (
    "to tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten tyve halvdelen tredjedel "
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen twenty half third"
)
NUMBER = re.compile(rf"\d[\d.,]*|\b(?:{'|'.join(NUMBER_WORDS.split())})\b", re.IGNORECASE)
MONTHS = (
    "januar februar marts april maj juni juli august september oktober november december "
    "january february march may june july october spring summer autumn foråret efteråret"
)
DATE = re.compile(rf"\b(?:{'|'.join(MONTHS.split())})\b.{{0,4}}\b(?:19|20)\d\d\b", re.IGNORECASE)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
PUBLISHER = re.compile(
    r"\b(?:udgivet af|udgiver|henvendelse om publikationen|aftalt|indgået|parterne bag"
    r"|published by|issued by|agreed|parties (?:are|to)"
    r"|(?:kom fra|came from) \S+(?: \S+){0,3}?\W*minist\w+|(?:fremlagt|præsenteret) af|presented by"
    r"|regeringen\b[^().]{0,40}\bkl\b(?!\.dk)|government\b[^().]{0,40}\b(?:kl|local government)\b(?!\.dk))",
    re.IGNORECASE,
)
PUBLISHED = re.compile(
    r"\b(?:udgivet|udgav|udkom|udsendt|offentliggjort|fremlagt|præsenteret|lanceret|vedtaget|aftalt|indgået|dateret|er fra"
    r"|published|issued|released|launched|presented|adopted|agreed|made|came out|dated|is from)\b",
    re.IGNORECASE,
)
BEGUN = re.compile(
    r"\b(?:begynd\w*|start\w*|indfør\w*|lancer\w*|åbn\w*|opret\w*|trådte? i kraft|træde\w* i kraft|grundlag\w*"
    r"|beg[ia]n\w*|introduc\w*|launch\w*|open(?:s|ed|ing)?|create[ds]?|founded|establish\w*|(?:came?|went) into force)\b",
    re.IGNORECASE,
)
ENDED = re.compile(
    r"\b(?:luk(?:ke|ker|kede|kes|ket)|ophør\w*|slutte\w*|udløb\w*|udfas\w*|nedlagt|nedlagde|afskaff\w*"
    r"|clos(?:e|es|ed|ing)|end(?:s|ed)?|expire[ds]?|phased out|shut\w*|discontinued|abolish\w*)\b",
    re.IGNORECASE,
)
SUCCESSION = re.compile(
    r"\b(?:fulgt af|efterfulg\w+|fulgte|næste|kom (?:efter|før)|(?:efter|før)\b.{1,80}\bkom|forud|afløs(?:t|er|te)"
    r"|erstatte(?:r|de|t)|forgænger|efterfølger|follow(?:s|ed)|next|replace[ds]|supersede[ds]|succeeded|came (?:after|before)"
    r"|(?:after|before)\b.{1,80}\bcame|predecessor|successor|preceded)\b",
    re.IGNORECASE,
)
MONEY = re.compile(r"\b(?:kr|dkk|kroner|euros?|eur|dollars?|pounds?|usd|gbp)\b|[£$€]", re.IGNORECASE)
# Years of a period, pages referred to and the number that a part is called by are numbers that answer nothing.
REFERENCES = re.compile(
    r"\([^()]*\b(?:s|p|pp)\.\s?\d[^()]*\)|\b(?:19|20)\d\d\s?[-–]\s?(?:19|20)?\d\d\b"
    r"|(?:(?i:\b(?:program(?:me)?|initiativ|initiative|fokusområde|focus area|indsats(?:område)?|action area|spor|track"
    r"|mål|goal|objective|princip|principle|kapitel|chapter|lov nr\.|act no\.|lovforslag l|bill l))\s\d[\d.]*)"
)
# "Six of the 27 initiatives" counts a part of what is asked for.
PART_OF = re.compile(rf"(?:{NUMBER.pattern})\s+(?:ud )?(?:af|of|out of)\s+(?:de|the)\s+(?:{NUMBER.pattern})", re.IGNORECASE)
COUNTED = re.compile(r"\b(?:hvor mange|how many)\s+((?:\w+\s*){1,2})", re.IGNORECASE)
BRACKETS = re.compile(r"\([^()]*\)")
SIDES: tuple[Side, Side] = ("da", "en")
WORDS_BETWEEN = 3  # of a number and the thing that it counts: "33 konkrete fælles initiativer"
HARDLY, PERHAPS = 0.25, 0.5
# What a strategy does goes by another word in each: 33 initiatives in one, 28 efforts in the next.
UNDERTAKINGS = "initiativer indsatser projekter tiltag initiatives efforts projects measures"
UNDERTAKING = re.compile(
    r"\b(?:initiativ(?:er)?|indsatser?|projekt(?:er)?|tiltag|initiatives?|efforts?|projects?|measures?)\b", re.IGNORECASE
)
# Whom something holds for. A text that names others alone tells of them: "mandatory for citizens" dates nothing for businesses.
GROUPS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(rf"\b(?:{names})\b(?!\.dk)", re.IGNORECASE)
    for names in (
        r"borgere?(?:n|ne|nes|s)?|citizens?",
        r"virksomhed(?:en|er|erne|ers)?|business(?:es)?|compan(?:y|ies)|firms?",
        r"kommune(?:n|r|rne|rnes)?|municipalit(?:y|ies)",
        r"region(?:en|er|erne|ernes|s)?",
    )
)
ORDINAL = re.compile(
    r"\b(?:første|andet|anden|tredje|fjerde|femte|sjette|syvende|ottende|first|second|third|fourth|fifth|sixth|seventh|eighth)\b",
    re.IGNORECASE,
)
# "The four focus areas are a, b, c and d" tells the whole set.
SET = re.compile(r"(?P<things>.*?)\b(?:er|var|is|are|were)\b(?P<told>.*,.*\b(?:og|and|samt)\b.*)", re.IGNORECASE | re.DOTALL)
_COPULA = r"(?:er|var|betyder|kaldes|står for|is|was|are|means|stands for)"
# "NemID was launched" tells what happened to it.
_HAPPENED = r"\s+(?:\w+ed|\w+eret|planlagt|indført|lukket|udviklet|afløst|udvidet|aftalt|besluttet|ikke|not)\b"
_ARTICLE = r"(?:(?:den|det|de|en|et|the|an?)\s+)?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a question expects of its answer.

    `counted` are the stems, on each side, of the thing whose number, or of the parts whose names, are asked for. `strategies` are
    those that the catalogue knows to be the answer, `periods` those of the strategies that the question names. `defined` is the
    thing that it asks to explain.
    """

    question: str
    wanted: Wanted
    counted: Mapping[Side, Set[str]] = field(default_factory=dict)
    strategies: Sequence[Strategy] = ()
    periods: Set[Period] = frozenset()
    defined: str = ""

    def sign(self, text: str, side: Side) -> float:
        """Return how plainly a text holds the answer expected: 1 for plainly, 0.5 for perhaps, 0 for not at all.

        It is hardly one where the text speaks of another strategy's period, of others than those whom the question is about, of
        another event, or not of the year in which something is counted.
        """
        if self.strategies:
            return float(names_expected(text, self.wanted, self.strategies))
        if self.wanted == "definition":
            return float(defines(text, self.defined))
        sign = type_sign(text, self.wanted, self.counted.get(side, frozenset()))
        return sign * self._sureness(text) if self.wanted in ("number", "money", "time") else sign

    def _sureness(self, text: str) -> float:
        """How surely a number, money or a time in a text is that of what is asked about."""
        sure = HARDLY if self.of_others(text) else 1.0
        if self.wanted == "time":
            # A date that names no group is no date for one.
            sure *= HARDLY if self._groups(self.question) - self._groups(text) else 1.0
            return sure * self._of_the_event(text)
        years = set(IN_YEAR.findall(self.question))
        return sure * (HARDLY if years and years.isdisjoint(YEAR.findall(text)) else 1.0)

    def of_others(self, text: str) -> bool:
        """Return whether a text speaks of another strategy's period too, or of other groups alone than those asked about."""
        return not self._spoken_of(text) <= self.periods or self._of_other_groups(text)

    def of_others_alone(self, text: str) -> bool:
        """Return whether a text speaks of other strategies' periods alone, or of other groups alone."""
        spoken_of = self._spoken_of(text)
        return (bool(spoken_of) and spoken_of.isdisjoint(self.periods)) or self._of_other_groups(text)

    def _of_the_event(self, text: str) -> float:
        """How surely a text tells of the event in the life of a thing that is asked about, and not of another."""
        for asked, other in ((BEGUN, ENDED), (ENDED, BEGUN)):
            if asked.search(self.question) and not other.search(self.question):
                told = asked.search(text) or (asked is BEGUN and PUBLISHED.search(text))
                return 1.0 if told else HARDLY if other.search(text) else PERHAPS
        return HARDLY if PUBLISHED.search(self.question) and not PUBLISHED.search(text) else 1.0

    def _spoken_of(self, text: str) -> frozenset[Period]:
        """The periods that a text speaks of, those in brackets aside; none where the question names no strategy."""
        return periods_in(BRACKETS.sub(" ", text)) if self.periods else frozenset()

    def _of_other_groups(self, text: str) -> bool:
        asked, said = self._groups(self.question), self._groups(text)
        return bool(asked and said) and asked.isdisjoint(said)

    @staticmethod
    def _groups(text: str) -> frozenset[re.Pattern[str]]:
        return frozenset(group for group in GROUPS if group.search(text))


def names_expected(text: str, wanted: Wanted, expected: Sequence[Strategy]) -> bool:
    """Return whether a text names one of the strategies that the catalogue expects in the answer, as what is asked for."""
    folded = text.casefold()
    titled = any(title.casefold() in folded for one in expected for title in one.titles)
    if wanted == "strategy":
        return titled
    dated = not periods_in(text).isdisjoint({one.period for one in expected})
    return (titled or dated) and bool(SUCCESSION.search(text))


def defines(text: str, thing: str) -> bool:
    """Return whether a text says what a thing is, at its beginning or after a comma: "AltID is the app ..."."""
    name = r"\W+".join(rf"{re.escape(word)}\w{{0,3}}" for word in thing.split())
    opening = rf"(?:^\W*|[,;]\s){_ARTICLE}{name}\W*(?:\([^()]*\)\s*)?(?:,[^,.]*,\s*)?{_COPULA}\b(?!{_HAPPENED})"
    return bool(thing) and re.search(opening, text, re.IGNORECASE) is not None


def type_sign(text: str, wanted: Wanted, counted: Set[str]) -> float:
    """Return how plainly a text holds a number, money, a time, a publisher, what came before or after, or parts, from 0 to 1.

    A number is plain where it stands before one of the `counted` stems, or anywhere where nothing is counted; it is hardly
    one where none of them is there. A time is plain where it has a month, and the parts where all are told at once.
    """
    bare = REFERENCES.sub(" ", text)
    if wanted == "money":
        return float(bool(MONEY.search(bare) and NUMBER.search(bare)))
    if wanted == "number":
        # A year counts nothing.
        bare = YEAR.sub(" ", bare)
        if not NUMBER.search(bare):
            return 0.0
        if not counted or _counts(bare, counted):
            return PERHAPS if PART_OF.search(bare) else 1.0
        return 0.3 if any(stem(word, side) in counted for word in words(text) for side in SIDES) else 0.1
    if wanted == "list":
        return _tells_parts(text, counted)
    if wanted == "time":
        return 1.0 if DATE.search(bare) else PERHAPS if YEAR.search(bare) else 0.0
    if wanted in ("predecessor", "successor"):
        return float(bool(SUCCESSION.search(text)))
    return float(wanted == "publisher" and bool(PUBLISHER.search(text)))


def _tells_parts(text: str, stems: Set[str]) -> float:
    """How plainly a text tells the parts of some stems: the whole set, or one of them by its number or its place."""

    def names(part: str) -> bool:
        return any(stem(word, side) in stems for word in words(part) for side in SIDES)

    whole = SET.fullmatch(text)
    if whole and names(whole["things"]) and not ORDINAL.search(whole["things"]):
        return 1.0
    single = numbered_as(text) or ORDINAL.search(text)
    return PERHAPS if single and names(text) else 0.0


def _counts(text: str, counted: Set[str]) -> bool:
    for number in NUMBER.finditer(text):
        following = list(words(text[number.end() :]))[: WORDS_BETWEEN + 1]
        if any(stem(word, side) in counted for word in following for side in SIDES):
            return True
    return False
