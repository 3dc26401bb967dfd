"""The door to embedding models: texts in, unit vectors out.

The shipped model is a `StaticEmbedding` folder of sentence_transformers. Such folders are read here with tokenizers and
NumPy alone, because importing torch and sentence_transformers takes seconds that a question on the command line should
not wait for; every other folder or hub name goes through sentence_transformers, imported when it is first needed.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file
from scipy import sparse
from tokenizers import Tokenizer

from corpus.errors import EmbedderError

Vectors = NDArray[np.float32]
SHIPPED = Path(__file__).parent / "embedder" / "model"
BATCH = 256
LONGEST = 20_000  # characters of a text that count
PROBE = "Hvad er Digital Post (version 2.0) - and what, if anything, is new in the New York of 2026?"
MOST_WORDS = 200_000  # whose pieces are kept
# What model families want before a query and before a passage where the model itself does not say so.
PREFIXES: Mapping[str, tuple[str, str]] = {
    "multilingual-e5-large-instruct": (
        "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery: ",
        "",
    ),
    "multilingual-e5-": ("query: ", "passage: "),
    "e5-small": ("query: ", "passage: "),
    "e5-base": ("query: ", "passage: "),
    "e5-large": ("query: ", "passage: "),
    "nomic-embed-text": ("search_query: ", "search_document: "),
    "bge-small-en": ("Represent this sentence for searching relevant passages: ", ""),
    "bge-base-en": ("Represent this sentence for searching relevant passages: ", ""),
    "bge-large-en": ("Represent this sentence for searching relevant passages: ", ""),
}


class Embedder(Protocol):
    """Anything that turns texts into unit vectors; a text without words becomes a row of zeros, never of NaN.

    `name` tells the model and a fingerprint of its weights, so two different models never share a name.
    """

    @property
    def name(self) -> str: ...  # noqa: D102

    @property
    def dimensions(self) -> int: ...  # noqa: D102

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Texts to be found as vectors, shape (texts, dimensions)."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Texts to search with as vectors, shape (texts, dimensions)."""
        ...


def load_embedder(model: str = "") -> Embedder:
    """The embedder of a folder or hub name; "" and "default" stand for the shipped one. Raises `EmbedderError`."""
    if model in ("", "default"):
        return _load_static(SHIPPED, "default")
    folder = Path(model).expanduser()
    if folder.is_dir():
        return _load_static(folder, folder.name) if _is_static(folder) else _load_any(str(folder), folder.name)
    if folder.is_absolute() or model.startswith((".", "~")) or model.count("/") > 1:
        raise EmbedderError(f"There is no embedding model at {model!r}: the folder does not exist")
    return _load_any(model, model)


def contextual_text(heading_path: Sequence[str], text: str) -> str:
    """What is embedded and indexed of a chunk: the headings above it, one a line, and its text."""
    return "\n".join(part for part in (*heading_path, text) if part)


class StaticEmbedder:
    """The normalised mean of a table's rows, one for each piece of a text.

    The tokenizer must cut a text at its spaces before anything else, as the shipped one does: then the pieces of a text
    are those of its words, and each word is cut once. That makes it several times faster than sentence_transformers.
    """

    def __init__(self, *, name: str, tokenizer: Tokenizer, table: Vectors) -> None:
        self.name = name
        self.dimensions = table.shape[1]
        self._tokenizer = tokenizer
        self._table = table
        self._pieces: dict[str, list[int]] = {}

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """The vectors of texts, shape (texts, dimensions)."""
        rows = [self._encode(texts[start : start + BATCH]) for start in range(0, len(texts), BATCH)]
        return np.concatenate(rows) if rows else np.zeros((0, self.dimensions), np.float32)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """The same as `encode_passages`: the model makes no difference."""
        return self.encode_passages(texts)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        split = [text[:LONGEST].split() for text in texts]
        pieces = self._cut({word for words in split for word in words})
        ids = [[piece for word in words for piece in pieces[word]] for words in split]
        starts = np.cumsum([0, *map(len, ids)])
        flat = np.fromiter((piece for pieces in ids for piece in pieces), np.int32, starts[-1])
        bags = sparse.csr_matrix((np.ones(len(flat), np.float32), flat, starts), shape=(len(texts), len(self._table)))
        return _unit(bags @ self._table)

    def _cut(self, words: set[str]) -> dict[str, list[int]]:
        """Return the pieces of words, of these at least.

        A full memory is replaced, not emptied: another thread may be reading it.
        """
        if len(self._pieces) > MOST_WORDS:
            self._pieces = {}
        known = self._pieces
        unknown = sorted(word for word in words if word not in known)
        encodings = self._tokenizer.encode_batch_fast(unknown, add_special_tokens=False)
        known.update((word, encoding.ids) for word, encoding in zip(unknown, encodings, strict=True))
        return known


