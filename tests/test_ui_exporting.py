"""A conversation to take along: it holds every quote, its source, a reference list and what made it."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import docx

from corpus.catalogue import load_catalogue
from corpus.settings import LanguageModelSettings, Settings
from tests.fakes import a_document
from tests.fakes_ui import QUOTES, an_answer, nearly_an_answer
from ui.exporting import Part, corpus_version, markdown, parts
from ui.screen import Turn
from ui.texts import DANISH, ENGLISH, Texts
from ui.word import word

SETTINGS = Settings(index=Path("index"), language_model=LanguageModelSettings(name="a-model"))
NOW = datetime(2026, 11, 24, 9, 5, tzinfo=UTC)
TURNS = (Turn(question="Hvad # er *det*?", answer=an_answer(), shown=2), Turn(question="Og?", failure="store"))
HELD = [a_document(page_count=1234)]


def made(texts: Texts = DANISH) -> list[Part]:
    return parts(TURNS, HELD, load_catalogue(), SETTINGS, texts, now=NOW)


def test_markdown_holds_the_answer_its_sources_and_how_it_was_made() -> None:
    text = markdown(made())
    assert text.startswith("# Hvad \\# er \\*det\\*?\n")
    assert f"> {QUOTES[0]} [1]" in text
    assert "- [1] En strategi, s. 11 (PDF-side 13) · Tillid (strategy.pdf)" in text
    assert f"## {DANISH.reference_list}\n\n- En strategi (u.å.)." in text
    assert "1.234 sider" in text
    assert corpus_version(HELD) in text
    assert "a-model" in text
    assert "Og?" not in text


def test_what_a_document_holds_cannot_become_markdown_or_html() -> None:
    text = markdown([Part(kind="item", text="<script>\n# x | `y` [z]")])
    assert text == "- \\<script\\> \\# x \\| \\`y\\` [z]\n"


def test_both_languages_write_the_day_their_way() -> None:
    assert "24.\u00a0november\u00a02026 kl. " in made()[1].text
    assert "24\u00a0November\u00a02026 at " in made(ENGLISH)[1].text


def test_a_word_file_holds_the_same_paragraphs() -> None:
    file = docx.Document(io.BytesIO(word(made(), language="da")))
    assert [paragraph.text for paragraph in file.paragraphs] == [part.text for part in made()]
    assert file.paragraphs[0].style.name == "Title"
    assert word([Part(kind="item", text="a\x00b")], language="en")


def test_the_line_the_note_and_the_quotes_that_come_near_go_along() -> None:
    worded = replace(an_answer(), line="83 pct.", note="Formuleret af en sprogmodel.")
    answers = (worded, nearly_an_answer())
    turns = [Turn(question=f"Nr. {n}", answer=answer, shown=len(answer.claims)) for n, answer in enumerate(answers)]
    made = parts(turns, HELD, load_catalogue(), SETTINGS, DANISH, now=NOW)
    text = markdown(made)
    assert text.index("\n83 pct.\n") < text.index(f"> {QUOTES[0]} [1]") < text.index("\nFormuleret af en sprogmodel.\n")
    assert text.count(f"> {QUOTES[0]} [1]") == 2
    assert text.count("- [1] En strategi, s. 11 (PDF-side 13) · Tillid (strategy.pdf)") == 2
    paragraphs = [paragraph.text for paragraph in docx.Document(io.BytesIO(word(made, language="da"))).paragraphs]
    assert {"83 pct.", "Formuleret af en sprogmodel.", f"{QUOTES[0]} [1]"} <= set(paragraphs)


def test_an_answer_that_changed_hands_says_which_quotes_could_not_be_found() -> None:
    answer = an_answer()
    lost = replace(answer, citations=(replace(answer.citations[0], verified=False), answer.citations[1]))
    text = markdown(parts([replace(TURNS[0], answer=lost)], HELD, load_catalogue(), SETTINGS, DANISH, now=NOW))
    assert text.count(DANISH.unverified) == 1


def test_the_version_of_the_library_follows_its_files() -> None:
    assert corpus_version(HELD) == corpus_version([replace(HELD[0], id="other", path="/elsewhere")])
    assert corpus_version(HELD) != corpus_version([replace(HELD[0], checksum="other")])
