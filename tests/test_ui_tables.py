"""The tables as a person sees them: each quote with its button, what is not there said so, all of it escaped."""

import re
from datetime import date

from assistant.tables.comparing import Comparison, Row
from assistant.tables.dating import Moment
from assistant.tables.listing import Item, Listing, Section
from assistant.tables.table_answers import TableAnswer, table_claims, table_words
from assistant.tables.tracing import Beginning, Event, Timeline
from corpus.catalogue import load_catalogue
from tests.fakes import a_document, a_passage
from tests.fakes_ui import QUOTES, FakeAssistant, an_answer, seen
from ui.conversation import conversation
from ui.keeping import kept, restored
from ui.marks import Frame
from ui.screen import Screen, Turn, ask
from ui.tables import table
from ui.texts import DANISH, ENGLISH

CATALOGUE = load_catalogue()
ONE, TWO = an_answer().citations
FIRST, SECOND, THIRD = (CATALOGUE.strategy(id) for id in ("joint-2011-2015", "joint-2016-2020", "joint-2022-2025"))


def answered(made: Comparison | Timeline | Listing) -> TableAnswer:
    return TableAnswer(
        question="Hvad?",
        language=made.language,
        abstained=None,
        lead=table_words(made).partition("\n")[0],
        claims=table_claims(made),
        citations=made.citations,
        passages=(),
        dropped_quotes=0,
        milliseconds=1.0,
        table=made,
    )


def a_comparison(topic: str = "tillid") -> Comparison:
    document = a_document(page_count=44)
    return Comparison(
        topic=topic,
        language="da",
        on=date(2026, 11, 24),
        rows=(
            Row(strategy=FIRST, status="superseded", documents=(document,), pages=44, unread=0, citation=TWO, said=("tiltro",)),
            Row(
                strategy=SECOND,
                status="superseded",
                documents=(document,),
                pages=44,
                unread=0,
                nearest=a_passage("Ord.", headings=["<b>Nær</b>"]),
            ),
            Row(strategy=THIRD, status="in force", documents=(), pages=0, unread=0),
        ),
        citations=(ONE, TWO),
    )


def shown(made: Comparison | Timeline | Listing, **frame: object) -> str:
    values = {"index": 0, "opened": None, "texts": DANISH} | frame
    return str(table(answered(made), Frame(**values)))  # type: ignore[arg-type]


def rows(html: str) -> list[str]:
    return [seen(row) for row in re.findall(r"<tr role=\"row\"><th role=\"rowheader\".*?</tr>", html)]


def test_a_comparison_has_a_row_for_each_strategy_with_its_quote_or_that_it_is_silent_or_not_held() -> None:
    said, silent, missing = rows(shown(a_comparison()))
    assert said.startswith(f"Den fællesoffentlige digitaliseringsstrategi 2011-2015 afløst{QUOTES[1]}\xa0[2]")
    assert "under navnet tiltro" in said
    assert "s. 11 (PDF-side 13)" in said
    assert "Ikke omtalt (44 af 44 sider gennemgået; nærmest: <b>Nær</b>)" in silent
    assert missing == "Den fællesoffentlige digitaliseringsstrategi 2022-2025 gældendeIntet dokument her"


def test_nothing_in_a_table_is_html_but_ours() -> None:
    html = shown(a_comparison("<script>alert(1)</script>"))
    assert "<script" not in html
    assert "<b>Nær" not in html
    assert "<Danmarks" not in html


def test_a_table_has_a_caption_headers_and_rows_that_are_told_to_a_screen_reader() -> None:
    html = shown(a_comparison())
    assert '<caption class="unseen">»tillid« på tværs af strategierne</caption>' in html
    assert re.findall(r'scope="col">([^<]*)<', html) == ["Strategi", "Hvad den siger"]
    assert html.count('role="rowheader" scope="row"') == 3


def test_a_quote_opens_its_evidence_and_the_one_that_stands_open_is_told() -> None:
    html = shown(a_comparison(), opened=2, room="compare", texts=ENGLISH)
    assert re.findall(r'id="([^"]*)" data-event="cite" data-turn="0" data-n="2" [^>]*aria-current="true"', html) == [
        "cite-compare-0-2"
    ]


def test_a_timeline_has_its_events_and_the_strategies_that_speak_of_the_topic() -> None:
    moment = Moment(first=date(2024, 1, 1), last=date(2024, 12, 31))
    made = Timeline(
        topic="tillid",
        language="da",
        events=(Event(moment=moment, citation=ONE, also=(TWO,)),),
        beginnings=(Beginning(strategy=FIRST, citation=TWO),),
        documents=1,
        pages=14,
        citations=(ONE, TWO),
    )
    event, beginning = rows(shown(made))
    assert event.startswith(f"2024{QUOTES[0]}\xa0[1]\xa0[2]")
    assert beginning.startswith(f"{FIRST.name('da')} august 2011")


def test_a_list_has_a_table_for_each_strategy_and_names_those_without() -> None:
    items = (Item(citation=ONE, kind="initiative", number="3"), Item(citation=TWO))
    made = Listing(
        topic="tillid",
        language="en",
        sections=(Section(strategy=FIRST, items=items),),
        without=(SECOND,),
        documents=2,
        pages=20,
        citations=(ONE, TWO),
    )
    html = shown(made)
    assert f"<caption>{FIRST.name('en')}</caption>" in html
    assert [row.split(QUOTES[index])[0] for index, row in enumerate(rows(html))] == ["Initiative 3", "Elsewhere"]
    assert SECOND.name("en") in seen(html)


def test_in_the_chat_a_table_comes_in_whole_below_one_line_of_ours() -> None:
    screens = list(ask(FakeAssistant(answered(a_comparison())), "Sammenlign tillid", Screen()))
    assert len(screens) == 2
    html = str(conversation(screens[-1], None))
    assert html.count("<table") == 1
    assert html.count('class="lead"') == 1
    assert 'class="claim"' not in html


def test_a_table_comes_back_from_the_browser_with_its_quotes_looked_up_anew() -> None:
    answer = answered(a_comparison())
    turn = Turn(question="Sammenlign tillid", answer=answer, shown=len(answer.claims))
    (back,) = restored(kept((turn,)), FakeAssistant(), CATALOGUE)
    assert isinstance(back.answer, TableAnswer)
    assert [row.verdict for row in back.answer.table.rows] == ["mentioned", "not mentioned", "not held"]  # type: ignore[union-attr]
    assert back.changes == ()
    assert f"{QUOTES[1]}\xa0[2]" in seen(str(conversation(Screen(turns=(back,)), None)))
