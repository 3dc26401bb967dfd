"""What a claim of a language model may not do: state a number, a name or a denial that its quotes do not hold.

Every check compares words, never what they mean together: docs/adr/0080 says what each stops and what it cannot.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.language_model.numbers import SIGNS, Side, stated
from assistant.values import Quote
from corpus.language import language_of
from corpus.lexicon import Lexicon, Stems
from corpus.stemming import is_stop_word, stem, words
from corpus.text import canonical, printable
from corpus.values import Language

Fault = Literal["no quote", "number", "name", "denial", "language", "off its quote"]
LEAST_TRANSLATED = 0.03  # P(translation | stem) from which an alignment counts
LEAST_SHARED = 0.4  # of a claim's words of content must be those of its quotes, or translations of them
LONGEST_CLAIM = 400
DENIALS: Mapping[Side, frozenset[str]] = {
    "da": frozenset("ikke ingen intet aldrig hverken uden ej næppe umuligt forbudt ophæves ophævet".split()),  # noqa: SIM905
    "en": frozenset("not no none never neither nor without cannot nothing nobody unable isn aren wasn doesn don didn".split()),  # noqa: SIM905
}
# Words that open a sentence in capitals without being names.
OPENERS: Mapping[Side, frozenset[str]] = {
    "da": frozenset("derudover desuden endvidere ifølge herunder samtidig derfor dermed alle både flere hvert".split()),  # noqa: SIM905
    "en": frozenset("additionally according furthermore however moreover therefore overall several around one".split()),  # noqa: SIM905
}
_NAME = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?(?:-[^\W\d_]+)*")
_MARK = re.compile(r"\[\d{1,3}\]")
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
    sides: tuple[Side, ...] = ("da", "en")
    held = [stated(source, side) for source in sources for side in sides]
    return stated(text, language).plainly <= frozenset().union(*(found.plainly | found.perhaps for found in held))


def fault_of(claim: str, quotes: Sequence[Quote], *, language: Side, lexicon: Lexicon) -> Fault | None:
    """Return what speaks against a claim in the given language, carried by quotes that are verified; None where nothing does."""
    if not quotes:
        return "no quote"
    if len(claim) > LONGEST_CLAIM or _in_another_language(claim, language):
        return "language"
    if not _numbers_hold(claim, quotes, language):
        return "number"
    if _denials(claim, language) and not any(_denials(quote.text, side_of(quote)) for quote in quotes):
        return "denial"
    ground = _ground(quotes, language, lexicon)
    if not all(_holds(ground, name, language) for name in _names(claim, language)):
        return "name"
    return None if _shared(claim, ground, language) >= LEAST_SHARED else "off its quote"


def side_of(quote: Quote) -> Side:
    """Return which of the two languages a quote's document is read in; its neighbours are read as Danish."""
    return "en" if quote.document.language == "en" else "da"


def _in_another_language(claim: str, language: Side) -> bool:
    near: tuple[Language, ...] = ("da", "no", "sv") if language == "da" else ("en",)
    return language_of(claim, otherwise=language) not in near


def _numbers_hold(claim: str, quotes: Sequence[Quote], language: Side) -> bool:
    held = [stated(quote.text, side_of(quote)) for quote in quotes]
    return stated(claim, language).plainly <= frozenset().union(*(found.plainly | found.perhaps for found in held))


def _denials(text: str, side: Side) -> bool:
    return bool(DENIALS[side] & set(words(text)))


def _names(claim: str, language: Side) -> list[str]:
    """The words that are names by their capitals; a sentence's first word is one where it is no common opener."""
    found: list[str] = []
    for match in _NAME.finditer(claim):
        name = match.group()
        if name.islower() or name.casefold() in SIGNS:
            continue
        small = name.casefold()
        opens = bool(_SENTENCE_START.search(claim[: match.start()]))
        common = is_stop_word(small, language) or small in OPENERS[language] or (language == "en" and small.endswith("ly"))
        # The pronoun I is no name; a number at the head of a sentence is checked as a number.
        if not (opens and name[1:].islower() | (len(name) == 1) and (common or stated(name, language).plainly)) and name != "I":
            found.append(name)
    return found


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
