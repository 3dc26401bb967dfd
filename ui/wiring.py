"""What people do in the chat, and what that changes: asking, checking, another language, what leaves the page or comes back."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import gradio as gr

from corpus.values import Filters
from ui import conversation
from ui.evaluating import Look
from ui.keeping import kept, restored
from ui.library import Shelf
from ui.parts import (
    ASKING,
    COPY_LINK,
    FOCUS_EVIDENCE,
    FOCUS_QUESTION,
    KEEP,
    OF_THE_PAGE,
    SAVE,
    SEVERAL_AT_ONCE,
    TELL_LANGUAGE,
    Parts,
    resource,
    sent,
)
from ui.screen import Screen, ask, widened
from ui.tabling import remade
from ui.texts import TEXTS, preferred_language
from ui.topic import room_of_address
from ui.users import UsersNow
from ui.views import Views
from ui.wiring_rooms import delivered, whole_room

LONGEST_NAME = 80


def wire_language(page: gr.Blocks, parts: Parts, views: Views, users: UsersNow, asking: Sequence[Any]) -> None:
    """Wire what changes the whole page: its first showing, and another language of the interface, which stops `asking`."""

    def everything(new: Screen, shelf: Shelf, rooms: Iterable[Screen], look: Look, user: str) -> list[Any]:
        made = (remade(views.assistant, views.catalogue, replace(room, language=new.language)) for room in rooms)
        dressed = [part for room in made for part in whole_room(views, room)]
        return [
            new,
            views.chat(new),
            views.panel(new),
            *_words(new, user),
            views.shelf(shelf, new.language),
            *dressed,
            look,
            *views.evaluation(look, new.language),
        ]

    def on_load(shelf: Shelf, compare: Screen, timeline: Screen, carried: str, request: gr.Request) -> list[Any]:
        user = request.username or ""
        shelf = replace(shelf, curated=users().curates(user))
        wanted = request.query_params.get("lang") or request.headers.get("accept-language", "")
        new = Screen(language=preferred_language(wanted))
        rooms = [room_of_address(room, request.query_params) for room in (compare, timeline)]
        look = Look(**{name: request.query_params.get(name, "") for name in ("run", "case", "against")})
        if turns := views.linked(request.query_params.get("answer", "")):
            return [*everything(replace(new, turns=turns).open_first(), shelf, rooms, look, user), shelf]
        return [*everything(_restored(views, new, _carried(carried)), shelf, rooms, look, user), shelf]

    def on_language(
        now: Screen, shelf: Shelf, compare: Screen, timeline: Screen, look: Look, event: gr.EventData, request: gr.Request
    ) -> list[Any]:
        new = replace(now.stop(), language=preferred_language(sent(event, "language"), default=now.language))
        return everything(new, shelf, (compare, timeline), look, request.username or "")

    rooms = (parts.compare, parts.timeline)
    given = [parts.shelf, *(room.screen for room in rooms)]
    whole = [
        *parts.views,
        *parts.words,
        parts.library,
        *(part for room in rooms for part in (room.form, *room.views)),
        *parts.evaluation,
    ]
    loaded = page.load(on_load, [*given, parts.carrier], [*whole, parts.shelf], js=resource("kept.js"), **OF_THE_PAGE)
    switched = parts.masthead.language(on_language, [parts.screen, *given, parts.look], whole, cancels=asking, **OF_THE_PAGE)
    for shown in (loaded, switched):
        shown.then(**TELL_LANGUAGE)


def wire_chat(parts: Parts, views: Views) -> Sequence[Any]:
    """Wire what people do in the conversation and its evidence; return the events that ask.

    What shows another conversation must cancel those: an answer that is still coming in would bring the old one back.
    """

    def view(new: Screen) -> list[Any]:
        return [new, views.chat(new), views.panel(new)]

    def on_question(asked: str, now: Screen, filters: Filters | None = None) -> Iterator[list[Any]]:
        for new in ask(views.assistant, asked, now, filters):
            yield ["", *view(new)]

    def on_asked(asked: str, now: Screen) -> Iterator[list[Any]]:
        yield from on_question(asked, now)

    def on_example(now: Screen, event: gr.EventData) -> Iterator[list[Any]]:
        yield from on_question(sent(event, "question"), now)

    def on_citation(now: Screen, event: gr.EventData) -> list[Any]:
        turn, n = sent(event, "turn"), sent(event, "n")
        return view(now.open(int(turn), int(n)) if turn.isdecimal() and n.isdecimal() else now)

    def on_leaf(now: Screen, event: gr.EventData) -> list[Any]:
        number = sent(event, "page")
        return view(now.turn_to(int(number)) if number.isdecimal() else now)

    def on_again(now: Screen) -> Iterator[list[Any]]:
        yield from on_question(now.turns[-1].question if now.turns else "", now.without_last())

    def on_widen(now: Screen, event: gr.EventData) -> Iterator[list[Any]]:
        answer, without = now.turns[-1].answer if now.turns else None, sent(event, "without")
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
    answering = [question, *parts.views]
    sending = [question.submit, parts.send.click]
    asking = [
        gr.on(sending, on_asked, [question, screen], answering, api_name="ask", **SEVERAL_AT_ONCE),
        parts.chat.example(on_example, screen, answering, **ASKING),
        parts.chat.again(on_again, screen, answering, **ASKING),
        parts.chat.widen(on_widen, screen, answering, **ASKING),
        parts.timeline.panel.example(on_example, screen, answering, **ASKING),
    ]
    for asked in asking:
        asked.then(_kept, screen, parts.carrier, **OF_THE_PAGE).then(None, parts.carrier, **KEEP)
    parts.chat.stop(on_stop, screen, parts.views, cancels=asking, queue=False, api_visibility="private")
    parts.chat.edit(on_edit, screen, answering, **OF_THE_PAGE).then(**FOCUS_QUESTION)
    for shown in (parts.chat, parts.panel):
        shown.cite(on_citation, screen, parts.views, **OF_THE_PAGE).then(**FOCUS_EVIDENCE)
    parts.panel.leaf(on_leaf, screen, parts.views, **OF_THE_PAGE)
    parts.fresh.click(on_fresh, screen, answering, cancels=asking, **OF_THE_PAGE).then(**FOCUS_QUESTION)
    return asking


def wire_taking_along(parts: Parts, views: Views, asking: Sequence[Any]) -> None:
    """Wire what leaves the page or comes back to it: kept conversations, files, links and verdicts."""

    def view(new: Screen) -> list[Any]:
        return [new, views.chat(new), views.panel(new)]

    def on_restore(now: Screen, event: gr.EventData) -> list[Any]:
        return view(_restored(views, Screen(language=now.language), {"id": sent(event, "id"), "turns": sent(event, "turns")}))

    def on_export(now: Screen, event: gr.EventData) -> str:
        return delivered(views.export(now, sent(event, "format")))

    def on_link(now: Screen, event: gr.EventData) -> str:
        turn = sent(event, "turn")
        return views.link(now, int(turn)) if turn.isdecimal() else ""

    def on_judge(now: Screen, event: gr.EventData) -> list[Any]:
        turn, reasons = sent(event, "turn"), sent(event, "reasons").split(",")
        return view(views.judge(now, int(turn), sent(event, "verdict"), reasons) if turn.isdecimal() else now)

    screen, carrier = parts.screen, parts.carrier
    parts.toolbar.restore(on_restore, screen, parts.views, cancels=asking, **OF_THE_PAGE)
    parts.toolbar.export(on_export, screen, carrier, **OF_THE_PAGE).then(None, carrier, **SAVE)
    parts.chat.link(on_link, screen, carrier, **OF_THE_PAGE).then(None, carrier, **COPY_LINK)
    judged = parts.chat.judge(on_judge, screen, parts.views, **OF_THE_PAGE)
    judged.then(_kept, screen, carrier, **OF_THE_PAGE).then(None, carrier, **KEEP)


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


def _words(screen: Screen, user: str) -> list[Any]:
    texts = TEXTS[screen.language]
    question = gr.update(label=texts.question_label, placeholder=texts.question_placeholder)
    return [conversation.masthead(texts, user=user), conversation.toolbar(texts), question, texts.send, texts.new_conversation]
