"""What a finished reader makes of questions.

Its scores for every sentence of a question's own passage and of foreign ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray

from reader.calibration import joined
from reader.reading import OnnxReader
from reader.windows import cut_windows
from training.reader.foreign import ForeignPassages
from training.reader.materials import Item, Language, Passage

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The scores of a passage's sentences less that of "nothing", and which of them answer."""

    above: Floats
    right: NDArray[np.bool_]

    @property
    def any(self) -> float:
        """How far the joined score of all sentences is above that of "nothing"."""
        return joined(self.above)


def judge(reader: OnnxReader, question: str, heading: str, sentences: Sequence[str], answers: frozenset[int]) -> Judged:
    """Score one passage as the reader does, before calibration.

    The surest window counts for each sentence.
    """
    encode = reader.tokenizer.encode
    pieces = [encode(text, add_special_tokens=False).ids for text in (question, heading, *sentences)]
    above = np.full(len(sentences), -30.0)
    for window in cut_windows(pieces[0], pieces[1], pieces[2:], reader.signs, reader.limits):
        scores, none = reader.model.score(window)
        places = list(window.sentences)
        above[places] = np.maximum(above[places], scores - none)
    right = np.array([number in answers for number in range(len(sentences))])
    return Judged(above=above, right=right)


def judge_own(reader: OnnxReader, item: Item, question: Language, text: Language) -> Judged:
    """Score an item's own passage."""
    passage = item.passage
    return judge(reader, item.questions[question], passage.headings[text], passage.sentences[text], item.answers)


def judge_among(
    reader: OnnxReader,
    item: Item,
    question: Language,
    text: Language,
    foreign: ForeignPassages,
    number: int,
    random: Random,
) -> list[Judged]:
    """Score an item's own passage, then some near it that do not answer."""
    others: list[Passage] = list(foreign.near(item, question, text))
    random.shuffle(others)
    asked = item.questions[question]
    found = [judge_own(reader, item, question, text)]
    for passage in others[:number]:
        found.append(judge(reader, asked, passage.headings[text], passage.sentences[text], frozenset()))
    return found


def pairs_of_languages(item: Item) -> list[tuple[Language, Language]]:
    """The languages that question and passage of an item can be read in."""
    return [(question, text) for question in item.questions for text in item.passage.sentences]
