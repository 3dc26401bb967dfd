"""Tests of the canonical form of text and of finding quotes verbatim."""

import pytest

from corpus.text import canonical, find_verbatim, normalise, normalise_with_offsets, printable

PAGE = "Ventetiden falder fra 11,5 mio. til 5 mio. minutter – “uden” tab af e\ufb00ektivitet."


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("o\ufb00entlig e\ufb00ektivitet", "offentlig effektivitet"),
        ("Ska\u030ane og A\u030arhus", "Skåne og Århus"),
        ("i 2024\u00b2", "i 2024\u00b2"),
        ("2\u00bd time", "2\u00bd time"),
        ("H\u2082O og \u2460", "H\u2082O og \u2460"),
        ("90\u00a0%", "90 %"),
        ("\u00b4", "\u00b4"),
    ],
)
def test_canonical_resolves_ligatures_but_never_changes_a_number(written: str, kept: str) -> None:
    assert canonical(written) == kept


def test_comparing_is_blind_to_soft_hyphens_quotation_marks_dashes_and_white_space() -> None:
    assert normalise(" digi\u00adtali\u00adsering  \n“er” – ‘her’ ") == "digitalisering \"er\" - 'her'"


def test_comparing_tells_capitals_and_words_apart() -> None:
    assert normalise("Borger") != normalise("borger")
    assert normalise("samarbejde") != normalise("sam arbejde")


def test_every_normalised_character_knows_where_it_comes_from() -> None:
    text, offsets = normalise_with_offsets("a \u00ad e\ufb00b")
    assert text == "a effb"
    assert offsets == [0, 1, 4, 5, 5, 6]


@pytest.mark.parametrize("quote", ["effektivitet", '"uden" tab', "fra  11,5\nmio.", "minutter - “uden”", "11,5 mio. til 5 mio."])
def test_a_quote_is_found_where_it_says_the_same(quote: str) -> None:
    span = find_verbatim(quote, PAGE)
    assert span is not None
    assert normalise(PAGE[slice(*span)]) == normalise(quote)


@pytest.mark.parametrize("quote", ["1,5 mio.", "tid falder", "5 mio. minut", "ventetiden falder", "", " \u00ad "])
def test_part_of_a_word_or_number_other_case_and_nothing_at_all_are_not_found(quote: str) -> None:
    assert find_verbatim(quote, PAGE) is None


def test_a_number_is_found_where_it_stands_whole() -> None:
    span = find_verbatim("5 mio.", PAGE)
    assert span is not None
    assert PAGE[span[0] - 4 : span[1]] == "til 5 mio."


def test_the_span_takes_in_marks_that_belong_to_the_last_letter() -> None:
    page = "paa A\u030a"
    assert find_verbatim("Å", page) == (4, 6)


def test_printable_text_steers_no_terminal_and_keeps_its_words_apart() -> None:
    written = "Ond\x1b[31m\u202e titel\x07\x9b2J,\u00a0strate\u00adgi\nog \udcff plan  2"
    assert printable(written) == "Ond[31m titel2J, strategi og  plan  2"
    assert printable("Én plan: „æøå“ – 50 %") == "Én plan: „æøå“ – 50 %"
