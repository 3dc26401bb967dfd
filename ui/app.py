"""The page in the browser. The one module that knows Gradio: it lays out the parts and wires what people do to them.

All that a person sees follows from one `Screen`, and each event makes the next one. A Gradio HTML component changes
only those elements of the page that differ from before, so a claim that arrives leaves the rest as it stands.
"""

import json
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.resources import files
from threading import Event
from typing import Any

import gradio as gr
from gradio.themes import Base

from corpus.values import Filters
from ui import conversation
from ui.keeping import kept, restored
from ui.library import Shelf
from ui.screen import LONGEST_QUESTION, Screen, ask, follow, widened
from ui.serving import add_addresses
from ui.shelving import take_in, take_out, uploads_of
from ui.texts import DANISH, ENGLISH, TEXTS, preferred_language
from ui.views import Views

# What reads the index takes its turn in one queue, because one thread at a time may use the store.
ONE_AT_A_TIME: dict[str, Any] = {"concurrency_id": "assistant", "concurrency_limit": 1, "show_progress": "hidden"}
OF_THE_PAGE: dict[str, Any] = {**ONE_AT_A_TIME, "api_visibility": "private"}
# An ingest has a process and a queue of its own, so that questions are answered meanwhile.
ONE_INGEST: dict[str, Any] = {**OF_THE_PAGE, "concurrency_id": "ingest"}

LONGEST_NAME = 80

# Defined in page.js.
FOCUS_QUESTION: dict[str, Any] = {"js": "() => strategyAssistant.focusQuestion()", "api_visibility": "private"}
FOCUS_EVIDENCE: dict[str, Any] = {"js": "() => strategyAssistant.focusEvidence()", "api_visibility": "private"}
KEEP: dict[str, Any] = {"js": "(carried) => strategyAssistant.keep(carried)", "api_visibility": "private"}
SAVE: dict[str, Any] = {"js": "(carried) => strategyAssistant.save(carried)", "api_visibility": "private"}
COPY_LINK: dict[str, Any] = {"js": "(carried) => strategyAssistant.copyLink(carried)", "api_visibility": "private"}
TELL_LANGUAGE: dict[str, Any] = {"js": "() => strategyAssistant.tellLanguage()", "api_visibility": "private"}


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
    shelf: gr.State
    library: gr.HTML
    carrier: gr.Textbox

    @property
    def views(self) -> list[Any]:
        """What a new screen changes."""
        return [self.screen, self.chat, self.panel]

    @property
    def words(self) -> list[Any]:
        """What another language of the interface changes besides."""
        return [self.masthead, self.toolbar, self.question, self.send, self.fresh]


def build(views: Views) -> gr.Blocks:
    """Return the page, ready to be served."""
    with gr.Blocks(title=f"{DANISH.title} · {ENGLISH.title}", analytics_enabled=False) as page:
        parts = _parts()
        _wire_chat(page, parts, views)
        _wire_taking_along(parts, views)
        _wire_library(parts, views)
    return page  # type: ignore[no-any-return]


def _parts() -> Parts:
    screen, shelf, masthead = gr.State(Screen()), gr.State(Shelf()), _html("masthead")
    with gr.Column(elem_id="desk"):
        toolbar, chat, panel = _html("toolbar"), _html("conversation"), _html("evidence")
        with gr.Row(elem_id="composer"):
            question = gr.Textbox(elem_id="question", lines=1, max_lines=6, max_length=LONGEST_QUESTION, autofocus=True)
            send = gr.Button(elem_id="send", variant="primary", min_width=0, scale=0)
            fresh = gr.Button(elem_id="fresh", min_width=0, scale=0)
    library = _html("library")
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
        library=library,
        toolbar=toolbar,
        carrier=carrier,
    )


