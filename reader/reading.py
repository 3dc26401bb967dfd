"""Reading texts: cut into pieces and windows, scored, and merged to one reading for each text."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from reader.calibration import Calibration, joined
from reader.model import Model
from reader.values import Reading, Text
from reader.windows import Limits, Signs, Window, cut_windows

LONGEST = 4_000  # characters of a question, a heading or a sentence that are looked at
FAR_BELOW = -30.0  # the score, less that of "nothing", of a sentence without a word


@dataclass(frozen=True, slots=True, kw_only=True)
class OnnxReader:
    """The reader of one folder; safe to use from several threads at once."""

    name: str
    model: Model
    tokenizer: Tokenizer
    limits: Limits
    signs: Signs
    calibration: Calibration

    def read(self, question: str, texts: Sequence[Text]) -> list[Reading]:
        """Return one reading for each text, in their order; any string is read, none raises."""
        asked = self._pieces([question])[0]
        return [self._read_text(asked, text) for text in texts]

    def _read_text(self, asked: Sequence[int], text: Text) -> Reading:
        heading, *sentences = self._pieces([text.heading, *text.sentences])
        windows = cut_windows(asked, heading, sentences, self.signs, self.limits) if asked else []
        return self._merged(windows, len(text.sentences))

    def _merged(self, windows: Sequence[Window], sentences: int) -> Reading:
        """One reading from those of a text's windows.

        The surest for each sentence, and the least sure that there is nothing.
        """
        above = np.full(sentences, FAR_BELOW)
        nothing = 1.0
        for window in windows:
            scores, none = self.model.score(window)
            relative = np.nan_to_num(scores - none, nan=FAR_BELOW)
            places = list(window.sentences)
            above[places] = np.maximum(above[places], relative)
            nothing = min(nothing, self.calibration.nothing(-joined(relative)))
        return Reading(answers=_floats(self.calibration.answers(above)), nothing=nothing)

    def _pieces(self, texts: Sequence[str]) -> list[list[int]]:
        """The piece numbers of texts.

        A lone surrogate, which no tokenizer takes, is read as a question mark.
        """
        clean = [text[:LONGEST].encode("utf-8", "replace").decode("utf-8") for text in texts]
        return [encoding.ids for encoding in self.tokenizer.encode_batch_fast(clean, add_special_tokens=False)]


def _floats(values: NDArray[np.float64]) -> tuple[float, ...]:
    return tuple(float(value) for value in values)
