"""Where a topic stands: every sentence of the documents asked about that speaks of it, none left out for lack of room.

The lexical index knows which texts hold a stem, so the texts that cannot speak of a topic are passed over without being
read; all others are read sentence by sentence. Nothing is ranked here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from assistant.finding.index import Index, twins
from assistant.tables.topics import NEARBY, UNINDEXED, Part, Places, Slot, Topic, Way, words_on
from assistant.values import Passage, Quote
from corpus.lexical import side_of, terms_of
from corpus.lexicon import Lexicon, Side
from corpus.stemming import WORD
from corpus.values import Chunk, Document, Filters, Language, Sentence

FEW_PARTS = 2
BREAK = re.compile(r"[()\[\];:]|\s[–—-]\s")
LONGEST_NAME = 60  # characters of a text that are shown as its words for a topic
APART = 10  # places, more than any phrase may reach
REMEMBERED = 20_000  # sentences, so that the next topic is found sooner
# A sentence that says that something is not there, or was not read, does not speak of it.
DENYING = re.compile(
    r"\b(?:(?:nævner|omtaler|behandler) ikke|ikke (?:nævnt|omtalt|læst)|"
    r"(?:do|does|did) not (?:mention|name|cover|speak)|(?:is|are|was|were) not (?:mentioned|named|read))\b",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"\S+://\S+|\bwww\.\S+|\b[\w-]+(?:\.[\w-]+)+/\S*")  # its words say where a page lies, not what is said
SOURCES = re.compile(
    r"\W*(?:\d+\W+)?(?:kilder?|kildeliste|litteratur(?:liste)?|referencer|noter|sources?|references|bibliography|notes)\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A sentence that speaks of a topic. `said` are its words for it, none where only the heading above it says it.

    `renamed`: it speaks of the topic under an older or a newer name alone.
    """

    sentence: Sentence
    passage: Passage
    said: tuple[str, ...]
    renamed: bool = False

    @property
    def document(self) -> Document:
        """The document in which it stands."""
        return self.passage.document

    @property
    def other_name(self) -> tuple[str, ...]:
        """Its words for the topic where they are an older or a newer name of it, else none."""
        return self.said if self.renamed else ()

    @property
    def quote(self) -> Quote:
        """The sentence as a quote, not yet verified."""
        return quoted((self.sentence,), self.passage)


def quoted(sentences: Sequence[Sentence], passage: Passage) -> Quote:
    """Return consecutive sentences of one page of a passage as a quote, not yet verified."""
    return Quote(
        text=" ".join(sentence.text for sentence in sentences),
        document=passage.document,
        page=sentences[0].page,
        heading_path=passage.chunk.heading_path,
        start=sentences[0].start,
        end=sentences[-1].end,
    )


def lists_sources(chunk: Chunk) -> bool:
    """Return whether a chunk stands in a list of sources: that names what others say elsewhere."""
    return any(SOURCES.fullmatch(heading) for heading in chunk.heading_path)


def mentions(topic: Topic, index: Index, filters: Filters) -> list[Mention]:
    """Return every mention of a topic in the documents that the filters let through, in the order of the index."""
    could = np.flatnonzero(_could_say(topic, index))
    allowed = index.store.matching(filters)
    ids = [index.ids[row] for row in could if allowed is None or index.ids[row] in allowed]
    found = index.store.passages(ids)
    commonest = {side: _commonest(parts, side, index) for side, parts in topic.parts.items()}
    return [
        mention
        for chunk, document in found
        if not lists_sources(chunk)
        for mention in _in_chunk(chunk, document, topic.parts[side_of(chunk.language)], commonest, index.lexical.lexicon)
    ]


def in_one_language(found: Sequence[Mention], language: Language) -> list[Mention]:
    """Mentions without those of our digests that their twins in a language preferred make too."""
    told = {twins(mention.document) for mention in found if mention.document.digest and mention.document.language == language}
    return [
        mention
        for mention in found
        if not mention.document.digest or mention.document.language == language or twins(mention.document) not in told
    ]


def _could_say(topic: Topic, index: Index) -> NDArray[np.bool_]:
    """Which texts hold the stems of as many parts as a mention needs, shape (texts,)."""
    could = np.zeros(len(index.ids), np.bool_)
    for side, parts in topic.parts.items():
        held = np.array([_holding(part, side, index) for part in parts])
        could |= held.sum(axis=0) >= _needed(len(parts))
    return could


