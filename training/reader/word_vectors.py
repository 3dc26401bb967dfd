"""First vectors of the Danish pieces: the mean of their English translations, by IBM Model 1 (Brown et al.

1993).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from corpus.embedder.aligning import align

Floats = NDArray[np.float32]
WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """The words of a text in lower case."""
    return WORD.findall(text.lower())


def first_vectors(
    danish: Sequence[str],
    english: Sequence[str],
    tokenizer: Tokenizer,
    teacher: Tokenizer,
    known: dict[str, Floats],
    seed: int,
) -> Floats:
    """Vectors of all pieces of `tokenizer`, shape (pieces, width): the teacher's own where it has the piece.

    A new piece takes the mean of the translations of the Danish words that hold it, weighed by their number.
    """
    size = tokenizer.get_vocab_size()
    pieces = [str(tokenizer.id_to_token(number)) for number in range(size)]
    table = np.stack(list(known.values()))
    noise = np.random.default_rng(seed).normal(0, table.std(), (size, table.shape[1])).astype(np.float32)
    vectors = table.mean(0) + noise
    sums: dict[int, Floats] = defaultdict(lambda: np.zeros(table.shape[1], np.float32))
    totals: Counter[int] = Counter()
    counts = Counter(word for text in danish for word in words(text))
    translated = _translated(danish, english, teacher, known)
    for word, vector in translated.items():
        for piece in tokenizer.encode(word, add_special_tokens=False).ids:
            sums[piece] += np.float32(counts[word]) * vector
            totals[piece] += counts[word]
    for number, name in enumerate(pieces):
        if name in known:
            vectors[number] = known[name]
        elif totals[number]:
            vectors[number] = sums[number] / np.float32(totals[number])
    return np.asarray(vectors, np.float32)


def _translated(danish: Sequence[str], english: Sequence[str], teacher: Tokenizer, known: dict[str, Floats]) -> dict[str, Floats]:
    """A vector of each Danish word: those of its English translations, each by its share."""
    alignment = align(danish, english, danish_stems=words, english_stems=words, least=2, longest=40, rounds=5)
    spelled = [_spelled(word, teacher, known) for word in alignment.english]
    found: dict[str, Floats] = {}
    shares: Counter[str] = Counter()
    for left, right, share in zip(alignment.left, alignment.right, alignment.to_english, strict=True):
        vector = spelled[right]
        if share >= 0.05 and vector is not None:
            word = alignment.danish[left]
            found[word] = found.get(word, np.zeros_like(vector)) + np.float32(share) * vector
            shares[word] += share
    return {word: vector / np.float32(shares[word]) for word, vector in found.items()}


def _spelled(word: str, teacher: Tokenizer, known: dict[str, Floats]) -> Floats | None:
    """The mean of the teacher's vectors of a word's pieces, or None where it has none of them."""
    vectors = [known[piece] for piece in teacher.encode(word, add_special_tokens=False).tokens if piece in known]
    return np.mean(vectors, axis=0) if vectors else None
