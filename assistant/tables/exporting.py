"""A comparison as a file to hand on: a table for a spreadsheet (CSV), or a Word document with its references (python-docx).

Quotes come from documents that anybody may have written: what a spreadsheet would run as a formula is made text, and
characters that XML does not know are left out.
"""

import csv
import io
import re
from collections.abc import Sequence

from assistant.quoting.citing import page_words
from assistant.tables.comparing import Comparison, Row
from assistant.tables.phrasing import (
    STATUS,
    comparison_title,
    heading_of,
    in_quotes,
    named,
    pages_words,
    source_name,
    verdict_name,
    word_day,
    word_verdict,
)
from assistant.values import AnswerLanguage, Citation

BYTE_ORDER_MARK = "\ufeff"  # by which Excel knows UTF-8
DELIMITER = {"da": ";", "en": ","}  # what Excel takes for one, where the comma is decimal and where it is not
FORMULA = ("=", "+", "-", "@", "\t", "\r")
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
COLUMNS = {
    "da": (
        "Strategi", "Periode", "Status", "Omtale", "Under navnet", "Citat", "Dokument", "Side", "Trykt side", "Overskrift", "Fil",
        "Sider gennemgået", "Sider uden tekst", "Nærmeste overskrift",
    ),
    "en": (
        "Strategy", "Period", "Status", "Mention", "Under the name", "Quote", "Document", "Page", "Printed page", "Heading",
        "File", "Pages searched", "Pages without text", "Nearest heading",
    ),
}  # fmt: skip
MADE = {
    "da": "Lavet {day} med Strategy Assistant. {pages} i {documents} dokumenter er gennemgået.",
    "en": "Made on {day} with Strategy Assistant. {pages} in {documents} documents were gone through.",
}
CHECKED = {
    "da": "Hvert citat er kontrolleret ordret mod siden. Det er et udvalg; læs siden, før du bygger på det.",
    "en": "Every quote was checked word for word against its page. It is a choice: read the page before you rely on it.",
}
HEADER = {"da": ("Strategi", "Hvad den siger"), "en": ("Strategy", "What it says")}
REFERENCES = {"da": "Kilder", "en": "References"}


def comparison_csv(compared: Comparison) -> str:
    """Return a comparison as CSV text, one line for each strategy, the byte order mark first."""
    written = io.StringIO()
    language = compared.language
    writer = csv.writer(written, delimiter=DELIMITER[language], lineterminator="\r\n")
    writer.writerow(COLUMNS[language])
    writer.writerows([_harmless(cell) for cell in _cells(row, language)] for row in compared.rows)
    return BYTE_ORDER_MARK + written.getvalue()


def comparison_docx(compared: Comparison) -> bytes:
    """Return a comparison as a Word file: what was searched, a table, and the references in the order of their numbers."""
    # Imported here: few runs write one.
    from docx import Document
    from docx.enum.section import WD_ORIENT

    language = compared.language
    file = Document()
    page = file.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, page.page_height, page.page_width
    title = _clean(comparison_title(compared))
    file.core_properties.title = title
    file.add_heading(title, level=1)
    for line in _about(compared):
        file.add_paragraph(line)
    table = file.add_table(rows=1, cols=2, style="Table Grid")
    for cell, text in zip(table.rows[0].cells, HEADER[language], strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    for row in compared.rows:
        name, says = table.add_row().cells
        name.text, says.text = _clean(named(row, language)), _clean(word_verdict(row, language))
    file.add_heading(REFERENCES[language], level=2)
    for citation in compared.citations:
        file.add_paragraph(_clean(_reference(citation, language)))
    written = io.BytesIO()
    file.save(written)
    return written.getvalue()


def _about(compared: Comparison) -> Sequence[str]:
    language = compared.language
    documents = sum(len(row.documents) for row in compared.rows)
    pages = pages_words(sum(row.pages for row in compared.rows), language)
    return MADE[language].format(day=word_day(compared.on, language), pages=pages, documents=documents), CHECKED[language]


def _reference(citation: Citation, language: AnswerLanguage) -> str:
    place = [source_name(citation, language), page_words(citation, language), " › ".join(citation.quote.heading_path)]
    located = ", ".join(part for part in place if part)
    return f"[{citation.n}] {in_quotes(citation.quote.text, language)} {located} ({citation.quote.document.name})"


def _cells(row: Row, language: AnswerLanguage) -> list[str]:
    quote = row.citation.quote if row.citation else None
    period = "-".join(map(str, row.strategy.period)) if row.strategy.period else ""
    return [
        row.strategy.name(language),
        period,
        STATUS[language][row.status] if row.status else "",
        verdict_name(row, language),
        " … ".join(row.said),
        quote.text if quote else "",
        source_name(row.citation, language) if row.citation else "",
        str(quote.page) if quote and quote.document.paged else "",
        (row.citation.printed_page or "") if row.citation else "",
        " › ".join(quote.heading_path) if quote else "",
        quote.document.name if quote else "",
        str(row.pages),
        str(row.unread),
        heading_of(row.nearest) if row.nearest else "",
    ]


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula."""
    text = _clean(cell)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def _clean(text: str) -> str:
    return NOT_IN_XML.sub("", text)
