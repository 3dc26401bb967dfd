"""The shipped files: the model in eight-bit integers for onnxruntime, its vocabulary and its settings."""

import json
import logging
import tempfile
from dataclasses import asdict
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn

from reader.calibration import Calibration
from reader.opening import FORMAT, MODEL, PIECES, SETTINGS
from reader.windows import Limits
from training.reader.transformer import ReadingModel

OPSET = 17


class _Exported(nn.Module):
    """The model with its word vectors as integers, one scale for each piece, and no padding.

    Every text has all its tokens.
    """

    def __init__(self, model: ReadingModel) -> None:
        super().__init__()
        self.model = model
        vectors = model.encoder.words.weight.detach()
        scale = vectors.abs().amax(1, keepdim=True).clamp_min(1e-9) / 127
        self.words = nn.Parameter((vectors / scale).round().to(torch.int8), requires_grad=False)
        self.scale = nn.Parameter(scale, requires_grad=False)

    def forward(self, ids: Tensor, kinds: Tensor, spread: Tensor) -> tuple[Tensor, Tensor]:
        vectors = self.words[ids].float() * self.scale[ids]
        states = self.model.encoder.deepen(vectors, torch.ones_like(ids), kinds)
        scores, nothing = self.model.judge(states, spread)
        return scores, nothing


def export(model: ReadingModel, tokenizer: Tokenizer, limits: Limits, calibration: Calibration, folder: Path) -> None:
    """Write the files of a reader into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    logging.getLogger("root").setLevel(logging.INFO)
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        export_whole(model, whole)
        quantize_dynamic(
            whole,
            folder / MODEL,
            op_types_to_quantize=["MatMul", "Gemm"],
            per_channel=True,
            weight_type=QuantType.QInt8,
        )
    tokenizer.no_padding()
    tokenizer.no_truncation()
    (folder / PIECES).write_text(tokenizer.to_str(pretty=False), encoding="utf-8")
    write_settings(limits, calibration, folder)


def write_settings(limits: Limits, calibration: Calibration, folder: Path) -> None:
    """Write what the reader must know beside the model: how much it reads, and what its scores mean."""
    settings = {"format": FORMAT, "limits": asdict(limits), "calibration": asdict(calibration)}
    (folder / SETTINGS).write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")


def export_whole(model: ReadingModel, path: Path) -> None:
    """Write the model to an ONNX file with its matrices in full precision."""
    exported = _Exported(model).eval()
    ids = torch.randint(5, model.encoder.shape.pieces, (2, 12))
    spread = torch.rand(2, 3, 12)
    texts, tokens, sentences = "texts", "tokens", "sentences"
    torch.onnx.export(
        exported,
        (ids, torch.zeros_like(ids), spread),
        str(path),
        input_names=["ids", "kinds", "spread"],
        output_names=["scores", "nothing"],
        dynamic_axes={
            "ids": {0: texts, 1: tokens},
            "kinds": {0: texts, 1: tokens},
            "spread": {0: texts, 1: sentences, 2: tokens},
            "scores": {0: texts, 1: sentences},
            "nothing": {0: texts},
        },
        opset_version=OPSET,
        dynamo=False,
    )
