"""The answer without a language model: the sentences that answer, verbatim, few, surest first, none said twice.

A sentence is quoted with what it needs to be understood: a list with the sentence that leads in to it, a sentence that begins
with "This" with the one before it.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.finding.reading import ScoredSentence
from assistant.quoting.citing import Draft, PageOf
from assistant.values import Passage, Quote
from corpus.values import Block, Language, Page, Sentence

MOST_QUOTES = 4
NEAR_THE_BEST = 0.6  # of the best sentence's confidence
SAME_WORDS = 0.6
SAME_MEANING = 0.86
SAME_MEANING_IN_TRANSLATION = 0.6  # between the two languages of one strategy
LONGEST_QUOTE = 1_200

# A sentence that begins so leans on the one before it, which is then quoted with it.
LEANING = re.compile(
    r"^(dette|disse|denne|det vil|det skal|det gælder|det betyder|her|derfor|derudover|desuden|samtidig|ligeledes|herunder|"
    r"this|these|it|they|such|here|in addition|therefore|moreover|furthermore|at the same time)\b",
    re.IGNORECASE,
)
ORDINAL = re.compile(
    r"\b(?:første|andet|anden|tredje|fjerde|femte|sjette|syvende|ottende|first|second|third|fourth|fifth|sixth|seventh|eighth)\b",
    re.IGNORECASE,
)

FIGURE = re.compile(r"\d+(?:[.,]\d+)*")

Similar = Callable[[str, str], float]
"""The cosine between the meanings of two texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Consecutive sentences of one page, from `first` to `last` in their chunk, that are quoted as one."""

    passage: Passage
    first: int
    last: int

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences."""
        return self.passage.chunk.sentences[self.first : self.last + 1]


def compose(
    scored: Sequence[ScoredSentence], *, least: float, language: Language, page_of: PageOf, similar: Similar
) -> list[Draft]:
    """Return at most four drafts, each one quote: the sentences that answer with a confidence of `least` or more.

    `scored` is in order of confidence. Of sentences that say the same the official document is quoted before our digest, and
    the question's `language` before the other.
    """
    spans = [_widened(sentence, page_of) for sentence in choose(scored, least=least, language=language, similar=similar)]
    return [_draft(span, page_of) for span in _merged(spans, page_of)]


def choose(
    scored: Sequence[ScoredSentence], *, least: float, language: Language, similar: Similar, most: int = MOST_QUOTES
) -> list[ScoredSentence]:
    """Return the sentences to quote: those as sure as `least` and near the best, each saying something of its own."""
    chosen: list[ScoredSentence] = []
    bar = max(least, NEAR_THE_BEST * scored[0].confidence) if scored else least
    for sentence in scored:
        if sentence.confidence < bar:
            break
        place = next((n for n, other in enumerate(chosen) if _says_the_same(sentence, other, similar)), None)
        if place is not None:
            chosen[place] = _better_source(chosen[place], sentence, language)
        elif len(chosen) < most:
            chosen.append(sentence)
    return chosen


def _says_the_same(one: ScoredSentence, other: ScoredSentence, similar: Similar) -> bool:
    texts = one.sentence.text, other.sentence.text
    first, second = (set(map(str.casefold, ORDINAL.findall(text))) for text in texts)
    if first and second and first.isdisjoint(second) and not _of_two_languages(one, other):
        # "The first principle is ..." and "The third principle is ..." differ in little but what they say.
        return False
    figures, others = (set(FIGURE.findall(text)) for text in texts)
    if figures and others and figures != others and not _of_two_languages(one, other):
        # Two editions of a price list, or two years of a budget: both are shown.
        return False
    left, right = (set(re.findall(r"\w+", text.casefold())) for text in texts)
    if len(left & right) >= SAME_WORDS * min(len(left), len(right)):
        return True
    least = SAME_MEANING_IN_TRANSLATION if _of_two_languages(one, other) else SAME_MEANING
    return similar(*texts) >= least


