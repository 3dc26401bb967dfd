"""The door to bm25s: lexical search in which a query of either language finds texts of either language.

Danish and English texts are indexed apart, each with the stems, frequencies and lengths of its own language. A query is
a list of concepts for each of the two: a word stands for its own stem in its own language, and for the weighted
translations of it in the other (a probabilistic structured query, Darwish & Oard 2003). All stems of a concept share
one inverse document frequency, that of the concept, so a rare mistranslation cannot outweigh the word it stands for.
Scores are divided by what a text full of every concept would reach: shares of the query, comparable across languages.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from corpus.errors import StoreError
from corpus.lexicon import OTHER, Lexicon, Side, Stems
from corpus.stemming import is_stop_word, stem, words
from corpus.values import Language

VERSION = 1
NAME = re.compile(r"\b[A-ZÆØÅ]\w+")
MOST_WORDS = 256  # of a query that count; a question has ten
SATURATION, LENGTH_WEIGHT = 1.2, 0.75  # k1 and b of BM25
GLOSSARY_WEIGHT = 0.7  # of what the glossary says a single word is called, where the alignments do not say so
RENAMING_WEIGHT = 0.5  # of what a thing was called before or after
PARAPHRASE_WEIGHT = 0.6  # of a stem that shares all its translations with the query's
PART_WEIGHT = 0.5  # of each part of a compound, beside the whole
UNKNOWN_WEIGHT = 1.5  # of all parts of a compound whose translation is not known
FLATNESS = 0.5  # the power of a translation's share: the best one must not drown the others

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One thing that a query asks for: the stems that may express it, how surely each does, and how often it stands."""

    stems: Mapping[str, float]
    weight: float = 1.0


def side_of(language: Language) -> Side:
    """In which of the two indexes a language stands: Norwegian, Swedish and the undecided stand with the Danish."""
    return "en" if language == "en" else "da"


def terms(text: str, side: Side, lexicon: Lexicon) -> tuple[str, ...]:
    """What a text is indexed by: the stems of its words, and those of the parts of its Danish compounds."""
    return tuple(term for word in words(text) for term in terms_of(word, side, lexicon))


@lru_cache(maxsize=20_000)
def sentence_terms(sentence: str, side: Side, lexicon: Lexicon) -> tuple[str, ...]:
    """The same as `terms`, kept for the sentences asked for last: a question needs each twice, and the next one many again."""
    return terms(sentence, side, lexicon)


@lru_cache(maxsize=200_000)
def terms_of(word: str, side: Side, lexicon: Lexicon) -> tuple[str, ...]:
    """What one word in lower case is indexed by; nothing for a stop word."""
    forms = () if is_stop_word(word, side) else (word, *(lexicon.split(word) if side == "da" else ()))
    return tuple(stem(form, side) for form in forms)


def spread(query: str, language: Language, target: Side, lexicon: Lexicon) -> list[Concept]:
    """The concepts of a query as stems of `target`: its own stems, or their translations; names stand for themselves.

    A query in a language that is neither Danish nor English stands for itself in both.
    """
    kept = [word for word in words(query) if not is_stop_word(word, language)][:MOST_WORDS]
    source = side_of(language) if language != "other" else target
    names = set(words(" ".join(NAME.findall(query))))
    concepts: list[Concept] = []
    for stemmed, surfaces in segments(kept, source, lexicon):
        if source == target:
            concepts.extend(_own(stemmed, surfaces, source, lexicon))
        else:
            translated = _translated(stemmed, surfaces, source, lexicon)
            concepts.extend(translated if names.isdisjoint(surfaces) else _named(translated, surfaces, target))
    return _merged(concepts)


def _named(translated: Sequence[Concept], surfaces: Sequence[str], target: Side) -> list[Concept]:
    """Translations of a word that the query writes as a name: as a rule it is called the same in the other language."""
    if len(translated) != len(surfaces):
        return list(translated)
    pairs = zip(translated, surfaces, strict=True)
    return [replace(concept, stems={**concept.stems, stem(surface, target): 1.0}) for concept, surface in pairs]


def segments(kept: Sequence[str], source: Side, lexicon: Lexicon) -> Iterator[tuple[Stems, Sequence[str]]]:
    """Words as runs that are one glossary term or one name that was renamed, the longest first, or else one word."""
    stemmed = [stem(word, source) for word in kept]
    at = 0
    while at < len(kept):
        length = next((n for n in range(6, 1, -1) if _known(tuple(stemmed[at : at + n]), source, lexicon)), 1)
        yield tuple(stemmed[at : at + length]), kept[at : at + length]
        at += length


def _known(term: Stems, source: Side, lexicon: Lexicon) -> bool:
    return term in lexicon.terms[source] or term in lexicon.renamings[source]


