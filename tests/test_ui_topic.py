"""The rooms in which a topic is compared or followed: what is asked, what comes of it, and the files to take along."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.tables.comparing import Comparison
from assistant.tables.tracing import Timeline
from corpus.catalogue import Strategy, load_catalogue
from corpus.errors import LockedError
from corpus.settings import Settings
from tests.fakes_ui import QUOTES, FakeAssistant, seen
from tests.test_ui_tables import a_comparison
from ui.screen import Screen
from ui.tabling import LONGEST_TOPIC, compared, remade, traced
from ui.texts import DANISH
from ui.topic import compare_form, result, room_of_address, trace_form
from ui.views import Views

CATALOGUE = load_catalogue()
ROOM = Screen(room="compare")


class Comparing(FakeAssistant):
    """Compares everything alike, and remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, str, list[str]]] = []

    def compare(self, topic: str, *, language: str, strategies: tuple[Strategy, ...] = ()) -> Comparison:
        self.asked.append((topic, language, [strategy.id for strategy in strategies]))
        if self.error:
            raise self.error
        return a_comparison(topic)

    def trace(self, topic: str, *, language: str) -> Timeline:
        return Timeline(topic=topic, language="da", events=(), beginnings=(), documents=3, pages=14, citations=())


def last(assistant: Comparing, topic: str, ids: tuple[str, ...] = (), screen: Screen = ROOM) -> Screen:
    return list(compared(assistant, CATALOGUE, topic, ids, screen))[-1]


def test_a_topic_is_compared_and_its_first_quote_stands_open() -> None:
    assistant = Comparing()
    searching, done = compared(assistant, CATALOGUE, " tillid ", ["joint-2016-2020", "none"], replace(ROOM, language="en"))
    assert DANISH.searching in str(result(replace(searching, language="da")))
    assert assistant.asked == [("tillid", "en", ["joint-2016-2020"])]
    assert done.opened == (0, 1)
    assert QUOTES[1] in seen(str(result(done)))


def test_no_topic_changes_nothing_and_one_that_is_too_long_is_refused() -> None:
    assistant = Comparing()
    assert last(assistant, "  ") == ROOM
    assert DANISH.failures["question"] in str(result(last(assistant, "a" * (LONGEST_TOPIC + 1))))
    assert assistant.asked == []


def test_a_failure_is_one_line_and_the_next_topic_is_answered() -> None:
    assistant = Comparing()
    assistant.error = LockedError("/secret: locked")
    failed = last(assistant, "tillid")
    assert f'<p class="failure">{DANISH.failures["busy"]}</p>' in str(result(failed))
    assistant.error = None
    assert "<table" in str(result(last(assistant, "tillid", screen=failed)))


def test_the_form_offers_every_strategy_by_its_level() -> None:
    html = str(compare_form(CATALOGUE, ROOM))
    assert html.count('type="checkbox"') == len(CATALOGUE.strategies)
    assert "<legend>Fællesoffentlige</legend>" in html


def test_a_comparison_is_saved_as_a_spreadsheet_and_as_word_and_nothing_where_there_is_none(tmp_path: Path) -> None:
    views = Views(assistant=Comparing(), catalogue=CATALOGUE, settings=Settings(index=tmp_path / "index"))
    done = last(Comparing(), "tillid")
    sheet, word = views.table(done, "csv"), views.table(done, "word")
    assert sheet
    assert word
    assert (sheet.name, word.name) == ("Sammenligning af tillid.csv", "Sammenligning af tillid.docx")
    lines = list(csv.reader(io.StringIO(sheet.data.decode("utf-8-sig")), delimiter=";"))
    assert len(lines) == 4
    assert lines[1][5] == QUOTES[1]
    assert word.data.startswith(b"PK")
    assert views.table(ROOM, "csv") is None


@pytest.mark.parametrize("topic", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
def test_a_topic_that_holds_html_is_shown_as_characters(topic: str) -> None:
    for screen in (last(Comparing(), topic), list(traced(Comparing(), topic, Screen(room="timeline")))[-1]):
        html = str(result(screen))
        assert "<script" not in html
        assert "<img" not in html
        assert topic in seen(html)


def test_an_address_brings_the_topic_and_its_strategies_back() -> None:
    assistant = Comparing()
    before = last(assistant, "tillid & data", ("joint-2016-2020", "joint-2011-2015"))
    assert 'data-topic="tillid &amp; data"' in str(result(before))
    asked = room_of_address(ROOM, {"topic": "tillid & data", "strategies": "joint-2011-2015,joint-2016-2020,none", "follow": "x"})
    after = remade(assistant, CATALOGUE, asked)
    assert (after.turns, after.strategies, after.opened) == (before.turns, before.strategies, before.opened)
    form = str(compare_form(CATALOGUE, after))
    assert 'value="tillid &amp; data"' in form
    assert form.count(" checked>") == 2
    followed = room_of_address(Screen(room="timeline"), {"topic": "x", "follow": "NemID"})
    assert 'value="NemID"' in str(trace_form(followed))
    assert room_of_address(ROOM, {"topic": " ", "strategies": "joint-2016-2020"}) == ROOM


def test_another_language_makes_the_table_anew_and_an_open_account_stays() -> None:
    assistant = Comparing()
    made = remade(assistant, CATALOGUE, replace(last(assistant, "tillid", ("joint-2016-2020",)), language="en"))
    assert assistant.asked[-1] == ("tillid", "en", ["joint-2016-2020"])
    assert made.opened == (0, 1)
    account = replace(made, strategy="joint-2016-2020", opened=None)
    assert remade(assistant, CATALOGUE, account).strategy == "joint-2016-2020"
    assert remade(assistant, CATALOGUE, ROOM) == ROOM
    refused = last(assistant, "a" * (LONGEST_TOPIC + 1))
    assert remade(assistant, CATALOGUE, refused) == refused
