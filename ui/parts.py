"""The components of the page and what every event of it has in common."""

from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import gradio as gr

from ui.evaluating import Look
from ui.library import Shelf
from ui.screen import LONGEST_QUESTION, Screen
from ui.texts import Tab

# Several people are answered at once; more wait in line, so that each answer is still a quick one.
SEVERAL_AT_ONCE: dict[str, Any] = {"concurrency_id": "answers", "concurrency_limit": 4, "show_progress": "hidden"}
ASKING: dict[str, Any] = {**SEVERAL_AT_ONCE, "api_visibility": "private"}
# What else a page shows takes its turn in a queue of its own, so that it never waits for an answer.
OF_THE_PAGE: dict[str, Any] = {
    "concurrency_id": "page",
    "concurrency_limit": 1,
    "show_progress": "hidden",
    "api_visibility": "private",
}
# Looking at the evaluation's runs reads files of its own, so that questions are answered meanwhile.
ONE_LOOK: dict[str, Any] = {**OF_THE_PAGE, "concurrency_id": "runs"}
# An ingest has a process and a queue of its own, so that questions are answered meanwhile.
ONE_INGEST: dict[str, Any] = {**OF_THE_PAGE, "concurrency_id": "ingest"}

# Defined in page.js.
FOCUS_QUESTION: dict[str, Any] = {"js": "() => strategyAssistant.focusQuestion()", "api_visibility": "private"}
FOCUS_EVIDENCE: dict[str, Any] = {"js": "() => strategyAssistant.focusEvidence()", "api_visibility": "private"}
KEEP: dict[str, Any] = {"js": "(carried) => strategyAssistant.keep(carried)", "api_visibility": "private"}
SAVE: dict[str, Any] = {"js": "(carried) => strategyAssistant.save(carried)", "api_visibility": "private"}
COPY_LINK: dict[str, Any] = {"js": "(carried) => strategyAssistant.copyLink(carried)", "api_visibility": "private"}
FOCUS_RUN: dict[str, Any] = {"js": "() => strategyAssistant.focusRun()", "api_visibility": "private"}
TELL_LANGUAGE: dict[str, Any] = {"js": "() => strategyAssistant.tellLanguage()", "api_visibility": "private"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The components of a room in which a topic is compared or followed; `chart` is the timeline's."""

    screen: gr.State
    form: gr.HTML
    result: gr.HTML
    panel: gr.HTML
    chart: gr.HTML | None = None

    @property
    def views(self) -> list[Any]:
        """What a new screen changes."""
        return [self.screen, self.result, self.panel, *([self.chart] if self.chart else [])]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The components of the page."""

    screen: gr.State
    masthead: gr.HTML
    chat: gr.HTML
    panel: gr.HTML
    question: gr.Textbox
    send: gr.Button
    fresh: gr.Button
    toolbar: gr.HTML
    compare: Room
    timeline: Room
    shelf: gr.State
    library: gr.HTML
    look: gr.State
    runs: gr.HTML
    case: gr.HTML
    carrier: gr.Textbox

    @property
    def views(self) -> list[Any]:
        """What a new screen of the chat changes."""
        return [self.screen, self.chat, self.panel]

    @property
    def evaluation(self) -> list[Any]:
        """What another look at the runs changes."""
        return [self.look, self.runs, self.case]

    @property
    def words(self) -> list[Any]:
        """What another language of the interface changes besides the rooms."""
        return [self.masthead, self.toolbar, self.question, self.send, self.fresh]


def page_parts() -> Parts:
    """Lay out the page inside the Gradio block that is open, and return its components."""
    screen, shelf, masthead = gr.State(Screen()), gr.State(Shelf()), _html("masthead")
    with gr.Column(elem_id="desk"):
        toolbar, chat, panel = _html("toolbar"), _html("conversation"), _html("evidence", "panel")
        with gr.Row(elem_id="composer"):
            question = gr.Textbox(elem_id="question", lines=1, max_lines=6, max_length=LONGEST_QUESTION, autofocus=True)
            send = gr.Button(elem_id="send", variant="primary", min_width=0, scale=0)
            fresh = gr.Button(elem_id="fresh", min_width=0, scale=0)
    compare, timeline = _room("compare"), _room("timeline", charted=True)
    library = _html("library")
    with gr.Column(elem_id="runs", elem_classes=["room"]):
        with gr.Column(elem_classes=["work"]):
            runs = _html("runs-list")
        case = _html("runs-case", "panel")
    # What the browser is to keep, save or copy passes through here.
    carrier = gr.Textbox(visible="hidden", show_label=False)
    return Parts(
        screen=screen,
        shelf=shelf,
        masthead=masthead,
        chat=chat,
        panel=panel,
        question=question,
        send=send,
        fresh=fresh,
        compare=compare,
        timeline=timeline,
        library=library,
        look=gr.State(Look()),
        runs=runs,
        case=case,
        toolbar=toolbar,
        carrier=carrier,
    )


def _room(name: Tab, *, charted: bool = False) -> Room:
    with gr.Column(elem_id=name, elem_classes=["room"]):
        with gr.Column(elem_classes=["work"]):
            form, result = _html(f"{name}-form"), _html(f"{name}-result")
            chart = _html(f"{name}-chart") if charted else None
        panel = _html(f"{name}-evidence", "panel")
    return Room(screen=gr.State(Screen(room=name)), form=form, result=result, panel=panel, chart=chart)


def sent(event: gr.EventData, name: str) -> str:
    """Return one value that the browser sent with an event, empty where it sent none."""
    value = getattr(event, name, "") if isinstance(event._data, dict) else ""
    return value if isinstance(value, str) else ""


def resource(name: str) -> str:
    """Return a file of this package as text."""
    return files("ui").joinpath(name).read_text(encoding="utf-8")


def _html(elem_id: str, *classes: str) -> gr.HTML:
    # The default template puts the value in as it is, after templates are compiled: braces in a document stay braces.
    return gr.HTML(elem_id=elem_id, elem_classes=["ours", *classes], js_on_load=resource("page.js"), apply_default_css=False)
