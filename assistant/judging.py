"""How well a sentence answers a question: its meaning, the question's terms that it covers, and the kind of thing asked for."""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.asking import ASKING, Aspect, Wanted, aspect_in, content_words, topic_of
from assistant.naming import Period, periods_in
from assistant.reranking import Asked
from corpus.catalogue import Strategy
from corpus.embedding import Embedder
from corpus.lexical import LexicalIndex, sentence_terms, side_of
from corpus.lexicon import Side
from corpus.stemming import stem, words
from corpus.values import Passage, Query, Sentence

NUMBER_WORDS = (
    "to tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten tyve halvdelen tredjedel "
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen twenty half third"
)
NUMBER = re.compile(rf"\d[\d.,]*|\b(?:{'|'.join(NUMBER_WORDS.split())})\b", re.IGNORECASE)
MONTHS = (
    "januar februar marts april maj juni juli august september oktober november december "
    "january february march may june july october spring summer autumn foråret efteråret"
)
DATE = re.compile(rf"\b(?:{'|'.join(MONTHS.split())})\b.{{0,4}}\b(?:19|20)\d\d\b", re.IGNORECASE)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
PUBLISHER = re.compile(
    r"\b(?:udgivet af|udgiver|henvendelse om publikationen|aftalt|indgået|parterne bag"
    r"|published by|issued by|agreed|parties (?:are|to)"
    r"|(?:kom fra|came from) \S+(?: \S+){0,3}?\W*minist\w+|(?:fremlagt|præsenteret) af|presented by"
    r"|regeringen\b[^().]{0,40}\bkl\b(?!\.dk)|government\b[^().]{0,40}\b(?:kl|local government)\b(?!\.dk))",
    re.IGNORECASE,
)
SUCCESSION = re.compile(
    r"\b(?:fulgt af|efterfulg\w+|fulgte|næste|kom (?:efter|før)|forud|afløs(?:t|er|te)|erstatte(?:r|de|t)|forgænger|efterfølger"
    r"|follow(?:s|ed)|next|replace[ds]|supersede[ds]|succeeded|came (?:after|before)|predecessor|successor|preceded)\b",
    re.IGNORECASE,
)
MONEY = re.compile(r"\b(?:kr|dkk|kroner|euros?|eur|dollars?|pounds?|usd|gbp)\b|[£$€]", re.IGNORECASE)
# Years of a period and pages referred to are numbers that answer nothing.
REFERENCES = re.compile(r"\([^()]*\b(?:s|p|pp)\.\s?\d[^()]*\)|\b(?:19|20)\d\d\s?[-–]\s?(?:19|20)?\d\d\b")
BRACKETS = re.compile(r"\([^()]*\)")
HARDLY = 0.25
COUNTED = re.compile(r"\b(?:hvor mange|how many)\s+((?:\w+\s*){1,2})", re.IGNORECASE)
SIDES: tuple[Side, Side] = ("da", "en")
FEWEST_CONTENT_WORDS = 2  # for a text to say what a question is about
WORDS_BETWEEN = 3  # of a number and the thing that it counts: "33 konkrete fælles initiativer"

