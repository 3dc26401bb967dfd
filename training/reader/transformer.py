"""A small BERT (Devlin et al.

2019) in torch, with the names that MiniLM's weights have, and the head that reads.
"""

from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The sizes of a transformer."""

    pieces: int
    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    longest: int = 512
    dropout: float = 0.1


class Layer(nn.Module):
    """Attention over all tokens, then two linear steps for each.

    Each is added to what came in and normalised.
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.inputs = nn.Linear(shape.width, 3 * shape.width)
        self.output = nn.Linear(shape.width, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.up = nn.Linear(shape.width, shape.inner)
        self.down = nn.Linear(shape.inner, shape.width)
        self.last_norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.dropout = nn.Dropout(shape.dropout)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """The next states (texts, tokens, width).

        `mask` (texts, 1, 1, tokens) is added to the attention's logits.
        """
        texts, tokens, width = states.shape
        parts = self.inputs(states).view(texts, tokens, 3, self.heads, width // self.heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4).unbind(0)
        # Written out: torch's own attention takes half as long again in bfloat16 on a processor.
        near = torch.matmul(query * query.shape[-1] ** -0.5, key.transpose(-1, -2)) + mask.to(query.dtype)
        mixed = torch.matmul(functional.softmax(near, dim=-1).to(value.dtype), value)
        mixed = mixed.transpose(1, 2).reshape(texts, tokens, width)
        states = self.norm(states + self.dropout(self.output(mixed)))
        deeper: Tensor = self.last_norm(states + self.dropout(self.down(functional.gelu(self.up(states)))))
        return deeper


class Encoder(nn.Module):
    """Token ids in, one state for each token out."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.pieces, shape.width, padding_idx=0)
        self.places = nn.Embedding(shape.longest, shape.width)
        self.kinds = nn.Embedding(2, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.dropout = nn.Dropout(shape.dropout)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))

    def forward(self, ids: Tensor, mask: Tensor, kinds: Tensor) -> Tensor:
        """States (texts, tokens, width) of ids (texts, tokens).

        `mask` is 1 for a token, `kinds` 0 for the question's.
        """
        vectors: Tensor = self.words(ids)
        return self.deepen(vectors, mask, kinds)

    def deepen(self, vectors: Tensor, mask: Tensor, kinds: Tensor) -> Tensor:
        """The same from the vectors of the pieces, shape (texts, tokens, width)."""
        places = torch.arange(vectors.shape[1], device=vectors.device)
        states: Tensor = self.dropout(self.norm(vectors + self.places(places)[None] + self.kinds(kinds)))
        bias = (1.0 - mask.float())[:, None, None, :] * -1e4
        for layer in self.layers:
            states = layer(states, bias)
        return states


class ReadingModel(nn.Module):
    """An encoder with two heads: a score for each sentence, and one for "nothing here answers"."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        width = encoder.shape.width
        self.encoder = encoder
        self.mix = nn.Linear(2 * width, width)
        self.score = nn.Linear(width, 1)
        self.nothing_mix = nn.Linear(width, width)
        self.nothing_score = nn.Linear(width, 1)
        self.dropout = nn.Dropout(encoder.shape.dropout)

    def forward(self, ids: Tensor, mask: Tensor, kinds: Tensor, spread: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of sentences (texts, sentences) and of "nothing" (texts,).

        `spread` (texts, sentences, tokens) holds each token's share in its sentence; rows sum to 1 or 0.
        """
        return self.judge(self.encoder(ids, mask, kinds), spread)

    def judge(self, states: Tensor, spread: Tensor) -> tuple[Tensor, Tensor]:
        """The same from the states of the tokens."""
        whole = states[:, 0]
        sentences = torch.bmm(spread.to(states.dtype), states)
        beside = whole[:, None].expand_as(sentences)
        mixed = functional.gelu(self.mix(torch.cat([sentences, beside], dim=-1)))
        nothing = functional.gelu(self.nothing_mix(whole))
        return self.score(self.dropout(mixed)).squeeze(-1).float(), self.nothing_score(self.dropout(nothing)).squeeze(-1).float()


def mean_vector(states: Tensor, mask: Tensor) -> Tensor:
    """The mean of each text's token states, brought to length 1: shape (texts, width)."""
    weights = mask.to(states.dtype)[:, :, None]
    return functional.normalize((states * weights).sum(1).float() / mask.sum(1, keepdim=True).float(), dim=-1)


def minilm_weights(tensors: dict[str, Tensor], shape: Shape) -> dict[str, Tensor]:
    """The weights of a BERT of transformers under this module's names."""
    found = {
        "words.weight": tensors["embeddings.word_embeddings.weight"],
        "places.weight": tensors["embeddings.position_embeddings.weight"],
        "kinds.weight": tensors["embeddings.token_type_embeddings.weight"],
        "norm.weight": tensors["embeddings.LayerNorm.weight"],
        "norm.bias": tensors["embeddings.LayerNorm.bias"],
    }
    names = {
        "output": "attention.output.dense",
        "norm": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "last_norm": "output.LayerNorm",
    }
    for number in range(shape.layers):
        old, new = f"encoder.layer.{number}", f"layers.{number}"
        for part in ("weight", "bias"):
            joined = [tensors[f"{old}.attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            found[f"{new}.inputs.{part}"] = torch.cat(joined)
            for ours, theirs in names.items():
                found[f"{new}.{ours}.{part}"] = tensors[f"{old}.{theirs}.{part}"]
    return found


def save_encoder(encoder: Encoder, path: str) -> None:
    """Keep an encoder's weights and shape in one file."""
    torch.save({"shape": asdict(encoder.shape), "weights": encoder.state_dict()}, path)


def load_encoder(path: str) -> Encoder:
    """The encoder that `save_encoder` kept."""
    kept = torch.load(path, weights_only=True)
    encoder = Encoder(Shape(**kept["shape"]))
    encoder.load_state_dict(kept["weights"])
    return encoder
