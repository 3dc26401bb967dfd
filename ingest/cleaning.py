"""From the lines that a reader extracted to the text of a page, with the way back to every character.

A reader hands over blocks of lines, each line a `Traced` text: characters, and for each the offset in the raw page text
it comes from. Cleaning joins the lines of a block to one line: NFKC, ligatures and soft hyphens resolved, hyphenation
at line ends undone, white space collapsed. Blocks stand on lines of their own.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.text import INVISIBLE, canonical, printable
from corpus.values import Block, BlockKind, Page

MADE = -1
"""The origin of a character that no character of the raw text stands for."""

SOFT_HYPHEN = "\u00ad"

_LINE_END_HYPHENS = "-\u00ad\u2010"
_WORD = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+)*")
_LAST_WORD = re.compile(r"([^\W_]+)[-\u00ad\u2010]$")
_FIRST_WORD = re.compile(r"[^\W_]+")
# Letter-spaced capitals: "I N D L E D N I N G".
_SPACED_OUT = re.compile(r"(?<!\S)(?:[^\W\d_a-zæøå] ){4,}[^\W\d_a-zæøå](?!\S)")
# Danish and English words that may follow a suspended hyphen: "børne- og ungdomspsykiatri", "pre- and post-war".
_AFTER_SUSPENDED = frozenset(["og", "eller", "samt", "men", "såvel", "and", "or", "und", "to", "til", "vs"])
# First parts that Danish and English mostly set off by a hyphen, before a small letter too.
_HYPHENATED_PARTS = frozenset(
    ["it", "e", "ikke", "non", "tv", "pc", "cd", "dvd", "id", "sms", "ip", "ad", "ph", "co", "ex", "self", "well"]
)
_ALL_CAPS_WORD = 5
_LONGEST_WORD = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """Characters and, for each, its offset in the raw text of the page, or `MADE`."""

    text: str
    origins: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RawBlock:
    """The lines of one block before cleaning, and the block's role."""

    kind: BlockKind
    lines: tuple[Traced, ...]
    level: int = 0


def traced(text: str, start: int) -> Traced:
    """Return text that stands in the raw text at `start`, character for character."""
    return Traced(text=text, origins=tuple(range(start, start + len(text))))


def concatenated(parts: Iterable[Traced]) -> Traced:
    """Return the parts one after the other."""
    parts = tuple(parts)
    return Traced(text="".join(p.text for p in parts), origins=tuple(o for p in parts for o in p.origins))


def vocabulary(lines: Iterable[str]) -> Counter[str]:
    """Count, in lower case, the words of a document that no line end cuts; hyphenated words count as one word."""
    words: Counter[str] = Counter()
    for line in lines:
        text = canonical(line).replace("\u00ad", "").rstrip()
        found = [match.group().lower() for match in _WORD.finditer(text)]
        words.update(found[:-1] if text.endswith(tuple(_LINE_END_HYPHENS)) else found)
    return words


def cleaned(lines: Sequence[Traced], words: Counter[str]) -> Traced:
    """Return the lines of one block as one line of clean text; `words` is the document's vocabulary."""
    parts: list[Traced] = []
    for line in map(_stripped, lines):
        if parts and line.text:
            parts[-1:] = _glued(parts[-1], line, words)
        if line.text:
            parts.append(line)
    return _collapsed(concatenated(parts))


def composed(
    *,
    number: int,
    label: str | None,
    raw: str,
    blocks: Iterable[RawBlock],
    words: Counter[str],
    method: Literal["text layer", "ocr"] = "text layer",
) -> Page:
    """Return the page whose text is the cleaned blocks, one to a line; blocks without text are left out."""
    parts: list[Traced] = []
    spans: list[Block] = []
    at = 0
    for block in blocks:
        clean = cleaned(block.lines, words)
        if not clean.text:
            continue
        if parts:
            parts.append(Traced(text="\n", origins=(MADE,)))
            at += 1
        spans.append(Block(kind=block.kind, start=at, end=at + len(clean.text), level=block.level))
        parts.append(clean)
        at += len(clean.text)
    whole = concatenated(parts)
    return Page(
        number=number,
        label=printable(label or "") or None,
        text=whole.text,
        blocks=tuple(spans),
        raw=raw,
        alignment=_alignment(whole, raw),
        method=method,
    )


