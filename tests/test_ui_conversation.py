"""The conversation as a person sees it: answer, abstention and failure, each unlike the others, all of it escaped."""

import re
from dataclasses import replace

import pytest

from assistant.values import Claim, Restriction, Standing, Understood
from corpus.errors import StoreError
from tests.fakes_ui import QUOTES, FakeAssistant, Held, an_answer, nearly_an_answer, seen
from ui.conversation import conversation, lead, masthead
from ui.screen import Screen, Turn, ask
from ui.texts import DANISH, ENGLISH, EXAMPLES


def shown(assistant: FakeAssistant, question: str = "Hvad?", **screen: object) -> str:
    return str(conversation(list(ask(assistant, question, Screen(**screen)))[-1], None))  # type: ignore[arg-type]


def test_an_answer_shows_its_lead_and_every_claim_as_a_quote_with_its_button() -> None:
    html = shown(FakeAssistant())
    assert '<p class="lead">Fra En strategi:</p>' in html
    assert [quote for quote in QUOTES if f"<q>{quote}</q>" in html] == [QUOTES[0]]
    assert "<q>Tallet er fra &lt;Danmarks Statistik&gt; &amp; andre.</q>" in html
    assert re.findall(r'<button [^>]*class="cite"[^>]*data-turn="(\d)" data-n="(\d)"', html) == [("0", "1"), ("0", "2")]


def test_a_button_says_where_it_leads_to_who_cannot_see_it() -> None:
    assert 'aria-label="Vis kilde 1: En strategi, s. 11 (PDF-side 13) · Tillid" lang="da"' in shown(FakeAssistant())
    assert 'aria-label="Show source 1: En strategi, p. 11 (PDF page 13) · Tillid" lang="en"' in shown(
        FakeAssistant(), language="en"
    )


def test_the_citation_that_stands_open_is_told() -> None:
    html = shown(FakeAssistant())
    assert re.findall(r'data-n="(\d)" aria-label="[^"]*" lang="da"( aria-current="true")?', html) == [
        ("1", ' aria-current="true"'),
        ("2", ""),
    ]


def test_under_a_claim_stands_where_it_is_from_and_whether_that_is_a_text_of_ours() -> None:
    assert ">s. 11 (PDF-side 13) · En strategi · Tillid</p>" in shown(FakeAssistant())
    answer = an_answer()
    digests = [
        replace(cited, quote=replace(cited.quote, document=replace(cited.quote.document, digest=True)))
        for cited in answer.citations
    ]
    html = shown(FakeAssistant(replace(answer, citations=tuple(digests))))
    assert f"><strong>{DANISH.our_own}</strong> · s. 11 (PDF-side 13) · En strategi · Tillid</p>" in html


def test_of_two_citations_of_one_claim_each_place_is_numbered() -> None:
    answer = replace(an_answer(), claims=(Claim(text="Strategien nævner to tal.", citations=(1, 2)),))
    assert re.findall(r">(\[\d\]) · s. 11 ", shown(FakeAssistant(answer))) == ["[1]", "[2]"]


def test_words_of_our_own_are_not_dressed_as_a_quote() -> None:
    answer = an_answer(quotes=QUOTES[:1])
    answer = replace(answer, claims=(Claim(text="Strategien nævner tallet.", citations=(1,)),))
    html = shown(FakeAssistant(answer))
    assert '<p class="stated">Strategien nævner tallet.' in html
    assert "<q>" not in html


def test_an_abstention_is_neither_an_answer_nor_an_error() -> None:
    html = shown(FakeAssistant(an_answer(quotes=(), abstained="nothing near", lead="Det står der ikke.\nNærmest er A.")))
    assert 'class="answer abstention"' in html
    assert DANISH.no_answer in html
    assert "Det står der ikke.Nærmest er A." in seen(html)
    assert 'class="failure"' not in html


def test_a_failure_is_one_plain_line_in_the_language_of_the_interface() -> None:
    assistant = FakeAssistant()
    assistant.error = StoreError("/secret/path: the index cannot be used: disk I/O error")
    html = shown(assistant, language="en")
    assert f'<p class="failure">{ENGLISH.failures["store"]}</p>' in html
    assert "secret" not in html