def _wire_chat(page: gr.Blocks, parts: Parts, views: Views) -> None:
    def view(new: Screen) -> list[Any]:
        return [new, views.chat(new), views.panel(new)]

    def everything(new: Screen, shelf: Shelf) -> list[Any]:
        return [*view(new), *_words(new), views.shelf(shelf, new.language)]

    def on_load(shelf: Shelf, carried: str, request: gr.Request) -> list[Any]:
        wanted = request.query_params.get("lang") or request.headers.get("accept-language", "")
        new = Screen(language=preferred_language(wanted))
        if turns := views.linked(request.query_params.get("answer", "")):
            return everything(replace(new, turns=turns).open_first(), shelf)
        return everything(_restored(views, new, _carried(carried)), shelf)

    def on_language(now: Screen, shelf: Shelf, event: gr.EventData) -> list[Any]:
        new = replace(now, language=preferred_language(_sent(event, "language"), default=now.language))
        return everything(new, shelf)

    def on_question(asked: str, now: Screen, filters: Filters | None = None) -> Iterator[list[Any]]:
        for new in ask(views.assistant, asked, now, filters):
            yield ["", *view(new)]

    def on_asked(asked: str, now: Screen) -> Iterator[list[Any]]:
        yield from on_question(asked, now)

    def on_example(now: Screen, event: gr.EventData) -> Iterator[list[Any]]:
        yield from on_question(_sent(event, "question"), now)

    def on_citation(now: Screen, event: gr.EventData) -> list[Any]:
        turn, n = _sent(event, "turn"), _sent(event, "n")
        return view(now.open(int(turn), int(n)) if turn.isdecimal() and n.isdecimal() else now)

    def on_leaf(now: Screen, event: gr.EventData) -> list[Any]:
        number = _sent(event, "page")
        return view(now.turn_to(int(number)) if number.isdecimal() else now)

    def on_again(now: Screen) -> Iterator[list[Any]]:
        yield from on_question(now.turns[-1].question if now.turns else "", now.without_last())

    def on_widen(now: Screen, event: gr.EventData) -> Iterator[list[Any]]:
        answer, without = now.turns[-1].answer if now.turns else None, _sent(event, "without")
        if answer is None or not without.isdecimal():
            yield ["", *view(now)]
            return
        yield from on_question(answer.question, now.without_last(), widened(answer.understood.restrictions, int(without)))

    def on_edit(now: Screen) -> list[Any]:
        return [now.turns[-1].question if now.turns else "", *view(now.without_last())]

    def on_stop(now: Screen) -> list[Any]:
        return view(now.stop())

    def on_fresh(now: Screen) -> list[Any]:
        return ["", *view(Screen(language=now.language))]

    screen, question = parts.screen, parts.question
    whole, answering = [*parts.views, *parts.words, parts.library], [question, *parts.views]
    page.load(on_load, [parts.shelf, parts.carrier], whole, js=_resource("kept.js"), **OF_THE_PAGE).then(**TELL_LANGUAGE)
    parts.masthead.language(on_language, [screen, parts.shelf], whole, **OF_THE_PAGE).then(**TELL_LANGUAGE)
    sending = [question.submit, parts.send.click]
    asking = [
        gr.on(sending, on_asked, [question, screen], answering, api_name="ask", **ONE_AT_A_TIME),
        parts.chat.example(on_example, screen, answering, **OF_THE_PAGE),
        parts.chat.again(on_again, screen, answering, **OF_THE_PAGE),
        parts.chat.widen(on_widen, screen, answering, **OF_THE_PAGE),
    ]
    for asked in asking:
        asked.then(_kept, screen, parts.carrier, **OF_THE_PAGE).then(None, parts.carrier, **KEEP)
    parts.chat.stop(on_stop, screen, parts.views, cancels=asking, queue=False, api_visibility="private")
    parts.chat.edit(on_edit, screen, answering, **OF_THE_PAGE).then(**FOCUS_QUESTION)
    for shown in (parts.chat, parts.panel):
        shown.cite(on_citation, screen, parts.views, **OF_THE_PAGE).then(**FOCUS_EVIDENCE)
    parts.panel.leaf(on_leaf, screen, parts.views, **OF_THE_PAGE)
    parts.fresh.click(on_fresh, screen, answering, **OF_THE_PAGE).then(**FOCUS_QUESTION)


def _wire_taking_along(parts: Parts, views: Views) -> None:
    """Wire what leaves the page or comes back to it: kept conversations, files, links and verdicts."""

    def view(new: Screen) -> list[Any]:
        return [new, views.chat(new), views.panel(new)]

    def on_restore(now: Screen, event: gr.EventData) -> list[Any]:
        return view(_restored(views, Screen(language=now.language), {"id": _sent(event, "id"), "turns": _sent(event, "turns")}))

    def on_export(now: Screen, event: gr.EventData) -> str:
        file = views.export(now, _sent(event, "format"))
        return json.dumps({"name": file.name, "type": file.type, "data": b64encode(file.data).decode()})

    def on_link(now: Screen, event: gr.EventData) -> str:
        turn = _sent(event, "turn")
        return views.link(now, int(turn)) if turn.isdecimal() else ""

    def on_judge(now: Screen, event: gr.EventData) -> list[Any]:
        turn, reasons = _sent(event, "turn"), _sent(event, "reasons").split(",")
        return view(views.judge(now, int(turn), _sent(event, "verdict"), reasons) if turn.isdecimal() else now)

    screen, carrier = parts.screen, parts.carrier
    parts.toolbar.restore(on_restore, screen, parts.views, **OF_THE_PAGE)
    parts.toolbar.export(on_export, screen, carrier, **OF_THE_PAGE).then(None, carrier, **SAVE)
    parts.chat.link(on_link, screen, carrier, **OF_THE_PAGE).then(None, carrier, **COPY_LINK)
    judged = parts.chat.judge(on_judge, screen, parts.views, **OF_THE_PAGE)
    judged.then(_kept, screen, carrier, **OF_THE_PAGE).then(None, carrier, **KEEP)


