"""The answer without a language model: the sentences that answer, verbatim, few, strongest first, none said twice."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.finding.answer_types import ORDINAL
from assistant.finding.judging import PLAINLY, Judgement
from assistant.quoting.citing import Draft
from assistant.values import Passage, Quote
from corpus.values import Language, Sentence

MOST_QUOTES = 5
NEAR_THE_BEST = 0.85
DIGESTS_YIELD = 0.15  # of a score, to the document itself
SAYING_LESS = 0.85  # of what the best sentence covers
SAME_WORDS = 0.6
SAME_MEANING = 0.86
SAME_MEANING_IN_TRANSLATION = 0.6  # between the two languages of one strategy
LONGEST_QUOTE = 700

# A sentence that begins so leans on the one before it, which is then quoted with it.
LEANING = re.compile(
    r"^(dette|disse|denne|det vil|det skal|det gælder|det betyder|her|derfor|derudover|desuden|samtidig|ligeledes|herunder|"
    r"this|these|it|they|such|here|in addition|therefore|moreover|furthermore|at the same time)\b",
    re.IGNORECASE,
)

Similar = Callable[[Judgement, Judgement], float]
"""The cosine between the meanings of two judged sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Consecutive sentences of one page that are quoted as one."""

    first: int
    last: int
    judgement: Judgement


def cosine(one: Judgement, other: Judgement) -> float:
    """Return how near the meanings of two judged sentences are."""
    return float(one.vector @ other.vector)


def compose(
    judgements: Sequence[Judgement], *, language: Language, exact: bool = False, similar: Similar = cosine
) -> list[Draft]:
    """Return at most five drafts, each one quote: those near the best in score, each saying something of its own.

    An `exact` answer, as a date, needs no sentence that says less of what is asked than the best. Where two languages of one
    strategy say the same, the question's `language` is quoted.
    """
    ranked = sorted(judgements, key=lambda held: -_rank(held))
    chosen: list[Judgement] = ranked[:1]
    for judgement in ranked[1:]:
        if len(chosen) == MOST_QUOTES or _rank(judgement) < NEAR_THE_BEST * _rank(chosen[0]):
            break
        # Beside a sentence that plainly holds the number, date or publisher asked for, one that does not is no answer.
        if judgement.sign < min(chosen[0].sign, PLAINLY) or (exact and judgement.coverage < SAYING_LESS * chosen[0].coverage):
            continue
        place = next((n for n, other in enumerate(chosen) if _says_the_same(judgement, other, similar)), None)
        if place is None:
            chosen.append(judgement)
        elif _tells_better(judgement, chosen[place], language):
            chosen[place] = judgement
    return [_draft(span) for span in _merge(_widen(judgement) for judgement in chosen)]


def _rank(judgement: Judgement) -> float:
    return judgement.score - (DIGESTS_YIELD if judgement.passage.document.digest else 0.0)


def _says_the_same(one: Judgement, other: Judgement, similar: Similar) -> bool:
    first, second = (set(map(str.casefold, ORDINAL.findall(held.sentence.text))) for held in (one, other))
    if first and second and first.isdisjoint(second) and not _of_two_languages(one, other):
        # "The first principle is ..." and "The third principle is ..." differ in little but what they say.
        return False
    left, right = (set(re.findall(r"\w+", held.sentence.text.casefold())) for held in (one, other))
    if len(left & right) >= SAME_WORDS * min(len(left), len(right)):
        return True
    least = SAME_MEANING_IN_TRANSLATION if _of_two_languages(one, other) else SAME_MEANING
    return similar(one, other) >= least


def _of_two_languages(one: Judgement, other: Judgement) -> bool:
    """Whether two sentences are of one strategy in two languages: one source, told twice."""
    first, second = one.passage, other.passage
    same = first.document.strategy is not None and first.document.strategy == second.document.strategy
    return same and first.chunk.language != second.chunk.language


def _tells_better(one: Judgement, other: Judgement, language: Language) -> bool:
    """Whether the one of two sentences that say the same is quoted: in the question's language, or of a strategy's document."""
    if _translates(one, other):
        return one.passage.chunk.language == language
    of_strategies = one.passage.document.strategy is not None and other.passage.document.strategy is None
    return of_strategies and one.sentence.text == other.sentence.text


def _translates(one: Judgement, other: Judgement) -> bool:
    """Whether two sentences are of two languages of one strategy, both official or both ours: either may be quoted."""
    return _of_two_languages(one, other) and one.passage.document.digest == other.passage.document.digest


def _widen(judgement: Judgement) -> Span:
    sentences = judgement.passage.chunk.sentences
    place = sentences.index(judgement.sentence)
    first = place
    if place and LEANING.match(judgement.sentence.text) and _fit(judgement.passage, place - 1, place):
        first = place - 1
    return Span(first=first, last=place, judgement=judgement)


def _merge(spans: Iterable[Span]) -> list[Span]:
    """Join spans that touch or overlap in one chunk and page, in the place of the stronger."""
    merged: list[Span] = []
    for span in spans:
        for number, held in enumerate(merged):
            if held.judgement.passage.chunk.id != span.judgement.passage.chunk.id:
                continue
            first, last = min(held.first, span.first), max(held.last, span.last)
            touching = span.first <= held.last + 1 and held.first <= span.last + 1
            if touching and _fit(span.judgement.passage, first, last):
                merged[number] = Span(first=first, last=last, judgement=held.judgement)
                break
        else:
            merged.append(span)
    return merged


def _fit(passage: Passage, first: int, last: int) -> bool:
    sentences = passage.chunk.sentences
    one, other = sentences[first], sentences[last]
    return one.page == other.page and 0 < other.end - one.start <= LONGEST_QUOTE and _running(sentences[first : last + 1])


def _running(sentences: Sequence[Sentence]) -> bool:
    # Only white space may lie between the sentences of one quote: a figure's text or a list mark would be left out.
    return all(0 <= after.start - before.end <= 2 for before, after in pairwise(sentences))


def _draft(span: Span) -> Draft:
    passage = span.judgement.passage
    sentences = passage.chunk.sentences[span.first : span.last + 1]
    text = " ".join(sentence.text for sentence in sentences)
    quote = Quote(
        text=text,
        document=passage.document,
        page=sentences[0].page,
        heading_path=passage.chunk.heading_path,
        start=sentences[0].start,
        end=sentences[-1].end,
    )
    return Draft(text=text, quotes=(quote,))
