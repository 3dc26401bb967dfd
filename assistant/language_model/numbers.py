"""The numbers that a Danish or English text states, in digits and in words, as values that can be compared across both.

A number is its value with its unit: "1,5 mia. kr." and "DKK 1.5 billion" both state (1500000000, "kr"). What separates
thousands and what decimals follows the language of the text.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Side = Literal["da", "en"]
Number = tuple[Decimal, str]

UNITS: Mapping[Side, str] = {
    "da": "nul * to tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten seksten sytten atten nitten",
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen",
}
TENS: Mapping[Side, str] = {
    "da": "tyve tredive fyrre halvtreds tres halvfjerds firs halvfems",
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
}
ORDINALS: Mapping[Side, str] = {
    "da": "første * tredje fjerde femte sjette syvende ottende niende tiende ellevte tolvte",
    "en": "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
}
# Words that state a number beside the regular ones. Danish "en" and "anden" are mostly no numbers: see `Stated.also`.
OTHERS: Mapping[Side, Mapping[str, str]] = {
    "da": {"én": "1", "ét": "1", "fyrretyve": "40", "halvanden": "1.5", "halvandet": "1.5", "dusin": "12"},
    "en": {"dozen": "12", "once": "1", "twice": "2"},
}
FRACTIONS: Mapping[Side, Mapping[str, int]] = {
    "da": {
        "halvdelen": 2,
        "halv": 2,
        "halvt": 2,
        "halve": 2,
        "tredjedel": 3,
        "tredjedele": 3,
        "fjerdedel": 4,
        "fjerdedele": 4,
    },
    "en": {"half": 2, "halves": 2, "thirds": 3, "quarter": 4, "quarters": 4},
}
# Found in a quote, these may stand for the number that a claim states; in a claim they state none.
PERHAPS: Mapping[Side, Mapping[str, tuple[Number, ...]]] = {
    "da": {
        "en": ((Decimal(1), ""),),
        "et": ((Decimal(1), ""),),
        "eneste": ((Decimal(1), ""),),
        "først": ((Decimal(1), ""),),
        "anden": ((Decimal(2), ""),),
        "andet": ((Decimal(2), ""),),
        "begge": ((Decimal(2), ""),),
        "gang": ((Decimal(1), ""),),
    },
    "en": {
        "a": ((Decimal(1), ""),),
        "an": ((Decimal(1), ""),),
        "single": ((Decimal(1), ""),),
        "both": ((Decimal(2), ""),),
    },
}
SCALES: Mapping[Side, Mapping[str, int]] = {
    "da": {
        **dict.fromkeys(("hundrede", "hundreder", "hundred", "hundredvis"), 2),
        **dict.fromkeys(("tusind", "tusinde", "tusinder", "tusindvis"), 3),
        **dict.fromkeys(("mio", "million", "millioner", "millionvis"), 6),
        **dict.fromkeys(("mia", "mia.", "milliard", "milliarder", "mrd"), 9),
        **dict.fromkeys(("billion", "billioner"), 12),
    },
    "en": {
        **dict.fromkeys(("hundred", "hundreds"), 2),
        **dict.fromkeys(("thousand", "thousands"), 3),
        **dict.fromkeys(("million", "millions", "mn", "m"), 6),
        **dict.fromkeys(("billion", "billions", "bn"), 9),
        **dict.fromkeys(("trillion", "trillions"), 12),
    },
}
SIGNS: Mapping[str, str] = {
    **dict.fromkeys(("%", "pct", "procent", "percent", "per cent", "procents"), "%"),
    **dict.fromkeys(("procentpoint", "percentage point", "percentage points", "pct.-point", "pct.point"), "%p"),
    **dict.fromkeys(("kr", "kroner", "kronor", "krone", "dkk", "danish kroner", "danske kroner"), "kr"),
    **dict.fromkeys(("euro", "euros", "eur", "€"), "€"),
    **dict.fromkeys(("dollar", "dollars", "usd", "$"), "$"),
    **dict.fromkeys(("pund", "pound", "pounds", "gbp", "£"), "£"),
}
_SIGN = "|".join(re.escape(sign) for sign in sorted(SIGNS, key=len, reverse=True))
_DIGITS = r"\d+(?:[.,\u00a0\u202f ]\d{3}(?!\d))*(?:[.,]\d+)*"
_TOKEN = re.compile(
    rf"(?P<sign>(?<![^\W\d_])(?:{_SIGN})(?![^\W\d_]))|(?P<digits>{_DIGITS})|(?P<word>[^\W\d_]+)",
    re.IGNORECASE,
)
_A_THIRD = re.compile(r"\b(?:a|one)[ -]third\b", re.IGNORECASE)
_EVERY_QUARTER = re.compile(r"\b(?:every|each|per|this|last|next|first|second|third|fourth|a) quarter\b(?! of)", re.IGNORECASE)
_EVERY = re.compile(r"\b(?:hvert?|every)\s+(\w+)", re.IGNORECASE)
_FRACTION_SIGNS = {"½": "5", "¼": "25", "¾": "75"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """The numbers that a text plainly states, and those that it may be read to state as well."""

    plainly: frozenset[Number]
    perhaps: frozenset[Number]


@dataclass(slots=True, kw_only=True)
class _Run:
    """A number being read: its value so far, and the unit that stood before or after it."""

    value: Decimal
    sign: str = ""
    words: bool = False


def stated(text: str, side: Side) -> Stated:
    """Return the numbers of a text in the given language.

    A share or sum is read with its unit alone, so that 82 does not pass for 82 %; a number above a thousand times a scale
    word is multiplied out. "third" is read as an ordinal, "two thirds" as a fraction.
    """
    runs = list(_runs(text, side))
    plainly = {(run.value.normalize(), run.sign) for run in runs}
    words = {word.casefold() for word in re.findall(r"[^\W\d_]+", text)}
    perhaps = {number for word in words & PERHAPS[side].keys() for number in PERHAPS[side][word]}
    for match in _EVERY.finditer(text):
        ordinal = _WORDS[side].get(match[1].casefold()) or (
            Decimal(2) if match[1].casefold() in ("anden", "andet", "other") else None
        )
        if ordinal:
            perhaps |= {(Decimal(1), ""), (ordinal.normalize(), ""), ((1 / ordinal).normalize(), "")}
    # A sum that a claim states without its currency is still the same sum; a share is not the same without its sign.
    bare = {(value, "") for value, sign in plainly if sign in ("kr", "€", "$", "£")}
    return Stated(plainly=frozenset(plainly), perhaps=frozenset(perhaps | bare))


def _runs(text: str, side: Side) -> Iterator[_Run]:
    point = "," if side == "da" else "."
    if side == "en":
        text = _A_THIRD.sub("thirds", _EVERY_QUARTER.sub("kvartal", text))
    for fraction, decimals in _FRACTION_SIGNS.items():
        text = re.sub(rf"(\d*){fraction}", rf"0\g<1>{point}{decimals}", text)
    words = _WORDS[side]
    run: _Run | None = None
    before, end = "", 0
    for token in _TOKEN.finditer(text):
        near = not text[end : token.start()].strip(" \t\n\u00a0\u202f-.")
        kind, said = token.lastgroup, token.group().casefold()
        end = token.end()
        if run and not near:
            yield run
            run, before = None, ""
        if kind == "sign":
            if run and (not run.sign or run.sign == "%"):
                run.sign = SIGNS[said]
                continue
            before = SIGNS[said]
            continue
        if kind == "word" and run and said in SCALES[side]:
            run.value *= Decimal(10) ** SCALES[side][said]
            continue
        if kind == "word" and run and said in FRACTIONS[side]:
            run.value /= FRACTIONS[side][said]
            continue
        if kind == "word" and run and run.words and said in ("og", "and"):
            continue
        value = list(_values(said, side)) if kind == "digits" else [words[said]] if said in words else []
        if kind == "word" and run and run.words and value and _adds(run.value, value[0]):
            run.value += value[0]
            continue
        if run:
            yield run
        run = None
        for one in value[:-1]:
            yield _Run(value=one)
        if value:
            run = _Run(value=value[-1], sign=before if before not in ("%", "%p") else "", words=kind == "word")
        elif kind == "word" and said in SCALES[side] and len(said) > 3:
            run = _Run(value=Decimal(10) ** SCALES[side][said], words=True)
        elif kind == "word" and said in FRACTIONS[side]:
            run = _Run(value=Decimal(1) / FRACTIONS[side][said], words=True)
        before = ""
    if run:
        yield run


def _adds(held: Decimal, more: Decimal) -> bool:
    """Whether a number word goes on with the one before it: a hundred and five, twenty one."""
    return (held >= 100 and more < 100 and held % 100 == 0) or (20 <= held < 100 and held % 10 == 0 and 0 < more < 10)


def _values(digits: str, side: Side) -> Iterator[Decimal]:
    """A run of digits as the number it is in the language, or, where it is none (a date, a paragraph), each part of it."""
    thousands, decimal = (".", ",") if side == "da" else (",", ".")
    bare = re.sub(r"[\u00a0\u202f ]", "", digits)
    if re.fullmatch(
        rf"\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})*(?:{re.escape(decimal)}\d+)?|\d+(?:{re.escape(decimal)}\d+)?",
        bare,
    ):
        yield Decimal(bare.replace(thousands, "").replace(decimal, "."))
    elif re.fullmatch(r"\d+[.,]\d+", bare):
        # The other language's form, where it can be nothing else: version 2.0, 1,5 in English.
        yield Decimal(bare.replace(",", "."))
    else:
        yield from (Decimal(part) for part in re.split(r"[.,]", bare))


def _table(side: Side) -> dict[str, Decimal]:
    table: dict[str, Decimal] = {word: Decimal(n) for n, word in enumerate(UNITS[side].split())}
    table |= {word: Decimal(n) for n, word in enumerate(ORDINALS[side].split(), start=1)}
    units = UNITS[side].split()[:10]
    units[1] = {"da": "en", "en": "one"}[side]
    for place, ten in enumerate(TENS[side].split(), start=2):
        table[ten] = Decimal(place * 10)
        if side == "da":
            table |= {f"{unit}og{ten}": Decimal(place * 10 + n) for n, unit in enumerate(units) if n}
    table |= {word: Decimal(value) for word, value in OTHERS[side].items()}
    table.pop("*", None)
    return table


_WORDS: Mapping[Side, dict[str, Decimal]] = {"da": _table("da"), "en": _table("en")}


def number_words(side: Side) -> Mapping[str, Decimal]:
    """Return the words of a language that state a number each."""
    return _WORDS[side]
