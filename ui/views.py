"""From the screen and the shelf to the HTML of each part of the page, with what the index and the catalogue say now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from markupsafe import Markup

from assistant.answering import Assistant
from assistant.tables.comparing import Comparison
from assistant.tables.exporting import comparison_csv, comparison_docx
from assistant.tables.table_answers import TableAnswer
from assistant.values import Citation
from corpus.catalogue import Catalogue
from corpus.settings import Settings
from evals.runs import RUNS
from ui import conversation, evidence, runs, timeline, topic
from ui.evaluating import Look, look_at
from ui.exporting import corpus_version, markdown, parts
from ui.judging import note
from ui.keeping import ANSWERS, load_answer, save_answer
from ui.library import Shelf, library
from ui.marks import key_of
from ui.origin import origin
from ui.picturing import Sight, sight
from ui.references import STYLES, quotation
from ui.run_case import case_panel
from ui.screen import Screen, Turn, coverage, opened_page
from ui.table_texts import TABLE_TEXTS
from ui.texts import TEXTS, InterfaceLanguage, Tab
from ui.word import word

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A file that the browser is to save."""

    name: str
    type: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Views:
    """What every part of the page is made from."""

    assistant: Assistant
    catalogue: Catalogue
    settings: Settings
    runs: Path = RUNS

    def chat(self, screen: Screen) -> Markup:
        """Return the conversation."""
        held = None if screen.turns else coverage(self.assistant)
        return conversation.conversation(screen, held, feedback=self.settings.chat.feedback)

    def panel(self, screen: Screen) -> Markup:
        """Return the evidence that stands open, or how to open some."""
        citation, texts = screen.opened_citation(), TEXTS[screen.language]
        known = next((strategy for strategy in self.catalogue.strategies if strategy.id == screen.strategy), None)
        if known:
            return timeline.account(known, self.catalogue, screen.language, on=date.today())
        if citation is None or screen.opened is None:
            return evidence.hint(texts, self._hint(screen))
        turn, _ = screen.opened
        return evidence.panel(
            citation,
            self._opened(screen, citation),
            among=screen.citations(turn),
            key=key_of(screen.room, turn),
            turn=turn,
            origin=origin(citation.quote.document, self.catalogue, texts, on=date.today()),
            texts=texts,
        )

    def form(self, screen: Screen) -> Markup:
        """Return the form that takes what a room compares or follows."""
        return topic.compare_form(self.catalogue, screen) if screen.room == "compare" else topic.trace_form(screen)

    def chart(self, screen: Screen) -> Markup:
        """Return the strategies through time."""
        return timeline.chart(self.catalogue, screen.language, on=date.today(), chosen=screen.strategy)

    def shelf(self, shelf: Shelf, language: InterfaceLanguage) -> Markup:
        """Return the library."""
        return library(
            shelf,
            self.assistant.documents(),
            self.catalogue,
            TEXTS[language],
            on=date.today(),
            most_mebibytes=self.settings.chat.upload_mebibytes,
        )

    def evaluation(self, look: Look, language: InterfaceLanguage) -> list[Markup]:
        """Return the runs of the evaluation and the case that stands open."""
        seen = look_at(self.runs, look)
        return [runs.runs(seen, look, language), case_panel(seen, look, language)]

    def export(self, screen: Screen, kind: str) -> Delivery:
        """Return the conversation as a file to save: Word, or else Markdown."""
        texts = TEXTS[screen.language]
        made = parts(
            screen.turns, self.assistant.documents(), self.catalogue, self.settings, texts, now=datetime.now().astimezone()
        )
        if kind == "word":
            return Delivery(name=f"{texts.title}.docx", type=WORD, data=word(made, language=screen.language))
        return Delivery(name=f"{texts.title}.md", type="text/markdown", data=markdown(made).encode())

    def table(self, screen: Screen, kind: str) -> Delivery | None:
        """Return the comparison as a file to save, Word or else CSV; None where none was made."""
        answer = screen.turns[-1].answer if screen.turns else None
        if not isinstance(answer, TableAnswer) or not isinstance(answer.table, Comparison):
            return None
        words = TABLE_TEXTS[answer.language]
        name = words.file.format(topic=answer.table.topic or words.the_strategies)
        if kind == "word":
            return Delivery(name=f"{name}.docx", type=WORD, data=comparison_docx(answer.table))
        return Delivery(name=f"{name}.csv", type="text/csv", data=comparison_csv(answer.table).encode())

    def judge(self, screen: Screen, turn: int, verdict: str, reasons: Sequence[str]) -> Screen:
        """Note a verdict on a turn's answer, and return the screen that says so; unchanged where none can be left."""
        answer = screen.turns[turn].answer if 0 <= turn < len(screen.turns) else None
        if answer is None or not self.settings.chat.feedback or screen.turns[turn].judged:
            return screen
        note(
            self.settings.data,
            answer,
            history=[earlier.question for earlier in screen.turns[:turn]],
            verdict="good" if verdict == "good" else "bad",
            reasons=reasons,
            corpus=corpus_version(self.assistant.documents()),
        )
        return screen.judge(turn)

    def link(self, screen: Screen, turn: int) -> str:
        """Save a turn under a link and return the link's query; empty where there is no answer to it."""
        answered = 0 <= turn < len(screen.turns) and screen.turns[turn].answer is not None
        return f"?answer={save_answer(self.settings.data / ANSWERS, screen.turns[turn])}" if answered else ""

    def linked(self, id: str) -> tuple[Turn, ...]:
        """Return the turn that a link leads to, checked anew."""
        return load_answer(self.settings.data / ANSWERS, id, self.assistant, self.catalogue)

    def _hint(self, screen: Screen) -> str:
        words = TABLE_TEXTS[screen.language]
        hints: dict[Tab, str] = {"compare": words.compare_hint, "timeline": words.timeline_hint}
        return hints.get(screen.room, TEXTS[screen.language].evidence_hint)

    def _opened(self, screen: Screen, citation: Citation) -> evidence.Opened:
        quote, page = citation.quote, opened_page(self.assistant, screen)
        # As the index holds it now: a conversation that the browser kept is not asked where a file lies.
        document = next((held for held in self.assistant.documents() if held.id == quote.document.id), None)
        number = screen.turned or quote.page
        span = (quote.start, quote.end) if number == quote.page else None
        return evidence.Opened(
            number=number,
            page=page,
            sight=sight(document, number, page, span) if document else Sight(unseen="gone"),
            held=document is not None and (page is not None or screen.turned is not None),
            references={style: quotation(citation, self.catalogue, style) for style in STYLES},
        )
