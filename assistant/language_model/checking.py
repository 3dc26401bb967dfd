"""What a claim of a language model may not do: say another number, name, degree or order than its quotes do.

Every check compares words, never what they mean together: docs/adr/0080 says what each stops and what it cannot.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.language_model.contrasting import PLAIN, align, names_part, read_text, signs
from assistant.language_model.markers import markers
from assistant.language_model.numbers import SIGNS, Number, Side, stated
from assistant.values import Quote
from corpus.language import language_of
from corpus.lexicon import Lexicon, Stems
from corpus.stemming import is_stop_word, stem, words
from corpus.text import canonical, normalise, printable
from corpus.values import Language

Fault = Literal[
    "no quote",
    "number",
    "name",
    "denial",
    "language",
    "off its quote",
    "unit",
    "date",
    "sureness",
    "quantity",
    "bound",
    "opposite",
    "order",
    "condition",
    "exchange",
]
TELLING: Mapping[Fault, tuple[str, ...]] = {
    "unit": ("period changed", "period added"),
    "date": ("month", "year exchanged"),
    "bound": ("bound changed", "bound added", "bound strange"),
    "sureness": (
        "must added",
        "must for may",
        "should added",
        "may for must",
        "decided added",
        "planned added",
        "planned for past",
        "hedge dropped",
        "hedge for fact",
    ),
    "quantity": ("quantity", "quantity changed", "only added", "only dropped"),
    "denial": ("denial", "denial and opposite"),
    "opposite": ("opposite",),
    "order": ("order", "cause unknown", "cause added", "cause swapped"),
    "condition": ("condition dropped", "condition changed"),
    "name": ("body", "list added"),
    "exchange": ("number exchanged", "from", "behalf", "actor for actor"),
    "off its quote": ("substituted in a copy",),
}
"""The signs of `contrasting` that speak against a claim by themselves, by the fault that they tell."""
LEAST_TRANSLATED = 0.03  # P(translation | stem) from which an alignment counts
LEAST_PLAIN = 0.3  # of a claim's words are stop words of its language
LEAST_PLAIN_AMONG_OURS = 0.15  # the same, if the claim is read as the other of our languages or a neighbour's
LEAST_SHARED = 0.3  # of a claim's words of content must be those of its quotes, or translations of them
LONGEST_CLAIM = 400
# Words that open a sentence in capitals without being names.
OPENERS: Mapping[Side, frozenset[str]] = {
    "da": frozenset(
        [
            "derudover",
            "desuden",
            "endvidere",
            "ifølge",
            "herunder",
            "samtidig",
            "derfor",
            "dermed",
            "alle",
            "både",
            "flere",
            "hvert",
        ]
    ),
    "en": frozenset(
        [
            "additionally",
            "according",
            "furthermore",
            "however",
            "moreover",
            "therefore",
            "overall",
            "several",
            "around",
            "one",
        ]
    ),
}
_SIDES: tuple[Side, ...] = ("da", "en")
_NAME = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?(?:-[^\W\d_]+)*")
_MARK = re.compile(r"\[\d{1,3}\]")
_MARKUP = re.compile(r"</?[a-z!]\S*|\]\(\S*|\bhttps?:\S*|\bwww\.\S*|!\[|```", re.IGNORECASE)
_VERB = re.compile(r" (?:\w+s|had|will|must|may|can|should)\b")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+)[«»\"“”'(]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the quotes of a claim hold: their stems and whole words, and what these may be called in the claim's language."""

    stems: frozenset[str]
    words: frozenset[str]


def cleaned(text: str) -> str:
    """Return a model's text on one line, without what shows nothing or steers a screen, and without marks of citations.

    Example: `cleaned("Der er 12 [1]\\u202e .") == "Der er 12 ."`.
    """
    return " ".join(_MARK.sub("", printable(canonical(text))).split())


def states_no_more(text: str, sources: Sequence[str], language: Side) -> bool:
    """Return whether every number that a text states stands in one of some sources, in either language."""
    held = [stated(source, side) for source in sources for side in _SIDES]
    return stated(text, language).plainly <= frozenset().union(*(found.plainly | found.perhaps for found in held))


def fault_of(claim: str, quotes: Sequence[Quote], *, language: Side, lexicon: Lexicon) -> Fault | None:
    """Return what speaks against a claim in the given language, carried by quotes that are verified; None where nothing does."""
    if not quotes:
        return "no quote"
    if language in {side_of(quote) for quote in quotes} and _is_sentence_of(claim, quotes):
        return None
    if len(claim) > LONGEST_CLAIM or _in_another_language(claim, language) or _disguised(claim, quotes):
        return "language"
    if not _numbers_hold(claim, quotes, language):
        return "number"
    ground = _ground(quotes, language, lexicon)
    pairs = [align(read_text(claim, language), read_text(quote.text, side_of(quote)), lexicon) for quote in quotes]
    for name in _names(claim, language, lexicon):
        if not (_holds(ground, name, language) or any(names_part(name, pair, lexicon) for pair in pairs)):
            return "name"
    if max(_shared(claim, ground, language), max(pair.share for pair in pairs)) < LEAST_SHARED:
        return "off its quote"
    found = signs(claim, [(quote.text, side_of(quote)) for quote in quotes], language=language, lexicon=lexicon)
    return next((fault for fault, names in TELLING.items() if any(found[name] > PLAIN for name in names)), None)


def side_of(quote: Quote) -> Side:
    """Return which of the two languages a quote's document is read in; its neighbours are read as Danish."""
    return "en" if quote.document.language == "en" else "da"