def _holding(part: Part, side: Side, index: Index) -> NDArray[np.bool_]:
    phrases = [np.logical_and.reduce([_any_of(slot, side, index) for slot in phrase.slots]) for phrase in part if phrase.slots]
    return np.asarray(np.logical_or.reduce(phrases), np.bool_)


def _any_of(slot: Slot, side: Side, index: Index) -> NDArray[np.bool_]:
    return np.ones(len(index.ids), np.bool_) if slot & UNINDEXED else index.lexical.holding({side: slot})


def _commonest(parts: Sequence[Part], side: Side, index: Index) -> int:
    """Which part the most texts hold: of a topic of many parts a text may lack this one alone."""
    return int(np.argmax([_holding(part, side, index).sum() for part in parts]))


def _needed(parts: int) -> int:
    return parts if parts <= FEW_PARTS else parts - 1


def _in_chunk(
    chunk: Chunk, document: Document, parts: Sequence[Part], commonest: dict[Side, int], lexicon: Lexicon
) -> Iterator[Mention]:
    side = side_of(chunk.language)
    passage = Passage(chunk=chunk, document=document, score=0.0)
    spoken = False
    for sentence in chunk.sentences:
        said = _saying(sentence.text, parts, side, commonest[side], lexicon)
        if said and not DENYING.search(sentence.text):
            spoken = True
            yield Mention(sentence=sentence, passage=passage, said=said.words, renamed=said.renamed)
    first = chunk.sentences[0]
    if not spoken and chunk.heading_path and not DENYING.search(first.text):
        headed = _saying(chunk.heading_path[-1], parts, side, commonest[side], lexicon)
        if headed:
            yield Mention(sentence=first, passage=passage, said=(), renamed=headed.renamed)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """The words with which a text says a topic, and whether only by a name from before or after."""

    words: tuple[str, ...]
    renamed: bool


def _saying(text: str, parts: Sequence[Part], side: Side, commonest: int, lexicon: Lexicon) -> _Said | None:
    """With what a text says a topic, None where it does not."""
    stood = _stood(text, side, lexicon)
    places: dict[str, list[int]] = {}
    for place, (name, _) in stood.items():
        places.setdefault(name, []).append(place)
    found = [_first(part, places) for part in parts]
    lacking = [place for place, hit in enumerate(found) if not hit]
    if lacking and (len(parts) <= FEW_PARTS or lacking != [commonest]):
        return None
    hits = [hit for hit in found if hit]
    ways = list(product(*(ways for ways, _ in hits))) if len(parts) == FEW_PARTS else [tuple(ways[0] for ways, _ in hits)]
    closest = min(ways, key=_apart)
    if len(parts) == FEW_PARTS and _apart(closest) > NEARBY:
        return None
    spots = sorted({place for way in closest for place in way})
    return _Said(words=_surfaces(text, [stood[place][1] for place in spots]), renamed=any(renamed for _, renamed in hits))


@lru_cache(maxsize=REMEMBERED)
def _stood(text: str, side: Side, lexicon: Lexicon) -> Mapping[int, tuple[str, str]]:
    """The stems of a text, each with its word, by their places: what brackets or a colon part lies far apart."""
    stood: dict[int, tuple[str, str]] = {}
    place = 0
    for run in BREAK.split(ADDRESS.sub(" ", text)):
        for word in words_on(side, run):
            for name in terms_of(word, side, lexicon):
                stood[place] = (name, word)
                place += 1
        place += APART
    return stood


def _first(part: Part, places: Places) -> tuple[list[Way], bool] | None:
    """The ways in which the first of a part's phrases that a text holds stands in it, and whether that is another name."""
    return next(((ways, phrase.renamed) for phrase in part if (ways := phrase.found_in(places))), None)


def _apart(ways: Sequence[Way]) -> int:
    """How many stems the nearest ends of the first two ways lie apart."""
    return min((abs(one - other) for one in ways[0] for other in ways[-1]), default=0)


def _surfaces(text: str, lowered: Sequence[str]) -> tuple[str, ...]:
    """The run of the text from the first to the last of some words, as it is written; the words where that is long."""
    found = [match for match in WORD.finditer(text) if match.group().lower() in lowered]
    starts = [match for match in found if match.group().lower() == lowered[0]]
    runs = [text[one.start() : other.end()] for one in starts for other in found if other.group().lower() == lowered[-1]]
    shortest = min((run for run in runs if run), key=len, default="")
    return (shortest,) if 0 < len(shortest) <= LONGEST_NAME else tuple(dict.fromkeys(lowered))
