"""Makers of the records of answers, so that a test writes only the keys that it is about."""

from assistant.records import AnswerRecord, CitationRecord, ClaimRecord, PassageRecord, SearchedRecord, UnderstoodRecord

UNDERSTOOD = UnderstoodRecord(
    text="",
    query="?",
    kind="lookup",
    topic=(),
    strategies=(),
    missing=(),
    restrictions=(),
    also_searched_as=(),
    follow_up=False,
)


def a_passage_record(text: str, document: str = "da.pdf", page: int = 1, score: float = 0.5) -> PassageRecord:
    return PassageRecord(document=document, page=page, score=score, text=text)


def a_record(*quotes: tuple[str, str, int], abstained: str | None = None, **changes: object) -> AnswerRecord:
    """The record of an answer that quotes (text, document, page), a claim for each quote."""
    numbered = list(enumerate(quotes, start=1))
    citations = [CitationRecord(n=n, quote=text, document=name, page=page) for n, (text, name, page) in numbered]
    values: dict[str, object] = {
        "id": "c",
        "question": "?",
        "language": "da",
        "abstained": abstained,
        "answer": "\n".join(text for text, _, _ in quotes),
        "claims": [ClaimRecord(text=text, citations=(n,)) for n, (text, _, _) in numbered],
        "citations": citations,
        "passages": [],
        "dropped_quotes": 0,
        "milliseconds": 5.0,
        "understood": UNDERSTOOD,
        "searched": SearchedRecord(documents=1, pages=1),
    }
    return AnswerRecord.model_validate(values | changes)