def test_while_it_searches_it_says_so() -> None:
    html = conversation(Screen(turns=(Turn(question="Hvad?"),)), None)
    assert DANISH.searching in html
    assert 'aria-busy="true"' in html
    assert "aria-busy" not in shown(FakeAssistant())


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "${1}{{value}}`"])
def test_a_question_that_holds_html_is_shown_as_characters(hostile: str) -> None:
    html = shown(FakeAssistant(an_answer(lead=hostile)), hostile)
    assert "<script" not in html
    assert "<img" not in html
    assert seen(html).count(hostile) == 2


def test_a_mark_in_our_own_words_becomes_a_button_only_where_there_is_such_a_citation() -> None:
    html = shown(FakeAssistant(an_answer(lead="Se [2] og [7]:")))
    assert re.search(r'<p class="lead">Se &nbsp;<button [^>]*data-n="2"[^>]*>\[2\]</button> og \[7\]:</p>', html)


def test_each_line_of_the_lead_is_a_paragraph() -> None:
    assert lead(an_answer(lead="Første linje.\n\nAnden linje:")) == ["Første linje.", "Anden linje:"]
    assert lead(an_answer(lead="")) == []


def test_the_line_stands_first_and_the_note_of_the_language_model_last() -> None:
    answer = replace(an_answer(), line="83 pct.", note="Formuleret af sprogmodellen <x>.")
    html = shown(FakeAssistant(answer))
    assert html.index('<p class="line">83 pct.</p>') < html.index('<p class="lead">Fra En strategi:</p>')
    assert html.index('<p class="note">Formuleret af sprogmodellen &lt;x&gt;.</p>') > html.index("<q>Tallet er fra")


def test_the_quotes_that_come_near_are_shown_and_can_be_opened() -> None:
    html = shown(FakeAssistant(nearly_an_answer()))
    assert 'class="answer abstention"' in html
    assert f"<q>{QUOTES[0]}</q>" in html
    assert 'data-n="1" aria-label="Vis kilde 1: En strategi, s. 11 (PDF-side 13) · Tillid" lang="da" aria-current="true"' in html
    assert ">s. 11 (PDF-side 13) · En strategi · Tillid</p>" in html


def test_before_the_first_question_it_offers_examples_and_says_what_is_searched() -> None:
    html = str(conversation(Screen(), Held()))
    assert re.findall(r'data-event="example" data-question="([^"]*)"', html) == [*EXAMPLES["da"], *EXAMPLES["en"]]
    assert "Søger i 14 dokumenter, 1.362 sider" in html
    assert "<li>&lt;b&gt;En anden&lt;/b&gt;</li>" in html


def test_the_examples_in_the_language_of_the_interface_come_first() -> None:
    html = str(conversation(Screen(language="en"), Held()))
    assert html.index(EXAMPLES["en"][0]) < html.index(EXAMPLES["da"][0])


def test_an_index_that_cannot_be_read_is_said_before_the_first_question() -> None:
    assert DANISH.failures["store"] in conversation(Screen(), None)


def test_the_head_tells_which_language_is_on() -> None:
    html = str(masthead(ENGLISH))
    assert re.findall(r'data-language="(..)" lang="\1" aria-pressed="(\w+)"', html) == [("da", "false"), ("en", "true")]


BOUND = Restriction(on="strategies", values=("joint-2016-2020",), label="Strategien <2016-2020>", reason="named")
UNDERSTOOD = Understood(text="Der er kun søgt i: Strategien <2016-2020>.", restrictions=(BOUND,))


def test_how_the_question_was_understood_is_told_with_a_button_that_takes_each_bound_away() -> None:
    html = shown(FakeAssistant(replace(an_answer(), understood=UNDERSTOOD)))
    assert "<p>Der er kun søgt i: Strategien &lt;2016-2020&gt;.</p>" in html
    assert 'data-event="widen" data-without="0" aria-label="Søg også uden for: Strategien &lt;2016-2020&gt;"' in html


def test_only_the_last_question_is_widened() -> None:
    assistant = FakeAssistant(replace(an_answer(), understood=UNDERSTOOD))
    screen = list(ask(assistant, "Så?", list(ask(assistant, "Hvad?", Screen()))[-1]))[-1]
    assert str(conversation(screen, None)).count('data-event="widen"') == 1


def test_beside_a_citation_stands_how_its_strategy_stands() -> None:
    answer = an_answer()
    standing = Standing(state="superseded", words_da="afløst, gjaldt 2016-2020", words_en="superseded")
    html = shown(FakeAssistant(replace(answer, citations=tuple(replace(cited, standing=standing) for cited in answer.citations))))
    assert html.count('<span class="standing">afløst, gjaldt 2016-2020</span>') == 2
