"""A topic and the ways to say it: in its own words, as the glossary and the translations put it, and under other names.

Retrieval asks how near a text is; here the question is whether a topic stands in it, so every way is all or nothing. A
phrase is said where each of its words stands, close together. What counts as a word's translation is strict: one that goes
both ways, since a rare word is often aligned with something it does not mean ("drones" with "fly", aircraft).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise, product

from corpus.errors import QuestionError
from corpus.lexical import segments, side_of
from corpus.lexicon import OTHER, Lexicon, Side, Stems
from corpus.stemming import is_stop_word, stem, words
from corpus.values import Language

SURELY, AT_ALL = 0.25, 0.03  # of a word's translations: how much one way, and how much the other way at least
LOOSELY = 2  # words that may stand between those of a phrase: "cyber- og informationssikkerhed"
NEARBY = 6  # words apart: as far as the two parts of a topic may stand
LONGEST_ACRONYM = 4  # letters; such an English name is used in Danish as it is
SHORTEST_PART = 4

IT = re.compile(r"\bIT\b")
UNINDEXED = frozenset({"ict"})  # stems that stand in texts but not in the index of them

Slot = frozenset[str]
Way = tuple[int, ...]
Places = Mapping[str, Sequence[int]]
"""Where each stem stands in a text, counted in stems."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words that say a thing where they stand in this order within `reach` stems; each is any of some stems.

    `renamed`: it is what the thing was called before or after.
    """

    slots: tuple[Slot, ...]
    reach: int
    renamed: bool = False

    def found_in(self, places: Places) -> list[Way]:
        """Every way in which its words stand in the text, each the place of one word for each slot."""
        where = [[place for name in slot for place in places.get(name, ())] for slot in self.slots]
        near = (found for found in product(*where) if found[-1] - found[0] <= self.reach)
        return [found for found in near if all(one < other for one, other in pairwise(found))]


Part = tuple[Phrase, ...]
"""One thing that a topic names: the phrases of which any says it, its own name first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What is looked for: its text, its language, and for each side its parts."""

    text: str
    language: Language
    parts: Mapping[Side, tuple[Part, ...]]


def read_topic(text: str, language: Language, lexicon: Lexicon) -> Topic:
    """Return a topic ready to be looked for in texts of either side; raises `QuestionError` for one without words."""
    shown = " ".join(text.split())
    source = side_of(language)
    kept = [word for word in words_on(source, shown) if not is_stop_word(word, source)]
    if not kept:
        raise QuestionError(f"the topic {shown!r} has no words to look for")
    domains = _domains(shown)
    found = list(segments(kept, source, lexicon)) if not domains else list(_around(domains, kept, source, lexicon))
    named = [tuple(surfaces) in domains for _, surfaces in found]
    parts: dict[Side, tuple[Part, ...]] = {}
    for side, say in ((source, _own), (OTHER[source], _foreign)):
        parts[side] = tuple(
            (_name(surfaces, side),) if name else say(term, surfaces, source, lexicon)
            for name, (term, surfaces) in zip(named, found, strict=True)
        )
    return Topic(text=shown, language=language, parts=parts)


def words_on(side: Side, text: str) -> list[str]:
    """Return the words of a text in lower case; in English IT is ICT, since "it" says nothing."""
    return words(IT.sub("ICT", text) if side == "en" else text)


def _domains(text: str) -> set[tuple[str, ...]]:
    """The words of names like borger.dk, which stand together and mean nothing apart."""
    return {tuple(words(piece)) for piece in text.split() if "." in piece.strip(".") and len(words(piece)) > 1}


def _around(
    domains: set[tuple[str, ...]], kept: Sequence[str], side: Side, lexicon: Lexicon
) -> Iterator[tuple[Stems, Sequence[str]]]:
    """Segments in which the words of each such name stay together."""
    at = start = 0
    while at < len(kept):
        name = next((held for held in domains if tuple(kept[at : at + len(held)]) == held), None)
        if name is None:
            at += 1
            continue
        yield from segments(kept[start:at], side, lexicon)
        yield tuple(stem(word, side) for word in name), name
        at = start = at + len(name)
    yield from segments(kept[start:], side, lexicon)


def _own(term: Stems, surfaces: Sequence[str], side: Side, lexicon: Lexicon) -> Part:
    """A term in its own language: as it is, as its parts, by the glossary's other words for it, and under other names."""
    alike = [back for name in lexicon.terms[side].get(term, ()) for back in lexicon.terms[OTHER[side]].get(name, ())]
    said = _unconflated([term, *(other for other in alike if other != term)])
    phrases = [_phrase(name, side) for name in dict.fromkeys(said)]
    phrases += [_phrase(tuple(stem(part, side) for part in parts), side) for parts in _split(surfaces, side, lexicon)]
    phrases += _cut(said, side, lexicon)
    return tuple(phrases + _taken_over(term, side, lexicon) + _renamed(term, side, lexicon))


