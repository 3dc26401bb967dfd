"""Cases: questions with what a right answer holds, kept as JSON Lines in the shape of `cases/case.schema.json`.

Evidence entries with the same `part` are alternatives (the same words in two languages or editions); a full answer needs one
of every part. A fact is found where one of its wordings stands in the answer.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from corpus.errors import AssistantError

Kind = Literal["lookup", "number", "list", "cross-lingual", "follow-up", "compare", "time", "near", "outside"]
UNANSWERABLE: tuple[Kind, ...] = ("near", "outside")
SHIPPED = Path(__file__).resolve().parent / "cases"
SCHEMA_FILE = SHIPPED / "case.schema.json"


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(_Value):
    """Words that carry a right answer: a verbatim `quote` (empty: the whole page) of a page, counted from 1, of a document."""

    document: str = Field(min_length=1, description="the document's file name")
    page: int | None = Field(default=None, ge=1, description="the page counted from 1; null for a document without pages")
    quote: str = Field(default="", description="verbatim words of that page; empty stands for the whole page")
    part: int = Field(default=1, ge=1, description="entries of one part are alternatives; a full answer needs one of each part")


class Fact(_Value):
    """Something that a right answer says, in one of several wordings; a `vital` one must be there, another is a gain."""

    any_of: tuple[str, ...] = Field(min_length=1, description="wordings, any of which will do; whole words, in any case")
    vital: bool = True


class CaseFilters(_Value):
    """Which documents may answer, as a person would set it in the chat."""

    strategies: tuple[str, ...] = ()
    languages: tuple[Literal["da", "en", "no", "sv", "other"], ...] = ()
    documents: tuple[str, ...] = ()


class Case(_Value):
    """One question and what is known of its right answer; one without an answer has the kind `near` or `outside`."""

    id: str = Field(min_length=1)
    language: Literal["da", "en"]
    question: str = Field(min_length=1)
    history: tuple[str, ...] = Field(default=(), description="earlier questions of the same person, oldest first")
    filters: CaseFilters = CaseFilters()
    kind: Kind
    answerable: bool
    evidence: tuple[Evidence, ...] = ()
    facts: tuple[Fact, ...] = ()
    pair: str | None = Field(default=None, description="what a Danish and an English wording of one question share")
    tags: tuple[str, ...] = ()
    split: Literal["dev", "test"] = "dev"
    draft: bool = Field(default=False, description="not yet approved by a person; never run")
    note: str = ""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.answerable == (self.kind in UNANSWERABLE):
            raise ValueError(f"kind {self.kind!r} and answerable {self.answerable} contradict one another")
        if not self.answerable and (self.evidence or self.facts):
            raise ValueError("a case that cannot be answered has neither evidence nor facts")
        if self.answerable and not self.draft and not (self.evidence or self.facts):
            raise ValueError("a case that can be answered needs evidence or facts")
        return self


def read_cases(path: Path) -> list[Case]:
    """Return the cases of a file; `AssistantError` names the first line that is none, a repeated id, or an empty set."""
    cases: list[Case] = []
    for number, line in enumerate(_lines(path), start=1):
        if line.strip():
            try:
                cases.append(Case.model_validate_json(line))
            except ValidationError as error:
                raise AssistantError(f"{path}, line {number}: {explain(error)}") from error
    if not cases:
        raise AssistantError(f"{path}: the set holds no case")
    if double := repeated_ids(cases):
        raise AssistantError(f"{path}: the id {double[0]!r} stands twice")
    return cases


def write_cases(path: Path, cases: Iterable[Case]) -> None:
    """Write cases, one JSON object a line, leaving out what has its default."""
    text = "".join(f"{json.dumps(case_record(case), ensure_ascii=False)}\n" for case in cases)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise AssistantError(f"{path}: the cases cannot be written: {error.strerror or error}") from error


def case_record(case: Case) -> dict[str, Any]:
    """Return a case as plain data, without what has its default."""
    return case.model_dump(mode="json", exclude_defaults=True)


def schema() -> dict[str, Any]:
    """Return the JSON Schema of one line of a set."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Case.model_json_schema()}


def repeated_ids(cases: Sequence[Case]) -> list[str]:
    """Return the ids that more than one case has, each once."""
    counts = Counter(case.id for case in cases)
    return sorted(name for name, count in counts.items() if count > 1)


def explain(error: ValidationError) -> str:
    """Return the first fault that pydantic found as one line: where, and what."""
    first = error.errors(include_url=False)[0]
    where = ".".join(map(str, first["loc"]))
    message = first["msg"].removeprefix("Value error, ")
    return f"{where}: {message}" if where else message


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise AssistantError(f"{path}: the cases cannot be read: {error}") from error
