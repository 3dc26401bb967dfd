"""What people do in the other rooms, and what that changes: comparing, following a topic, the chart, and the library."""

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import gradio as gr

from ui.evaluating import Look
from ui.library import Shelf
from ui.parts import ASKING, FOCUS_EVIDENCE, FOCUS_RUN, OF_THE_PAGE, ONE_INGEST, ONE_LOOK, SAVE, Parts, Room, sent
from ui.screen import Screen, follow
from ui.shelving import take_in, take_out
from ui.tabling import compared, traced
from ui.topic import result
from ui.users import UsersNow
from ui.views import Delivery, Views


def delivered(file: Delivery | None) -> str:
    """Return a file as the browser takes it to save; empty where there is none."""
    return json.dumps({"name": file.name, "type": file.type, "data": b64encode(file.data).decode()}) if file else ""


def whole_room(views: Views, screen: Screen) -> list[Any]:
    """Return all that a room shows: its form, and what its screen changes."""
    return [views.form(screen), *_shown(views, screen)]


def _shown(views: Views, screen: Screen) -> list[Any]:
    charted = [views.chart(screen)] if screen.room == "timeline" else []
    return [screen, result(screen), views.panel(screen), *charted]


def wire_rooms(parts: Parts, views: Views) -> None:
    """Wire what people do where a topic is compared or followed."""

    def on_compare(now: Screen, event: gr.EventData) -> Iterator[list[Any]]:
        yield from shown(
            compared(views.assistant, views.catalogue, sent(event, "topic"), sent(event, "strategies").split(","), now)
        )

    def on_trace(now: Screen, event: gr.EventData) -> Iterator[list[Any]]:
        yield from shown(traced(views.assistant, sent(event, "topic"), now))

    def shown(screens: Iterable[Screen]) -> Iterator[list[Any]]:
        for new in screens:
            yield _shown(views, new)

    def on_export(now: Screen, event: gr.EventData) -> str:
        return delivered(views.table(now, sent(event, "format")))

    def on_strategy(now: Screen, event: gr.EventData) -> list[Any]:
        return _shown(views, replace(now, strategy=sent(event, "strategy"), opened=None, turned=None))

    compare, timeline = parts.compare, parts.timeline
    compare.form.compare(on_compare, compare.screen, compare.views, **ASKING)
    saved = compare.result.export(on_export, compare.screen, parts.carrier, **OF_THE_PAGE)
    saved.then(None, parts.carrier, **SAVE)
    timeline.form.trace(on_trace, timeline.screen, timeline.views, **ASKING)
    for chosen in (timeline.chart, timeline.panel):
        if chosen is not None:
            chosen.strategy(on_strategy, timeline.screen, timeline.views, **OF_THE_PAGE).then(**FOCUS_EVIDENCE)
    for room in (compare, timeline):
        _wire_evidence(room, views)


def _wire_evidence(room: Room, views: Views) -> None:
    def on_citation(now: Screen, event: gr.EventData) -> list[Any]:
        n = sent(event, "n")
        return _shown(views, now.open(0, int(n)) if n.isdecimal() else now)

    def on_leaf(now: Screen, event: gr.EventData) -> list[Any]:
        number = sent(event, "page")
        return _shown(views, now.turn_to(int(number)) if number.isdecimal() else now)

    for shown in (room.result, room.panel):
        shown.cite(on_citation, room.screen, room.views, **OF_THE_PAGE).then(**FOCUS_EVIDENCE)
    room.panel.leaf(on_leaf, room.screen, room.views, **OF_THE_PAGE)


def wire_runs(parts: Parts, views: Views) -> None:
    """Wire what people do with the runs of the evaluation."""

    def shown(look: Look, now: Screen) -> list[Any]:
        return [look, *views.evaluation(look, now.language)]

    def on_tab(look: Look, now: Screen, event: gr.EventData) -> list[Any] | Any:
        return shown(look, now) if sent(event, "tab") == "runs" else gr.skip()

    def on_run(_: Look, now: Screen, event: gr.EventData) -> list[Any]:
        return shown(Look(run=sent(event, "run")), now)

    def on_against(look: Look, now: Screen, event: gr.EventData) -> list[Any]:
        return shown(replace(look, against=sent(event, "against")), now)

    def on_case(look: Look, now: Screen, event: gr.EventData) -> list[Any]:
        return shown(replace(look, case=sent(event, "case")), now)

    given, changed = [parts.look, parts.screen], parts.evaluation
    parts.masthead.tab(on_tab, given, changed, **ONE_LOOK)
    parts.runs.run(on_run, given, changed, **ONE_LOOK).then(**FOCUS_RUN)
    parts.runs.against(on_against, given, changed, **ONE_LOOK).then(**FOCUS_RUN)
    parts.runs.case(on_case, given, changed, **ONE_LOOK).then(**FOCUS_EVIDENCE)


def wire_library(parts: Parts, views: Views, users: UsersNow) -> None:
    """Wire what people do in the library."""

    def view(new: Shelf, now: Screen) -> list[Any]:
        return [new, views.shelf(new, now.language)]

    def on_look(shelf: Shelf, now: Screen) -> list[Any]:
        follow(views.assistant)
        return view(shelf, now)

    def on_ingest(shelf: Shelf, now: Screen, request: gr.Request) -> Iterator[list[Any]]:
        for new in take_in(views.settings, replace(shelf, curated=users().curates(request.username))):
            yield view(new, now)

    def on_unshelve(shelf: Shelf, now: Screen, event: gr.EventData) -> list[Any]:
        return view(replace(shelf, removing=sent(event, "document")), now)

    def on_remove(shelf: Shelf, now: Screen, event: gr.EventData, request: gr.Request) -> Iterator[list[Any]]:
        shelf = replace(shelf, curated=users().curates(request.username))
        for new in take_out(views.settings, shelf, views.assistant.documents(), sent(event, "document")):
            yield view(new, now)

    given, shown = [parts.shelf, parts.screen], [parts.shelf, parts.library]
    parts.masthead.tab(on_look, given, shown, **OF_THE_PAGE)
    for change, work in ((parts.library.ingest, on_ingest), (parts.library.remove, on_remove)):
        change(work, given, shown, **ONE_INGEST).then(on_look, given, shown, **OF_THE_PAGE)
    parts.library.unshelve(on_unshelve, given, shown, **OF_THE_PAGE)
