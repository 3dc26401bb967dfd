"""Examples: a question on a passage as the model reads them, with what chance may do to either."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from tokenizers import Tokenizer

from reader.windows import Limits, Signs, Window, cut_windows, find_signs
from training.reader.materials import Item, Language, Passage

TITLES: Mapping[Language, tuple[str, ...]] = {
    "da": (
        "Digital strategi 2022-2026",
        "Handlingsplan",
        "Årsrapport 2024",
        "Vejledning",
        "Referat af møde",
        "Strategi 2030",
        "Om os",
    ),
    "en": (
        "Digital Strategy 2022-2026",
        "Action plan",
        "Annual report 2024",
        "Guide",
        "Minutes of meeting",
        "Strategy 2030",
        "About",
    ),
}
LETTERS = "abcdefghijklmnopqrstuvwxyzæøå"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A window with the places, among its sentences, of those that answer."""

    window: Window
    answers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chances:
    """How likely each change of an example is."""

    lower: float = 0.25
    bare: float = 0.25
    slip: float = 0.1
    no_heading: float = 0.3
    title: float = 0.4
    cut: float = 0.3
    without_answer: float = 0.08
    joined: float = 0.2


@dataclass(slots=True)
class Pieces:
    """Texts as piece numbers, each cut once."""

    tokenizer: Tokenizer
    _known: dict[str, list[int]] = field(default_factory=dict)

    def of(self, text: str) -> list[int]:
        """The piece numbers of a text."""
        if text not in self._known:
            self._known[text] = self.tokenizer.encode(text, add_special_tokens=False).ids
        return self._known[text]

    def signs(self) -> Signs:
        """The numbers of the pieces between the parts."""
        return find_signs(self.tokenizer.token_to_id)


def changed_question(question: str, chances: Chances, random: Random) -> str:
    """A question as hasty people type it: in lower case, without its mark, with a slip of the finger."""
    if random.random() < chances.lower:
        question = question.lower()
    if random.random() < chances.bare:
        question = question.rstrip("?.! ")
    if random.random() < chances.slip:
        question = _with_slip(question, random)
    return question


def changed_heading(passage: Passage, language: Language, chances: Chances, random: Random) -> str:
    """A passage's heading, none, or one with a document's title before it."""
    heading = "" if random.random() < chances.no_heading else passage.headings[language]
    if heading and random.random() < chances.title:
        return f"{random.choice(TITLES[language])} › {heading}"
    return heading


def changed_sentences(
    sentences: Sequence[str], answers: frozenset[int], other: Sequence[str], chances: Chances, random: Random
) -> tuple[list[str], set[int]]:
    """Sentences with their ends cut off, their answers taken out or more joined on; and what answers."""
    numbered = [(text, number in answers) for number, text in enumerate(sentences)]
    if random.random() < chances.cut and len(numbered) > 3:
        first = random.randint(0, 2)
        numbered = numbered[first : len(numbered) - random.randint(0, 2)] or numbered
    if answers and random.random() < chances.without_answer and len(numbered) > len(answers) + 1:
        numbered = [(text, answering) for text, answering in numbered if not answering] or numbered
    if other and random.random() < chances.joined:
        size = random.randint(1, max(1, len(other) // 2))
        start = random.randint(0, len(other) - size)
        more = [(text, False) for text in other[start : start + size]]
        numbered = [*more, *numbered] if random.random() < 0.5 else [*numbered, *more]
    return [text for text, _ in numbered], {place for place, (_, answering) in enumerate(numbered) if answering}


def make_example(
    question: str,
    heading: str,
    sentences: Sequence[str],
    answers: set[int],
    pieces: Pieces,
    limits: Limits,
    random: Random,
) -> Example | None:
    """One window of a text, one with an answer if there is any; None where the text has no word."""
    windows = cut_windows(
        pieces.of(question),
        pieces.of(heading),
        [pieces.of(text) for text in sentences],
        pieces.signs(),
        limits,
    )
    answering = [window for window in windows if answers & set(window.sentences)]
    chosen = random.choice(answering or windows) if windows else None
    if chosen is None:
        return None
    return Example(
        window=chosen,
        answers=tuple(place for place, number in enumerate(chosen.sentences) if number in answers),
    )


def item_example(
    item: Item,
    question: Language,
    text: Language,
    other: Passage,
    pieces: Pieces,
    limits: Limits,
    chances: Chances,
    random: Random,
) -> Example | None:
    """A question on its own passage."""
    asked = changed_question(item.questions[question], chances, random)
    heading = changed_heading(item.passage, text, chances, random)
    more = other.sentences.get(text, ())
    sentences, answers = changed_sentences(item.passage.sentences[text], item.answers, more, chances, random)
    return make_example(asked, heading, sentences, answers, pieces, limits, random)


def foreign_example(
    item: Item,
    question: Language,
    text: Language,
    other: Passage,
    pieces: Pieces,
    limits: Limits,
    chances: Chances,
    random: Random,
) -> Example | None:
    """A question on a passage that it was not asked of, where nothing answers."""
    asked = changed_question(item.questions[question], chances, random)
    heading = changed_heading(other, text, chances, random)
    sentences, _ = changed_sentences(other.sentences[text], frozenset(), (), chances, random)
    return make_example(asked, heading, sentences, set(), pieces, limits, random)


def _with_slip(text: str, random: Random) -> str:
    """The text with two letters swapped, one left out, doubled or another, in one of its longer words."""
    places = [place for place in range(1, len(text) - 1) if text[place - 1 : place + 2].isalpha()]
    if not places:
        return text
    place = random.choice(places)
    before, letter, after = text[:place], text[place], text[place + 1 :]
    kinds = (after[0] + letter + after[1:], after, letter + letter + after, random.choice(LETTERS) + after)
    return before + random.choice(kinds)
