"""Interim types until the reader's own package is merged."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A passage as the reader sees it."""

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a reader says of a text."""

    answers: tuple[float, ...]
    nothing: float


class Reader(Protocol):
    """A reader."""

    name: str

    def read(self, question: str, texts: Sequence[Text]) -> list[Reading]:
        """Read."""


class WordReader:
    """Scores a sentence by the words that it shares with the question."""

    name = "words"

    def read(self, question: str, texts: Sequence[Text]) -> list[Reading]:
        """Read."""
        from corpus.stemming import stems

        asked = set(stems(question, "da"))
        readings = []
        for text in texts:
            head = set(stems(text.heading, "da"))
            answers = []
            for s in text.sentences:
                said = set(stems(s, "da"))
                share = (len(asked & said) + 0.5 * len((asked & head) - said)) / max(len(asked), 1)
                answers.append(min(max(share * 1.2 - 0.1, 0.01), 0.95))
            readings.append(Reading(answers=tuple(answers), nothing=1 - max(answers, default=0.0)))
        return readings


def open_reader(name: str = "shipped", *, threads: int = 1) -> Reader:
    """Open."""
    return WordReader()
