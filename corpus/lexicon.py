"""The bilingual lexicon: which stems of one language translate a stem of the other, and how surely.

Below lie the alignments of the parallel text (`embedder/lexicon.npz`), on top of them the terms of `glossary.toml`,
which may be of several words, and the renamings, which make a name find what it was called before and after. The
alignments also tell which words of one language say the same, and which Danish words are compounds of others.
"""

import math
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from corpus.errors import LexiconError
from corpus.stemming import stem, stems

Side = Literal["da", "en"]
Stems = tuple[str, ...]
Terms = Mapping[Stems, Sequence[Stems]]
VERSION = 2
LEXICON = Path(__file__).parent / "embedder" / "lexicon.npz"
GLOSSARY = Path(__file__).parent / "glossary.toml"
OTHER: Mapping[Side, Side] = {"da": "en", "en": "da"}
LEAST_PARAPHRASE = 0.03
SHORTEST_PART = 4
LEAST_SHARED = 0.2  # how much of a known compound's translation its parts must account for


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Translations out of one language: those of stem i are entries starts[i] to starts[i + 1], the surest first."""

    number: Mapping[str, int]
    names: Sequence[str]
    starts: NDArray[np.int32]
    ids: NDArray[np.int32]
    weights: NDArray[np.float16]

    def of(self, stem: str) -> dict[str, float]:
        """The translations of a stem with their weights, which sum to at most 1; none of an unknown stem."""
        place = self.number.get(stem)
        if place is None:
            return {}
        run = slice(self.starts[place], self.starts[place + 1])
        return {self.names[i]: float(weight) for i, weight in zip(self.ids[run], self.weights[run], strict=True)}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lexicon:
    """Translations by source language; glossary terms and renamings by their language; what compounds are made of."""

    tables: Mapping[Side, Table]
    terms: Mapping[Side, Terms] = field(default_factory=lambda: {"da": {}, "en": {}})
    renamings: Mapping[Side, Terms] = field(default_factory=lambda: {"da": {}, "en": {}})
    parts: Mapping[str, int] = field(default_factory=dict)

    def paraphrases(self, stem: str, side: Side) -> dict[str, float]:
        """Other stems of the same language that share translations with a stem, by how much they do.

        The weight is the sum of P(translation | stem) P(paraphrase | translation) (Bannard & Callison-Burch 2005).
        """
        found: Counter[str] = Counter()
        for translation, there in self.tables[side].of(stem).items():
            for name, back in self.tables[OTHER[side]].of(translation).items():
                found[name] += there * back  # type: ignore[assignment]
        return {name: weight for name, weight in found.items() if name != stem and weight >= LEAST_PARAPHRASE}

    def split(self, word: str) -> tuple[str, ...]:
        """The words that a Danish compound is made of, none where it is no compound; all in lower case.

        A compound with known translations is split where its parts have them too; another one where its parts are more
        frequent than it is, by their geometric mean (Koehn & Knight 2003). An s or an e may join two parts.
        """
        halves = list(self._halves(word))
        if not halves:
            return ()
        whole, frequency = self.tables["da"].of(stem(word, "da")), self.parts.get(word, 0)
        best = 0.0
        found: tuple[str, ...] = ()
        for head, tail in halves:
            score = math.sqrt(self.parts[head] * self.parts[tail])
            shared = [self._shared(whole, part) for part in (head, tail)]
            if (max(shared) >= LEAST_SHARED if whole else score >= frequency) and score * (sum(shared) or 1) > best:
                best, found = score * (sum(shared) or 1), (head, tail)
        return tuple(piece for part in found for piece in self.split(part) or (part,))

    def _halves(self, word: str) -> Iterator[tuple[str, str]]:
        """Every way to cut a word into two known ones."""
        for place in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
            head, tail = word[:place], word[place:]
            if tail in self.parts:
                joined = (head, head[:-1]) if head[-1] in "se" else (head,)
                yield from ((known, tail) for known in joined if known in self.parts)

    def _shared(self, whole: Mapping[str, float], part: str) -> float:
        """How much of a compound's translation is translation of a part."""
        own = self.tables["da"].of(stem(part, "da")) if whole else {}
        return sum(weight for name, weight in whole.items() if own.get(name, 0) > LEAST_SHARED / 4)


