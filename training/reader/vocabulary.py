"""The vocabulary: MiniLM's English pieces of words, and Danish ones that it lacks."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
LATIN = 0x0250  # letters below this are Latin; a piece that holds one above is left out
SIGNS = range(0x2010, 0x2123)  # dashes, quotation marks, the euro


def train_danish_pieces(texts: Iterable[str], size: int) -> list[str]:
    """The pieces of a WordPiece vocabulary of Danish text, in the order in which they were found."""
    tokenizer = empty_tokenizer({})
    trainer = trainers.WordPieceTrainer(vocab_size=size, special_tokens=list(SPECIAL), show_progress=False, min_frequency=3)
    tokenizer.train_from_iterator(texts, trainer)
    vocabulary = tokenizer.get_vocab()
    return sorted((piece for piece in vocabulary if piece not in SPECIAL), key=lambda piece: (vocabulary[piece], piece))


def joined_pieces(english: Sequence[str], danish: Sequence[str]) -> list[str]:
    """The special pieces, the English ones in Latin letters, and the Danish ones that are not among them."""
    kept = [piece for piece in english if _is_latin(piece) and not piece.startswith("[")]
    known = set(kept)
    added = [piece for piece in danish if piece not in known and _is_latin(piece)]
    return [*SPECIAL, *kept, *added]


def make_tokenizer(pieces: Sequence[str]) -> Tokenizer:
    """A tokenizer of these pieces that puts [CLS] and [SEP] around one text or two."""
    tokenizer = empty_tokenizer({piece: number for number, piece in enumerate(pieces)})
    numbers = {piece: number for number, piece in enumerate(pieces)}
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", numbers["[SEP]"]), ("[CLS]", numbers["[CLS]"]))
    return tokenizer


def empty_tokenizer(vocabulary: dict[str, int]) -> Tokenizer:
    """Text in lower case with its accents, cut at spaces and signs, then into pieces."""
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=60))
    cleaning = normalizers.BertNormalizer(clean_text=True, handle_chinese_chars=True, strip_accents=False, lowercase=True)
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), cleaning])
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


def teacher_pieces(folder: Path) -> list[str]:
    """The pieces of the teacher's tokenizer, by number."""
    vocabulary = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    return sorted(vocabulary, key=vocabulary.__getitem__)


def _is_latin(piece: str) -> bool:
    return all(ord(letter) < LATIN or ord(letter) in SIGNS for letter in piece)
