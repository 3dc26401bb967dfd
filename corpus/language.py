"""The door to lingua: which language a text is written in, told apart among Danish and its near neighbours."""

import re
from functools import cache
from typing import Literal

from lingua import Language as LinguaLanguage
from lingua import LanguageDetector, LanguageDetectorBuilder

from corpus.stemming import is_stop_word, words
from corpus.values import Language

CODES: dict[LinguaLanguage, Language] = {
    LinguaLanguage.DANISH: "da",
    LinguaLanguage.ENGLISH: "en",
    LinguaLanguage.BOKMAL: "no",
    LinguaLanguage.NYNORSK: "no",
    LinguaLanguage.SWEDISH: "sv",
    LinguaLanguage.GERMAN: "other",
    LinguaLanguage.FRENCH: "other",
}
SHORTEST = 40
FEW_WORDS = 2  # that tell no language: a name as a rule
JOINED = re.compile(r"\w+(?:-\w+)+")


def language_of(text: str, *, otherwise: Language) -> Language:
    """Return the language of `text`; `otherwise` where it is too short (under 40 letters) or has no words to judge by."""
    if sum(character.isalpha() for character in text) < SHORTEST:
        return otherwise
    found = _detector().detect_language_of(text)
    return CODES[found] if found else otherwise


def question_language(text: str, *, otherwise: Literal["da", "en"] | None = None) -> Literal["da", "en"]:
    """Return the language in which to answer a question, however short and however full of names in the other language.

    `otherwise` is the language of the conversation so far: that of a question which is no more than a name or a number.
    """
    # What hyphens join is a name, whatever it is made of: "once-only".
    small = words(JOINED.sub(" ", text))
    danish = sum(is_stop_word(word, "da") and not is_stop_word(word, "en") for word in small)
    english = sum(is_stop_word(word, "en") and not is_stop_word(word, "da") for word in small)
    if danish != english:
        return "en" if english > danish else "da"
    if otherwise and len(words(text)) <= FEW_WORDS:
        return otherwise
    values = _of_two().compute_language_confidence_values(text)
    scores = {CODES[value.language]: value.value for value in values}
    return "en" if scores.get("en", 0.0) > scores.get("da", 0.0) else "da"


@cache
def _of_two() -> LanguageDetector:
    """For questions: the models of two languages are read in a fraction of the time that those of all take."""
    return LanguageDetectorBuilder.from_languages(LinguaLanguage.DANISH, LinguaLanguage.ENGLISH).build()


@cache
def _detector() -> LanguageDetector:
    return LanguageDetectorBuilder.from_languages(*CODES).build()
