"""Measures of what an answer says: facts found (nuggets), the grade of the whole answer, and agreement within pairs."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from assistant.records import AnswerRecord
from corpus.text import find_verbatim
from evals.casebook import Case, Fact
from evals.evidence import page_accuracy
from evals.scores import Grade

CRAG: dict[Grade, float] = {"perfect": 1.0, "acceptable": 0.5, "missing": 0.0, "incorrect": -1.0}
"""The scores of CRAG (Yang et al. 2024): a wrong answer costs more than none."""

OKAY_WEIGHT = 0.5


def facts_found(case: Case, record: AnswerRecord) -> list[bool]:
    """Whether each fact of the case stands in the answer's claims or quotes, in any of its wordings and in any case."""
    said = " | ".join([*(claim.text for claim in record.claims), *(cited.quote for cited in record.citations)])
    return [_is_said(fact, said.casefold()) for fact in case.facts]


def nugget_recall_strict(case: Case, found: Sequence[bool]) -> float | None:
    """The share of vital facts found; None without any ("vital strict" of the TREC 2024 RAG track, Pradeep et al. 2024)."""
    vital = [held for fact, held in zip(case.facts, found, strict=True) if fact.vital]
    return sum(vital) / len(vital) if vital else None


def nugget_recall_weighted(case: Case, found: Sequence[bool]) -> float | None:
    """The share of all facts found, an okay one counting half of a vital one; None without facts (TREC 2024 RAG, weighted)."""
    weights = [1.0 if fact.vital else OKAY_WEIGHT for fact in case.facts]
    return sum(weight for weight, held in zip(weights, found, strict=True) if held) / sum(weights) if weights else None


def grade(case: Case, record: AnswerRecord) -> Grade:
    """The grade of an answer, decided by program: by the vital facts found, or without facts by the page cited.

    Where a case cannot be answered, to abstain is perfect and to answer is incorrect. Where it can, to abstain is missing,
    every vital fact perfect, half of them acceptable, fewer incorrect.
    """
    if record.abstained:
        return "missing" if case.answerable else "perfect"
    if not case.answerable:
        return "incorrect"
    share = nugget_recall_strict(case, facts_found(case, record))
    if share is None:
        share = page_accuracy(case, record.citations) or 0.0
    return "perfect" if share == 1.0 else "acceptable" if share >= 0.5 else "incorrect"


def consistent_pairs(cases: Sequence[Case], grades: Mapping[str, Grade]) -> dict[str, float]:
    """For each pair whether its two wordings got the same grade: 1 or 0, by the pair's id."""
    pairs: dict[str, list[Grade]] = defaultdict(list)
    for case in cases:
        if case.pair and case.id in grades:
            pairs[case.pair].append(grades[case.id])
    return {name: float(len(set(found)) == 1) for name, found in pairs.items() if len(found) > 1}


def _is_said(fact: Fact, said: str) -> bool:
    return any(find_verbatim(wording.casefold(), said) for wording in fact.any_of)
