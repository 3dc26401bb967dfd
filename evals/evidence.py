"""Measures of what was found: the expected evidence among the passages, the cited pages, and the quoted words."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from assistant.records import CitationRecord, PassageRecord
from corpus.text import normalise
from evals.casebook import Case, Evidence
from evals.measures import measure
from evals.runs import Described

RANKING = ("nDCG@10", "R@5", "R@20", "RR@10")
HELD = 0.6  # of an expected quote's words that a passage must hold: a chunk may end within a long quote
RR = "RR@10"


def ranking_values(case: Case, passages: Sequence[PassageRecord]) -> dict[str, float | None]:
    """nDCG@10, R@5, R@20 and RR@10 of the passages, best first; None for a case without evidence.

    What is relevant are the parts of the evidence: the first passage that holds an alternative of a part finds it, later ones
    count as not relevant. So a Danish passage and its English twin are one find, and asking for either is not punished.
    """
    if not case.evidence:
        return dict.fromkeys(RANKING)
    parts = {f"part {evidence.part}": 1 for evidence in case.evidence}
    values = measure({case.id: parts}, {case.id: _found_parts(case.evidence, passages)}, RANKING)
    return {name: by_case[case.id] for name, by_case in values.items()}


def language_bias(case: Case, passages: Sequence[PassageRecord], documents: Mapping[str, Described]) -> float | None:
    """RR@10 of the evidence in the question's language less that of its alternatives in the other; None without both.

    In a pool of both languages a retriever without bias has a mean of 0 (LAReQA, Roy et al. 2020, "language bias").
    """
    own = [held for held in case.evidence if _language(held, documents) == case.language]
    other = [held for held in case.evidence if _language(held, documents) != case.language]
    if not own or not other:
        return None
    return _reciprocal_rank(own, passages) - _reciprocal_rank(other, passages)


def page_accuracy(case: Case, citations: Sequence[CitationRecord]) -> float | None:
    """The share of the evidence's parts of which an expected page is cited; None for a case without evidence."""
    return _over_parts(case, lambda held: float(any(_same_page(held, citation) for citation in citations)))


def quote_overlap(case: Case, citations: Sequence[CitationRecord]) -> float | None:
    """How well the cited quotes cover the expected ones: the best word F1 on the same page, mean over the parts.

    Word F1 is that of SQuAD (Rajpurkar et al. 2016), case folded. None for a case without expected quotes.
    """
    if not any(held.quote for held in case.evidence):
        return None

    def best(held: Evidence) -> float:
        same = [word_f1(held.quote, citation.quote) for citation in citations if _same_page(held, citation)]
        return max(same, default=0.0)

    return _over_parts(case, best)


def word_f1(expected: str, got: str) -> float:
    """The harmonic mean of precision and recall of words, each as often as it stands; 1 for two texts without words."""
    wanted, found = Counter(words_of(expected)), Counter(words_of(got))
    if not wanted and not found:
        return 1.0
    shared = (wanted & found).total()
    return 2 * shared / (wanted.total() + found.total())


def words_of(text: str) -> list[str]:
    """The words and numbers of a text in the form for comparing, case folded."""
    return re.findall(r"\w+", normalise(text).casefold())


def _over_parts(case: Case, value: Callable[[Evidence], float]) -> float | None:
    if not case.evidence:
        return None
    parts: dict[int, float] = {}
    for held in case.evidence:
        parts[held.part] = max(parts.get(held.part, 0.0), value(held))
    return sum(parts.values()) / len(parts)


def _found_parts(evidence: Sequence[Evidence], passages: Sequence[PassageRecord]) -> dict[str, float]:
    """A run for ir-measures: the parts and the passages that hold none, by falling score."""
    order: list[str] = []
    for number, passage in enumerate(passages):
        held = [f"part {item.part}" for item in evidence if _holds(passage, item)]
        new = [part for part in dict.fromkeys(held) if part not in order]
        order += new or [f"passage {number}"]
    return {name: float(len(order) - rank) for rank, name in enumerate(order)}


def _reciprocal_rank(evidence: Sequence[Evidence], passages: Sequence[PassageRecord]) -> float:
    ranks = [rank for rank, passage in enumerate(passages[:10], start=1) if any(_holds(passage, held) for held in evidence)]
    return 1 / ranks[0] if ranks else 0.0


def _holds(passage: PassageRecord, evidence: Evidence) -> bool:
    """A passage begins on the page it names but may end on the next; its words decide."""
    if passage.document != evidence.document:
        return False
    if not evidence.quote:
        return passage.page == evidence.page
    wanted = Counter(words_of(evidence.quote))
    return (wanted & Counter(words_of(passage.text))).total() >= HELD * wanted.total()


def _same_page(evidence: Evidence, citation: CitationRecord) -> bool:
    return citation.document == evidence.document and citation.page == evidence.page


def _language(evidence: Evidence, documents: Mapping[str, Described]) -> str:
    return documents[evidence.document].language if evidence.document in documents else "other"
