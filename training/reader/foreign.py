"""Passages that a question was not asked of: others of the same article, near ones, and any."""

from collections import defaultdict
from collections.abc import Sequence
from random import Random

import numpy as np

from corpus.embedding import Embedder
from training.reader.materials import Item, Language, Passage

NEAREST, NEAR = 2, 25  # of all passages by vector: the first few may answer, those after them look as if
NUMBERED_ALIKE = ("own0-", "own1-", "own2-", "own3-")  # sections of the same number are on the same topic


class ForeignPassages:
    """For each item a passage that does not answer it, drawn by chance."""

    def __init__(self, items: Sequence[Item], embedder: Embedder) -> None:
        self._passages = list({item.passage.name: item.passage for item in items}.values())
        self._groups: dict[str, list[Passage]] = defaultdict(list)
        self._by_language: dict[Language, list[Passage]] = {"da": [], "en": []}
        for passage in self._passages:
            self._groups[passage.group].append(passage)
            for language in passage.sentences:
                self._by_language[language].append(passage)
        self._vectors = {
            language: embedder.encode_passages([" ".join(passage.sentences[language]) for passage in passages])
            for language, passages in self._by_language.items()
        }
        self._embedder = embedder
        self._near: dict[tuple[str, Language], list[Passage]] = {}

    def draw(self, item: Item, question: Language, text: Language, random: Random) -> Passage:
        """A passage in the language `text`: of the same article, near the question, or any."""
        chance = random.random()
        same = [passage for passage in self._groups[item.passage.group] if text in passage.sentences and _differ(passage, item)]
        if same and chance < 0.4:
            return random.choice(same)
        if chance < 0.8:
            near = self.near(item, question, text)
            if near:
                return random.choice(near)
        return self.any(item, text, random)

    def any(self, item: Item, text: Language, random: Random) -> Passage:
        """Any other passage in a language."""
        while True:
            passage = random.choice(self._by_language[text])
            if _differ(passage, item):
                return passage

    def near(self, item: Item, question: Language, text: Language) -> list[Passage]:
        """Passages of other texts in a language that are near a question by vector."""
        key = item.questions[question], text
        if key not in self._near:
            vector = self._embedder.encode_queries([item.questions[question]])[0]
            passages = self._by_language[text]
            order = np.argsort(-(self._vectors[text] @ vector), kind="stable")[: 2 * NEAR]
            others = [passages[number] for number in order]
            others = [passage for passage in others if _differ(passage, item) and passage.group != item.passage.group]
            self._near[key] = others[NEAREST:NEAR]
        return self._near[key]


def _differ(passage: Passage, item: Item) -> bool:
    """Whether a passage is another text than an item's, and not one on the very same topic."""
    ours, theirs = item.passage.name, passage.name
    if ours == theirs:
        return False
    if ours.startswith(NUMBERED_ALIKE) and theirs.startswith(NUMBERED_ALIKE):
        return ours.partition("-")[2] != theirs.partition("-")[2]
    return True