COMPLETE = re.compile(r"""^[«»"“”'‘(\[–-]?\s*[A-ZÆØÅ0-9].*[.!?»"”)\]]$""", re.DOTALL)
APPARATUS = re.compile(r"^(kilde|source|note|anm\.|figur|figure|tabel|table|boks|box|foto|photo|isbn)\b", re.IGNORECASE)
SHORTEST_WORDS, LONGEST_CHARACTERS = 4, 600
# What stands under these tells where something was read, and answers nothing.
SOURCES = re.compile(r"(?:kilder|sources|referencer|references|litteratur(?:liste)?|bibliography|noter|notes)\W*", re.IGNORECASE)
# "X in English is Y in Danish": what a word is in the other language answers those who ask for that.
TRANSLATION = re.compile(r"\bpå dansk hedder\b.*\bpå engelsk\b|\bin English is\b.*\bin Danish\b", re.IGNORECASE)
TRANSLATING = re.compile(
    r"\b(?:på (?:dansk|engelsk)|in (?:danish|english)|oversæt\w*|translat\w*|hedder|called|term)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A sentence of a passage with what speaks for it, each from 0 to 1, the score made of that, and its vector."""

    sentence: Sentence
    passage: Passage
    similarity: float
    coverage: float
    sign: float
    score: float
    vector: NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each sign counts in a sentence's score; chosen on question sets apart from this corpus (docs/adr/0005)."""

    similarity: float = 0.30
    coverage: float = 0.30
    passage: float = 0.70
    wanted: float = 0.18
    incomplete: float = -0.12
    other_period: float = -0.15


WEIGHTS = Weights()


class Judge:
    """Judges the sentences of passages; built once, from the embedder and the lexical index that retrieval uses."""

    def __init__(self, *, embedder: Embedder, lexical: LexicalIndex, weights: Weights = WEIGHTS) -> None:
        """Keep the parts."""
        self._embedder = embedder
        self._lexical = lexical
        self._weights = weights

    def judge(
        self,
        query: Query,
        wanted: Wanted,
        passages: Sequence[Passage],
        *,
        periods: Set[Period] = frozenset(),
        expected: Sequence[Strategy] = (),
    ) -> list[Judgement]:
        """Return a judgement of every sentence that could be quoted, in the order of the passages.

        With the `periods` of the strategies that the question names, a sentence that speaks of other periods alone counts less.
        With the strategies `expected` in the answer, those sentences alone are judged that name one, if any does.
        """
        told = [passage for passage in passages if not lists_sources(passage)]
        pairs = [(passage, sentence) for passage in told for sentence in passage.chunk.sentences if _quotable(sentence)]
        if not TRANSLATING.search(query.text):
            pairs = [pair for pair in pairs if not TRANSLATION.search(pair[1].text)]
        if expected:
            pairs = [pair for pair in pairs if names_expected(pair[1].text, wanted, expected)] or pairs
        if not pairs:
            return []
        counted = self._counted(query)
        one_alone = bool(periods) or len(query.filters.strategies) == 1
        named = one_alone and wanted in ("passage", "list")
        asked, aspect = what_about(query.text, named=named), aspect_in(query.text) if named else None
        concepts = {side: Asked.of(weighed) for side, weighed in self._lexical.weighed(asked, query.language).items()}
        vectors = self._embedder.encode_passages([sentence.text for _, sentence in pairs])
        similarities = np.clip(vectors @ self._embedder.encode_queries([asked])[0], 0.0, 1.0)
        return [
            self._judgement(passage, sentence, concepts, wanted, counted, periods, expected, aspect, float(similarity), vector)
            for (passage, sentence), similarity, vector in zip(pairs, similarities, vectors, strict=True)
        ]

    def meanings(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors (n, d) of some texts; the cosine of two is their product."""
        return self._embedder.encode_passages(texts)

    def _counted(self, query: Query) -> dict[Side, set[str]]:
        """The stems, on each side, of the thing that a question asks the number of; empty where it asks for none."""
        found = COUNTED.search(query.text)
        weighed = self._lexical.weighed(found[1] if found else "", query.language)
        return {side: {form for concept, _ in concepts for form in concept.stems} for side, concepts in weighed.items()}

    def _judgement(
        self,
        passage: Passage,
        sentence: Sentence,
        concepts: Mapping[Side, Asked],
        wanted: Wanted,
        counted: Mapping[Side, Set[str]],
        periods: Set[Period],
        expected: Sequence[Strategy],
        aspect: Aspect | None,
        similarity: float,
        vector: NDArray[np.float32],
    ) -> Judgement:
        side = side_of(passage.chunk.language)
        headings = " ".join((passage.document.title, *passage.chunk.heading_path))
        said, around = (sentence_terms(text, side, self._lexical.lexicon) for text in (sentence.text, headings))
        covered = concepts[side].covered(said, around=around)
        weights = self._weights
        score = weights.similarity * similarity + weights.coverage * covered + weights.passage * passage.score
        sign = wanted_sign(sentence.text, wanted, counted[side], expected)
        if aspect and any(aspect.headed.search(heading) for heading in passage.chunk.heading_path):
            sign = 1.0
        spoken_of = periods_in(BRACKETS.sub(" ", sentence.text)) if periods else frozenset()
        if wanted in ("number", "money") and not spoken_of <= periods:
            # It may count what the other strategy that it speaks of has.
            sign *= HARDLY
        score += weights.wanted * sign
        # A title page or a figure in display type has no full stop, yet it may say exactly what is asked for.
        whole = _complete(sentence) or (sign == 1.0 and not sentence.text.endswith(":"))
        score += 0.0 if whole else weights.incomplete
        score += weights.other_period if spoken_of and not spoken_of & periods else 0.0
        return Judgement(
            sentence=sentence, passage=passage, similarity=similarity, coverage=covered, sign=sign, score=score, vector=vector
        )


def what_about(question: str, *, named: bool) -> str:
    """Return the words of a question that say what it is about: not what kind of answer it wants, nor a strategy that is `named`.

    Only the named strategy's documents are searched, so its name tells their sentences apart no more; save where its own number,
    date or publisher is asked for.
    """
    about = ASKING.sub(" ", question)
    aspect = aspect_in(question)
    unnamed = (aspect.words if aspect else " ".join(topic_of(question))) if named else ""
    return unnamed or (about if len(content_words(about)) >= FEWEST_CONTENT_WORDS else question)


def lists_sources(passage: Passage) -> bool:
    """Return whether a passage stands under a heading for sources, which are listed to be looked up and not to be quoted."""
    return any(SOURCES.fullmatch(heading) for heading in passage.chunk.heading_path)


def names_expected(text: str, wanted: Wanted, expected: Sequence[Strategy]) -> bool:
    """Return whether a text names one of the strategies that the catalogue expects in the answer, as what is asked for."""
    folded = text.casefold()
    titled = any(title.casefold() in folded for one in expected for title in one.titles)
    if wanted == "strategy":
        return titled
    dated = not periods_in(text).isdisjoint({one.period for one in expected})
    return (titled or dated) and bool(SUCCESSION.search(text))


def wanted_sign(text: str, wanted: Wanted, counted: Set[str], expected: Sequence[Strategy] = ()) -> float:
    """Return how plainly a text holds the kind of thing that is wanted: 1 for plainly, 0.5 for perhaps, 0 for not at all.

    A number is plain where it stands before one of the `counted` stems, or anywhere where nothing is counted; it is hardly
    one where none of them is there. A time is plain where it has a month.
    """
    if expected:
        return float(names_expected(text, wanted, expected))
    bare = REFERENCES.sub(" ", text)
    if wanted == "money":
        return float(bool(MONEY.search(bare) and NUMBER.search(bare)))
    if wanted == "number":
        # A year counts nothing.
        bare = YEAR.sub(" ", bare)
        if not NUMBER.search(bare):
            return 0.0
        if not counted or _counts(bare, counted):
            return 1.0
        return 0.3 if any(stem(word, side) in counted for word in words(text) for side in SIDES) else 0.1
    if wanted == "time":
        return 1.0 if DATE.search(bare) else 0.5 if YEAR.search(bare) else 0.0
    return float(wanted == "publisher" and bool(PUBLISHER.search(text)))


def _counts(text: str, counted: Set[str]) -> bool:
    for number in NUMBER.finditer(text):
        following = list(words(text[number.end() :]))[: WORDS_BETWEEN + 1]
        if any(stem(word, side) in counted for word in following for side in SIDES):
            return True
    return False


def _complete(sentence: Sentence) -> bool:
    return bool(COMPLETE.match(sentence.text)) and not APPARATUS.match(sentence.text)


def _quotable(sentence: Sentence) -> bool:
    return len(sentence.text) <= LONGEST_CHARACTERS and len(re.findall(r"[^\W\d_]{2,}", sentence.text)) >= SHORTEST_WORDS
