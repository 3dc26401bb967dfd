"""What each measure is, in one line with its source, and whether more of it is better: the words of tables and reports."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One measure in words; `higher` is whether more is better."""

    words: str
    source: str = ""
    higher: bool = True


DEFINITIONS: Mapping[str, Definition] = {
    "CRAG": Definition(words="1 perfect, 0.5 acceptable, 0 missing, -1 incorrect", source="Yang et al. 2024"),
    "nugget recall": Definition(words="vital facts found", source="TREC 2024 RAG; Pradeep et al. 2024"),
    "nugget recall, weighted": Definition(words="facts found, an okay one counts half", source="TREC 2024 RAG"),
    "page accuracy": Definition(words="parts of the evidence of which an expected page is cited"),
    "quote overlap": Definition(words="word F1 of cited and expected quotes on the same page", source="Rajpurkar et al. 2016"),
    "verbatim quotes": Definition(words="quotes found again, word for word, on the stored page; must be 1"),
    "citation recall": Definition(words="claims carried by their quotes", source="ALCE; Gao et al. 2023"),
    "citation precision": Definition(words="citations that their claim needs", source="ALCE; Gao et al. 2023"),
    "answer language": Definition(words="answers in the question's language"),
    "hallucination": Definition(words="answered though it cannot be", source="NoMIRACL; Thakur et al. 2023", higher=False),
    "hallucination, near": Definition(words="of those near the documents", source="NoMIRACL", higher=False),
    "hallucination, outside": Definition(words="of those outside the subject", source="NoMIRACL", higher=False),
    "missed": Definition(words="abstained though it can be answered", source="NoMIRACL, error rate", higher=False),
    "lost: not found": Definition(words="no passage that was retrieved has any of the evidence", higher=False),
    "lost: not sure enough": Definition(words="retrieved, and abstained all the same", higher=False),
    "lost: another sentence": Definition(words="retrieved and answered, without an expected page", higher=False),
    "AUROC": Definition(words="confidence tells the answerable from the others", source="Fawcett 2006"),
    "AURC": Definition(words="mean risk over all coverages", source="Geifman & El-Yaniv 2017", higher=False),
    "pair consistency": Definition(words="pairs whose Danish and English wording got the same grade"),
    "nDCG@10": Definition(words="gain of the first ten passages, discounted", source="Järvelin & Kekäläinen 2002"),
    "RR@10": Definition(words="inverse rank of the first find", source="Voorhees 1999"),
    "R@5": Definition(words="parts found in the first five passages"),
    "R@20": Definition(words="parts found in the first twenty passages"),
    "language bias": Definition(words="RR@10 of the own language less the other; 0 is none", source="LAReQA; Roy et al. 2020"),
    "failed": Definition(words="an error in the place of an answer", higher=False),
    "crashed": Definition(words="an error that nobody raised on purpose", higher=False),
    "milliseconds, p50": Definition(words="time of the middle answer", higher=False),
    "milliseconds, p95": Definition(words="time that one in twenty answers exceeds", higher=False),
    "memory, MiB at most": Definition(words="resident memory of the process", higher=False),
}


def is_better_higher(measure: str) -> bool:
    """Whether more of a measure is better; so it is for one that is not defined here."""
    return measure not in DEFINITIONS or DEFINITIONS[measure].higher