def _foreign(term: Stems, surfaces: Sequence[str], source: Side, lexicon: Lexicon) -> Part:
    """A term in the other language: as the glossary has it, as its words are translated, and under other names."""
    side = OTHER[source]
    alike = [back for name in lexicon.terms[source].get(term, ()) for back in lexicon.terms[side].get(name, ())]
    names = [name for said in (term, *alike) for name in lexicon.terms[source].get(said, ())]
    names = _unconflated(names)
    phrases = [_phrase(name, side) for name in dict.fromkeys(names)] + _cut(names, side, lexicon)
    for forms in () if phrases else (surfaces, *_split(surfaces, source, lexicon)):
        slots = tuple(_translations(form, source, lexicon) for form in forms)
        if all(slots):
            phrases.append(Phrase(slots=slots, reach=_reach(len(slots))))
    itself = Phrase(slots=tuple(_itself(form, source) for form in surfaces), reach=_reach(len(surfaces)))
    named = tuple(stem(surface, side) for surface in surfaces)
    return (*phrases, itself, *_taken_over(term, source, lexicon), *_renamed(named, side, lexicon))


def _unconflated(names: Sequence[Stems]) -> list[Stems]:
    """Names without a stem that others begin with: of "digitalization" the stemmer leaves what it leaves of "digital"."""
    single = [name[0] for name in names if len(name) == 1]
    return [name for name in names if len(name) > 1 or not any(other.startswith(name[0]) for other in single if other != name[0])]


def _name(surfaces: Sequence[str], side: Side) -> Phrase:
    return Phrase(slots=tuple(frozenset({stem(word, side)}) for word in surfaces), reach=len(surfaces) - 1)


def _phrase(names: Stems, side: Side) -> Phrase:
    return Phrase(slots=tuple(_forms(name, side) for name in names), reach=_reach(len(names)))


def _reach(count: int) -> int:
    return count - 1 + LOOSELY if count > 1 else 0


def _forms(name: str, side: Side) -> Slot:
    """A stem with the neuter that the Danish stemmer keeps apart: digital, digitalt."""
    return frozenset({name, f"{name}t"}) if side == "da" else frozenset({name})


def _split(surfaces: Sequence[str], side: Side, lexicon: Lexicon) -> list[tuple[str, ...]]:
    """The parts of a term that is one Danish compound."""
    split = lexicon.split(surfaces[0]) if side == "da" and len(surfaces) == 1 else ()
    return [split] if split else []


def _cut(names: Sequence[Stems], side: Side, lexicon: Lexicon) -> list[Phrase]:
    """Stems of Danish compounds of which the lexicon knows the ending alone, as two: cybersikker, cyb sikker."""
    found: list[Phrase] = []
    endings = _endings(lexicon) if side == "da" else frozenset()
    for (name,) in (name for name in names if len(name) == 1 and name[0] not in endings):
        places = range(SHORTEST_PART, len(name) - SHORTEST_PART + 1)
        if cut := next((place for place in places if name[place:] in endings), None):
            found.append(_phrase((stem(name[:cut].removesuffix("s"), side), name[cut:]), side))
    return found


@lru_cache(maxsize=2)
def _endings(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(stem(part, "da") for part in lexicon.parts)


def _taken_over(term: Stems, side: Side, lexicon: Lexicon) -> list[Phrase]:
    """The acronyms that stand for a term in English, and so in Danish: AI."""
    names = [name for name in (term, *lexicon.terms[side].get(term, ())) if len(name) == 1 and len(name[0]) <= LONGEST_ACRONYM]
    return [Phrase(slots=(frozenset(name),), reach=0) for name in names if lexicon.terms[side].get(term)]


def _renamed(term: Stems, side: Side, lexicon: Lexicon) -> list[Phrase]:
    return [replace(_phrase(name, side), renamed=True) for name in lexicon.renamings[side].get(term, ())]


def _translations(word: str, source: Side, lexicon: Lexicon) -> Slot:
    """The stems of the other language that translate a word and are translated by it, one of the two surely."""
    name, there, back = stem(word, source), lexicon.tables[source], lexicon.tables[OTHER[source]]
    found = {other: (share, back.of(other).get(name, 0.0)) for other, share in there.of(name).items()}
    return frozenset(
        form
        for other, shares in found.items()
        if max(shares) >= SURELY and min(shares) >= AT_ALL
        for form in _forms(other, OTHER[source])
    )


def _itself(word: str, source: Side) -> Slot:
    """A word that the other language may use as it is, as a name or a loan: drone, droner."""
    name, there = stem(word, source), OTHER[source]
    return frozenset({stem(word, there), stem(name, there), name, f"{name}e"})