def hyphenation(left: str, right: str, words: Counter[str]) -> Literal["join", "keep", "suspend"]:
    """Say what becomes of a hyphen at a line end between the words `left` and `right`.

    "join" drops it (digitaliserings-|strategi), "keep" sets the words together around it (e-|mail, 2026-|2029),
    "suspend" keeps it and a space after it (børne-|og ungdomspsykiatri). The document's own spelling goes first.
    """
    if right.lower() in _AFTER_SUSPENDED and right.islower():
        return "suspend"
    if not (left[-1].isalpha() and right[0].isalpha()) or any(c.isdigit() for c in left):
        return "keep"
    together, hyphened = words[(left + right).lower()], words[f"{left}-{right}".lower()]
    if together != hyphened:
        return "join" if together > hyphened else "keep"
    if left.isupper():
        return "join" if len(left) >= _ALL_CAPS_WORD and right.isupper() else "keep"
    if right[0].isupper() or len(left) == 1 or left.lower() in _HYPHENATED_PARTS:
        return "keep"
    return "join"


def _glued(head: Traced, tail: Traced, words: Counter[str]) -> tuple[Traced, ...]:
    """Return a line made ready for the next: with a space, or as the hyphen at its end asks."""
    left, right = _LAST_WORD.search(head.text[-_LONGEST_WORD:]), _FIRST_WORD.match(tail.text[:_LONGEST_WORD])
    if left and right:
        fate = "join" if head.text[-1] == SOFT_HYPHEN else hyphenation(left.group(1), right.group(), words)
        fate = "keep" if _is_address(head.text.split()[-1]) else fate
        if fate != "suspend":
            return (_cut(head, 0, len(head.text) - (fate == "join")),)
    elif _cut_by_line_end(head.text, tail.text):
        return (head,)
    return head, Traced(text=" ", origins=(MADE,))


def _is_address(word: str) -> bool:
    """Tell whether a word at a line end is part of a web address: there every hyphen counts."""
    return "://" in word or word.startswith("www.") or word.count("/") >= 2 or word.count("-") >= 3


def _cut_by_line_end(left: str, right: str) -> bool:
    """Tell whether a range of numbers (2026–|2029) or a web address (borger.|dk) was cut by the line end."""
    return bool(re.search(r"\d–$", left[-2:]) and right[:1].isdigit()) or bool(
        re.search(r"\w\.$", left[-2:]) and re.match(r"(?:dk|com|org|eu|net|int|gov|info)\b", right)
    )


def _stripped(text: Traced) -> Traced:
    """Return the text without white space at its ends, nor soft hyphens after it; one right after a letter stays."""
    end = len(text.text.rstrip(" \t\r\n" + INVISIBLE))
    if text.text[end : end + 1] == SOFT_HYPHEN and text.text[:end][-1:].isalnum():
        end += 1
    return _cut(text, min(len(text.text) - len(text.text.lstrip()), end), end)


def _cut(text: Traced, start: int, end: int) -> Traced:
    return Traced(text=text.text[start:end], origins=text.origins[start:end])


def _collapsed(text: Traced) -> Traced:
    """Return the text in canonical characters, without invisible ones, with single spaces and none at the ends."""
    characters: list[str] = []
    origins: list[int] = []
    spaced_out = {at for match in _SPACED_OUT.finditer(text.text) for at in range(*match.span()) if text.text[at] == " "}
    for match in re.finditer(r".[\u0300-\u036f]*", text.text, re.DOTALL):
        if match.start() in spaced_out:
            continue
        piece, origin = canonical(match.group()), text.origins[match.start()]
        if piece[0] in INVISIBLE or (not piece.isprintable() and not piece.isspace()):
            continue
        if piece.isspace():
            if not characters or characters[-1] == " ":
                continue
            piece = " "
        characters.extend(piece)
        origins.extend([origin] * len(piece))
    if characters and characters[-1] == " ":
        del characters[-1], origins[-1]
    return Traced(text="".join(characters), origins=tuple(origins))


def _alignment(text: Traced, raw: str) -> tuple[tuple[int, int, int], ...]:
    """Return the runs (start in text, start in raw, length) of characters that are the same in both."""
    runs: list[tuple[int, int, int]] = []
    for at, origin in enumerate(text.origins):
        if origin == MADE or raw[origin] != text.text[at]:
            continue
        if runs and runs[-1][0] + runs[-1][2] == at and runs[-1][1] + runs[-1][2] == origin:
            runs[-1] = (runs[-1][0], runs[-1][1], runs[-1][2] + 1)
        else:
            runs.append((at, origin, 1))
    return tuple(runs)
