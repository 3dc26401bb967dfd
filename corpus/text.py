"""Text that matches: one canonical form for characters, and finding a quote verbatim in a page.

Two forms are made here. `canonical` is what a page stores: Unicode NFKC, except where NFKC would change what is said
(2024² must not become 20242, nor 2½ become 21⁄2). `normalise` is what two texts are compared by: canonical, and blind to
soft hyphens, to the shape of quotation marks and dashes, and to the amount of white space. Case always counts.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"
"""Characters without width: soft hyphen, zero-width space and joiners, byte-order mark, direction marks."""

_KEPT_DECOMPOSITIONS = ("<super>", "<sub>", "<fraction>", "<circle>", "<compat> 0020")
_ALIKE = str.maketrans({**dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("‘’‚‛′`´", "'"), **dict.fromkeys("‐‑‒–—―−", "-")})
_CLUSTER = re.compile(r"\s+|[" + INVISIBLE + r"]+|.[\u0300-\u036f]*", re.DOTALL)


def canonical(text: str) -> str:
    """Return text in NFKC, leaving superscripts, subscripts, fractions, circled numbers and lone accents as they are."""
    if unicodedata.is_normalized("NFKC", text):
        return text
    return "".join(_canonical_cluster(match.group()) for match in re.finditer(r".[\u0300-\u036f]*", text, re.DOTALL))


def printable(text: str) -> str:
    """Return text without the characters that show nothing or steer a terminal; each kind of space becomes a plain one."""
    return "".join(
        " " if character.isspace() else character for character in text if character.isprintable() or character.isspace()
    )


def normalise(text: str) -> str:
    """Return the form by which two texts are compared; see the module's docstring."""
    return normalise_with_offsets(text)[0]


def normalise_with_offsets(text: str) -> tuple[str, list[int]]:
    """Return the form for comparing and, for each character of it, the offset in `text` of the character it comes from."""
    characters: list[str] = []
    offsets: list[int] = []
    for start, piece in _comparable_pieces(text):
        if piece == " " and (not characters or characters[-1] == " "):
            continue
        characters.extend(piece)
        offsets.extend([start] * len(piece))
    if characters and characters[-1] == " ":
        del characters[-1], offsets[-1]
    return "".join(characters), offsets


def find_verbatim(quote: str, page_text: str) -> tuple[int, int] | None:
    """Return the first span [start, end) of `page_text` that says exactly what `quote` says, or None.

    Words and numbers match whole: "5 mio." is not found in "11,5 mio.".
    """
    wanted = normalise(quote)
    if not wanted:
        return None
    text, offsets = _normalised_page(page_text)
    at = text.find(wanted)
    while at >= 0:
        if _stands_alone(text, at, at + len(wanted)):
            return offsets[at], _end_of_cluster(page_text, offsets[at + len(wanted) - 1])
        at = text.find(wanted, at + 1)
    return None


@lru_cache(maxsize=64)
def _normalised_page(page_text: str) -> tuple[str, tuple[int, ...]]:
    """Remember the last pages: one answer looks up many quotes in few pages."""
    text, offsets = normalise_with_offsets(page_text)
    return text, tuple(offsets)


@lru_cache(maxsize=4096)
def _canonical_cluster(cluster: str) -> str:
    if unicodedata.decomposition(cluster[0]).startswith(_KEPT_DECOMPOSITIONS) and cluster[0] != "\u00a0":
        return cluster
    return unicodedata.normalize("NFKC", cluster)


def _comparable_pieces(text: str) -> Iterator[tuple[int, str]]:
    for match in _CLUSTER.finditer(text):
        cluster = match.group()
        if cluster.isspace():
            yield match.start(), " "
        elif cluster[0] not in INVISIBLE:
            piece = _canonical_cluster(cluster).translate(_ALIKE)
            yield match.start(), " " if piece.isspace() else piece


def _stands_alone(text: str, start: int, end: int) -> bool:
    return not (_runs_on(text[max(start - 2, 0) : start][::-1], text[start]) or _runs_on(text[end:][:2], text[end - 1]))


def _runs_on(outside: str, edge: str) -> bool:
    """Tell whether what lies outside a match (nearest character first) continues the word or number at its edge."""
    if not outside or not edge.isalnum():
        return False
    return outside[0].isalnum() or (edge.isdigit() and outside[0] in ",.:" and outside[1:].isdigit())


def _end_of_cluster(text: str, offset: int) -> int:
    end = offset + 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end
