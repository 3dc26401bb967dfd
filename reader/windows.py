"""Windows: a question and as many whole sentences of a text as the model reads at once, as piece numbers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

CLS, SEP = "[CLS]", "[SEP]"
Ids = Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How many pieces of each part the model reads; what is longer is cut."""

    window: int = 288
    question: int = 64
    heading: int = 32
    sentence: int = 128

    def __post_init__(self) -> None:
        smallest = self.question + self.heading + self.sentence + 4
        if min(self.question, self.sentence) < 1 or self.heading < 0 or self.window < smallest:
            raise ValueError(f"A window of {self.window} pieces is too short; it must hold at least {smallest}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """The numbers of the pieces that stand between the parts."""

    begin: int
    end: int
    colon: int


def find_signs(number_of: Callable[[str], int | None]) -> Signs:
    """Return the signs of a vocabulary; raises `ValueError` if it lacks one."""
    begin, end, colon = number_of(CLS), number_of(SEP), number_of(":")
    if begin is None or end is None or colon is None:
        raise ValueError(f"it lacks {CLS}, {SEP} or a colon")
    return Signs(begin=begin, end=end, colon=colon)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """One input of the model.

    The first `asked` of `ids` are the question's. `spans` holds the first and the last place + 1 of each
    sentence, whose numbers in the text are `sentences`.
    """

    ids: tuple[int, ...]
    asked: int
    sentences: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]


def cut_windows(question: Ids, heading: Ids, sentences: Sequence[Ids], signs: Signs, limits: Limits) -> list[Window]:
    """Return the windows of a text; neighbours share one sentence, and a text without a word has none.

    Sentences without a piece are in no window. A long sentence is cut at its end.
    """
    asked = [signs.begin, *question[: limits.question], signs.end]
    above = [*heading[: limits.heading], signs.colon] if heading else []
    room = limits.window - len(asked) - len(above) - 1
    numbers = [number for number, sentence in enumerate(sentences) if sentence]
    sizes = {number: min(len(sentences[number]), limits.sentence) for number in numbers}
    windows = []
    for group in _groups(numbers, sizes, room):
        ids = [*asked, *above]
        spans = []
        for number in group:
            start = len(ids)
            ids.extend(sentences[number][: limits.sentence])
            spans.append((start, len(ids)))
        ids.append(signs.end)
        windows.append(Window(ids=tuple(ids), asked=len(asked), sentences=tuple(group), spans=tuple(spans)))
    return windows


def _groups(numbers: Sequence[int], sizes: dict[int, int], room: int) -> list[list[int]]:
    """The numbers in groups whose sizes sum to at most `room`.

    A group begins with the last of the one before, if it fits.
    """
    groups: list[list[int]] = []
    group: list[int] = []
    used = 0
    for number in numbers:
        if group and used + sizes[number] > room:
            groups.append(group)
            last = group[-1]
            shared = len(group) > 1 and sizes[last] + sizes[number] <= room
            group = [last] if shared else []
            used = sizes[last] if shared else 0
        group.append(number)
        used += sizes[number]
    return [*groups, group] if group else groups
