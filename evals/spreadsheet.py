"""The door to openpyxl: cases in a spreadsheet that needs no programmer, as XLSX or CSV, and the empty one to fill in."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import get_args
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation
from pydantic import ValidationError

from corpus.errors import AssistantError
from evals.casebook import UNANSWERABLE, Case, Evidence, Fact, Kind, explain

EVIDENCE = 3
COLUMNS: Mapping[str, str] = {
    "id": "A short name of the case, different in every row.",
    "language": "da or en.",
    "question": "The question as a person would type it.",
    "earlier questions": "Only for a follow-up: the questions before it, one a line.",
    "kind": "What kind of question it is; near and outside mean that the documents do not answer it.",
    **{
        name: text
        for n in range(1, EVIDENCE + 1)
        for name, text in {
            f"document {n}": "The file name of a document that answers, as `python -m ingest --list` shows it.",
            f"page {n}": "The page in the file, counted from 1; empty for a document without pages.",
            f"quote {n}": "The words of that page that answer, copied exactly.",
            f"part {n}": "Empty, or a number: quotes with the same number are alternatives, different ones are all needed.",
        }.items()
    },
    "must say": "What a right answer must say, one thing a line; other wordings of the same thing after |.",
    "may say": "What a right answer may say besides, written in the same way.",
    "pair": "The same word in the Danish and in the English row of one question.",
    "tags": "Words to sort by, with commas between.",
    "split": "dev or test; empty means dev.",
}
NARROW = ("id", "language", "kind", "page", "part", "pair", "split")
GUIDE = "Guide"


def write_template(path: Path) -> None:
    """Write an empty spreadsheet with a guide to its columns, and lists to choose languages, kinds and splits from."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Cases"
    sheet.append(list(COLUMNS))
    for number, (name, cell) in enumerate(zip(COLUMNS, sheet[1], strict=True), start=1):
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = 12 if name.startswith(NARROW) else 40
        choices = {"language": ("da", "en"), "kind": get_args(Kind), "split": ("dev", "test")}.get(name)
        if choices:
            rule = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
            rule.add(f"{sheet.cell(2, number).column_letter}2:{cell.column_letter}1000")
            sheet.add_data_validation(rule)
    sheet.freeze_panes = "A2"
    guide = book.create_sheet(GUIDE)
    for name, text in COLUMNS.items():
        guide.append([name, text])
        guide.cell(guide.max_row, 2).alignment = Alignment(wrap_text=True)
    guide.column_dimensions["A"].width, guide.column_dimensions["B"].width = 20, 90
    book.save(path)


def read_sheet(path: Path) -> list[Case]:
    """Return the cases of an XLSX or CSV file; `AssistantError` names the row and the column that is wrong."""
    rows = list(_csv_rows(path) if path.suffix.casefold() == ".csv" else _xlsx_rows(path))
    if not rows:
        raise AssistantError(f"{path}: holds no row")
    headings = [heading.strip().casefold() for heading in rows[0]]
    if missing := [name for name in ("id", "language", "question", "kind") if name not in headings]:
        raise AssistantError(
            f"{path}: the column {missing[0]!r} is missing; `python -m evals template FILE` makes a sheet to fill in"
        )
    if unknown := [name for name in headings if name and name not in COLUMNS]:
        raise AssistantError(f"{path}: there is no column {unknown[0]!r}; known are {', '.join(COLUMNS)}")
    cases = []
    for number, row in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in row):
            try:
                cases.append(_case({name: cell.strip() for name, cell in zip(headings, row, strict=False)}))
            except ValidationError as error:
                raise AssistantError(f"{path}, row {number}: {explain(error)}") from error
            except ValueError as error:
                raise AssistantError(f"{path}, row {number}: pages and parts are whole numbers: {error}") from error
    return cases


def _case(row: Mapping[str, str]) -> Case:
    evidence = [_evidence(row, n) for n in range(1, EVIDENCE + 1) if row.get(f"document {n}")]
    facts = [*_facts(row.get("must say", ""), vital=True), *_facts(row.get("may say", ""), vital=False)]
    return Case.model_validate(
        {
            "id": row["id"],
            "language": row["language"].casefold(),
            "question": row["question"],
            "history": _lines(row.get("earlier questions", "")),
            "kind": row["kind"].casefold(),
            "answerable": row["kind"].casefold() not in UNANSWERABLE,
            "evidence": evidence,
            "facts": facts,
            "pair": row.get("pair") or None,
            "tags": [tag.strip() for tag in row.get("tags", "").split(",") if tag.strip()],
            "split": row.get("split") or "dev",
        }
    )


def _evidence(row: Mapping[str, str], n: int) -> Evidence:
    page = row.get(f"page {n}")
    return Evidence(
        document=row[f"document {n}"],
        page=_whole(page) if page else None,
        quote=row.get(f"quote {n}", ""),
        part=_whole(row.get(f"part {n}") or "1"),
    )


def _whole(text: str) -> int:
    return int(text.removesuffix(".0"))  # a spreadsheet may hold 4 as 4.0


def _facts(text: str, *, vital: bool) -> Iterator[Fact]:
    for line in _lines(text):
        yield Fact(any_of=tuple(wording.strip() for wording in line.split("|") if wording.strip()), vital=vital)


def _lines(text: str) -> Sequence[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _csv_rows(path: Path) -> Iterator[list[str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise AssistantError(f"{path}: cannot be read as CSV in UTF-8: {error}") from error
    # A Danish Excel puts semicolons between the cells.
    heading = text.split("\n", 1)[0]
    yield from csv.reader(text.splitlines(keepends=True), delimiter=";" if heading.count(";") > heading.count(",") else ",")


def _xlsx_rows(path: Path) -> Iterator[list[str]]:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise AssistantError(f"{path}: cannot be read as XLSX: {error}") from error
    sheet = next(sheet for sheet in book.worksheets if sheet.title != GUIDE)
    for row in sheet.iter_rows(values_only=True):
        yield ["" if cell is None else str(cell) for cell in row]
    book.close()
