"""Verdicts on answers: one JSON line each in a file of this machine, in the shape of an evaluation case."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args

from assistant.recording import answer_record
from assistant.values import Answer

Verdict = Literal["good", "bad"]
Reason = Literal["wrong page", "incomplete", "should not have answered", "should have answered", "outdated"]
REASONS: tuple[Reason, ...] = get_args(Reason)
FILE = "feedback.jsonl"


def note(folder: Path, answer: Answer, *, history: Sequence[str], verdict: Verdict, reasons: Sequence[str], corpus: str) -> None:
    """Add a verdict to the file: the question and what came before it, the answer's record, and which corpus gave it."""
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    record = {
        "question": answer.question,
        "history": list(history),
        "language": answer.language,
        "verdict": verdict,
        "reasons": [reason for reason in REASONS if reason in reasons],
        "time": moment,
        "corpus": corpus,
        "answer": answer_record(answer, question_id=moment).data(),
    }
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / FILE).open("a", encoding="utf-8") as file:
        file.write(json.dumps(record, ensure_ascii=False) + "\n")
