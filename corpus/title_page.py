"""Tell a title page from a mention of a title: does a document begin with these titles and with nothing else?"""

import re
from collections.abc import Iterable, Iterator, Sequence

from corpus.months import MONTH_NAMES

DASHES = "\u2010-\u2015\u2212"

Phrase = tuple[str, ...]
_MONTHS: set[Phrase] = {(name.lower(),) for names in MONTH_NAMES.values() for name in names}


def is_title_page(text: str, *, title: str, beside: Iterable[str]) -> bool:
    """Say whether a text begins with a title: all its parts, in any order, and a new line after the last.

    The parts are what stands between the title's dashes and colons. Only the names in `beside` (publishers), months,
    numbers and "the" may stand before or between them, so "Evaluation of" before a title makes it another document.
    """
    missing = {words(part) for part in re.split(r"\s+-\s+|:\s+", folded(title))}
    others = {words(name) for name in beside} | _MONTHS | {("the",)}
    tokens = list(_tokens(text))
    at = 0
    while missing and at < len(tokens):
        phrase = _longest([*missing, *others], tokens, at)
        if phrase is None and not tokens[at][0].isdigit():
            return False
        missing.discard(phrase or ())
        at += len(phrase or tokens[at][:1])
    return not missing and (at == len(tokens) or tokens[at][1] or _longest(list(others), tokens, at) is not None)


def mentions_years(text: str, years: Iterable[str]) -> bool:
    """Say whether one of the years or periods ("2022", "2022-2025") stands in a text, however its dash is set."""
    return any(re.search(rf"(?<!\d){re.escape(year)}(?!\d)", folded(text)) for year in years)


def folded(text: str) -> str:
    """Return a text in lower case with plain hyphens, no soft ones, and no spaces around those between numbers."""
    text = re.sub("(?<=\\d)\u00ad(?=\\d)", "-", text.casefold()).replace("\u00ad", "")
    return re.sub(r"(?<=\d) *- *(?=\d)", "-", re.sub(f"[{DASHES}]", "-", text))


def words(text: str) -> Phrase:
    """Return the words of a text, folded."""
    return tuple(re.findall(r"\w+", folded(text)))


def _tokens(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the words of a text, each with whether it begins a line."""
    for line in text.splitlines():
        for n, word in enumerate(words(line)):
            yield word, n == 0


def _longest(phrases: Sequence[Phrase], tokens: Sequence[tuple[str, bool]], at: int) -> Phrase | None:
    """Return the longest of the phrases that stands at a place."""
    here = tuple(word for word, _ in tokens[at : at + max(map(len, phrases), default=0)])
    return max((phrase for phrase in phrases if phrase and phrase == here[: len(phrase)]), key=len, default=None)
