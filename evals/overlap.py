"""How far words alone lead from a question to its answer: whether a set tests understanding or the matching of words.

The overlap is the share of the question's content stems that stand in the expected quote, of the alternatives the one with
most; across languages a stem stands there where the lexicon has a translation of it that does.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.lexicon import Lexicon, Side
from corpus.stemming import stems
from corpus.text import find_verbatim
from corpus.values import Document, Page
from evals.casebook import Case
from ingest.chunking import sentence_spans

ENOUGH = 0.5  # of a question's content stems; a quote that holds fewer is not found by its words
LIKELY = 0.1  # the weight from which a translation of the lexicon counts


class Pages(Protocol):
    """What is asked of a store."""

    def documents(self) -> Sequence[Document]: ...  # noqa: D102
    def pages(self, document_id: str) -> Sequence[Page]: ...  # noqa: D102


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """What words do for one case: the share of the question's stems in its quotes, 0 to 1, and whether they alone suffice.

    They suffice where no sentence of the documents in the question's language shares more stems with it, or as many, than one
    that holds an expected quote.
    """

    share: float
    suffices: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentence:
    document: str
    page: int
    text: str
    stems: frozenset[str]


def word_overlaps(cases: Sequence[Case], store: Pages, lexicon: Lexicon) -> dict[str, Overlap]:
    """Return by its id the overlap of each case that expects quotes and asks with at least one content word."""
    sentences = list(_sentences(store))
    languages: dict[str, Side] = {held.name: _side(held) for held in store.documents()}
    found: dict[str, Overlap] = {}
    for case in cases:
        asked = frozenset(stems(case.question, case.language))
        if asked and any(evidence.quote for evidence in case.evidence):
            read = [sentence for sentence in sentences if languages[sentence.document] == case.language]
            share = _share(case, asked, languages, lexicon)
            found[case.id] = Overlap(share=share, suffices=_suffices(case, asked, read))
    return found


def _share(case: Case, asked: frozenset[str], languages: dict[str, Side], lexicon: Lexicon) -> float:
    parts: dict[int, frozenset[str]] = {}
    for evidence in case.evidence:
        side = languages.get(evidence.document, case.language)
        expected = set(stems(evidence.quote, side))
        standing = frozenset(
            name
            for name in asked
            if name in expected or (side != case.language and _translations(name, case.language, lexicon) & expected)
        )
        parts[evidence.part] = max(parts.get(evidence.part, frozenset()), standing, key=len)
    return len(frozenset().union(*parts.values())) / len(asked)


def _suffices(case: Case, asked: frozenset[str], sentences: Sequence[_Sentence]) -> bool:
    most = {True: 0, False: 0}
    for sentence in sentences:
        shared = len(asked & sentence.stems)
        if shared > min(most.values()):
            expected = _is_expected(case, sentence)
            most[expected] = max(most[expected], shared)
    return most[True] > most[False]


def _is_expected(case: Case, sentence: _Sentence) -> bool:
    return any(
        evidence.document == sentence.document
        and evidence.page in (None, sentence.page)
        and find_verbatim(evidence.quote, sentence.text) is not None
        for evidence in case.evidence
    )


def _sentences(store: Pages) -> Iterator[_Sentence]:
    for held in store.documents():
        for page in store.pages(held.id):
            for start, end in sentence_spans(page.text, held.language):
                text = page.text[start:end]
                yield _Sentence(document=held.name, page=page.number, text=text, stems=frozenset(stems(text, _side(held))))


def _side(document: Document) -> Side:
    return "en" if document.language == "en" else "da"


def _translations(name: str, side: Side, lexicon: Lexicon) -> set[str]:
    return {translation for translation, weight in lexicon.tables[side].of(name).items() if weight >= LIKELY}
