"""The door to onnxruntime: windows in, scores out. Its types and exceptions stop here."""

from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from corpus.errors import ReaderError
from reader.windows import Window

INPUTS = {"ids", "kinds", "spread"}


class Model:
    """The transformer of one file.

    Windows are read one by one, so that no window's scores depend on its neighbours.
    """

    def __init__(self, path: Path, *, threads: int) -> None:
        """Load the file; raises `ReaderError` if it is missing, damaged or of another kind."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = max(1, threads)
        options.inter_op_num_threads = 1
        options.log_severity_level = 4
        try:
            self._session = onnxruntime.InferenceSession(path.read_bytes(), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime raises a dozen kinds, without a base of their own
            reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
            raise ReaderError(f"The reader's model {str(path)!r} is missing or damaged: {reason}") from error
        inputs = {entry.name for entry in self._session.get_inputs()}
        if inputs != INPUTS:
            asked = ", ".join(sorted(inputs))
            raise ReaderError(f"The reader's model {str(path)!r} is of another kind: it asks for {asked}")

    def score(self, window: Window) -> tuple[NDArray[np.float64], float]:
        """Return one score for each sentence of a window, and that of "nothing here answers"."""
        ids = np.array([window.ids], np.int64)
        kinds = np.ones_like(ids)
        kinds[0, : window.asked] = 0
        spread = np.zeros((1, len(window.spans), ids.shape[1]), np.float32)
        for place, (start, end) in enumerate(window.spans):
            spread[0, place, start:end] = 1 / (end - start)
        scores, nothing = self._session.run(["scores", "nothing"], {"ids": ids, "kinds": kinds, "spread": spread})
        return np.asarray(scores[0], np.float64), float(nothing[0])