def _own(term: Stems, surfaces: Sequence[str], side: Side, lexicon: Lexicon) -> list[Concept]:
    """A term in its own language: each stem with paraphrases and later or earlier names, and the parts of compounds."""
    renamed = _renamed(term, side, lexicon)
    concepts = [Concept(stems={**renamed, **_alike(name, side, lexicon)}) for name in term]
    parts = [part for surface in surfaces for part in lexicon.split(surface)] if side == "da" else []
    return [*concepts, *(Concept(stems=_alike(stem(part, side), side, lexicon), weight=PART_WEIGHT) for part in parts)]


def _renamed(term: Stems, side: Side, lexicon: Lexicon) -> dict[str, float]:
    """The head words of what a term was called before or after: in both languages the last word of a name."""
    return {name[-1]: RENAMING_WEIGHT for name in lexicon.renamings[side].get(term, ())}


def _alike(name: str, side: Side, lexicon: Lexicon) -> dict[str, float]:
    """A stem with its paraphrases."""
    found = lexicon.paraphrases(name, side).items()
    return {**{other: PARAPHRASE_WEIGHT * share for other, share in found}, name: 1.0}


def _translated(term: Stems, surfaces: Sequence[str], source: Side, lexicon: Lexicon) -> list[Concept]:
    """A term in the other language: what the glossary says, otherwise the alignments, otherwise the word itself."""
    target, names = OTHER[source], lexicon.terms[source].get(term, ())
    if len(term) > 1 and names:
        distinct = list(dict.fromkeys(name for option in names for name in option))
        return [Concept(stems={name: 1.0}, weight=len(term) / len(distinct)) for name in distinct]
    given = {part: GLOSSARY_WEIGHT / len(option) for option in names for part in option}
    given |= _renamed(tuple(stem(surface, target) for surface in surfaces), target, lexicon)
    found = [concept for pair in zip(term, surfaces, strict=True) for concept in _aligned(*pair, source, lexicon)]
    return [Concept(stems={**given, **concept.stems}, weight=concept.weight) for concept in found]


def _aligned(name: str, surface: str, source: Side, lexicon: Lexicon) -> list[Concept]:
    """A word in the other language: its translations, or those of its parts, or the word itself."""
    if found := lexicon.tables[source].of(name):
        return [Concept(stems={other: share**FLATNESS for other, share in found.items()})]
    parts = lexicon.split(surface) if source == "da" else ()
    split = [concept for part in parts for concept in _aligned(stem(part, source), part, source, lexicon)]
    weight = UNKNOWN_WEIGHT / max(len(split), 1)
    return [Concept(stems=c.stems, weight=weight) for c in split] or [Concept(stems={stem(surface, OTHER[source]): 1.0})]


def _merged(concepts: Sequence[Concept]) -> list[Concept]:
    """Equal concepts made one, with their weights added."""
    weights: Counter[tuple[tuple[str, float], ...]] = Counter()
    for concept in concepts:
        weights[tuple(concept.stems.items())] += concept.weight  # type: ignore[assignment]
    return [Concept(stems=dict(items), weight=weight) for items, weight in weights.items()]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """The texts of one side: their rows among all texts, and bm25s's index of them."""

    rows: NDArray[np.int64]
    bm25: bm25s.BM25

    def weighed(self, concepts: Sequence[Concept]) -> list[tuple[Concept, float]]:
        """Concepts with their weights here: how often each is asked for, times how rare it is among these texts."""
        return [(concept, concept.weight * _rarity(self._frequency(concept), len(self.rows))) for concept in concepts]

    def score(self, concepts: Sequence[Concept]) -> Scores:
        """The share of the query that each text of this part holds, shape (texts of this part,)."""
        data, texts = self.bm25.scores["data"], self.bm25.scores["indices"]
        found, ideal = np.zeros(len(self.rows), np.float32), 0.0
        for concept, weight in self.weighed(concepts):
            spans = self._spans(concept)
            ideal += weight if spans else 0.0
            for start, end, sureness in spans:
                # bm25s has weighed each score by the rarity of its own stem; here the concept's takes its place.
                factor = weight * sureness / _rarity(end - start, len(self.rows))
                found[texts[start:end]] += data[start:end] * np.float32(factor)
        return found / np.float32(ideal) if ideal else found

    def holding(self, stems: Collection[str]) -> NDArray[np.int64]:
        """The rows, among all texts, of the texts that hold any of some stems."""
        starts, texts = self.bm25.scores["indptr"], self.bm25.scores["indices"]
        numbers = [self.bm25.vocab_dict[name] for name in stems if name in self.bm25.vocab_dict]
        return self.rows[np.concatenate([texts[starts[n] : starts[n + 1]] for n in numbers])] if numbers else self.rows[:0]

    def holds(self, concept: Concept) -> bool:
        """Whether any text of this part holds a stem of a concept."""
        return bool(self._spans(concept))

    def _spans(self, concept: Concept) -> list[tuple[int, int, float]]:
        """Where the scores of a concept's stems begin and end, with how surely each stem expresses it."""
        numbers, starts = self.bm25.vocab_dict, self.bm25.scores["indptr"]
        known = ((numbers[name], sureness) for name, sureness in concept.stems.items() if name in numbers)
        return [(int(starts[number]), int(starts[number + 1]), sureness) for number, sureness in known]

    def _frequency(self, concept: Concept) -> float:
        """In about how many texts a concept occurs: those of its stems added, each as sure as the surest makes it."""
        spans = self._spans(concept)
        surest = max((sureness for _, _, sureness in spans), default=1.0)
        return min(sum((end - start) * sureness / surest for start, end, sureness in spans), len(self.rows))


