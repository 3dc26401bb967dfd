"""Measures of reading: how true the pages that came out of a file are to a reference text of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from corpus.text import normalise
from evals.evidence import word_f1

LIGATURES = "ﬀﬁﬂﬃﬄﬅﬆ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fidelity:
    """`words`: word F1; `edits`: 1 less the edits per character of the longer text; both from 0 to 1.

    `ligatures`: characters such as ﬁ that were left; `lost`: pages of which no text came.
    """

    words: float
    edits: float
    ligatures: int
    lost: int


def fidelity(pages: Sequence[str], reference: str, *, page_count: int) -> Fidelity:
    """Compare the texts of a document's pages with the reference text of the whole document.

    White space and the shape of quotation marks and dashes do not count. Edits are Levenshtein's (1966), divided by the length
    of the longer text.
    """
    text = "\n".join(pages)
    return Fidelity(
        words=word_f1(reference, text),
        edits=Levenshtein.normalized_similarity(normalise(text), normalise(reference)),
        ligatures=sum(text.count(ligature) for ligature in LIGATURES),
        lost=page_count - sum(bool(page.strip()) for page in pages),
    )
