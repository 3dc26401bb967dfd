"""How well a sentence answers a question: its meaning, the question's terms that it covers, and the kind of thing asked for."""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.finding.answer_types import COUNTED, NUMBER, UNDERTAKING, UNDERTAKINGS, Expected, names_expected
from assistant.finding.reranking import Asked
from assistant.question.asking import ASKING, OF_THE_WHOLE, PARTS, Aspect, Wanted, aspect_in, content_words, defined_in, topic_of
from assistant.question.naming import Period
from assistant.tables.outlining import numbered_as
from assistant.values import Passage, Query
from corpus.catalogue import Strategy
from corpus.embedding import Embedder
from corpus.lexical import LexicalIndex, sentence_terms, side_of
from corpus.lexicon import Side
from corpus.values import Sentence

UNDER_ITS_HEADING = 0.9
PLAINLY = 0.75  # the sign from which a sentence plainly holds what is expected
FEWEST_CONTENT_WORDS = 2  # for a text to say what a question is about
COMPLETE = re.compile(r"""^[«»"“”'‘(\[–-]?\s*[A-ZÆØÅ0-9].*[.!?»"”)\]]$""", re.DOTALL)
APPARATUS = re.compile(r"^(kilde|source|note|anm\.|figur|figure|tabel|table|boks|box|foto|photo|isbn)\b", re.IGNORECASE)
SHORTEST_WORDS, LONGEST_CHARACTERS = 4, 600
# What stands under these tells where something was read, and answers nothing.
SOURCES = re.compile(r"(?:kilder|sources|referencer|references|litteratur(?:liste)?|bibliography|noter|notes)\W*", re.IGNORECASE)
# A glossary's rows, "X in English is Y in Danish", answer those alone who ask for words.
TRANSLATION = re.compile(r"\bpå dansk hedder\b.*\bpå engelsk\b|\bin English is\b.*\bin Danish\b", re.IGNORECASE)
GLOSSARY = re.compile(r"(?:falske venner|false friends|(?:fagord|terms)\b.*)\W*", re.IGNORECASE)
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
    of_others: float = -0.15


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
            pairs = [pair for pair in pairs if not _tells_words(*pair)]
        if expected:
            pairs = [pair for pair in pairs if names_expected(pair[1].text, wanted, expected)] or pairs
        if not pairs:
            return []
        one_alone = bool(periods) or len(query.filters.strategies) == 1
        named = one_alone and wanted in OF_THE_WHOLE
        asked, aspect = what_about(query.text, named=named), aspect_in(query.text) if named else None
        answer = Expected(
            question=query.text,
            wanted=wanted,
            counted=self._counted(query, wanted),
            strategies=expected,
            periods=periods,
            defined=defined_in(query.text),
        )
        concepts = {side: Asked.of(weighed) for side, weighed in self._lexical.weighed(asked, query.language).items()}
        vectors = self._embedder.encode_passages([sentence.text for _, sentence in pairs])
        similarities = np.clip(vectors @ self._embedder.encode_queries([asked])[0], 0.0, 1.0)
        return [
            self._judgement(passage, sentence, concepts, answer, aspect, float(similarity), vector)
            for (passage, sentence), similarity, vector in zip(pairs, similarities, vectors, strict=True)
        ]

    def meanings(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors (n, d) of some texts; the cosine of two is their product."""
        return self._embedder.encode_passages(texts)

    def _counted(self, query: Query, wanted: Wanted) -> dict[Side, set[str]]:
        """The stems, on each side, of the thing that a question asks the number of, or the parts that it asks for and no more."""
        found = COUNTED.search(query.text)
        thing = found[1] if found else ""
        if wanted == "list" and all(PARTS.fullmatch(word) or NUMBER.fullmatch(word) for word in topic_of(query.text)):
            thing = " ".join(word for word in topic_of(query.text) if PARTS.fullmatch(word))
        weighed = self._lexical.weighed(UNDERTAKINGS if UNDERTAKING.search(thing) else thing, query.language)
        return {side: {form for concept, _ in concepts for form in concept.stems} for side, concepts in weighed.items()}

    def _judgement(
        self,
        passage: Passage,
        sentence: Sentence,
        concepts: Mapping[Side, Asked],
        answer: Expected,
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
        sign = _of_aspect(sentence, passage, aspect) or answer.sign(sentence.text, side)
        score += weights.wanted * sign
        # A title page or a figure in display type has no full stop, yet it may say exactly what is asked for.
        whole = _complete(sentence) or (sign == 1.0 and not sentence.text.endswith(":"))
        score += 0.0 if whole else weights.incomplete
        score += weights.of_others if answer.of_others_alone(sentence.text) else 0.0
        return Judgement(
            sentence=sentence, passage=passage, similarity=similarity, coverage=covered, sign=sign, score=score, vector=vector
        )


def _of_aspect(sentence: Sentence, passage: Passage, aspect: Aspect | None) -> float:
    """How plainly a sentence tells what is asked of a strategy as a whole: by that name, or under it, or but a numbered part."""
    if not aspect or not any(aspect.headed.search(heading) for heading in passage.chunk.heading_path):
        return 0.0
    if numbered_as(sentence.text):
        return 0.5
    return 1.0 if aspect.headed.search(sentence.text) else UNDER_ITS_HEADING


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


def _tells_words(passage: Passage, sentence: Sentence) -> bool:
    rows = any(GLOSSARY.fullmatch(heading) for heading in passage.chunk.heading_path)
    return rows or TRANSLATION.search(sentence.text) is not None


def _complete(sentence: Sentence) -> bool:
    return bool(COMPLETE.match(sentence.text)) and not APPARATUS.match(sentence.text)


def _quotable(sentence: Sentence) -> bool:
    # Where something lies on the web is told beside each citation, by its address.
    if "://" in sentence.text:
        return False
    return len(sentence.text) <= LONGEST_CHARACTERS and len(re.findall(r"[^\W\d_]{2,}", sentence.text)) >= SHORTEST_WORDS