def _in_another_language(claim: str, language: Side) -> bool:
    near: tuple[Language, ...] = ("da", "no", "sv") if language == "da" else ("en",)
    found = words(claim)
    plain = {side: sum(is_stop_word(word, side) for word in found) for side in _SIDES}
    # Names of the other language outweigh the words of a short claim.
    read = language_of(claim, otherwise=language)
    least = LEAST_PLAIN if read == "other" else LEAST_PLAIN_AMONG_OURS
    told = plain[language] >= least * len(found) and plain[language] == max(plain.values()) > min(plain.values())
    return read not in near and not told


def _disguised(claim: str, quotes: Sequence[Quote]) -> bool:
    """Whether a claim has letters of other scripts, which look like ours and are not, or markup and links of its own."""
    held = {character for quote in quotes for character in quote.text}
    strange = {character for character in claim if character not in held and not character.isascii()}
    letters = any(character.isalpha() and not unicodedata.name(character, "").startswith("LATIN") for character in strange)
    marks = any(unicodedata.combining(character) for character in strange)
    markup = any(not any(found in quote.text for quote in quotes) for found in _MARKUP.findall(claim))
    return letters or marks or markup


def _is_sentence_of(claim: str, quotes: Sequence[Quote]) -> bool:
    """Whether a claim says a whole sentence of a quote, or several, word for word."""
    said = re.escape(normalise(claim).rstrip("."))
    whole = re.compile(rf"(?:^|(?<=[.!?] )){said}(?:[.!?](?= |$)|$)")
    return any(whole.search(normalise(quote.text)) for quote in quotes)


def _numbers_hold(claim: str, quotes: Sequence[Quote], language: Side) -> bool:
    held = [stated(quote.text, side_of(quote)) for quote in quotes]
    numbers = frozenset().union(*(found.plainly | found.perhaps for found in held))
    return stated(claim, language).plainly <= numbers | _as_shares(numbers)


def _as_shares(numbers: Iterable[Number]) -> set[Number]:
    """Fractions as per cent, and per cent as fractions."""
    shares = {((value * 100).normalize(), "%") for value, sign in numbers if not sign and value < 1}
    return shares | {((value / 100).normalize(), "") for value, sign in numbers if sign == "%"}


def _names(claim: str, language: Side, lexicon: Lexicon) -> list[str]:
    """The words that are names by their capitals; a sentence's first word is one if it is no common word."""
    found: list[str] = []
    for match in _NAME.finditer(claim):
        name = match.group()
        if name.islower() or name.casefold() in SIGNS:
            continue
        small = name.casefold()
        opens = bool(_SENTENCE_START.search(claim[: match.start()]))
        common = (
            is_stop_word(small, language)
            or small in OPENERS[language]
            or _is_common(small, claim[match.end() :], language, lexicon)
        )
        # The pronoun I is no name; a number at the head of a sentence is checked as a number.
        if not (opens and name[1:].islower() | (len(name) == 1) and (common or stated(name, language).plainly)) and name != "I":
            found.append(name)
    return found


def _is_common(word: str, following: str, language: Side, lexicon: Lexicon) -> bool:
    """Whether a word that opens a sentence is known, or inflected, as words are that are no names."""
    if language == "en":
        known = word.endswith(("ly", "s", "ed", "ing", "ment", "tion", "ity")) or bool(markers(word, "en"))
        # "Copenhagen leads": a singular without an article is a name, but "user satisfaction" is none.
        return known or (stem(word, "en") in lexicon.tables["en"].number and not _VERB.match(following))
    known = word in lexicon.parts or stem(word, "da") in lexicon.tables["da"].number or bool(lexicon.split(word))
    return (known and not markers(word, "da")[:1]) or any(marker.kind != "body" for marker in markers(word, "da"))


def _holds(ground: Ground, name: str, language: Side) -> bool:
    """Whether a name, or each part of one with a hyphen, is among what the quotes hold."""
    small = name.casefold()
    if small in ground.words:
        return True
    return all(stem(part, language) in ground.stems for part in words(name))


def _ground(quotes: Sequence[Quote], language: Side, lexicon: Lexicon) -> Ground:
    held: set[str] = set()
    whole: set[str] = set()
    for quote in quotes:
        side = side_of(quote)
        plain = words(quote.text)
        whole |= {match.group().casefold() for match in _NAME.finditer(quote.text)}
        parts = [part for word in plain for part in (word, *(lexicon.split(word) if side == "da" else ()))]
        inside = [stem(word, side) for word in parts]
        held |= {stem(word, language) for word in parts}
        if side != language:
            for one in inside:
                held |= {name for name, weight in lexicon.tables[side].of(one).items() if weight >= LEAST_TRANSLATED}
            held |= _translated_terms([stem(word, side) for word in plain if not is_stop_word(word, side)], lexicon.terms[side])
    return Ground(stems=frozenset(held), words=frozenset(whole))


def _translated_terms(inside: Sequence[str], terms: Mapping[Stems, Sequence[Stems]]) -> set[str]:
    """The stems of what the glossary's terms in a text are called in the other language."""
    runs = {tuple(inside[first : first + length]) for length in (1, 2, 3, 4) for first in range(len(inside) - length + 1)}
    return {name for run in runs if run in terms for translation in terms[run] for name in translation}


def _shared(claim: str, ground: Ground, language: Side) -> float:
    """The share of a claim's words of content that its quotes hold; 1 where it has none."""
    content = [word for word in words(claim) if not is_stop_word(word, language) and word.isalpha()]
    held = sum(stem(word, language) in ground.stems or word in ground.words for word in content)
    return held / len(content) if content else 1.0
