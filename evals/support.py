"""Whether citations carry claims: citation recall and precision as in ALCE (Gao et al. 2023), and what decides "supports".

Words decide, the same each time; what a model thinks of the same claims is kept apart (`evals.judging`).
"""

import re
from collections.abc import Callable, Sequence

from assistant.records import AnswerRecord
from corpus.stemming import is_stop_word, stem, words
from corpus.text import find_verbatim

Supports = Callable[[str, Sequence[str]], bool]
"""Says whether a claim is carried by some quotes taken together."""

COVERED = 0.7  # of a claim's content words that the quotes must hold, where it is not verbatim in one of them
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def citation_scores(record: AnswerRecord, supports: Supports) -> tuple[float | None, float | None]:
    """Citation recall and precision of an answer's record; None for an answer without claims.

    Recall: the share of claims that their quotes carry together. Precision: the share of citations, claim by claim, that are
    needed: the claim is carried, and this quote carries it alone or the others do not without it.
    """
    quotes = {citation.n: citation.quote for citation in record.citations}
    carried: list[bool] = []
    needed: list[bool] = []
    for claim in record.claims:
        cited = [quotes[number] for number in claim.citations if number in quotes]
        holds = bool(cited) and supports(claim.text, cited)
        carried.append(holds)
        needed += [holds and _is_needed(claim.text, cited, place, supports) for place in range(len(cited))]
    return _share(carried), _share(needed)


def supports_by_words(claim: str, quotes: Sequence[str]) -> bool:
    """Whether a claim stands verbatim in a quote, or its numbers all do and most of its content words.

    A number that says how many quotes there are is carried by their being there: a counted list cites what it counted.
    """
    if any(find_verbatim(claim, quote) for quote in quotes):
        return True
    evidence = " ".join(quotes)
    stated = {*NUMBER.findall(evidence), str(len(quotes))}
    if not set(NUMBER.findall(claim)) <= stated:
        return False
    wanted = _content(claim)
    return bool(wanted) and len(wanted & _content(evidence)) >= COVERED * len(wanted)


def _is_needed(claim: str, cited: Sequence[str], place: int, supports: Supports) -> bool:
    others = [quote for number, quote in enumerate(cited) if number != place]
    return supports(claim, [cited[place]]) or not others or not supports(claim, others)


def _content(text: str) -> set[str]:
    kept = [word for word in words(text) if not is_stop_word(word, "da") and not is_stop_word(word, "en")]
    return {stem(word, "da") for word in kept}


def _share(found: Sequence[bool]) -> float | None:
    return sum(found) / len(found) if found else None
