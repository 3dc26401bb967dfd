"""The door to rapidfuzz: a question in the spellings of the index, so that `fulmagt` finds `fuldmagt`.

A word is respelled only where the index does not hold it and holds one thing that is clearly meant: the same word spelt
another way (aa for å, organization for organisation), the same word parted or joined (`mit id`, `tech-giganter`), or a
word one or two letters off. Real words stay as they are, with one exception: where the index never has the typed word, a
near word may take its place if the lexicon translates both alike or the index sets it beside the same neighbour
(`privat sekter`). Names that the index does not hold, numbers and questions in other languages are left alone.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from corpus.lexical import side_of
from corpus.lexicon import Lexicon, Side
from corpus.stemming import is_stop_word, stem
from corpus.stemming import words as searched_words
from corpus.values import Language

WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*(?!-)")  # a first half that waits for its second (cyber- og ...) is no word
INNER = re.compile(r".[^a-zæøå]*[a-zæøå].*[A-ZÆØÅ]|^[a-zæøå]+[A-ZÆØÅ]")
SHORTEST, SHORTEST_TWICE = 5, 9  # letters of a word in which one letter, or two, may be wrong
SHORTEST_FIRST, SHORTEST_NAME = 6, 12  # of a word in capitals at the start of a question, and inside it
SHORTEST_HALF = 4  # letters of each half of a compound that was parted
RARE = 2  # a word that stands more seldom in the index is no correction of another
CLEARLY = 4  # how many times as frequent the best candidate must be as the next
OFTEN = 5  # how many times as frequent as a spelling with aa, ae, oe the one with å, æ, ø must be
OWN_LANGUAGE = 0.5  # share of the other words that must be known, or the question is in another language
LEAST_LOWER = 0.15  # share of the places where a word that is no name stands without a capital
LONGEST_ENDING = 6  # letters that a stemmer takes off a real word; where it takes more, it has cut into the root
SAME_MEANING = 0.3  # least weight of a translation that two spellings of a word share
# What inflection adds to words; two words of one stem are the same word if that is all that tells them apart.
INFLECTIONS: Mapping[Side, frozenset[str]] = {
    "da": frozenset("e en ens er eren erens erne ernes ers es et ets n ne nes r ren rne rnes s t te de ede ende dt".split()) | {""},
    "en": frozenset("d e ed es ing ings ly r rs s er ers y ies ied".split()) | {""},
}
LANGUAGES: tuple[Language, ...] = ("da", "en", "no", "sv")
DANISH_LETTERS = {"aa": "å", "ae": "æ", "oe": "ø", "å": "aa", "æ": "ae", "ø": "oe"}
DANISH_LETTER = re.compile("|".join(DANISH_LETTERS))
# The endings that differ between British and American English; each is tried in both directions.
ENDINGS = [
    (re.compile(rf"(?<=\w{{3}}){one}(?={after}$)"), other)
    for pair, after in [
        (("is", "iz"), "(?:e|ed|er|ers|es|ing|ation|ations|ational)"),
        (("ys", "yz"), "(?:e|ed|er|ers|es|ing)"),
        (("our", "or"), "(?:|s|ed|ing|al|able|ite|ites|ful)"),
        (("re", "er"), "s?"),
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
    """A question as it is searched and read, with what was changed in it: pairs of the words as typed and as read."""

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
class Vocabulary:
    """The words of an index.

    `counts` has each word in lower case, `written` its usual form by its letters alone, `corrections` by
    first letter and length the words that may be meant by another. By language, `stems` has the words of each stem, and `pairs` sorted hashes of two adjacent stems.
    """

    counts: Mapping[str, int]
    written: Mapping[str, str]
    stems: Mapping[Side, Mapping[str, Sequence[str]]]
    pairs: Mapping[Side, NDArray[np.int64]]
    corrections: Mapping[tuple[str, int], Sequence[str]]

    @classmethod
    def of(cls, texts: Iterable[tuple[str, Language]]) -> "Vocabulary":
        """Read the words of texts, each with its language; links are left out, which spell å as aa."""
        joined: dict[Side, list[str]] = {"da": [], "en": []}
        for text, language in texts:
            joined[side_of(language)].append(text)
        found = {side: WORD.findall(_without_links("\n".join(parts))) for side, parts in joined.items()}
        surfaces = Counter(found["da"]) + Counter(found["en"])
        counts: Counter[str] = Counter()
        for surface, count in surfaces.items():
            for word in _and_parts(surface):
                counts[word] += count
        stems: dict[Side, dict[str, list[str]]] = {"da": {}, "en": {}}
        pairs: dict[Side, NDArray[np.int64]] = {}
        for side, typed in found.items():
            distinct = dict.fromkeys(typed)
            for word in dict.fromkeys(word for surface in distinct for word in _and_parts(surface)):
                stems[side].setdefault(stem(word, side), []).append(word)
            stemmed = {surface: stem(surface.lower(), side) for surface in distinct}
            run = [stemmed[surface] for surface in typed]
            hashes = map(hash, zip(run, run[1:], strict=False))
            pairs[side] = np.unique(np.fromiter(hashes, np.int64, max(len(run) - 1, 0)))
        corrections: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word, count in counts.items():
            if count >= RARE and len(word) >= SHORTEST and word.isalpha():
                corrections[word[0], len(word)].append(word)
        return cls(counts=counts, written=_written(surfaces), stems=stems, pairs=pairs, corrections=corrections)

    def holds(self, word: str, side: Side) -> bool:
        """Whether a word in lower case, or another inflection of it in a language, stands in the index."""
        return word in self.counts or any(
            _inflected(word, other, side) for other in self.stems[side].get(stem(word, side), ())
        )

    def beside(self, first: str, second: str) -> bool:
        """Whether two words, in any inflection, stand beside one another."""
        for side, pairs in self.pairs.items():
            sought = hash((stem(first, side), stem(second, side)))
            place = int(np.searchsorted(pairs, sought))
            if place < len(pairs) and int(pairs[place]) == sought:
                return True
        return False

    def near(self, word: str, most: int) -> list[tuple[str, int]]:
        """The words at most some letters off, with how many; both begin with the same letter."""
        found: list[tuple[str, int]] = []
        for length in range(len(word) - most, len(word) + most + 1):
            choices = self.corrections.get((word[0], length), ())
            matches = process.extract(word, choices, scorer=OSA.distance, score_cutoff=most, limit=None)
            found.extend((name, int(off)) for name, off, _ in matches)
        return found


def _without_links(text: str) -> str:
    """A text without the pieces of links, which spell å as aa and join words that are none."""
    return " ".join(piece for piece in text.split() if not _links(piece))


def _links(piece: str) -> bool:
    if "/" in piece and ("-" in piece or "." in piece[:-1] or ":" in piece):
        return True
    return "www." in piece or piece.count("-") > 2


def _and_parts(surface: str) -> list[str]:
    """A word in lower case and, if hyphens join it, its parts."""
    word = surface.lower()
    return [word, *word.split("-")] if "-" in word else [word]


def _inflected(word: str, other: str, side: Side) -> bool:
    """Whether two words of one stem differ in what inflection adds; in English an e is no ending by itself."""
    same = next((at for at, pair in enumerate(zip(word, other, strict=False)) if pair[0] != pair[1]), min(len(word), len(other)))
    endings = {word[same:], other[same:]}
    return endings <= INFLECTIONS[side] and not (side == "en" and endings == {"", "e"})


def _written(surfaces: Mapping[str, int]) -> dict[str, str]:
    """How each run of letters is usually written: the most frequent form, without a capital if it stands so at times."""
    forms: dict[str, list[str]] = defaultdict(list)
    for surface in surfaces:
        forms[_letters(surface)].append(surface)
    written: dict[str, str] = {}
    for key, alike in forms.items():
        best = alike[0] if len(alike) == 1 else max(alike, key=lambda surface: (surfaces[surface], surface))
        lower = best.lower()
        if best != lower and not INNER.search(best) and lower in surfaces:
            everywhere = sum(surfaces[surface] for surface in alike)
            best = lower if surfaces[lower] >= LEAST_LOWER * everywhere else best
        written[key] = best
    return written


def _letters(surface: str) -> str:
    return surface.lower().replace("-", "")


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
            _Token(start=match.start(), end=match.end(), typed=match[0], word=match[0].lower())
            for match in WORD.finditer(text)
        ]
        shouted = text == text.upper() and len(tokens) > 1
        changes: list[tuple[int, int, str]] = []
        place = 0
        while place < len(tokens):
            token, after = tokens[place], tokens[place + 1 : place + 2]
            if after and (joined := self._joined(text, token, after[0])):
                changes.append((token.start, after[0].end, joined))
                place += 2
                continue
            read = self._read(tokens, place, language, shouted)
            if read and read != token.typed:
                changes.append((token.start, token.end, read))
            place += 1
        return _changed(text, changes)

    def _joined(self, text: str, first: _Token, second: _Token) -> str | None:
        """Two words as the one that the index writes, if they were parted by mistake."""
        written = self._index.written.get(_letters(first.typed + second.typed))
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
        """Whether a word may be a Danish verb in the present, which no compound begins with: `bruger data`."""
        return word.endswith("r") and (word[:-1] in self._index.counts or word[:-1] in self._lexicon.parts)

    def _read(self, tokens: Sequence[_Token], place: int, language: Side, shouted: bool) -> str | None:
        """How one word is read; None where it is read as it stands."""
        token = tokens[place]
        if any(character.isdigit() for character in token.word):
            return None
        if "-" in token.word:
            return self._unhyphened(tokens, place, language, shouted)
        if variant := self._variant(token.word, language, name=_is_name(tokens, place, shouted)):
            return self._as_typed(variant, token, shouted)
        if self._held(token.word, language):
            return None
        if (written := self._index.written.get(token.word)) and "-" in written:
            return written
        if not self._in_own_language(tokens, place, language):
            return None
        best = self._nearest(tokens, place, language, shouted)
        return self._as_typed(best, token, shouted) if best else None

    def _unhyphened(self, tokens: Sequence[_Token], place: int, language: Side, shouted: bool) -> str | None:
        """A compound with a hyphen as the index writes it, if the index writes it as one word."""
        token = tokens[place]
        written = self._index.written.get(_letters(token.typed))
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

    def _variant(self, word: str, language: Side, *, name: bool) -> str | None:
        """The same word in the spelling that the index has, if it hardly has the typed one."""
        counts = self._index.counts
        for variant in _letter_variants(word):
            if counts.get(variant, 0) > OFTEN * counts.get(word, 0):
                return variant
            if not name and not self._held(word, language) and not self._known(word):
                if _is_closed(variant) or self._index.holds(variant, language) or variant in self._lexicon.parts:
                    return variant
        if language == "en" and not self._held(word, language):
            return next((variant for variant in _ending_variants(word) if variant in counts), None)
        return None

    def _in_own_language(self, tokens: Sequence[_Token], place: int, language: Side) -> bool:
        """Whether enough of the other words are known for the question to be in Danish or English."""
        others = [token.word for number, token in enumerate(tokens) if number != place]
        held = sum(1 for word in others if self._held(word, language))
        return held >= OWN_LANGUAGE * len(others)

    def _nearest(self, tokens: Sequence[_Token], place: int, language: Side, shouted: bool) -> str | None:
        """The word of the index that is clearly meant by one that it does not hold."""
        token = tokens[place]
        most = _letters_off(tokens, place, shouted)
        if not most:
            return None
        near = [(name, off) for name, off in self._index.near(token.word, most) if not _other_ending(token.word, name, off)]
        if place == 0 and token.typed[0].isupper() and not shouted:
            near = [(name, off) for name, off in near if self._index.written[name].islower()]
        if token.word in self._lexicon.parts:
            return None
        if self._known(token.word):
            near = [pair for pair in near if pair[1] == 1 and self._same(tokens, place, pair[0], language)]
        elif language == "da" and self._compound(token.word):
            near = [pair for pair in near if pair[1] == 1 and _differ_in_link(token.word, pair[0])]
        return self._clearly(near, language)

    def _same(self, tokens: Sequence[_Token], place: int, name: str, language: Side) -> bool:
        """Whether a near word means what a real word does, or stands in the index beside the same neighbour."""
        own, other = (self._lexicon.tables[language].of(stem(word, language)) for word in (tokens[place].word, name))
        if any(weight >= SAME_MEANING and other.get(key, 0) >= SAME_MEANING for key, weight in own.items()):
            return True
        before = [token.word for token in tokens[max(place - 1, 0) : place]]
        after = [token.word for token in tokens[place + 1 : place + 2]]
        return any(not _is_closed(word) and self._index.beside(word, name) for word in before) or any(
            not _is_closed(word) and self._index.beside(name, word) for word in after
        )

    def _clearly(self, near: Sequence[tuple[str, int]], language: Side) -> str | None:
        """The best of near words, if no other one comes close; inflections of one word are no rivals."""
        if not near:
            return None
        counts = self._index.counts
        ranked = sorted(near, key=lambda pair: (pair[1], -counts[pair[0]], pair[0]))
        best, off = ranked[0]
        rivals = [name for name, there in ranked if there == off and stem(name, language) != stem(best, language)]
        return None if any(counts[name] * CLEARLY > counts[best] for name in rivals) else best

    def _as_typed(self, word: str, token: _Token, shouted: bool) -> str:
        """A word in the capitals of the index, or those that were typed."""
        written = self._index.written.get(word, word)
        if shouted:
            return word.upper()
        return written[0].upper() + written[1:] if token.typed[0].isupper() else written


def _is_closed(word: str) -> bool:
    return any(is_stop_word(word, language) for language in LANGUAGES)


def _is_name(tokens: Sequence[_Token], place: int, shouted: bool) -> bool:
    return place > 0 and not shouted and tokens[place].typed != tokens[place].word


def _letters_off(tokens: Sequence[_Token], place: int, shouted: bool) -> int:
    """How many letters of a word may be wrong: the longer, the more; of a name hardly any."""
    token = tokens[place]
    if not shouted and token.typed[1:] != token.word[1:]:
        return 0
    if _is_name(tokens, place, shouted):
        return 1 if len(token.word) >= SHORTEST_NAME else 0
    if place == 0 and token.typed != token.word and not shouted:
        return 1 if len(token.word) >= SHORTEST_FIRST else 0
    return 2 if len(token.word) >= SHORTEST_TWICE else 1 if len(token.word) >= SHORTEST else 0


def _other_ending(word: str, name: str, off: int) -> bool:
    """Whether two words differ in their endings alone, as two real words do that are made of one root."""
    same = next((at for at, (one, other) in enumerate(zip(word, name, strict=False)) if one != other), min(len(word), len(name)))
    return same >= max(len(word), len(name)) - (3 if off > 1 else 1)


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
