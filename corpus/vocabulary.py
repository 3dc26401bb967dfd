"""The words of an index as its texts write them: what a question's spelling is compared with."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from corpus.lexical import side_of
from corpus.lexicon import Side
from corpus.stemming import stem
from corpus.values import Language

WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*(?!-)")  # a half that waits for another (cyber- og ...) is no word
INNER_CAPITAL = re.compile(r"[a-zæøå].*[A-ZÆØÅ]")
SHORTEST, RARE = 5, 2  # letters and places of a word that another may be a slip for
LEAST_LOWER = 0.15  # share of the places where a word that is no name stands without a capital
# What inflection adds to words: two words of one stem are the same word if nothing else tells them apart.
INFLECTIONS: Mapping[Side, frozenset[str]] = {
    "da": frozenset(
        """
        e en ens er eren erens erne ernes ers es et ets n ne nes r ren rne rnes s t te de ede ende nde
        """.split()  # noqa: SIM905
    ),
    "en": frozenset("d e ed er ers es ied ies ing ings ly r rs s y".split()),  # noqa: SIM905
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The words of an index.

    `counts` has each word in lower case, `written` its usual form by its letters alone, and `likely`, by first
    letter and length, the words that a slip may stand for. By language, `stems` has the words of each stem, and
    `pairs` the sorted hashes of two adjacent stems.
    """

    counts: Mapping[str, int]
    written: Mapping[str, str]
    stems: Mapping[Side, Mapping[str, Sequence[str]]]
    pairs: Mapping[Side, NDArray[np.int64]]
    likely: Mapping[tuple[str, int], Sequence[str]]

    @classmethod
    def of(cls, texts: Iterable[tuple[str, Language]]) -> "Vocabulary":
        """Read the words of texts, each with its language; links are left out, which spell å as aa."""
        joined: dict[Side, list[str]] = {"da": [], "en": []}
        for text, language in texts:
            joined[side_of(language)].append(text)
        found = {side: WORD.findall(_without_links("\n".join(parts))) for side, parts in joined.items()}
        surfaces = Counter(found["da"]) + Counter(found["en"])
        counts: Counter[str] = Counter()
        for surface, count in surfaces.items():
            for word in _and_parts(surface):
                counts[word] += count
        stemmed = {side: _stemmed(typed, side) for side, typed in found.items()}
        return cls(
            counts=counts,
            written=_written(surfaces),
            stems={side: _grouped(stemmed[side]) for side in found},
            pairs={side: _pairs(typed, stemmed[side]) for side, typed in found.items()},
            likely=_likely(counts),
        )

    def holds(self, word: str, side: Side) -> bool:
        """Whether a word in lower case, or another inflection of it in a language, stands in the index."""
        return word in self.counts or any(_inflected(word, other, side) for other in self.stems[side].get(stem(word, side), ()))

    def beside(self, first: str, second: str) -> bool:
        """Whether two words, in any inflection, stand beside one another."""
        for side, pairs in self.pairs.items():
            sought = hash((stem(first, side), stem(second, side)))
            place = int(np.searchsorted(pairs, sought))
            if place < len(pairs) and int(pairs[place]) == sought:
                return True
        return False


def _stemmed(typed: Sequence[str], side: Side) -> dict[str, str]:
    """The stem of each word of a language in lower case, those in hyphens among them."""
    words = {word for surface in set(typed) for word in _and_parts(surface)}
    return {word: stem(word, side) for word in words}


def _grouped(stemmed: Mapping[str, str]) -> dict[str, list[str]]:
    """The words of each stem."""
    found: dict[str, list[str]] = {}
    for word, name in stemmed.items():
        found.setdefault(name, []).append(word)
    return found


def _pairs(typed: Sequence[str], stemmed: Mapping[str, str]) -> NDArray[np.int64]:
    """The hashes of each two stems that stand beside one another, sorted."""
    run = [stemmed[surface.lower()] for surface in typed]
    return np.unique(np.fromiter(map(hash, pairwise(run)), np.int64, max(len(run) - 1, 0)))


def _likely(counts: Mapping[str, int]) -> dict[tuple[str, int], list[str]]:
    """The words that a slip may stand for, by first letter and length."""
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for word, count in counts.items():
        if count >= RARE and len(word) >= SHORTEST and word.isalpha():
            found[word[0], len(word)].append(word)
    return found


def _without_links(text: str) -> str:
    """A text without the pieces of links, which spell å as aa and join words that are none."""
    return " ".join(piece for piece in text.split() if not _links(piece))


def _links(piece: str) -> bool:
    if "/" in piece and ("-" in piece or "." in piece[:-1] or ":" in piece):
        return True
    return "www." in piece or piece.count("-") > 2


def _and_parts(surface: str) -> list[str]:
    """A word in lower case and, if hyphens join it, its parts."""
    word = surface.lower()
    return [word, *word.split("-")] if "-" in word else [word]


def _inflected(word: str, other: str, side: Side) -> bool:
    """Whether two words of one stem differ in inflection alone; in English an e by itself is no ending."""
    same = common_start(word, other)
    endings = {word[same:], other[same:]}
    return endings <= INFLECTIONS[side] | {""} and not (side == "en" and endings == {"", "e"})


def _written(surfaces: Mapping[str, int]) -> dict[str, str]:
    """How each run of letters is usually written: most often, but without a capital if it stands so at times."""
    forms: dict[str, list[str]] = defaultdict(list)
    for surface in surfaces:
        forms[letters(surface)].append(surface)
    written: dict[str, str] = {}
    for key, alike in forms.items():
        best = alike[0] if len(alike) == 1 else max(alike, key=lambda surface: (surfaces[surface], surface))
        lower = best.lower()
        if best != lower and not INNER_CAPITAL.search(best) and lower in surfaces:
            everywhere = sum(surfaces[surface] for surface in alike)
            best = lower if surfaces[lower] >= LEAST_LOWER * everywhere else best
        written[key] = best
    return written


def letters(surface: str) -> str:
    """The letters of a word in lower case, without hyphens."""
    return surface.lower().replace("-", "")


def common_start(word: str, other: str) -> int:
    """How many letters two words begin with in common."""
    pairs = zip(word, other, strict=False)
    return next((at for at, (one, two) in enumerate(pairs) if one != two), min(len(word), len(other)))