def _rarity(frequency: float, total: int) -> float:
    """The inverse document frequency of BM25 as in Lucene, and in bm25s, for `frequency` of `total` texts."""
    return math.log(1 + (total - frequency + 0.5) / (frequency + 0.5))


@dataclass(frozen=True, slots=True, kw_only=True)
class LexicalIndex:
    """The lexical index of a list of texts: built once, kept in a folder, asked for the score of every text."""

    size: int
    parts: Mapping[Side, _Part]
    lexicon: Lexicon

    @classmethod
    def build(cls, texts: Sequence[str], languages: Sequence[Language], lexicon: Lexicon) -> "LexicalIndex":
        """Index texts, each in its language."""
        sides = np.array([side_of(language) for language in languages])
        parts: dict[Side, _Part] = {}
        for side in OTHER:
            rows = np.flatnonzero(sides == side)
            tokens = [terms(texts[int(row)], side, lexicon) for row in rows]
            if any(tokens):
                bm25 = bm25s.BM25(k1=SATURATION, b=LENGTH_WEIGHT)
                bm25.index(tokens, show_progress=False)
                parts[side] = _Part(rows=rows, bm25=bm25)
        return cls(size=len(texts), parts=parts, lexicon=lexicon)

    def score(self, query: str, language: Language) -> Scores:
        """How much of a query each text holds, from 0 to 1, in the order of the texts, shape (size,)."""
        scores = np.zeros(self.size, np.float32)
        for side, part in self.parts.items():
            scores[part.rows] = part.score(spread(query, language, side, self.lexicon))
        return scores

    def weighed(self, query: str, language: Language) -> dict[Side, list[tuple[Concept, float]]]:
        """The concepts of a query for each side, with weights: the greater, the fewer texts of that side hold one."""
        concepts = {side: spread(query, language, side, self.lexicon) for side in OTHER}
        return {
            side: self.parts[side].weighed(found) if side in self.parts else [(concept, 1.0) for concept in found]
            for side, found in concepts.items()
        }

    def holding(self, stems: Mapping[Side, Collection[str]]) -> NDArray[np.bool_]:
        """Which texts hold any of some stems of their side, shape (size,)."""
        found = np.zeros(self.size, np.bool_)
        for side, part in self.parts.items():
            found[part.holding(stems.get(side, ()))] = True
        return found

    def unheard(self, query: str, language: Language) -> dict[Side, float]:
        """The share of a query's weight, from 0 to 1, that stands in no text of each side: 1 where there are no texts at all."""
        found: dict[Side, float] = {}
        for side, weighed in self.weighed(query, language).items():
            part = self.parts.get(side)
            total = sum(weight for _, weight in weighed)
            unheard = sum(weight for concept, weight in weighed if part is None or not part.holds(concept))
            found[side] = unheard / total if total else 0.0
        return found

    def across(self, language: Language) -> NDArray[np.bool_]:
        """Which texts are in the other language than a query's, shape (size,); none for a query in neither."""
        other = np.zeros(self.size, np.bool_)
        if language != "other" and (part := self.parts.get(OTHER[side_of(language)])):
            other[part.rows] = True
        return other

    def save(self, folder: Path) -> None:
        """Write the index to a folder, which is made where it is missing."""
        folder.mkdir(parents=True, exist_ok=True)
        for side, part in self.parts.items():
            part.bm25.save(str(folder / side), show_progress=False)
            np.save(folder / side / "rows.npy", part.rows)
        about = {"version": VERSION, "size": self.size, "parts": list(self.parts)}
        (folder / "lexical.json").write_text(json.dumps(about), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, lexicon: Lexicon) -> "LexicalIndex":
        """Read an index; a missing, damaged or differently versioned one is a `StoreError`."""
        try:
            about = json.loads((folder / "lexical.json").read_text(encoding="utf-8"))
            if about["version"] != VERSION:
                raise StoreError(f"The lexical index in {str(folder)!r} is of another version; ingest with --rebuild")
            parts = {side: _load_part(folder / side) for side in OTHER if side in about["parts"]}
        except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
            raise StoreError(f"The lexical index in {str(folder)!r} is missing or damaged: {error}") from error
        return cls(size=int(about["size"]), parts=parts, lexicon=lexicon)


def _load_part(folder: Path) -> _Part:
    bm25 = bm25s.BM25.load(str(folder), show_progress=False, verbosity=0)
    return _Part(rows=np.load(folder / "rows.npy", allow_pickle=False), bm25=bm25)
