"""Importing question sets of others: each format becomes cases, and documents for the texts that they ask about.

- `beir`: a folder with `corpus.jsonl`, `queries.jsonl`, `qrels/*.tsv`, and optionally `unanswerable.jsonl` (`_id`, `text`).
- `squad`: the JSON of SQuAD 2.0 (Rajpurkar et al. 2018).
- `mtrag`: the generation tasks of MTRAG (Katsis et al. 2025), one JSON object a line: `task_id`, `input` (turns with `speaker`
  and `text`), `contexts` (`document_id`, `text`, `title`), `Answerability`.
- `feedback`: the `feedback.jsonl` of the chat, one JSON object a line: `question`, `history` (earlier questions), `language`,
  `verdict` ("good" or "bad"), `reasons` (of a fixed set), `time` (ISO 8601), `corpus` (which documents gave the answer), and
  `answer` (an `assistant.records.AnswerRecord`). A good answer becomes a case that expects the same quotes, a
  good abstention one without an answer, and anything bad a draft for a person to complete.
"""

import hashlib
import json
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assistant.records import AnswerRecord
from corpus.errors import AssistantError
from corpus.language import question_language
from evals.casebook import Case, Evidence, Fact, explain
from evals.retrieval import read_set

VERDICTS = ("good", "bad")
UNWANTED = "should not have answered"
"""The reason that says that a question has no answer in the documents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """Cases, and the texts that they ask about by the file names that they are to have."""

    cases: Sequence[Case]
    documents: Mapping[str, str] = field(default_factory=dict)


def import_set(kind: str, path: Path, *, sample: int | None = None) -> Imported:
    """Read a set of one of the formats; with `sample`, so many cases that can be answered and as many that cannot, by lot."""
    try:
        imported = IMPORTERS[kind](path)
    except ValidationError as error:
        raise AssistantError(f"{path}: {explain(error)}") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise AssistantError(f"{path}: is no set in the format {kind!r}: {type(error).__name__}: {error}") from error
    if not imported.cases:
        raise AssistantError(f"{path}: the set holds no case")
    return imported if sample is None else Imported(cases=_sampled(imported.cases, sample), documents=imported.documents)


def write_documents(folder: Path, documents: Mapping[str, str]) -> None:
    """Write the texts as files that `python -m ingest` reads."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in documents.items():
        (folder / name).write_text(text, encoding="utf-8")


def from_beir(folder: Path) -> Imported:
    """Cases of the judged queries; the answers in a query's `metadata` become facts, its relevant records evidence."""
    chosen = read_set(folder)
    names = {record: _file_name(text) for record, text in chosen.records}
    asked = {str(line["_id"]): line for line in _json_lines(folder / "queries.jsonl")}
    cases = [
        Case(
            id=query,
            language=question_language(text),
            question=text,
            kind="lookup",
            answerable=True,
            evidence=_evidence(names[record] for record, grade in chosen.judgements[query].items() if grade > 0),
            facts=_facts(asked[query].get("metadata", {}).get("answers", [])),
        )
        for query, text in chosen.queries
    ]
    unanswerable = folder / "unanswerable.jsonl"
    if unanswerable.exists():
        cases += [_without_answer(str(line["_id"]), str(line["text"])) for line in _json_lines(unanswerable)]
    return Imported(cases=cases, documents={names[record]: text + "\n" for record, text in chosen.records})


def from_squad(path: Path) -> Imported:
    """Cases of SQuAD 2.0: each paragraph is a document, its impossible questions cannot be answered."""
    cases: list[Case] = []
    documents: dict[str, str] = {}
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            name = _file_name(paragraph["context"])
            documents[name] = paragraph["context"] + "\n"
            cases += [_squad_case(question, name) for question in paragraph["qas"]]
    return Imported(cases=cases, documents=documents)


