"""Where an answer is lost, one step after the other: not found, found and not sure enough, or another sentence chosen."""

from collections.abc import Mapping

from assistant.records import AnswerRecord
from evals import evidence
from evals.casebook import Case

NOT_FOUND, NOT_SURE, ANOTHER = "lost: not found", "lost: not sure enough", "lost: another sentence"


def losses(case: Case, record: AnswerRecord) -> Mapping[str, float | None]:
    """Return 1 for the step at which the evidence of a case is lost and 0 for the others; None for a case without evidence.

    The evidence is not found if no passage that was retrieved has any of it. It is found and not sure enough if the assistant
    abstained all the same, and another sentence was chosen if it answered and cites no expected page.
    """
    if not case.evidence:
        return dict.fromkeys((NOT_FOUND, NOT_SURE, ANOTHER))
    cited = bool(evidence.page_accuracy(case, record.citations))
    found = bool(evidence.ranking_values(case, record.passages)[evidence.RR]) or cited
    return {
        NOT_FOUND: float(not found),
        NOT_SURE: float(found and record.abstained is not None),
        ANOTHER: float(found and record.abstained is None and not cited),
    }
