"""Months: one table of their names and numbers in both languages."""

import re

import pytest

from corpus.months import MONTH_NAMES, MONTH_PATTERN, MONTHS


def test_the_names_are_written_as_their_language_writes_them() -> None:
    assert (MONTH_NAMES["da"][4], MONTH_NAMES["en"][4]) == ("maj", "May")
    assert len(MONTH_NAMES["da"]) == len(MONTH_NAMES["en"]) == 12


@pytest.mark.parametrize(
    ("name", "number"), [("januar", 1), ("march", 3), ("mar", 3), ("maj", 5), ("sept", 9), ("sep", 9), ("okt", 10), ("oct", 10)]
)
def test_a_month_is_known_by_its_names_and_short_forms(name: str, number: int) -> None:
    assert MONTHS[name] == number


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("in may 2026", "may"),
        ("In May in 2026", "May"),
        ("what one may in 2026", None),
        ("maj i 2026", "maj"),
        ("marts", "marts"),
    ],
)
def test_the_verb_may_is_no_month(text: str, month: str | None) -> None:
    found = re.search(MONTH_PATTERN, text, re.IGNORECASE)
    assert (found[0] if found else None) == month
