"""Text that matches: one canonical form for characters, and finding a quote verbatim in a page.

Two forms are made here. `canonical` is what a page stores: Unicode NFKC, except where NFKC would change what is said
(2024² must not become 20242, nor 2½ become 21⁄2). `normalise` is what two texts are compared by: canonical, and blind to
soft hyphens, to the shape of quotation marks and dashes, and to the amount of white space. Case always counts.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"
"""Characters without width: soft hyphen, zero-width space and joiners, byte-order mark, direction marks."""

_KEPT_DECOMPOSITIONS = ("<super>", "<sub>", "<fraction>", "<circle>", "<compat> 0020")
_ALIKE = str.maketrans({**dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("‘’‚‛′`´", "'"), **dict.fromkeys("‐‑‒–—―−", "-")})
_CLUSTER = re.compile(r"\s+|[" + INVISIBLE + r"]+|.[\u0300-\u036f]*", re.DOTALL)
_GROUP = re.compile(r"\d{3}(?!\d)")
_GROUP_AFTER = re.compile(r" \d{3}(?!\d)")
_GROUPS_BEFORE = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})* $")
_GROUPS_AT_END = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})*$")
_SIGN_BEFORE = re.compile(r"(?:^|[\s(])[-+]$|[€$£] ?[-+]?$")
_UNIT_AFTER = re.compile(
    r" ?(?:[%‰€$£°]|(?:pct|procent|percent|per cent|mio|mia|mill|billion|tusind|thousand|bn\b|mn\b))", re.IGNORECASE
)


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


def find_verbatim(quote: str, page_text: str, *, within: tuple[int, int] | None = None) -> tuple[int, int] | None:
    """Return the first span [start, end) of `page_text` that says exactly what `quote` says, or None.

    Words and numbers match whole: "5 mio." is not found in "11,5 mio.", nor "digitale" in "ikke-digitale", nor "82" in
    "82 %". With `within`, the span lies in that one, and what
    stands around it on the page still counts.
    """
    wanted = normalise(quote)
    if not wanted:
        return None
    text, offsets = _normalised_page(page_text)
    first, last = within or (0, len(page_text))
    at = text.find(wanted, bisect_left(offsets, first))
    while at >= 0:
        start, end = offsets[at], _end_of_cluster(page_text, offsets[at + len(wanted) - 1])
        if end > last:
            return None
        # A character that is compared as several (… as three dots) is quoted whole or not at all.
        whole = (at == 0 or offsets[at - 1] != offsets[at]) and offsets[at + len(wanted) : at + len(wanted) + 1] != offsets[
            at + len(wanted) - 1 : at + len(wanted)
        ]
        if whole and _stands_alone(text, at, at + len(wanted)):
            return start, end
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
    """Tell whether a match is cut out of no longer word or number: one of its sign or unit, too, would say something else."""
    before, after = text[max(start - 12, 0) : start], text[end : end + 12]
    if unicodedata.combining(text[start]) or (after and unicodedata.combining(after[0])):
        return False
    if _runs_on(before[::-1], text[start]) or _runs_on(after, text[end - 1]):
        return False
    if text[start].isdigit() and (_SIGN_BEFORE.search(before) or (_GROUP.match(text, start) and _GROUPS_BEFORE.search(before))):
        return False
    return not (text[end - 1].isdigit() and (_UNIT_AFTER.match(after) or _cuts_groups(text, start, end)))


def _runs_on(outside: str, edge: str) -> bool:
    """Tell whether what lies outside a match (nearest character first) continues the word or number at its edge."""
    if not outside or not edge.isalnum():
        return False
    joins = "-" if not edge.isdigit() else "-,.:'/\u2044"
    return outside[0].isalnum() or (
        outside[0] in joins and (outside[1:2].isalnum() if outside[0] == "-" else outside[1:2].isdigit())
    )


def _cuts_groups(text: str, start: int, end: int) -> bool:
    """Tell whether a match ends within a number whose thousands are set apart by spaces: 10 in 10 000."""
    return bool(_GROUP_AFTER.match(text, end) and _GROUPS_AT_END.search(text[max(start, end - 12) : end]))


def _end_of_cluster(text: str, offset: int) -> int:
    end = offset + 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end
