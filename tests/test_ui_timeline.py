"""The strategies through time: where each bar lies, what superseded what, and the account of one strategy."""

import re
from datetime import date
from itertools import pairwise

import pytest

from corpus.catalogue import load_catalogue
from tests.fakes_ui import seen
from ui.table_texts import DANISH, ENGLISH
from ui.timeline import account, chart, place_of, rows
from ui.topic import LEVELS

CATALOGUE = load_catalogue()
TODAY = date(2026, 11, 24)


def lane(html: str, id: str) -> str:
    found = re.search(rf'<li class="lane[^>]*data-strategy="{id}".*?</button>', html)
    assert found
    return found[0]


@pytest.mark.parametrize(
    ("day", "expected"), [("2001", 0.0), ("2030", 1.0), ("2015-07", 14.5 / 29), ("1959", -42 / 29), ("2002-01-01", 1 / 29)]
)
def test_a_day_lies_where_its_year_and_month_say(day: str, expected: float) -> None:
    assert place_of(day, (2001, 2029)) == pytest.approx(expected)


def test_the_chart_reaches_from_the_first_to_the_last_year_of_the_strategies() -> None:
    assert CATALOGUE.years == (2001, 2029)
    found = [row for level in LEVELS for row in rows(CATALOGUE, level)]
    assert (min(row.start for row in found), max(row.end for row in found)) == (0.0, 1.0)


def test_a_bar_covers_the_years_of_its_strategy() -> None:
    (row,) = (row for row in rows(CATALOGUE, "joint") if row.strategy.id == "joint-2011-2015")
    assert (row.start * 29, row.end * 29) == pytest.approx((10, 15))


def test_what_superseded_a_strategy_stands_directly_below_it() -> None:
    ordered = list(rows(CATALOGUE, "national"))
    for row, after in pairwise(ordered):
        assert row.leads == (row.strategy.superseded_by == after.strategy.id)
    assert {row.strategy.id for row in ordered if row.leads} >= {"cyber-2015-2016", "cyber-2018-2021", "cyber-2022-2024"}


def test_every_strategy_of_the_catalogue_is_a_bar_once_and_a_row_of_the_table_once() -> None:
    html = str(chart(CATALOGUE, "da", on=TODAY))
    assert sorted(re.findall(r'class="lane[^>]*data-strategy="([^"]*)"', html)) == sorted(s.id for s in CATALOGUE.strategies)
    assert html.count('role="rowheader"') == len(CATALOGUE.strategies)


def test_a_bar_says_its_name_period_and_standing() -> None:
    html = str(chart(CATALOGUE, "da", on=TODAY))
    assert 'aria-label="Den fællesoffentlige digitaliseringsstrategi 2011-2015, 2011-2015, afløst"' in lane(
        html, "joint-2011-2015"
    )
    assert 'class="bar in-force"' in lane(html, "joint-2026-2029")
    assert 'class="bar announced"' in lane(str(chart(CATALOGUE, "da", on=date(2025, 12, 31))), "joint-2026-2029")


def test_the_strategy_that_stands_open_is_told() -> None:
    html = str(chart(CATALOGUE, "en", on=TODAY, chosen="ai-2019"))
    assert 'aria-current="true"' in lane(html, "ai-2019")
    assert html.count('aria-current="true"') == 1


def test_an_account_says_what_a_strategy_superseded_and_what_superseded_it() -> None:
    html = str(account(CATALOGUE.strategy("joint-2011-2015"), CATALOGUE, "da", on=TODAY))
    facts = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", html))
    assert 'data-strategy="joint-2007-2010"' in facts[DANISH.supersedes]
    assert 'data-strategy="joint-2016-2020"' in facts[DANISH.superseded_by]
    assert facts[DANISH.period] == "2011-2015"


def test_an_account_asks_its_questions_in_the_chat_and_dates_its_milestones() -> None:
    html = str(account(CATALOGUE.strategy("joint-2011-2015"), CATALOGUE, "en", on=TODAY))
    asked = re.findall(r'data-event="example" data-tab="chat" data-question="([^"]*)"', html)
    assert asked == [q.format(name="The joint government digital strategy 2011-2015") for q in ENGLISH.questions]
    assert html.count("<time>") == len(CATALOGUE.milestones(strategy_id="joint-2011-2015"))
    assert "11\xa0June\xa02012" in seen(html)


def test_a_prolonged_strategy_says_until_when() -> None:
    html = str(account(CATALOGUE.strategy("health-2018-2022"), CATALOGUE, "en", on=TODAY))
    assert "2018-2022, prolonged to 2024" in html


def test_each_milestone_names_its_source_as_a_link_or_as_a_document() -> None:
    html = str(account(CATALOGUE.strategy("joint-2026-2029"), CATALOGUE, "en", on=TODAY))
    items = re.findall(r"<li><time>.*?</li>", html)
    assert items
    assert all('<a href="http' in item or "<cite>" in item for item in items)
