"""What the reader takes and gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A passage as the reader sees it.

    `heading` is "document title › heading › ...", or "" where there is none.
    """

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the reader says of one text.

    A probability from 0 to 1 for each sentence, and one that nothing answers.
    """

    answers: tuple[float, ...]
    nothing: float


class Reader(Protocol):
    """Anything that reads a question and texts together.

    Its probabilities are on one scale for all questions and texts.
    """

    @property
    def name(self) -> str:
        """The model and a fingerprint of its weights."""
        ...

    def read(self, question: str, texts: Sequence[Text]) -> list[Reading]:
        """Return one reading for each text, in their order."""
        ...