def _of_two_languages(one: ScoredSentence, other: ScoredSentence) -> bool:
    """Whether two sentences are of one strategy in two languages: one source, said twice."""
    first, second = one.passage, other.passage
    same = first.document.strategy is not None and first.document.strategy == second.document.strategy
    return same and first.chunk.language != second.chunk.language


def _better_source(chosen: ScoredSentence, other: ScoredSentence, language: Language) -> ScoredSentence:
    """Of two sentences that say the same, the one to quote; the first unless the second is of a better source."""

    def rank(sentence: ScoredSentence) -> tuple[bool, bool, bool]:
        document = sentence.passage.document
        return document.digest, document.strategy is None, sentence.passage.chunk.language != language

    return other if rank(other) < rank(chosen) else chosen


def _widened(sentence: ScoredSentence, page_of: PageOf) -> Span:
    """The span of a sentence with its lead-in and list, or with the sentence that it leans on, if they fit."""
    passage, place = sentence.passage, sentence.place
    alone = Span(passage=passage, first=place, last=place)
    page = page_of(passage.document.id, sentence.sentence.page)
    for span in (_with_list(alone, page), _with_lead_in(alone, page), _with_antecedent(alone)):
        if span != alone and _fits(span, page_of):
            return span
    return alone


def _with_list(span: Span, page: Page) -> Span:
    """A sentence that ends in a colon, with the items that follow it."""
    sentences = span.passage.chunk.sentences
    if not span.sentences[-1].text.endswith(":"):
        return span
    last = span.last
    while last + 1 < len(sentences) and _is_item(sentences[last + 1], page):
        last += 1
    return replace(span, last=last)


def _with_lead_in(span: Span, page: Page) -> Span:
    """An item of a list, with everything from the sentence that leads in to the list."""
    sentences, first = span.passage.chunk.sentences, span.first
    while first > 0 and _is_item(sentences[first], page):
        first -= 1
        if sentences[first].text.endswith(":"):
            return replace(span, first=first)
    return span


def _with_antecedent(span: Span) -> Span:
    leans = span.first > 0 and LEANING.match(span.sentences[0].text)
    return replace(span, first=span.first - 1) if leans else span


def _is_item(sentence: Sentence, page: Page) -> bool:
    block = _block_at(page, sentence.start)
    return sentence.page == page.number and block is not None and block.kind == "list"


def _block_at(page: Page, place: int) -> Block | None:
    return next((block for block in page.blocks if block.start <= place < block.end), None)


def _merged(spans: Iterable[Span], page_of: PageOf) -> list[Span]:
    """Join spans that touch or overlap in one chunk and page, in the place of the surer."""
    merged: list[Span] = []
    for span in spans:
        for number, other in enumerate(merged):
            joined = replace(other, first=min(other.first, span.first), last=max(other.last, span.last))
            touching = span.first <= other.last + 1 and other.first <= span.last + 1
            if other.passage.chunk.id == span.passage.chunk.id and touching and _fits(joined, page_of):
                merged[number] = joined
                break
        else:
            merged.append(span)
    return merged


def _fits(span: Span, page_of: PageOf) -> bool:
    """Whether a span is short enough, on one page, and nothing but white space and list marks lies between its sentences."""
    first, *_, last = (span.sentences[0], *span.sentences)
    if first.page != last.page or not 0 < last.end - first.start <= LONGEST_QUOTE:
        return False
    text = page_of(span.passage.document.id, first.page).text
    between = (text[one.end : other.start] for one, other in zip(span.sentences, span.sentences[1:], strict=False))
    return all(not re.search(r"\w", gap) for gap in between)


def _draft(span: Span, page_of: PageOf) -> Draft:
    first, last = span.sentences[0], span.sentences[-1]
    page = page_of(span.passage.document.id, first.page)
    # A sentence as it was cut may differ from its page in white space alone.
    text = " ".join(page.text[first.start : last.end].split()) if len(span.sentences) > 1 else first.text
    quote = Quote(
        text=text,
        document=span.passage.document,
        page=first.page,
        heading_path=span.passage.chunk.heading_path,
        start=first.start,
        end=last.end,
        language=span.passage.chunk.language,
    )
    return Draft(text=text, quotes=(quote,))