def load_lexicon(path: Path = LEXICON, glossary: Path | None = GLOSSARY) -> Lexicon:
    """Read a lexicon and a glossary; one that is missing, damaged or of another version is a `LexiconError`."""
    try:
        with np.load(path, allow_pickle=False) as file:
            version = int(file["version"])
            names: dict[Side, list[str]] = {side: file[f"{side}_names"].tobytes().decode().split("\n") for side in OTHER}
            arrays = {side: [file[f"{side}_{part}"] for part in ("starts", "ids", "weights")] for side in OTHER}
            parts = file["part_names"].tobytes().decode().split("\n"), file["part_counts"].tolist()
    except (OSError, BadZipFile, ValueError, KeyError, EOFError) as error:
        raise LexiconError(f"The lexicon {str(path)!r} is missing or damaged: {error}") from error
    if version != VERSION:
        raise LexiconError(f"The lexicon {str(path)!r} has version {version}, but this program reads version {VERSION}")
    tables: dict[Side, Table] = {}
    for side, (starts, ids, weights) in arrays.items():
        number = {name: place for place, name in enumerate(names[side])}
        tables[side] = Table(number=number, names=names[OTHER[side]], starts=starts, ids=ids, weights=weights)
    terms, renamings = _read_glossary(glossary) if glossary else (_by_side(), _by_side())
    return Lexicon(tables=tables, terms=terms, renamings=renamings, parts=dict(zip(*parts, strict=True)))


def save_lexicon(
    path: Path,
    names: Mapping[Side, Sequence[str]],
    entries: Mapping[Side, Sequence[NDArray[Any]]],
    parts: Mapping[str, int],
) -> None:
    """Write a lexicon.

    `names` are the stems of each language, `entries` gives for each source language the arrays source stem, target stem
    and weight, and `parts` the Danish words that compounds may be made of, with how often each was seen.
    """
    arrays: dict[str, Any] = {
        "version": np.asarray(VERSION),
        "part_names": np.frombuffer("\n".join(parts).encode(), np.uint8),
        "part_counts": np.fromiter(parts.values(), np.int32),
    }
    for side, (source, target, weight) in entries.items():
        order = np.lexsort((target, -weight, source))
        arrays[f"{side}_names"] = np.frombuffer("\n".join(names[side]).encode(), np.uint8)
        arrays[f"{side}_starts"] = np.searchsorted(source[order], np.arange(len(names[side]) + 1)).astype(np.int32)
        arrays[f"{side}_ids"] = target[order].astype(np.int32)
        arrays[f"{side}_weights"] = weight[order].astype(np.float16)
    np.savez_compressed(path, **arrays)


def _read_glossary(path: Path) -> tuple[dict[Side, Terms], dict[Side, Terms]]:
    """The terms and the renamings of a glossary file, both by language and as stems."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        terms = [(str(danish), str(english)) for danish, names in content["terms"].items() for english in names]
        chains = [[str(name) for name in names] for names in content["renamings"].values()]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise LexiconError(f"The glossary {str(path)!r} cannot be read: {error}") from error
    stemmed = [(tuple(stems(danish, "da")), tuple(stems(english, "en"))) for danish, english in terms]
    renamed = {side: [[tuple(stems(name, side)) for name in chain] for chain in chains] for side in OTHER}
    pairs = {side: [(one, other) for chain in renamed[side] for one in chain for other in chain] for side in OTHER}
    swapped = ((english, danish) for danish, english in stemmed)
    return {"da": _grouped(stemmed), "en": _grouped(swapped)}, {side: _grouped(pairs[side]) for side in OTHER}


def _grouped(pairs: Iterable[tuple[Stems, Stems]]) -> dict[Stems, list[Stems]]:
    """Each first with the distinct seconds that differ from it, in their order."""
    found: dict[Stems, list[Stems]] = {}
    for first, second in pairs:
        if first and second and first != second and second not in found.setdefault(first, []):
            found[first].append(second)
    return found


def _by_side() -> dict[Side, Terms]:
    return {"da": {}, "en": {}}
