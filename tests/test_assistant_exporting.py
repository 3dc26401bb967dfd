"""Exporting: a CSV that Excel opens and never runs, a Word file with a table and references."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from docx import Document

from assistant.recording import comparison_record
from assistant.tables.comparing import Comparison, chosen_strategies, compare
from assistant.tables.exporting import comparison_csv, comparison_docx
from corpus.catalogue import load_catalogue
from tests.fakes_index import Text, an_index

CATALOGUE = load_catalogue()
DAY = date(2026, 11, 24)
INDEX = an_index(
    Text("ny.pdf", "joint-2026-2029", ["# =Post\n=HYPERLINK(\"http://x\") bruger Digital\x07 Post i dag."]),
    Text("tavs.pdf", "joint-2001-2004", ["# Fakturaer\nMyndighederne tager imod fakturaer.", "Slut."]),
)  # fmt: skip


@pytest.fixture(scope="module")
def compared() -> Comparison:
    chosen = chosen_strategies(["2001-2004", "joint-2026-2029", "ai-2019"], CATALOGUE)
    return compare("Digital Post", language="da", index=INDEX, catalogue=CATALOGUE, on=DAY, strategies=chosen)


def test_the_csv_is_utf_8_with_a_mark_and_runs_nothing(compared: Comparison) -> None:
    text = comparison_csv(compared)
    assert text.startswith("\ufeffStrategi;Periode;Status;")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert [(row["Periode"], row["Omtale"], row["Sider gennemgået"]) for row in rows] == [
        ("2001-2004", "ikke omtalt", "2"),
        ("", "intet dokument her", "0"),
        ("2026-2029", "omtalt", "1"),
    ]
    assert rows[0]["Nærmeste overskrift"] == "Fakturaer"
    assert rows[2]["Citat"] == '\'=HYPERLINK("http://x") bruger Digital Post i dag.'
    assert rows[2]["Overskrift"] == "'=Post"


def test_an_english_csv_has_commas(compared: Comparison) -> None:
    assert comparison_csv(replace(compared, language="en")).startswith("\ufeffStrategy,Period,Status,")


def test_the_word_file_has_a_table_what_was_searched_and_references(compared: Comparison) -> None:
    file = Document(io.BytesIO(comparison_docx(compared)))
    lines = [paragraph.text for paragraph in file.paragraphs]
    assert lines[0] == "»Digital Post« på tværs af strategierne"
    assert lines[1] == "Lavet 24. november 2026 med Strategy Assistant. 3 sider i 2 dokumenter er gennemgået."
    assert lines[-1].startswith('[1] »=HYPERLINK("http://x") bruger Digital Post i dag.« ny.pdf, s. 1, =Post')
    cells = [[cell.text for cell in row.cells] for row in file.tables[0].rows]
    assert cells[0] == ["Strategi", "Hvad den siger"]
    assert cells[1][1] == "ikke omtalt (2 af 2 sider gennemgået; nærmest: Fakturaer)"
    assert cells[2][1] == "intet dokument her"
    assert cells[3][1].endswith("« [1]")


def test_the_record_of_a_comparison(compared: Comparison) -> None:
    record = comparison_record(compared).data()
    assert list(record) == ["topic", "language", "date", "rows"]
    assert [(row["strategy"], row["verdict"], row["citation"]) for row in record["rows"]] == [
        ("joint-2001-2004", "not mentioned", None),
        ("ai-2019", "not held", None),
        ("joint-2026-2029", "mentioned", 1),
    ]
    assert record["rows"][0]["nearest"] == {"heading": "Fakturaer", "document": "tavs.pdf", "page": 1}