def from_mtrag(path: Path) -> Imported:
    """Cases of MTRAG: the last turn is the question, the person's earlier turns its history, the contexts its evidence."""
    cases: list[Case] = []
    documents: dict[str, str] = {}
    for task in _json_lines(path):
        turns = [str(turn["text"]) for turn in task["input"] if turn["speaker"] == "user"]
        names = {_file_name(held["text"]): str(held["text"]) for held in task.get("contexts", [])}
        documents |= {name: text + "\n" for name, text in names.items()}
        if "UNANSWERABLE" in task["Answerability"]:
            cases.append(_without_answer(str(task["task_id"]), turns[-1], history=turns[:-1]))
        elif names and "CONVERSATIONAL" not in task["Answerability"]:
            cases.append(
                Case(
                    id=str(task["task_id"]),
                    language=question_language(turns[-1]),
                    question=turns[-1],
                    history=tuple(turns[:-1]),
                    kind="follow-up" if turns[:-1] else "lookup",
                    answerable=True,
                    evidence=_evidence(names),
                )
            )
    return Imported(cases=cases, documents=documents)


def from_feedback(path: Path) -> Imported:
    """Cases of what people said of answers; the same verdict on the same question after the same history is one case."""
    found = {case.id: case for case in map(_feedback_case, _json_lines(path))}
    return Imported(cases=list(found.values()))


IMPORTERS: Mapping[str, Callable[[Path], Imported]] = {
    "beir": from_beir,
    "squad": from_squad,
    "mtrag": from_mtrag,
    "feedback": from_feedback,
}


def _squad_case(question: Mapping[str, Any], document: str) -> Case:
    if question.get("is_impossible"):
        return _without_answer(question["id"], question["question"])
    return Case(
        id=question["id"],
        language=question_language(question["question"]),
        question=question["question"],
        kind="lookup",
        answerable=True,
        evidence=_evidence([document]),
        facts=_facts([answer["text"] for answer in question["answers"]]),
    )


def _feedback_case(line: Mapping[str, Any]) -> Case:
    record, verdict, reasons = AnswerRecord.model_validate(line["answer"]), line["verdict"], line["reasons"]
    if verdict not in VERDICTS:
        raise ValueError(f"the verdict must be one of {', '.join(VERDICTS)}, not {verdict!r}")
    approved = verdict == "good"
    answerable = not record.abstained if approved else UNWANTED not in reasons
    quotes = [Evidence(document=cited.document, page=cited.page, quote=cited.quote, part=cited.n) for cited in record.citations]
    return Case(
        id=f"feedback-{_mark(json.dumps([verdict, line['question'], line['history']]))}",
        language=line["language"],
        question=line["question"],
        history=tuple(line["history"]),
        kind="near" if not answerable else "follow-up" if line["history"] else "lookup",
        answerable=answerable,
        evidence=tuple(quotes) if approved and answerable else (),
        tags=("feedback",),
        draft=not approved,
        note="; ".join((*reasons, f"said {line['time']} of documents {line['corpus']}")),
    )


def _without_answer(name: str, question: str, *, history: Sequence[str] = ()) -> Case:
    language = question_language(question)
    return Case(id=name, language=language, question=question, history=tuple(history), kind="near", answerable=False)


def _evidence(documents: Iterable[str]) -> tuple[Evidence, ...]:
    """Whole documents, any of which will do, each once."""
    return tuple(Evidence(document=document) for document in dict.fromkeys(documents))


def _facts(answers: Sequence[str]) -> tuple[Fact, ...]:
    return (Fact(any_of=tuple(dict.fromkeys(answers))),) if answers else ()


def _sampled(cases: Sequence[Case], count: int) -> list[Case]:
    lot = random.Random(1)
    kinds = [[case for case in cases if case.answerable], [case for case in cases if not case.answerable]]
    return [case for kind in kinds for case in lot.sample(kind, min(count, len(kind)))]


def _file_name(text: str) -> str:
    """A name made of the text: the same text twice is one document, and a name that said more would help to find it."""
    return f"{_mark(text)}.txt"


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _json_lines(path: Path) -> Iterable[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())
