"""Opening a reader: the shipped one, or a folder with the same three files."""

import hashlib
import json
from dataclasses import fields
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from corpus.errors import ReaderError
from reader.calibration import Calibration
from reader.model import Model
from reader.reading import OnnxReader
from reader.windows import Limits, Signs, find_signs

SHIPPED = Path(__file__).parent / "weights"
MODEL, PIECES, SETTINGS = "model.onnx", "tokenizer.json", "reader.json"
FORMAT = 1


def open_reader(name: str = "shipped", *, threads: int = 1) -> OnnxReader:
    """Return the shipped reader, or that of a folder; raises `ReaderError` if it is missing or damaged.

    `threads` bounds how many processor threads one text is read with.
    """
    folder = SHIPPED if name in ("", "shipped") else Path(name).expanduser()
    if not folder.is_dir():
        raise ReaderError(f"There is no reader at {str(folder)!r}: the folder does not exist")
    limits, calibration = _settings(folder / SETTINGS)
    tokenizer, signs = _vocabulary(folder / PIECES)
    model = Model(folder / MODEL, threads=threads)
    label = "shipped" if folder == SHIPPED else folder.name
    return OnnxReader(
        name=f"{label}@{_fingerprint(folder)}",
        model=model,
        tokenizer=tokenizer,
        limits=limits,
        signs=signs,
        calibration=calibration,
    )


def _settings(path: Path) -> tuple[Limits, Calibration]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept["format"] != FORMAT:
            raise ValueError(f"it is of format {kept['format']!r}, not {FORMAT}")
        limits = Limits(**{name: int(value) for name, value in kept["limits"].items()})
        calibration = Calibration(**_numbers(kept["calibration"]))
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise ReaderError(f"The reader's settings {str(path)!r} are missing or damaged: {error}") from error
    return limits, calibration


def _numbers(found: Any) -> dict[str, float]:
    return {entry.name: float(found[entry.name]) for entry in fields(Calibration)}


def _vocabulary(path: Path) -> tuple[Tokenizer, Signs]:
    try:
        tokenizer = Tokenizer.from_str(path.read_text(encoding="utf-8"))
        signs = find_signs(tokenizer.token_to_id)
    except Exception as error:  # tokenizers raises nothing more exact
        raise ReaderError(f"The reader's vocabulary {str(path)!r} is missing or damaged: {error}") from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer, signs


def _fingerprint(folder: Path) -> str:
    """Twelve hexadecimal digits that tell the files of a reader from others."""
    digest = hashlib.sha256()
    for name in (MODEL, PIECES, SETTINGS):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:12]
