"""How well a sentence answers a question: its meaning, the question's terms that it covers, and the kind of thing asked for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.understanding import ASKING, Wanted
from corpus.embedding import Embedder
from corpus.lexical import Concept, LexicalIndex, side_of
from corpus.lexicon import Side
from corpus.stemming import stems
from corpus.values import Passage, Query, Sentence

Weighed = tuple[Concept, float]
"""A concept of the question with its weight, which is the greater the fewer texts hold it."""

NUMBER = re.compile(
    r"\d|\b(to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|halvdelen|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|half|third|tredjedel)\b",
    re.IGNORECASE,
)
TIME = re.compile(r"\b(19|20)\d\d\b")
PUBLISHER = re.compile(
    r"\b(udgivet af|udgiver|henvendelse om publikationen|aftalt|indgået|published by|issued by|agreed|regeringen\W+(og\W+)?kl\b"
    r"|government\W+(and\W+)?(kl|local government))",
    re.IGNORECASE,
)
WANTED_SIGNS: Mapping[Wanted, re.Pattern[str]] = {"number": NUMBER, "time": TIME, "publisher": PUBLISHER}

COMPLETE = re.compile(r"""^[«»"“”'‘(\[–-]?\s*[A-ZÆØÅ0-9].*[.!?:»"”)\]]$""", re.DOTALL)
APPARATUS = re.compile(r"^(kilde|source|note|anm\.|figur|figure|tabel|table|boks|box|foto|photo|isbn)\b", re.IGNORECASE)
SHORTEST_WORDS, LONGEST_CHARACTERS = 4, 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A sentence of a passage with what speaks for it, each between 0 and 1, and the score made of it."""

    sentence: Sentence
    passage: Passage
    similarity: float
    coverage: float
    score: float
    vector: NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each sign counts in a sentence's score."""

    similarity: float = 0.35
    coverage: float = 0.45
    passage: float = 0.20
    wanted: float = 0.15
    incomplete: float = -0.15
    digest: float = -0.03


WEIGHTS = Weights()
AROUND = 0.6  # the trust put in a term that stands in the heading or title rather than in the sentence


class Judge:
    """Judges the sentences of passages; built once, from the embedder and the lexical index that retrieval uses."""

    def __init__(self, *, embedder: Embedder, lexical: LexicalIndex, weights: Weights = WEIGHTS) -> None:
        """Keep the parts."""
        self._embedder = embedder
        self._lexical = lexical
        self._weights = weights

    def judge(self, query: Query, wanted: Wanted, passages: Sequence[Passage]) -> list[Judgement]:
        """Return a judgement of every sentence that could be quoted, in the order of the passages."""
        pairs = [(passage, sentence) for passage in passages for sentence in passage.chunk.sentences if _quotable(sentence)]
        if not pairs:
            return []
        concepts = self._lexical.weighed(ASKING.sub(" ", query.text), query.language)
        vectors = self._embedder.encode_passages([sentence.text for _, sentence in pairs])
        similarities = np.clip(vectors @ self._embedder.encode_queries([query.text])[0], 0.0, 1.0)
        best = max(passage.score for passage in passages) or 1.0
        return [
            self._judgement(passage, sentence, concepts, wanted, float(similarity), passage.score / best, vector)
            for (passage, sentence), similarity, vector in zip(pairs, similarities, vectors, strict=True)
        ]

    def _judgement(
        self,
        passage: Passage,
        sentence: Sentence,
        concepts: Mapping[Side, Sequence[Weighed]],
        wanted: Wanted,
        similarity: float,
        standing: float,
        vector: NDArray[np.float32],
    ) -> Judgement:
        language = passage.chunk.language
        own = set(stems(sentence.text, language))
        around = set(stems(" ".join((passage.document.title, *passage.chunk.heading_path)), language))
        covered = coverage(concepts[side_of(language)], [(own, 1.0), (around, AROUND)])
        weights = self._weights
        score = weights.similarity * similarity + weights.coverage * covered + weights.passage * standing
        sign = WANTED_SIGNS.get(wanted)
        answers_sign = bool(sign and sign.search(sentence.text))
        score += weights.wanted if answers_sign else 0.0
        score += 0.0 if _complete(sentence) or (wanted == "publisher" and answers_sign) else weights.incomplete
        score += weights.digest if passage.document.digest else 0.0
        return Judgement(sentence=sentence, passage=passage, similarity=similarity, coverage=covered, score=score, vector=vector)


def coverage(concepts: Sequence[Weighed], texts: Sequence[tuple[set[str], float]]) -> float:
    """Return the share of the question's weight, 0 to 1, found in sets of stems, each with the trust put in it."""
    total = sum(weight for _, weight in concepts)
    if not total:
        return 0.0
    found = (weight * max(trust * _covered(concept, held) for held, trust in texts) for concept, weight in concepts)
    return sum(found) / total


def _covered(concept: Concept, held: set[str]) -> float:
    # Translations share one weight among them, yet any of them says the word: the square root lifts the rarer ones.
    return max((min(weight, 1.0) ** 0.5 for form, weight in concept.stems.items() if form in held), default=0.0)


def _complete(sentence: Sentence) -> bool:
    return bool(COMPLETE.match(sentence.text)) and not APPARATUS.match(sentence.text)


def _quotable(sentence: Sentence) -> bool:
    return len(sentence.text) <= LONGEST_CHARACTERS and len(re.findall(r"[^\W\d_]{2,}", sentence.text)) >= SHORTEST_WORDS
