"""The door to rapidfuzz: a question in the spellings of the index, so that `fulmagt` finds `fuldmagt`.

A word is respelled only where the index does not hold it and holds one thing that is clearly meant: the same
word spelt another way (aa for å, organization for organisation), the same word parted or joined (`mit id`,
`tech-giganter`), or a word one or two letters off. Real words stay as they are, with one exception: where the
index never has the typed word, a near word may take its place if the lexicon translates both alike or the
index sets it beside the same neighbour (`privat sekter`). Names that the index does not hold, numbers and
questions in other languages are left alone.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from corpus.lexicon import Lexicon, Side
from corpus.stemming import is_stop_word, stem
from corpus.stemming import words as searched_words
from corpus.values import Language
from corpus.vocabulary import SHORTEST, WORD, Vocabulary, common_start, letters

SHORTEST_TWICE = 9  # letters of a word in which two may be wrong
SHORTEST_FIRST, SHORTEST_NAME = 7, 12  # of a word in capitals at the start of a question, and inside it
SHORTEST_HALF = 4  # letters of each half of a compound that was parted
CLEARLY = 4  # how many times as frequent the best candidate must be as the next
OFTEN = 5  # how many times as frequent as a spelling with aa, ae, oe the one with å, æ, ø must be
OWN_LANGUAGE = 0.5  # share of the other words that must be known, or the question is in another language
LONGEST_ENDING = 6  # letters that a stemmer takes off a word; if it takes more, it has cut into the root
SAME_MEANING = 0.5  # least weight of a translation that two spellings of a word share
LANGUAGES: tuple[Language, ...] = ("da", "en", "no", "sv")
DANISH_LETTERS = {"aa": "å", "ae": "æ", "oe": "ø", "å": "aa", "æ": "ae", "ø": "oe"}
DANISH_LETTER = re.compile("|".join(DANISH_LETTERS))
# The endings that differ between British and American English; each is tried in both directions.
ENDINGS = [
    (re.compile(rf"(?<=\w\w\w){one}(?={after}$)"), other)
    for pair, after in [
        (("is", "iz"), "(?:e|ed|er|ers|es|ing|ation|ations|ational)"),
        (("ys", "yz"), "(?:e|ed|er|ers|es|ing)"),
        (("our", "or"), "(?:|s|ed|ing|al|able|ite|ites|ful)"),
        (("tre", "ter"), "s?"),
        (("bre", "ber"), "s?"),
        (("ence", "ense"), "(?:|s|d)"),
        (("ogue", "og"), "s?"),
        (("amme", "am"), "s?"),
        (("ll", "l"), "(?:ed|ing|er|ers|ment|ments)"),
        (("l", "ll"), "(?:|s|ment)"),
        (("dgement", "dgment"), "s?"),
    ]
    for one, other in (pair, pair[::-1])
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Respelled:
    """A question as it is searched and read, and its changes: pairs of the words as typed and as read."""

    text: str
    changes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    """A word of a question: where it stands, as typed, and in lower case."""

    start: int
    end: int
    typed: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typed:
    """A question as typed: its words, if the index holds each, its language, if it is all in capitals."""

    tokens: Sequence[_Token]
    held: Sequence[bool]
    language: Side
    shouted: bool

    def own_language(self, place: int) -> bool:
        """Whether enough of the words beside one are known for the question to be in Danish or English."""
        return sum(self.held) - self.held[place] >= OWN_LANGUAGE * (len(self.held) - 1)

    def is_name(self, place: int) -> bool:
        """Whether a word has a capital that does not come from its place."""
        token = self.tokens[place]
        return place > 0 and not self.shouted and token.typed != token.word

    def opens(self, place: int) -> bool:
        """Whether a word has its capital from standing first, or may have."""
        return place == 0 and not self.shouted and self.tokens[0].typed != self.tokens[0].word

    def letters_off(self, place: int) -> int:
        """How many letters of a word may be wrong: the longer, the more; of a name hardly any."""
        token = self.tokens[place]
        length = len(token.word)
        if not self.shouted and token.typed[1:] != token.word[1:]:
            return 0
        if self.is_name(place):
            return int(length >= SHORTEST_NAME)
        if self.opens(place):
            return int(length >= SHORTEST_FIRST)
        return 2 if length >= SHORTEST_TWICE else int(length >= SHORTEST)


class Speller:
    """Reads questions in the spellings of one index.

    Example: `Speller.of(texts, lexicon).respell("Hvad er digital fulmagt?", "da").text`.
    """

    def __init__(self, *, vocabulary: Vocabulary, lexicon: Lexicon) -> None:
        """Keep the words of the index, and the lexicon that knows the words of both languages."""
        self._index = vocabulary
        self._lexicon = lexicon

    @classmethod
    def of(cls, texts: Iterable[tuple[str, Language]], lexicon: Lexicon) -> "Speller":
        """Build a speller from the texts of an index, each with its language."""
        return cls(vocabulary=Vocabulary.of(texts), lexicon=lexicon)

    def respell(self, question: str, language: Literal["da", "en"]) -> Respelled:
        """Return a question in the spellings of the index, with the changes.

        Letters that were typed in two pieces (a and a ring) are put together, which changes no word.
        """
        text = unicodedata.normalize("NFC", question)
        tokens = [
            _Token(start=match.start(), end=match.end(), typed=match[0], word=match[0].lower()) for match in WORD.finditer(text)
        ]
        asked = _Typed(
            tokens=tokens,
            held=[self._held(token.word, language) for token in tokens],
            language=language,
            shouted=text == text.upper() and len(tokens) > 1,
        )
        changes: list[tuple[int, int, str]] = []
        place = 0
        while place < len(tokens):
            token, after = tokens[place], tokens[place + 1 : place + 2]
            if after and (joined := self._joined(text, token, after[0])):
                changes.append((token.start, after[0].end, joined))
                place += 2
                continue
            read = self._read(asked, place)
            if read and read != token.typed:
                changes.append((token.start, token.end, read))
            place += 1
        return _changed(text, changes)

    def _joined(self, text: str, first: _Token, second: _Token) -> str | None:
        """Two words as the one that the index writes, if they were parted by mistake."""
        written = self._index.written.get(letters(first.typed + second.typed))
        if written is None or text[first.end : second.start] != " " or not (first.word + second.word).isalpha():
            return None
        if searched_words(written) == searched_words(f"{first.typed} {second.typed}"):
            return None
        seam = len(first.typed)
        if self._index.beside(first.word, second.word):
            return None
        if len(written) == seam + len(second.typed) and written[seam].isupper() and not written.isupper():
            return written
        halves = (first.word, second.word)
        if any(len(half) < SHORTEST_HALF or _is_closed(half) for half in halves) or self._acts(first.word):
            return None
        return written

    def _acts(self, word: str) -> bool:
        """Whether a word may be a Danish verb in the present, which begins no compound: `bruger data`."""
        return word.endswith("r") and (word[:-1] in self._index.counts or word[:-1] in self._lexicon.parts)

    def _read(self, asked: _Typed, place: int) -> str | None:
        """How one word is read; None if it is read as it stands."""
        token = asked.tokens[place]
        if _is_closed(token.word) or any(character.isdigit() for character in token.word):
            return None
        if "-" in token.word:
            return self._unhyphened(token)
        if variant := self._variant(asked, place):
            return _in_capitals(variant, token, asked.shouted)
        if asked.held[place]:
            return None
        if (written := self._index.written.get(token.word)) and "-" in written:
            return written
        best = self._nearest(asked, place) if asked.own_language(place) else None
        return _in_capitals(self._index.written.get(best, best), token, asked.shouted) if best else None

    def _unhyphened(self, token: _Token) -> str | None:
        """A compound with a hyphen as the index writes it, if the index writes it as one word."""
        written = self._index.written.get(letters(token.typed))
        if token.word not in self._index.counts and written and searched_words(written) != searched_words(token.typed):
            return written
        return None

    def _held(self, word: str, language: Side) -> bool:
        return _is_closed(word) or self._index.holds(word, language)

    def _known(self, word: str) -> bool:
        """Whether a word is, or may be, one of either language, though not of the index."""
        tables = self._lexicon.tables.items()
        stems = {side: stem(word, side) for side, _ in tables}
        return word in self._lexicon.parts or any(
            stems[side] in table.number and len(word) - len(stems[side]) <= LONGEST_ENDING for side, table in tables
        )

    def _compound(self, word: str) -> bool:
        """Whether a word is made of two known ones, perhaps joined by an s or an e."""
        for seam in range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1):
            head, tail = word[:seam], word[seam:]
            heads = (head, head[:-1]) if head[-1] in "se" and len(head) > SHORTEST_HALF else (head,)
            if self._part(tail) and any(self._part(one) for one in heads):
                return True
        return False

    def _part(self, word: str) -> bool:
        return word in self._index.counts or word in self._lexicon.parts

    def _variant(self, asked: _Typed, place: int) -> str | None:
        """The same word in the spelling that the index has, if it hardly has the typed one."""
        word, counts = asked.tokens[place].word, self._index.counts
        unheard = not asked.is_name(place) and not asked.held[place] and not self._known(word)
        for variant in _letter_variants(word):
            if counts.get(variant, 0) > OFTEN * counts.get(word, 0):
                return variant
            if unheard and (self._held(variant, asked.language) or variant in self._lexicon.parts):
                return variant
        if asked.language == "en" and not asked.held[place]:
            return next((variant for variant in _ending_variants(word) if variant in counts), None)
        return None

    def _nearest(self, asked: _Typed, place: int) -> str | None:
        """The word of the index that is clearly meant by one that it does not hold."""
        word, most = asked.tokens[place].word, asked.letters_off(place)
        if not most or word in self._lexicon.parts:
            return None
        near = [(name, off) for name, off in self._near(word, most) if not _other_ending(word, name, off)]
        if asked.opens(place):
            near = [(name, off) for name, off in near if self._index.written[name].islower()]
        if near and self._known(word):
            near = [(name, off) for name, off in near if off == 1 and self._same(asked, place, name)]
        elif near and asked.language == "da" and self._compound(word):
            near = [(name, off) for name, off in near if off == 1 and _differ_in_link(word, name)]
        return self._clearly(near, asked.language)

    def _near(self, word: str, most: int) -> list[tuple[str, int]]:
        """The words at most some letters off, with how many; both begin with the same letter."""
        found: list[tuple[str, int]] = []
        for length in range(len(word) - most, len(word) + most + 1):
            choices = self._index.likely.get((word[0], length), ())
            matches = process.extract(word, choices, scorer=OSA.distance, score_cutoff=most, limit=None)
            found.extend((name, int(off)) for name, off, _ in matches)
        return found

    def _same(self, asked: _Typed, place: int, name: str) -> bool:
        """Whether a near word means what a real word does, or stands beside the same one in the index."""
        word = asked.tokens[place].word
        root, other = stem(word, asked.language), stem(name, asked.language)
        inside = common_start(word, name) < min(len(root), len(other))  # else it is another inflection
        if _is_closed(name):
            return False
        if root == other or (inside and self._alike(root, other, asked.language)):
            return True
        before = [token.word for token in asked.tokens[max(place - 1, 0) : place]]
        after = [token.word for token in asked.tokens[place + 1 : place + 2]]
        neighbours = [(one, name) for one in before if not _is_closed(one)]
        neighbours += [(name, one) for one in after if not _is_closed(one)]
        return any(self._index.beside(*pair) for pair in neighbours)

    def _alike(self, root: str, other: str, language: Side) -> bool:
        """Whether most of what two stems are translated by is the same."""
        own, there = (self._lexicon.tables[language].of(name) for name in (root, other))
        return any(weight >= SAME_MEANING and there.get(key, 0) >= SAME_MEANING for key, weight in own.items())

    def _clearly(self, near: Sequence[tuple[str, int]], language: Side) -> str | None:
        """The best of near words, if no other one comes close; inflections of one word are no rivals."""
        if not near:
            return None
        counts = self._index.counts
        ranked = sorted(near, key=lambda pair: (pair[1], -counts[pair[0]], pair[0]))
        best, off = ranked[0]
        rivals = [name for name, there in ranked if there == off and stem(name, language) != stem(best, language)]
        return None if any(counts[name] * CLEARLY > counts[best] for name in rivals) else best


def _in_capitals(word: str, token: _Token, shouted: bool) -> str:
    """A word with the capitals that the typed one has, beside its own."""
    if shouted:
        return word.upper()
    return word[0].upper() + word[1:] if token.typed[0].isupper() else word


def _is_closed(word: str) -> bool:
    return any(is_stop_word(word, language) for language in LANGUAGES)


def _other_ending(word: str, name: str, off: int) -> bool:
    """Whether two words differ in their endings alone, as two real words do that are made of one root."""
    return common_start(word, name) >= max(len(word), len(name)) - (3 if off > 1 else 1)


def _differ_in_link(word: str, name: str) -> bool:
    """Whether all that tells two compounds apart is a letter that joins their halves."""
    shorter, longer = sorted((word, name), key=len)
    if len(shorter) == len(longer):
        return False
    cuts = range(SHORTEST_HALF - 1, len(longer) - SHORTEST_HALF)
    return any(longer[cut] in "se" and longer[:cut] + longer[cut + 1 :] == shorter for cut in cuts)


def _letter_variants(word: str) -> Iterator[str]:
    """A word with å for aa, æ for ae and ø for oe, and the other way about, in every combination."""
    pieces = DANISH_LETTER.split(word)
    if not 1 < len(pieces) <= 4:
        return
    letters = [(DANISH_LETTERS[found], found) for found in DANISH_LETTER.findall(word)]
    for chosen in product(*letters):
        variant = "".join(piece + letter for piece, letter in zip(pieces, (*chosen, ""), strict=True))
        if variant != word:
            yield variant


def _ending_variants(word: str) -> Iterator[str]:
    """A word with the British ending for the American one, or the other way about."""
    for ending, other in ENDINGS:
        variant = ending.sub(other, word)
        if variant != word:
            yield variant


def _changed(text: str, changes: Sequence[tuple[int, int, str]]) -> Respelled:
    """A text with runs of it replaced."""
    pieces, at = [], 0
    for start, end, read in changes:
        pieces += [text[at:start], read]
        at = end
    shown = tuple((text[start:end], read) for start, end, read in changes)
    return Respelled(text="".join([*pieces, text[at:]]), changes=shown)
