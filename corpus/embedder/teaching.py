"""What a teacher knows, as the vectors that training starts from.

The parallel text is of one domain; an English sentence encoder has read of everything. Its vector of each English word
becomes the first vector of the piece that is that word, and Danish pieces begin at the mean of their translations. It
knows only English, and only the training needs it.
"""

import logging
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.embedding import Embedder
from corpus.lexicon import Lexicon, Side
from corpus.stemming import stem

Floats = NDArray[np.float32]
Counts = Mapping[Side, Mapping[str, int]]
LEAST = 10  # how often an English word must have been seen
WORD_START = "▁"
SMALL = 0.3  # the length of the vectors of pieces that the teacher says nothing of
log = logging.getLogger(__name__)


def taught_vectors(pieces: Sequence[str], counts: Counts, lexicon: Lexicon, teacher: Embedder, seed: int) -> Floats:
    """First vectors of pieces, shape (pieces, dimensions of the teacher): of length 1, or short and random.

    `counts` says how often each word was seen in each language; a word of both takes from both by that.
    """
    words = _word_vectors(counts["en"], teacher)
    stems = _stem_vectors(words, counts["en"])
    random = np.random.default_rng(seed)
    vectors = random.normal(0, SMALL * teacher.dimensions**-0.5, (len(pieces), teacher.dimensions)).astype(np.float32)
    taught = 0
    for place, piece in enumerate(pieces):
        word = piece.removeprefix(WORD_START)
        translations = lexicon.tables["da"].of(stem(word, "da")) if counts["da"].get(word) else {}
        known = [(counts["da"][word] * share, stems.get(name)) for name, share in translations.items()]
        known.append((float(counts["en"].get(word, 0)), words.get(word)))
        total = sum((weight * vector for weight, vector in known if vector is not None), np.zeros(teacher.dimensions))
        if piece.startswith(WORD_START) and np.any(total):
            vectors[place] = total / np.linalg.norm(total)
            taught += 1
    log.info("%d of %d pieces taught", taught, len(pieces))
    return vectors


def _word_vectors(counts: Mapping[str, int], teacher: Embedder) -> dict[str, Floats]:
    """The teacher's vectors of words, without what all words share."""
    words = sorted(word for word, count in counts.items() if count >= LEAST)
    vectors = teacher.encode_passages(words)
    vectors = vectors - np.average(vectors, axis=0, weights=np.sqrt([counts[word] for word in words])).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    return dict(zip(words, vectors, strict=True))


def _stem_vectors(words: Mapping[str, Floats], counts: Mapping[str, int]) -> dict[str, Floats]:
    """The mean of the words of each stem, each as often as it was seen."""
    sums: dict[str, Floats] = {}
    totals: dict[str, int] = {}
    for word, vector in words.items():
        name = stem(word, "en")
        sums[name] = sums.get(name, np.zeros_like(vector)) + np.float32(counts[word]) * vector
        totals[name] = totals.get(name, 0) + counts[word]
    return {name: total / np.float32(totals[name]) for name, total in sums.items()}
