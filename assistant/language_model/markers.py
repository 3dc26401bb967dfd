"""The small words that change what a sentence says, by kind and value, in Danish and English.

How sure a thing is ("may", "must", "planned"), how many ("some", "all"), bounds ("up to"), denials, directions, times and bodies:
a claim that has another value of a kind than its quote says something else, whatever other words the two share.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from assistant.language_model.numbers import Side

MONTHS = {
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "en": "january february march april may june july august september october november december",
}
PATTERNS: Mapping[str, Mapping[str, Mapping[Side, str]]] = {
    "denial": {
        "no more": {
            "da": r"ikke (?:mere|flere|over) end",
            "en": r"no (?:more|later|fewer|less) than|not (?:more|later) than",
        },
        "denied": {
            "da": r"ikke|ingen|intet|aldrig|hverken|ej|næppe|uden|mang[el]\w*|udebliv\w+|nej|"
            r"forb[uy]d\w*|fravalgt\w*|fravælg\w*|"
            r"afvis\w*|afslå\w*|umulig\w*",
            "en": r"not|no|none|never|neither|nor|without|cannot|\w+n['’]t|lack\w*|unable|nobody|"
            r"nothing|refus\w+|forb[ai]d\w*|"
            r"prohibit\w*|opt(?:ed|ing)? out|missing|fail(?:ed|s)? to|reject\w*",
        },
    },
    "sureness": {
        "must": {
            "da": r"skal|skulle|forpligt\w+|påkræv\w+|obligatorisk\w*|pligt\w*|nødt til|kræver|kræves",
            "en": r"must|required|shall|obliged|obligatory|mandatory|ha(?:s|ve|d) to|obligation|"
            r"requires?|needs?",
        },
        "should": {
            "da": r"bør|burde|anbefal\w+|foreslå\w*|forslag\w*|opfordre\w*|tilråde\w*",
            "en": r"should|ought|recommend\w*|suggest\w*|propos\w+|advis\w+|encourag\w+",
        },
        "may": {
            "da": r"kan|kunne|må|mulighed\w*|tillad\w*|tilladt|frit|muligt|muligvis|måske|"
            r"i stand til|lov til",
            "en": r"(?<!in )(?<!by )may(?! \d)|can|could|might|allow\w*|permitted|possible|"
            r"possibly|perhaps|(?:un)?able to|free to|cannot|can['’]t|entitled",
        },
        "planned": {
            "da": r"vil|planlægg\w*|planlagt\w*|forvent\w*|ventes|agter|overvej\w*|håb\w*|sigter|"
            r"ønsk\w+|på vej|enige om|aftalt at|"
            r"kommer til|fremover|fremtiden|påtænk\w*|hensigt\w*|skønne\w*",
            "en": r"will|planned|plans? to|planning|expect\w*|intend\w*|consider\w*|hop(?:e|es|"
            r"ing)|aim\w*|going to|agreed to|to come|intention\w*|"
            r"would|wants?|is to|are to|forecast\w*|estimated",
        },
        "decided": {
            "da": r"beslutte\w*|vedtag\w*|vedtog|besluttet|ret til",
            "en": r"decided|adopted|decision|right to|passed",
        },
    },
    "quantity": {
        "all": {
            "da": r"alle|samtlige|enhver|alt(?! om)|hele",
            "en": r"all|everyone|everybody|everything|whole|entire|any time",
        },
        "most": {
            "da": r"de fleste|flertal\w*|størstedelen|størsteparten|hovedparten|mest(?! muligt)|flest",
            "en": r"most|majority",
        },
        "some": {
            "da": r"nogle|enkelte|adskillige|visse|en række|en del",
            "en": r"some|several|certain|a number of|various",
        },
        "more": {"da": r"flere(?! end)(?! og flere)", "en": ""},
        "few": {
            "da": r"få(?= \w+(?:er|r)\b)|kun få|nogle få|mindretal\w*",
            "en": r"only a few|a few|few|minority",
        },
        "half": {"da": r"halvdelen|hver anden|halvt?", "en": r"half|every other|every second"},
        "none": {"da": r"ingen|intet", "en": r"none|no|nobody"},
        "only": {
            "da": r"kun|alene|udelukkende|begrænset til|forbeholdt|blot",
            "en": r"only|solely|exclusively|limited to|restricted to|alone|reserved for",
        },
    },
    "bound": {
        "most": {
            "da": r"højst|op til|maksimalt|maks|max|ikke (?:mere|flere|over) end|indtil",
            "en": r"at most|up to|no more than|not more than|maximum(?: of)?|a maximum of",
        },
        "least": {
            "da": r"mindst|minimum|som minimum",
            "en": r"at least|minimum(?: of)?|no (?:fewer|less) than|not less than",
        },
        "over": {"da": r"over|mere end|flere end|godt", "en": r"over|more than|above|exceed\w*|upwards of"},
        "under": {
            "da": r"under|mindre end|færre end|knap|næsten",
            "en": r"under|less than|fewer than|below|almost|nearly|just under",
        },
        "about": {
            "da": r"cirka|ca\.?|omkring|omtrent|rundt regnet|anslået|skønsmæssigt|omkr\.?",
            "en": r"about|around|approximately|roughly|circa|an estimated|some(?= \d)",
        },
    },
    "direction": {
        "up": {
            "da": r"st[ei]g\w*|voks\w*|øge\w*|hæv\w*|forøge\w*|højere|bedre|forbedr\w*|"
            r"flere og flere|flere(?! end)|forlæng\w*|"
            r"længere|tiltag\w*|fremgang\w*",
            "en": r"increas\w*|rise\w*|rose|risen|rising|grow\w*|grew|rais\w*|higher|improv\w*|"
            r"went up|up(?!\s+to)|better|more(?= \w+s\b)|"
            r"upgrad\w*|expand\w*|extend\w*",
        },
        "down": {
            "da": r"fald\w*|faldt|reducer\w*|sænk\w*|mindsk\w*|lavere|dårligere|forringe\w*|"
            r"færre(?! end)|nedbring\w*|halvere\w*|"
            r"formindsk\w*|aftag\w*|kortere|tilbagegang\w*",
            "en": r"decreas\w*|fall\w*|fell|declin\w*|dropp\w*|reduc\w*|lower\w*|deteriorat\w*|"
            r"went down|down|fewer(?! than)|worse\w*|"
            r"shrink\w*|shrank|cut|less(?! than)|limit(?:ing)?",
        },
    },
    "season": {
        "spring": {"da": r"forår\w*", "en": r"spring"},
        "summer": {"da": r"sommer\w*", "en": r"summer"},
        "autumn": {"da": r"efterår\w*", "en": r"autumn|fall of"},
        "winter": {"da": r"vinter\w*", "en": r"winter"},
    },
    "period": {
        "hour": {"da": r"timer?|time\w*", "en": r"hours?|hourly"},
        "day": {"da": r"dage?|daglig\w*|døgn\w*", "en": r"days?|daily"},
        "week": {"da": r"uger?|ugen|ugentlig\w*", "en": r"weeks?|weekly"},
        "month": {"da": r"måned\w*", "en": r"months?|monthly"},
        "quarter": {"da": r"kvartal\w*", "en": r"quarter|quarterly"},
        "year": {"da": r"år|året|årlig\w*|års", "en": r"years?|yearly|annual\w*"},
        "total": {"da": r"i alt|samlet set", "en": r"in total|altogether"},
    },
    "order": {
        "before": {"da": r"før|inden(?! for)|forud for", "en": r"before|prior to|ahead of"},
        "after": {"da": r"efter|siden|når", "en": r"after|since|following|once"},
    },
    "cause": {
        "because": {
            "da": r"fordi|på grund af|skyldes|som følge af|eftersom",
            "en": r"because|due to|caused? by|owing to",
        }
    },
    "condition": {
        "if": {
            "da": r"hvis|såfremt|forudsat|betinget|under forudsætning af|afhænger|men ikke",
            "en": r"if|provided that|conditional|subject to|depends|on condition|but not",
        },
        "unless": {"da": r"medmindre|med mindre", "en": r"unless"},
    },
    "than": {"than": {"da": r"end", "en": r"than"}},
    "behalf": {"behalf": {"da": r"på vegne af|for", "en": r"on behalf of|for"}},
    "from": {"from": {"da": r"fra", "en": r"from"}},
}
# Words that say the opposite of one another: in Danish the one and the other, then the two in English.
OPPOSITES: tuple[tuple[str, str, str, str], ...] = (
    (
        r"indfør\w*|oprett\w*",
        r"afskaf\w*|ophæv\w*|nedlæg\w*|nedlagt\w*",
        r"introduc\w*|adopt\w*|establish\w*",
        r"abolish\w*|scrap\w*|repeal\w*",
    ),
    (
        r"afskaf\w*|ophæv\w*|erstat\w*|udskift\w*",
        r"behold\w*|bevar\w*|fasthold\w*",
        r"abolish\w*|replac\w*|remov\w*",
        r"keep\w*|kept|retain\w*",
    ),
    (r"åbn\w*", r"luk\w*", r"open\w*", r"clos\w*|shut\w*"),
    (
        r"frivillig\w*|frit",
        r"obligatorisk\w*|tvungen\w*|tvungn\w*",
        r"voluntar\w*|optional\w*",
        r"mandatory|compulsory|obligatory",
    ),
    (
        r"udsk[uyø]\w*|forsink\w*|udsat",
        r"frem(?:skynd|ryk)\w*",
        r"postpon\w*|delay\w*",
        r"brought forward|advanc\w*|accelerat\w*|sped up|speeded up",
    ),
    (r"hurtig\w*", r"langsom\w*", r"fast|faster|fastest|quick\w*", r"slow\w*"),
    (
        r"høj|højere|højest\w*|høje|højt",
        r"lav|lavere|lavest\w*|lave|lavt",
        r"high|higher|highest",
        r"low|lower|lowest",
    ),
    (r"streng\w*", r"lempelig\w*|mild\w*", r"strict\w*", r"lenien\w*|loose\w*|relax\w*"),
    (
        r"enkle\w*|enkel\w*|simpl\w*|let|lettere",
        r"streng\w*|svær\w*|kompli\w+",
        r"simpl\w*|easi\w*|easy",
        r"strict\w*|complex\w*|hard|harder|difficult\w*",
    ),
    (r"flest|mest", r"færrest|mindst(?! \d)", r"most", r"least(?! \d)|fewest"),
    (r"større|største|stor|store", r"mindre(?! end \d)|mindste|lille|små", r"large\w*|big\w*", r"small\w*"),
    (
        r"gratis|vederlagsfri\w*",
        r"betaling|gebyr",
        r"free of charge|without payment|free",
        r"for a fee|against payment",
    ),
    (
        r"saml\w*|sammenlæg\w*|sammenlagt\w*",
        r"adskil\w*|opdel\w*",
        r"merg\w*|combin\w*",
        r"separat\w*|split\w*",
    ),
    (r"stop\w*|ophør\w*", r"fortsæt\w*|fortsat\w*", r"stopp?\w*|ceas\w*", r"continu\w*"),
    (
        r"slet\w*",
        r"gem|gemme\w*|gemt\w*|bevar\w*|opbevar\w*",
        r"delet\w*|eras\w*",
        r"keep\w*|kept|stor(?:e|ed)\w*|retain\w*",
    ),
    (r"tilmeld\w*", r"frameld\w*|afmeld\w*", r"sign\w* up|register\w*", r"sign\w* off|deregister\w*"),
    (r"centralise\w*", r"decentralise\w*", r"centralis\w*", r"decentralis\w*"),
    (r"ældre|ældste", r"yngre|yngste|unge", r"older|oldest|elder\w*", r"young\w*"),
    (r"oftere|ofte|hyppig\w*", r"sjældn\w*|sjældent", r"often|frequent\w*", r"rare\w*|seldom"),
    (
        r"mere (?:og mere|end)",
        r"mindre (?:og mindre|end(?! \d))",
        r"more(?= \w+ly| often)",
        r"less(?= \w+ly| often)",
    ),
    (r"stigende", r"faldende", r"increasing", r"decreasing|falling"),
    (r"offentlige?t?", r"private?t?", r"public", r"private"),
    (
        r"forlæng\w*",
        r"forkort\w*|afkort\w*",
        r"extend\w*|expand\w*|prolong\w*",
        r"limit(?:ing|ed|s)|restrict\w*|shorten\w*",
    ),
    (r"styrk\w*", r"svæk\w*", r"strengthen\w*", r"weaken\w*"),
    (r"land(?:lige?|områder\w*|distrikt\w*)", r"by(?:er|erne|områder\w*)", r"rural", r"urban"),
    (
        r"offentliggør\w*|offentliggjort\w*",
        r"hemmelighold\w*|tilbagehold\w*",
        r"publish\w*|disclos\w*",
        r"withh[eo]ld\w*|conceal\w*",
    ),
    (
        r"stemt\w* for|for forslaget",
        r"stemt\w* imod|imod|mod forslaget",
        r"voted for|in favou?r",
        r"voted against|against",
    ),
    (
        r"begynd\w*|start\w*|indled\w*",
        r"slut\w*|afslut\w*|ophør\w*",
        r"begin\w*|began|start\w*",
        r"end|ends|ended|finish\w*",
    ),
    (r"vandt|vinde\w*", r"tabt\w*|tabe\w*", r"won|wins?", r"lost|loses?"),
    (r"positiv\w*", r"negativ\w*", r"positive\w*", r"negative\w*"),
    (
        r"overskud\w*|spar\w*|besparelse\w*",
        r"underskud\w*|merudgift\w*",
        r"surplus|sav(?:e|es|ed|ing|ings)",
        r"deficit|overspen\w*",
    ),
    (r"flere(?= \w+(?:er|e)\b)", r"færre(?= \w+(?:er|e)\b)", r"more(?= \w+s\b)", r"fewer(?= \w+s\b)"),
    (r"import\w*", r"eksport\w*", r"import\w*", r"export\w*"),
    (
        r"ansæt\w*|ansatte flere",
        r"afskedig\w*|fyre\w*",
        r"hir(?:e|es|ed|ing)|recruit\w*",
        r"dismiss\w*|laid off",
    ),
    (r"ny|nye|nyt", r"gammel\w*|gamle", r"new", r"old"),
)
# Adjectives that a prefix turns into their opposites.
PREFIX: Mapping[Side, str] = {
    "da": r"u(?:afhængig|tilgængelig|sikker|sikre|frivillig|tilfreds|villig|lovlig|mulig|klar|"
    r"pålidelig|kendt|begrænset|betalt|gyldig|"
    r"tilstrækkelig|egnet|løst|besvaret|ændret|offentlig|tydelig|stabil|brugelig|hensigtsmæssig|"
    r"nødvendig|vigtig)\w*",
    "en": r"(?:un(?:available|reliable|able|safe|certain|aware|known|limited|paid|filled|"
    r"necessary|satisf\w+|successful|changed|"
    r"clear|fair|secure|willing|likely|stable|suitable|important|finished|solved|protected|"
    r"restricted|authori\w+)"
    r"|in(?:dependent|secure|valid|complete|accessible|eligible|sufficient|adequate|compatible|"
    r"voluntary|visible)"
    r"|dis(?:satisf\w+|able\w*|continu\w+|agree\w*)|ir(?:regular|relevant|responsible)|"
    r"im(?:possible|precise)|il(?:legal))\w*",
}
# Bodies and people by concept; the words of one line are one concept.
BODIES: tuple[tuple[str, str], ...] = (
    (
        r"kommun\w+|\w*kommuners?",
        r"municipalit\w+|municipal|local authorit\w+|city councils?|local governments?",
    ),
    (r"region\w*", r"regions?|regional"),
    (r"stat(?:en|ens|slig\w*)?", r"state"),
    (r"regering\w*", r"government"),
    (r"folketing\w*", r"parliament"),
    (r"\w*ministeri\w+|minister\w*", r"ministry|ministries|minister"),
    (r"\w*styrelse\w*|\w*myndighed\w*|\w*tilsyn(?:et)?|\w*forvaltning\w*", r"agenc\w+|authorit\w+|board"),
    (r"borger\w*|\w*borgere", r"citizens?"),
    (r"virksomhed\w*|firma\w*|erhvervsdrivende", r"compan\w+|business\w*|firms?|enterprises?"),
    (r"\w*skole(?:r|rne|n|s)?", r"schools?"),
    (r"\w*hospital\w*|sygehus\w*", r"hospitals?"),
    (r"\w*bibliotek\w*", r"librar\w+"),
    (r"\w*muse(?:er|um)\w*", r"museums?"),
    (r"medarbejder\w*|ansat\w*|personale\w*", r"employees?|staff"),
    (r"leverandør\w*", r"suppliers?|vendors?|contractors?"),
    (r"patient\w*", r"patients?"),
    (r"læge\w*", r"doctors?|physicians?|practitioners?"),
    (r"sygeplejerske\w*", r"nurses?"),
    (r"lærer\w*", r"teachers?"),
    (r"elev(?:er|erne|en)?", r"pupils?"),
    (r"studerende\w*", r"students?"),
    (r"forældre\w*", r"parents?"),
    (r"politi\w*", r"police"),
    (r"domstol\w*|retten", r"courts?"),
    (r"råd(?:et)?", r"council"),
    (r"universitet\w*", r"universit\w+"),
    (r"konsulent\w*|konsulenthus\w*", r"consultan\w+"),
    (r"udvalg\w*", r"committees?"),
    (r"arbejdsgruppe\w*", r"working groups?|task forces?"),
    (r"forening\w*|organisation\w*", r"associations?|organisations?"),
    (r"pensionist\w*", r"pensioners?"),
    (r"børn\w*|barn\w*", r"child\w*"),
    (r"forsker\w*", r"researchers?"),
    (r"journalist\w*", r"journalists?"),
    (r"advokat\w*", r"lawyers?"),
    (r"bank(?:er|erne|en)?", r"banks?"),
    (r"kommission\w*", r"commission"),
    (r"politiker\w*", r"politicians?"),
    (r"udbyder\w*", r"providers?"),
    (r"parti\w*", r"part(?:y|ies)(?! of)"),
    (r"teat\w+", r"theatres?"),
    (r"landmænd\w*|landmand\w*", r"farmers?"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """A word or phrase of some value of a kind, and where it stands in its text."""

    kind: str
    value: str
    start: int
    end: int
    text: str


def markers(text: str, side: Side) -> list[Marker]:
    """Return the markers of a text, in lower case, in their order.

    Example: `[m.value for m in markers("op til ti", "da") if m.kind == "bound"] == ["most"]`.
    """
    found = [
        Marker(kind=kind, value=value, start=match.start(), end=match.end(), text=match.group())
        for (kind, value), pattern in _compiled(side).items()
        for match in pattern.finditer(text)
    ]
    whole = [one for one in found if not any(_within(one, other) for other in found)]
    return sorted(whole, key=lambda marker: (marker.start, -marker.end))


def _within(one: Marker, other: Marker) -> bool:
    """Whether a marker is part of a longer one: "more than" of "no more than", "most" of "at most"."""
    longer = other.end - other.start > one.end - one.start
    kinds = {one.kind, other.kind}
    alike = len(kinds) == 1 or (other.kind == "bound" and kinds <= {"quantity", "bound", "denial"})
    return longer and alike and other.start <= one.start and one.end <= other.end


@cache
def _compiled(side: Side) -> dict[tuple[str, str], re.Pattern[str]]:
    table: dict[tuple[str, str], re.Pattern[str]] = {}
    for kind, values in PATTERNS.items():
        for value, patterns in values.items():
            if patterns[side]:
                table[kind, value] = _whole(patterns[side])
    for number, month in enumerate(MONTHS[side].split(), start=1):
        # "may" is a month beside a day, a year or "in" alone.
        spoken = r"(?:(?<=in )|(?<=\d )|(?<=by ))may\b|\bmay(?= \d{4})" if month == "may" else month
        table["month", str(number)] = re.compile(spoken) if month == "may" else _whole(spoken)
    table["prefix", "un"] = _whole(PREFIX[side])
    for number, pair in enumerate(BODIES):
        table["body", str(number)] = _whole(pair[side == "en"])
    return table


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")


@cache
def opposites(side: Side) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Return the pairs of words that say the opposite of one another, in the same order for either language."""
    first = 2 if side == "en" else 0
    return tuple((_whole(row[first]), _whole(row[first + 1])) for row in OPPOSITES)