class TransformerEmbedder:
    """Any model of sentence_transformers, with the prompts that it ships or that its family is known to want."""

    def __init__(self, *, name: str, model: Any, prefixes: tuple[str, str] | None) -> None:
        self.name = name
        self.dimensions = int(model.get_embedding_dimension())
        self._model = model
        self._prefixes = prefixes

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """The vectors of texts to be found, shape (texts, dimensions)."""
        return self._encode(self._model.encode_document, texts, self._prefixes and self._prefixes[1])

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """The vectors of texts to search with, shape (texts, dimensions)."""
        return self._encode(self._model.encode_query, texts, self._prefixes and self._prefixes[0])

    def _encode(self, encode: Any, texts: Sequence[str], prompt: str | None) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        prompts = {"prompt": prompt} if prompt else {}
        found = encode([text[:LONGEST] for text in texts], show_progress_bar=False, **prompts)
        vectors = np.nan_to_num(np.asarray(found, np.float32), posinf=0, neginf=0)
        vectors[[not text.strip() for text in texts]] = 0
        return _unit(vectors)


def _unit(vectors: Vectors) -> Vectors:
    """The rows brought to length 1; rows of zeros stay."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1), np.float32)


def _is_static(folder: Path) -> bool:
    """Whether the folder's first module is a StaticEmbedding whose files lie beside modules.json."""
    try:
        first = json.loads((folder / "modules.json").read_text(encoding="utf-8"))[0]
        return str(first["type"]).endswith("StaticEmbedding") and first["path"] == ""
    except (OSError, ValueError, LookupError, TypeError):
        return False


def _load_static(folder: Path, label: str) -> Embedder:
    weights, pieces = folder / "model.safetensors", folder / "tokenizer.json"
    try:
        tensors = load_file(weights)
        table = tensors["embedding.weight"].astype(np.float32)
        tokenizer = _read_tokenizer(pieces)
    except (OSError, KeyError, ValueError, SafetensorError) as error:
        raise EmbedderError(f"The embedding model in {str(folder)!r} is missing or damaged: {error}") from error
    if tokenizer.get_vocab_size() > len(table):
        raise EmbedderError(f"The embedding model in {str(folder)!r} is damaged: its tokenizer belongs to other weights")
    if not _cuts_at_spaces(tokenizer):
        return _load_any(str(folder), label)
    digest = hashlib.sha256(weights.read_bytes() + pieces.read_bytes()).hexdigest()
    return StaticEmbedder(name=f"{label}@{digest[:12]}", tokenizer=tokenizer, table=table)


def _cuts_at_spaces(tokenizer: Tokenizer) -> bool:
    """Whether the pieces of a text are those of its words, judged by one that has everything which may join them."""
    pieces = [tokenizer.encode(part, add_special_tokens=False).ids for part in (PROBE, *PROBE.split())]
    return pieces[0] == [piece for part in pieces[1:] for piece in part]


def _read_tokenizer(path: Path) -> Tokenizer:
    try:
        tokenizer = Tokenizer.from_str(path.read_text(encoding="utf-8"))
    except OSError:
        raise
    except Exception as error:  # tokenizers raises nothing more exact
        raise ValueError(f"{path.name}: {error}") from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _load_any(model: str, label: str) -> TransformerEmbedder:
    from sentence_transformers import SentenceTransformer

    try:
        loaded = SentenceTransformer(model, device="cpu")
    except (OSError, ValueError, LookupError, RuntimeError, ImportError, TypeError, SafetensorError) as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise EmbedderError(f"The embedding model {model!r} cannot be loaded: {reason}") from error
    own = any((loaded.prompts or {}).values())
    return TransformerEmbedder(name=f"{label}@{_fingerprint(loaded)}", model=loaded, prefixes=None if own else _prefixes(label))


def _prefixes(name: str) -> tuple[str, str] | None:
    """The prefixes of the first family that a model's name belongs to."""
    last = name.rstrip("/").rsplit("/", 1)[-1].lower()
    return next((found for family, found in PREFIXES.items() if last.startswith(family)), None)


def _fingerprint(model: Any) -> str:
    """Twelve hexadecimal digits that tell the weights of a model from others: the beginning of every tensor, hashed."""
    digest = hashlib.sha256()
    for key, tensor in sorted(model.state_dict().items()):
        digest.update(f"{key} {tuple(tensor.shape)}".encode())
        digest.update(tensor.detach().flatten()[:16_384].float().numpy().tobytes())
    return digest.hexdigest()[:12]
