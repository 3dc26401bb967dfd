"""Finding a quote verbatim, against texts that nobody thinks of: found means said, and nothing changed is found."""

import string

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from corpus.text import INVISIBLE, find_verbatim, normalise

# The same examples each time, and no folder left behind; a busy machine is no fault of the text's.
settings.register_profile(
    "steady", derandomize=True, database=None, deadline=None, max_examples=80, suppress_health_check=list(HealthCheck)
)
settings.load_profile("steady")
LETTERS = "abcæøå" + string.ascii_uppercase[:3]
WORDS = st.text(alphabet=LETTERS, min_size=1, max_size=6)
NUMBERS = st.sampled_from(["1", "12", "500", "2016", "1,5", "10.000", "10 000", "82 %", "1,5 mia.", "-5", "½", "2024²"])
SEPARATORS = st.sampled_from([" ", "\n", "\u00a0", "  ", " – ", ", ", ". ", "-", "\u00ad", "/", ""])
ANY = st.text(max_size=60)
ODD = st.text(alphabet="a1 .,-\u00ad\u0301\u0338ﬀ…½²™«\u202e５аe\n", max_size=30)


@st.composite
def pages(draw: st.DrawFn) -> str:
    parts = draw(st.lists(st.tuples(st.one_of(WORDS, NUMBERS), SEPARATORS), min_size=1, max_size=12))
    return "".join(word + separator for word, separator in parts)


@given(st.one_of(pages(), ANY, ODD), st.one_of(pages(), ANY, ODD))
def test_what_is_found_says_what_the_quote_says(page: str, quote: str) -> None:
    span = find_verbatim(quote, page)
    if span is not None:
        assert 0 <= span[0] < span[1] <= len(page)
        assert normalise(page[slice(*span)]) == normalise(quote)


@given(st.one_of(pages(), ODD), st.data())
def test_any_part_of_a_page_is_found_as_a_whole_or_not_at_all(page: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(page)))
    end = data.draw(st.integers(start, len(page)))
    span = find_verbatim(page[start:end], page)
    if span is not None:
        assert normalise(page[slice(*span)]) == normalise(page[start:end])


@given(pages())
def test_a_whole_page_is_found_in_itself(page: str) -> None:
    assert find_verbatim(page, page) is not None or not normalise(page)


@given(pages(), pages(), pages())
def test_a_whole_line_is_found_between_others(before: str, line: str, after: str) -> None:
    assume(normalise(line))
    assert find_verbatim(line, f"{before}.\n“{line}”\n.{after}") is not None


@given(st.lists(WORDS, min_size=3, max_size=8), st.data())
def test_white_space_and_invisible_characters_never_matter(words: list[str], data: st.DataObject) -> None:
    spaces = st.sampled_from([" ", "\n", "  ", "\u00a0", " \u00ad ", "\u200b \t"])
    page = "".join(word + data.draw(spaces) for word in words)
    assert find_verbatim(INVISIBLE[0].join(" ".join(words)), page) is not None


@given(st.lists(WORDS, min_size=3, max_size=8, unique=True), st.data())
def test_one_character_changed_is_not_found(words: list[str], data: st.DataObject) -> None:
    page = " ".join(words)
    place = data.draw(st.integers(0, len(page) - 1))
    other = data.draw(st.sampled_from("abcABCæ1"))
    assume(page[place] != other)
    assert find_verbatim(page[:place] + other + page[place + 1 :], page) is None


@given(st.lists(WORDS, min_size=1, max_size=6), st.lists(WORDS, min_size=1, max_size=6))
def test_a_quote_across_the_end_of_a_page_is_on_neither(first: list[str], second: list[str]) -> None:
    quote = " ".join([*first, "x9", "y9", *second])
    assert find_verbatim(quote, " ".join([*first, "x9"])) is None
    assert find_verbatim(quote, " ".join(["y9", *second])) is None


@given(pages(), st.integers(0, 80), st.integers(0, 80))
def test_within_a_span_nothing_is_found_that_the_page_does_not_hold_there(page: str, one: int, other: int) -> None:
    first, last = sorted((one, other))
    span = find_verbatim(page[first:last], page, within=(first, last))
    if span is not None:
        assert first <= span[0] < span[1] <= last
        assert find_verbatim(page[first:last], page) is not None


@pytest.mark.parametrize(
    ("quote", "page"),
    [
        ("digitale borgere", "hjælp til ikke-digitale borgere"),
        ("loggen på MitID", "loggen på MitID-appen"),
        ("500 kr.", "i alt 2 500 kr."),
        ("000 borgere", "10\u00a0000 borgere"),
        ("i alt 10", "i alt 10 000 borgere"),
        ("5 % mindre", "vækst på −5 % mindre"),
        ("i alt 82", "i alt 82 % af dem"),
        ("i alt 82", "i alt 82% af dem"),
        ("afsat 1,5", "afsat 1,5 mia. kr."),
        ("5 mio.", "€5 mio."),
        ("2 af dem", "1/2 af dem"),
        ("000 kr.", "1'000 kr."),
        ("det er ok.", "det er ok…"),
        ("Pris x", "Pris x\u0338"),
        ("1 februar", "11 februar"),
        ("КL har aftalt", "KL har aftalt"),
        ("20242 borgere", "2024² borgere"),
        ("i 2024", "i 2024²"),
        ("sam arbejde", "samarbejde"),
        ("samarbejde", "sam\narbejde"),
        ("Mitid er sikkert", "MitID er sikkert"),
    ],
)
def test_what_says_something_else_is_not_found(quote: str, page: str) -> None:
    assert find_verbatim(quote, page) is None


@pytest.mark.parametrize(
    ("quote", "page"),
    [
        ("børne- og ungdomsområdet", "på børne- og ungdomsområdet i dag"),
        ("digitaliserings", "digitaliserings- og ligestillingsminister"),
        ("2016-2020", "strategien 2016–2020 er"),
        ("500 kr.", "i 2016 500 kr."),
        ("12 initiativer", "- 12 initiativer"),
        ("har 12 initiativer", "den\u00ad har\u00a012\ninitiativer."),
        ("e-post til alle", "send e‑post til alle"),
    ],
)
def test_what_stands_there_whole_is_found(quote: str, page: str) -> None:
    assert find_verbatim(quote, page) is not None