def _wire_library(parts: Parts, views: Views) -> None:
    def view(new: Shelf, now: Screen) -> list[Any]:
        return [new, views.shelf(new, now.language)]

    def on_look(shelf: Shelf, now: Screen) -> list[Any]:
        follow(views.assistant)
        return view(shelf, now)

    def on_ingest(shelf: Shelf, now: Screen) -> Iterator[list[Any]]:
        for new in take_in(views.settings, shelf):
            yield view(new, now)

    def on_unshelve(shelf: Shelf, now: Screen, event: gr.EventData) -> list[Any]:
        return view(replace(shelf, removing=_sent(event, "document")), now)

    def on_remove(shelf: Shelf, now: Screen, event: gr.EventData) -> Iterator[list[Any]]:
        for new in take_out(views.settings, shelf, views.assistant.documents(), _sent(event, "document")):
            yield view(new, now)

    given, shown = [parts.shelf, parts.screen], [parts.shelf, parts.library]
    parts.masthead.tab(on_look, given, shown, **OF_THE_PAGE)
    for change, work in ((parts.library.ingest, on_ingest), (parts.library.remove, on_remove)):
        change(work, given, shown, **ONE_INGEST).then(on_look, given, shown, **OF_THE_PAGE)
    parts.library.unshelve(on_unshelve, given, shown, **OF_THE_PAGE)


def launch(page: gr.Blocks, views: Views, *, host: str, port: int) -> str:
    """Serve the page from threads of its own, to nobody but who can reach `host`, and return its address."""
    page.queue(max_size=64, api_open=False)
    server, address, _ = page.launch(
        server_name=host,
        server_port=port,
        share=False,
        quiet=True,
        prevent_thread_lock=True,
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
        max_file_size=1,  # Byte. Uploads have an address of their own (ui/serving.py), and Gradio's cannot be closed.
        theme=_theme(),
        css=_resource("style.css"),
        head='<meta name="color-scheme" content="light dark">',
    )
    add_addresses(server, documents=views.assistant.documents, uploads=uploads_of(views.settings))
    return str(address)


def wait(page: gr.Blocks) -> None:
    """Return never, until the process is interrupted; then close the page."""
    try:
        Event().wait()
    finally:
        page.close(verbose=False)


def _html(elem_id: str) -> gr.HTML:
    # The default template puts the value in as it is, after templates are compiled: braces in a document stay braces.
    return gr.HTML(elem_id=elem_id, js_on_load=_resource("page.js"), apply_default_css=False)


def _words(screen: Screen) -> list[Any]:
    texts = TEXTS[screen.language]
    question = gr.update(label=texts.question_label, placeholder=texts.question_placeholder)
    return [conversation.masthead(texts), conversation.toolbar(texts), question, texts.send, texts.new_conversation]


def _kept(now: Screen) -> str:
    """Return what the browser is to keep of a conversation."""
    name = now.turns[0].question if now.turns else ""
    return json.dumps({"id": now.id, "name": name[:LONGEST_NAME], "turns": kept(now.turns)})


def _carried(text: str) -> dict[str, str]:
    """Return what the browser kept, checked; empty where it is nothing of ours."""
    try:
        record = json.loads(text or "{}")
    except json.JSONDecodeError:
        return {}
    return {key: value for key, value in record.items() if isinstance(value, str)} if isinstance(record, dict) else {}


def _restored(views: Views, new: Screen, carried: dict[str, str]) -> Screen:
    turns = restored(carried.get("turns", ""), views.assistant, views.catalogue)
    return replace(new, turns=turns, id=carried.get("id") or new.id).open_first() if turns else new


def _sent(event: gr.EventData, name: str) -> str:
    """Return one value that the browser sent with an event, empty where it sent none."""
    value = getattr(event, name, "") if isinstance(event._data, dict) else ""
    return value if isinstance(value, str) else ""


def _theme() -> Base:
    sans = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Liberation Sans", "sans-serif"]
    return Base(font=sans, font_mono=["ui-monospace", "Consolas", "monospace"])


def _resource(name: str) -> str:
    return files("ui").joinpath(name).read_text(encoding="utf-8")
