"""Word alignment by agreement: IBM Model 1 (Brown et al. 1993) in both directions at once, in NumPy.

One array entry stands for each pair of a Danish and an English stem in a sentence pair. What EM expects of an entry is
the product of what the two directions say of it (Liang, Taskar & Klein 2006). An empty word on either side takes the
stems that have no translation.
"""

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = NDArray[np.int32]
Stemming = Callable[[str], Sequence[str]]
EMPTY = 0
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """Translation probabilities between stems: entry k says that `danish[left[k]]` and `english[right[k]]` translate.

    `to_english[k]` is P(English stem | Danish stem), `to_danish[k]` is P(Danish stem | English stem).
    """

    danish: tuple[str, ...]
    english: tuple[str, ...]
    left: Numbers
    right: Numbers
    to_english: Floats
    to_danish: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """One language's sentences as stem numbers, flat; each begins with the empty word, number 0."""

    names: tuple[str, ...]
    ids: Numbers
    starts: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shard:
    """Some sentence pairs, an entry for each pair of stems: its type, and both stems' places within the shard."""

    types: Numbers
    left: Numbers
    right: Numbers


def align(
    danish: Sequence[str],
    english: Sequence[str],
    *,
    danish_stems: Stemming,
    english_stems: Stemming,
    rounds: int = 6,
    least: int = 3,
    longest: int = 50,
    shard: int = 50_000,
) -> Alignment:
    """Align two lists of sentences that belong together.

    Stems and pairs of stems seen less than `least` times, and sentences of more than `longest` stems, are left out.
    """
    left, right = _numbered(danish, danish_stems, least), _numbered(english, english_stems, least)
    spans = [(start, min(start + shard, len(danish))) for start in range(0, len(danish), shard)]
    keys = _frequent_keys(left, right, spans, longest, least)
    log.info("%d and %d stems, %d pairs of them", len(left.names), len(right.names), len(keys))
    shards = [_typed(left, right, span, longest, keys) for span in spans]
    first, second = np.divmod(keys, len(right.names))
    to_english = to_danish = np.ones(len(keys))
    for number in range(rounds):
        counts = np.zeros(len(keys))
        for part in shards:
            counts += _expected(part, first, second, to_english, to_danish)
        to_english = _shares(counts * (second != EMPTY), first)
        to_danish = _shares(counts * (first != EMPTY), second)
        log.info("round %d of %d", number + 1, rounds)
    real = (first != EMPTY) & (second != EMPTY)
    return Alignment(
        danish=left.names,
        english=right.names,
        left=first[real].astype(np.int32),
        right=second[real].astype(np.int32),
        to_english=to_english[real],
        to_danish=to_danish[real],
    )


def _numbered(texts: Sequence[str], stemming: Stemming, least: int) -> _Side:
    """The texts as stem numbers, frequent stems first, rare ones left out."""
    stemmed = [stemming(text) for text in texts]
    counts = Counter(name for names in stemmed for name in names)
    kept = sorted((name for name, count in counts.items() if count >= least), key=lambda name: (-counts[name], name))
    number = {name: place for place, name in enumerate(kept, start=1)}
    rows = [[EMPTY, *(number[name] for name in names if name in number)] for names in stemmed]
    ids = np.fromiter((place for row in rows for place in row), np.int32)
    return _Side(names=("", *kept), ids=ids, starts=np.concatenate([[0], np.cumsum([len(row) for row in rows])]))


def _entries(left: _Side, right: _Side, span: tuple[int, int], longest: int) -> tuple[NDArray[np.int64], Numbers, Numbers]:
    """The key of every pair of stems in the sentence pairs of `span`, and both stems' places from the span's start."""
    rows = np.arange(*span)
    heights, widths = np.diff(left.starts)[rows], np.diff(right.starts)[rows]
    rows = rows[(heights <= longest) & (widths <= longest)]
    heights, widths = np.diff(left.starts)[rows], np.diff(right.starts)[rows]
    sizes = heights * widths
    within = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    down, across = np.divmod(within, np.repeat(widths, sizes))
    down += np.repeat(left.starts[rows], sizes)
    across += np.repeat(right.starts[rows], sizes)
    keys = left.ids[down].astype(np.int64) * len(right.names) + right.ids[across]
    return keys, (down - left.starts[span[0]]).astype(np.int32), (across - right.starts[span[0]]).astype(np.int32)


def _frequent_keys(left: _Side, right: _Side, spans: Sequence[tuple[int, int]], longest: int, least: int) -> NDArray[np.int64]:
    """The keys seen at least `least` times, in order, without that of the two empty words."""
    keys, counts = np.zeros(0, np.int64), np.zeros(0, np.int64)
    for span in spans:
        some, many = np.unique(_entries(left, right, span, longest)[0], return_counts=True)
        both, inverse = np.unique(np.concatenate([keys, some]), return_inverse=True)
        keys, counts = both, np.bincount(inverse, np.concatenate([counts, many])).astype(np.int64)
    return np.asarray(keys[(counts >= least) & (keys != EMPTY)])


def _typed(left: _Side, right: _Side, span: tuple[int, int], longest: int, keys: NDArray[np.int64]) -> _Shard:
    """The entries of a span whose keys are among `keys`."""
    found, down, across = _entries(left, right, span, longest)
    distinct, inverse = np.unique(found, return_inverse=True)
    places = np.minimum(np.searchsorted(keys, distinct), len(keys) - 1)
    types = np.where(keys[places] == distinct, places, -1).astype(np.int32)[inverse]
    kept = types >= 0
    return _Shard(types=types[kept], left=down[kept], right=across[kept])


def _expected(part: _Shard, first: NDArray[np.int64], second: NDArray[np.int64], to_english: Floats, to_danish: Floats) -> Floats:
    """How often each type is expected to be a translation in a shard."""
    forward = _posterior(to_english[part.types], part.right)
    backward = _posterior(to_danish[part.types], part.left)
    forward[(second == EMPTY)[part.types]] = 1
    backward[(first == EMPTY)[part.types]] = 1
    return np.asarray(np.bincount(part.types, forward * backward, minlength=len(first)), np.float64)


def _posterior(chances: Floats, places: Numbers) -> Floats:
    """Each entry's share of the chances of all entries at its place."""
    return chances / np.maximum(np.bincount(places, chances), 1e-300)[places]


def _shares(counts: Floats, group: NDArray[np.int64]) -> Floats:
    """Each count as a share of its group's sum."""
    return counts / np.maximum(np.bincount(group, counts), 1e-300)[group]
