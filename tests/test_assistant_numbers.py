"""Numbers: digits and words, in Danish and English, come to the same values."""

from decimal import Decimal

import pytest

from assistant.language_model.numbers import Side, stated


@pytest.mark.parametrize(
    ("danish", "english"),
    [
        ("1,5 mia. kr.", "DKK 1.5 billion"),
        ("1,5 mia. kroner", "1.5 billion kroner"),
        ("1.500 borgere", "1,500 citizens"),
        ("10 000 borgere", "ten thousand citizens"),
        ("12 initiativer", "twelve initiatives"),
        ("tolv initiativer", "12 initiatives"),
        ("enogtyve projekter", "twenty-one projects"),
        ("82 pct.", "82 per cent"),
        ("82,4 procent", "82.4 %"),
        ("3 procentpoint", "3 percentage points"),
        ("to tredjedele", "two thirds"),
        ("halvdelen af borgerne", "half of the citizens"),
        ("halvanden million", "1.5 million"),
        ("2½ time", "2.5 hours"),
        ("et tusind og fem", "a thousand and five"),
        ("det tredje mål", "the third goal"),
        ("2016-2020", "2016 to 2020"),
        ("flere millioner", "several million"),
        ("version 2.0", "version 2"),
        ("200 mio. euro", "EUR 200 million"),
    ],
)
def test_both_languages_state_the_same(danish: str, english: str) -> None:
    assert stated(danish, "da").plainly
    assert stated(danish, "da").plainly == stated(english, "en").plainly


@pytest.mark.parametrize(
    ("claim", "claimed_in", "quote", "quoted_in"),
    [
        ("1.5 million", "en", "1,5 mia.", "da"),
        ("1.5", "en", "1,5 mia.", "da"),
        ("15 billion", "en", "1,5 mia.", "da"),
        ("1.500 people", "en", "1.500 borgere", "da"),
        ("82 citizens", "en", "82 pct.", "da"),
        ("82 percent", "en", "82 borgere", "da"),
        ("82 %", "en", "82 procentpoint", "da"),
        ("EUR 1.5 billion", "en", "1,5 mia. kr.", "da"),
        ("thirteen", "en", "12", "da"),
        ("tretten", "da", "12 initiativer", "da"),
        ("the second strategy", "en", "den første strategi", "da"),
        ("one initiative", "en", "12 initiativer", "da"),
        ("2016-2020", "da", "2011-2015", "da"),
        ("12 billioner", "da", "12 billion", "en"),
        ("a third of them", "en", "halvdelen", "da"),
    ],
)
def test_another_number_is_another_number(claim: str, claimed_in: Side, quote: str, quoted_in: Side) -> None:
    held = stated(quote, quoted_in)
    assert not stated(claim, claimed_in).plainly <= held.plainly | held.perhaps


@pytest.mark.parametrize(
    ("text", "side"), [("en strategi og et andet mål", "da"), ("a strategy and another goal", "en"), ("", "da"), ("…", "en")]
)
def test_articles_are_no_numbers(text: str, side: Side) -> None:
    assert stated(text, side).plainly == frozenset()


def test_an_article_may_stand_for_one_and_a_sum_for_itself_without_its_currency() -> None:
    assert (Decimal(1), "") in stated("et mål", "da").perhaps
    assert (Decimal("1.5E+9"), "") in stated("1,5 mia. kr.", "da").perhaps


def test_a_date_is_each_of_its_parts() -> None:
    assert {value for value, _ in stated("12.05.2016", "da").plainly} == {12, 5, 2016}


def test_danish_to_is_a_number_and_english_to_is_none() -> None:
    assert stated("to nøgler til tillid", "da").plainly
    assert not stated("They want to keep and strengthen trust", "en").plainly
