"""What a language model is shown: the sentences near the surest ones, each with an id by which it may be named.

A sentence brings its neighbours, the line that leads into its list, and the items of that list. Sentences are never cut, and
one that stands in two passages is shown once.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, zip_longest
from typing import Any, Literal

from assistant.finding.reading import ScoredSentence
from assistant.question.understanding import Question
from assistant.values import Passage
from corpus.catalogue import Catalogue
from corpus.text import printable
from corpus.values import Document, Sentence

CHARACTERS_A_TOKEN = 3.5
SENTENCE_OVERHEAD = len('{"id": "s100", "text": ""}, ')
MOST_ITEMS = 8  # of a list that are shown beside one of them
BULLETS = "•-–—*▪◦·"
Key = tuple[str, int, int]
Kind = Literal["official", "digest", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A sentence as it is shown, with the id by which a reply names it."""

    id: str
    passage: Passage
    sentence: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """An earlier question of the conversation and what was answered, empty if that is not known."""

    question: str
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What a model is told of a document beside its title; an empty text stands for what is not known."""

    strategy: str = ""
    period: str = ""
    status: str = ""


Describe = Callable[[Document], Described]
"""Tells what a model is told of a document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """The question with its passages as a model gets them; `sentences` are those shown, by their ids."""

    content: Mapping[str, Any]
    sentences: Mapping[str, Shown]

    @property
    def text(self) -> str:
        """The message as JSON."""
        return json.dumps(self.content, ensure_ascii=False)

    @property
    def documents(self) -> int:
        """How many documents are shown."""
        return len({shown.passage.document.id for shown in self.sentences.values()})


def message_for(
    question: Question,
    scored: Sequence[ScoredSentence],
    passages: Sequence[Passage],
    *,
    describe: Describe,
    tokens: int,
    today: date,
    conversation: Sequence[Turn] = (),
    asked: str = "",
) -> Message:
    """Return what a model is sent for a question: as many sentences as fit `tokens`, the surest first chosen, in reading order.

    `asked` is a follow-up as the person typed it; the model gets it beside the question that stands alone.
    """
    chosen = _chosen(scored, passages, room=int(tokens * CHARACTERS_A_TOKEN))
    sentences: dict[str, Shown] = {}
    groups: dict[tuple[object, ...], list[Shown]] = {}
    for number, (passage, sentence) in enumerate(_in_reading_order(chosen), start=1):
        shown = Shown(id=f"s{number}", passage=passage, sentence=sentence)
        sentences[shown.id] = shown
        groups.setdefault((passage.document.id, sentence.page, passage.chunk.heading_path), []).append(shown)
    alone = question.text
    content = {
        "question": f"{asked} ({alone})" if asked and asked != alone else alone,
        "conversation": [{"question": turn.question, "answer": turn.answer} for turn in conversation],
        "today": today.isoformat(),
        "passages": [_passage(group, describe) for group in groups.values()],
    }
    return Message(content=content, sentences=sentences)


def described_by(catalogue: Catalogue, language: Literal["da", "en"], status: Callable[[Document], str]) -> Describe:
    """Return what tells of documents what a catalogue knows of their strategies."""
    strategies = {strategy.id: strategy for strategy in catalogue.strategies}

    def describe(document: Document) -> Described:
        strategy = strategies.get(document.strategy or "")
        if strategy is None:
            return Described()
        period = "-".join(map(str, strategy.period)) if strategy.period else ""
        return Described(strategy=strategy.name(language), period=period, status=status(document))

    return describe


def kind_of(document: Document) -> Kind:
    """Return whether a document is an authority's own, our digest of one, or something else."""
    return "digest" if document.digest else "official" if document.edition else "other"


def _passage(group: Sequence[Shown], describe: Describe) -> dict[str, Any]:
    passage, document = group[0].passage, group[0].passage.document
    told = describe(document)
    return {
        "document": document.title,
        "kind": kind_of(document),
        "strategy": told.strategy,
        "period": told.period,
        "status": told.status,
        "language": passage.chunk.language,
        "page": group[0].sentence.page,
        "heading": list(passage.chunk.heading_path),
        "sentences": [{"id": shown.id, "text": _plain(shown.sentence)} for shown in group],
    }


