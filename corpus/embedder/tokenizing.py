"""Pieces: a Unigram vocabulary shared by both languages, and texts as flat arrays of its piece numbers."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

UNKNOWN = "[UNK]"
BATCH = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """Texts as piece numbers: text i is `ids[starts[i]:starts[i + 1]]`, so neighbouring texts join by slicing."""

    ids: NDArray[np.uint16]
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1


def train_tokenizer(texts: Sequence[str], size: int) -> Tokenizer:
    """A Unigram tokenizer of at most `size` pieces, for text in lower case and NFKC, words apart from punctuation."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Lowercase(), normalizers.Replace(Regex(r"[\p{C}\p{Z}\s]+"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(), pre_tokenizers.Punctuation()]
    )
    trainer = trainers.UnigramTrainer(
        vocab_size=size, special_tokens=[UNKNOWN], unk_token=UNKNOWN, show_progress=False, max_piece_length=20
    )
    tokenizer.train_from_iterator(texts, trainer, length=len(texts))
    return _settled(tokenizer)


def _settled(tokenizer: Tokenizer) -> Tokenizer:
    """The same tokenizer whichever way its trainer's threads ran: equal scores made equal, pieces in a fixed order."""
    state = json.loads(tokenizer.to_str())
    first, *pieces = state["model"]["vocab"]
    # Characters of no word get scores that differ in the fourth decimal, by the order in which they were met.
    rounded = [(piece, round(score, 6 if len(piece) > 1 else 1)) for piece, score in pieces]
    state["model"]["vocab"] = [first, *sorted(rounded, key=lambda piece: (-piece[1], piece[0]))]
    return Tokenizer.from_str(json.dumps(state))


def cut(tokenizer: Tokenizer, texts: Sequence[str]) -> Pieces:
    """The texts cut into pieces."""
    flat: list[NDArray[np.uint16]] = []
    lengths: list[int] = []
    for start in range(0, len(texts), BATCH):
        encodings = tokenizer.encode_batch_fast(list(texts[start : start + BATCH]), add_special_tokens=False)
        lengths.extend(len(encoding) for encoding in encodings)
        flat.extend(np.asarray(encoding.ids, np.uint16) for encoding in encodings)
    return Pieces(ids=np.concatenate(flat), starts=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64))


def piece_weights(parts: Sequence[Pieces], size: int, smoothing: float = 1e-3) -> NDArray[np.float32]:
    """Smooth inverse frequency a / (a + p(piece)) of each of `size` pieces (Arora, Liang & Ma 2017), shape (size,)."""
    counts = np.sum([np.bincount(part.ids, minlength=size) for part in parts], axis=0)
    share = counts / max(counts.sum(), 1)
    return np.asarray(smoothing / (smoothing + share), np.float32)
