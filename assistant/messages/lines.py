"""The line that opens an answer if it can be had for certain: a count, how many are in force, or "not mentioned"."""

from collections.abc import Mapping

from assistant.question.asking import Numbered
from assistant.tables.outlining import NAMES
from assistant.values import AnswerLanguage

NOT_MENTIONED: Mapping[AnswerLanguage, Mapping[bool, str]] = {
    "da": {False: "Det nævner strategien ikke.", True: "Det nævner vores resumé af strategien ikke."},
    "en": {False: "The strategy does not mention it.", True: "Our summary of the strategy does not mention it."},
}
IN_FORCE: Mapping[AnswerLanguage, tuple[str, str]] = {
    "da": ("Én strategi gælder i dag.", "{count} strategier gælder i dag."),
    "en": ("One strategy is in force today.", "{count} strategies are in force today."),
}


def count_line(count: int, kind: Numbered, language: AnswerLanguage) -> str:
    """Return "12 initiatives" and the like."""
    return f"{count} {NAMES[language][kind]}"


def not_mentioned_line(language: AnswerLanguage, *, digests_only: bool) -> str:
    """Return the line that says that one strategy, or only our digest of it, does not mention what is asked about."""
    return NOT_MENTIONED[language][digests_only]


def in_force_line(count: int, language: AnswerLanguage) -> str:
    """Return how many strategies are in force."""
    one, several = IN_FORCE[language]
    return one if count == 1 else several.format(count=count)