def _plain(sentence: Sentence) -> str:
    return " ".join(printable(sentence.text).split())


def _chosen(scored: Sequence[ScoredSentence], passages: Sequence[Passage], *, room: int) -> dict[Key, tuple[Passage, Sentence]]:
    """The sentences that fit, by where they stand, in the order in which they were chosen; one at least."""
    chosen: dict[Key, tuple[Passage, Sentence]] = {}
    headed: set[tuple[object, ...]] = set()

    def cost(new: Iterable[tuple[Passage, Sentence]]) -> int:
        total, heads = 0, set(headed)
        for passage, sentence in new:
            head = (passage.document.id, sentence.page, passage.chunk.heading_path)
            total += len(sentence.text) + SENTENCE_OVERHEAD + (0 if head in heads else _head_length(passage))
            heads.add(head)
        return total

    for passage, place in _by_sureness(scored, passages):
        for places in (_around(passage, place), [place]):
            held = [(passage, passage.chunk.sentences[number]) for number in places]
            new = [one for one in held if _key(one) not in chosen]
            spent = cost(new)
            if spent <= room or (not chosen and len(places) == 1):
                room -= spent
                chosen |= {_key(one): one for one in new}
                headed |= {(held.document.id, sentence.page, held.chunk.heading_path) for held, sentence in new}
                break
    return chosen


def _by_sureness(scored: Sequence[ScoredSentence], passages: Sequence[Passage]) -> Iterator[tuple[Passage, int]]:
    """Each sentence of all passages with its place: the surest, in turn with the surest of each passage found, then the rest."""
    best: dict[str, tuple[Passage, int]] = {}
    for held in scored:
        best.setdefault(held.passage.chunk.id, (held.passage, held.place))
    surest = [(held.passage, held.place) for held in scored]
    found = [best[passage.chunk.id] for passage in passages if passage.chunk.id in best]
    rest = [(passage, place) for passage in passages for place in range(len(passage.chunk.sentences))]
    seen: set[tuple[str, int]] = set()
    for one in chain(chain.from_iterable(zip_longest(surest, found)), rest):
        if one and (one[0].chunk.id, one[1]) not in seen:
            seen.add((one[0].chunk.id, one[1]))
            yield one


def _around(passage: Passage, place: int) -> list[int]:
    """The places of a sentence and its neighbours, of the line that leads into its list, and of the list's items."""
    sentences = passage.chunk.sentences
    places = {place, max(place - 1, 0), min(place + 1, len(sentences) - 1)}
    lead = place
    while lead > 0 and _is_item(sentences[lead]) and place - lead < MOST_ITEMS:
        lead -= 1
    leads = sentences[lead].text.rstrip().endswith(":")
    if leads or _is_item(sentences[place]):
        places.add(lead)
        last = lead + 1
        while last < len(sentences) and _is_item(sentences[last]) and last - lead <= MOST_ITEMS:
            places.add(last)
            last += 1
    return sorted(places)


def _is_item(sentence: Sentence) -> bool:
    text = sentence.text.lstrip()
    return text[:1] in BULLETS or text[:4].partition(".")[0].isdigit() or text[:1].islower()


def _key(held: tuple[Passage, Sentence]) -> Key:
    passage, sentence = held
    return passage.document.id, sentence.page, sentence.start


def _head_length(passage: Passage) -> int:
    return len(passage.document.title) + sum(map(len, passage.chunk.heading_path)) + 160


def _in_reading_order(chosen: Mapping[Key, tuple[Passage, Sentence]]) -> list[tuple[Passage, Sentence]]:
    """What was chosen, by document, the one with the surest sentence first, and within it as it is read."""
    documents = list(dict.fromkeys(document for document, _, _ in chosen))
    order = {document: number for number, document in enumerate(documents)}
    return [chosen[key] for key in sorted(chosen, key=lambda key: (order[key[0]], key[1], key[2]))]
