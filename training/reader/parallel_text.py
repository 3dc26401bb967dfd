"""Parallel text: a sample of Europarl's sentence pairs, and those of the invented sections."""

from collections.abc import Collection, Iterable, Sequence
from random import Random

SHORTEST, LONGEST = 4, 45  # words


def sampled_pairs(
    danish: Sequence[str], english: Sequence[str], number: int, left_out: Collection[int], seed: int
) -> list[tuple[str, str]]:
    """A sample of sentence pairs of some words each, none of the lines that are left out, none twice."""
    random = Random(seed)
    order = list(range(len(danish)))
    random.shuffle(order)
    found: dict[tuple[str, str], None] = {}
    for line in order:
        pair = danish[line], english[line]
        if line not in left_out and all(SHORTEST <= len(text.split()) <= LONGEST for text in pair):
            found[pair] = None
            if len(found) == number:
                break
    return list(found)


def section_pairs(sections: Iterable[dict[str, object]]) -> list[tuple[str, str]]:
    """The headings and sentences of sections that stand in both languages."""
    pairs: list[tuple[str, str]] = []
    for section in sections:
        danish, english = section["da"], section["en"]
        assert isinstance(danish, list)
        assert isinstance(english, list)
        pairs.append((str(section["heading_da"]), str(section["heading_en"])))
        pairs.extend(zip(danish, english, strict=False))
    return pairs
